import { Textarea } from '@mantine/core'
import { useField, useTyped } from './editing.tsx'
import type { FieldAt } from './editor-fields.tsx'

/** A value a line. */
export function Lines(of: FieldAt) {
  const { id, value, label, help, error, set } = useField(of.path)
  const typed = useTyped(Array.isArray(value) ? value.join('\n') : '', text =>
    set(
      text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== ''),
    ),
  )
  return <Textarea id={id} label={label} description={help} error={error} autosize minRows={3} {...typed} />
}

/** Keys with a text each, a line each: `key: text`. */
export function Keyed(of: FieldAt) {
  const { id, value, label, help, error, set } = useField(of.path)
  const entries = Object.entries((value ?? {}) as Record<string, unknown>)
  const typed = useTyped(entries.map(([key, text]) => `${key}: ${String(text)}`).join('\n'), text =>
    set(
      Object.fromEntries(
        text.split('\n').flatMap(line => {
          const [, key, said] = /^\s*([^:\s]+)\s*:\s*(.+)$/.exec(line) ?? []
          return key && said ? [[key, said.trim()]] : []
        }),
      ),
    ),
  )
  return <Textarea id={id} label={label} description={help} error={error} autosize minRows={3} {...typed} />
}

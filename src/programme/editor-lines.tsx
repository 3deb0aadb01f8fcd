import { Textarea } from '@mantine/core'
import { useWords } from '../web/surroundings.tsx'
import { useField, useTyped } from './editing.tsx'
import type { FieldAt } from './editor-fields.tsx'
import { editorWords } from './editor-words.ts'

/** A pointer a line; the one to the whole document, which is empty, is written in words. */
export function Pointers(of: FieldAt) {
  const { id, value, label, help, error, set } = useField(of.path)
  const { wholeProgramme } = useWords(editorWords)
  const shown = Array.isArray(value) ? value.map(each => (each === '' ? wholeProgramme : String(each))) : []
  const typed = useTyped(shown.join('\n'), text =>
    set(
      text
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '')
        .map(line => (line === wholeProgramme ? '' : line)),
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
          const [, key, said = ''] = /^([^:\s]+)\s*:(.*)/.exec(line.trim()) ?? []
          return key && said.trim() ? [[key, said.trim()]] : []
        }),
      ),
    ),
  )
  return <Textarea id={id} label={label} description={help} error={error} autosize minRows={3} {...typed} />
}

import { Checkbox } from '@mantine/core'
import { withLabel } from '../lib/both.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import { useEditing, useField } from './editing.tsx'
import type { FieldAt } from './editor-fields.tsx'
import { named } from './editor-form.ts'
import { editorWords } from './editor-words.ts'

/** What is brought: one of these groups, of a group all; each group by ticking. */
export function Bring(of: FieldAt) {
  const { id, value, label, help, error, set } = useField(of.path)
  const { data } = useEditing()
  const { language } = useShell()
  const w = useWords(editorWords)
  const groups = (Array.isArray(value) ? value : []) as string[][]
  const known = named(data, 'evidence', language)
  const change = (place: number, group: string[]): void =>
    set(groups.map((each, other) => (other === place ? group : each)).filter(each => each.length > 0))
  const shown = [...groups, []]
  return (
    <fieldset className="editor-choices" id={id}>
      <legend>{label}</legend>
      {help && <p className="dim">{help}</p>}
      {error && <p className="editor-error">{error}</p>}
      {shown.map((group, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no other name than their place
        <fieldset key={place}>
          <legend>{place === 0 ? w.group(1) : withLabel(w.either, w.group(place + 1), language)}</legend>
          <div>
            {known.map(each => (
              <Checkbox
                key={each.id}
                id={`${id}/${place}/${each.id}`}
                label={each.name}
                checked={group.includes(each.id)}
                onChange={event => {
                  const next = event.currentTarget.checked
                    ? [...group, each.id]
                    : group.filter(other => other !== each.id)
                  if (place === groups.length) set([...groups, next])
                  else change(place, next)
                }}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </fieldset>
  )
}

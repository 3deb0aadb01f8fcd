import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useShell } from '../web/surroundings.tsx'
import type { Edit, EditPath } from './edit-text.ts'
import { at, pointer } from './editor-form.ts'
import { fieldHelp } from './field-help.ts'
import { labelOf } from './field-words.ts'
import type { CheckReply } from './publish-api.ts'

/** What the fields of the editor work on: what the text says, what is wrong with it, and how it is changed. */
export interface Editing {
  data: Record<string, unknown>
  problems: CheckReply['problems']
  edit: (edit: Edit) => void
}

const EditingContext = createContext<Editing | null>(null)

/** Lets the fields inside work on a text. */
export const InEditing = ({ editing, children }: { editing: Editing; children: ReactNode }) => (
  <EditingContext value={editing}>{children}</EditingContext>
)

/** What the fields work on. */
export function useEditing(): Editing {
  const editing = useContext(EditingContext)
  if (!editing) throw new Error('A field was rendered outside of the editor')
  return editing
}

/** The names of fields on a path, without the places of lists: words and help go by them. */
export const namesOf = (path: EditPath): string[] => path.filter(part => typeof part === 'string')

/** What a field is, for its label, its help and its problems. */
export function useField(path: EditPath) {
  const { data, problems, edit } = useEditing()
  const { language } = useShell()
  const names = namesOf(path)
  const field = names.at(-1) ?? ''
  const where = pointer(path)
  const own = problems.filter(({ path: each }) => each === where)
  // What is missing is told of what it is missing from; its sentence names the field.
  const missing = problems.filter(
    ({ path: each, rule, wrong }) =>
      rule === 'field-missing' &&
      each === pointer(path.slice(0, -1)) &&
      (wrong.includes(`"${field}"`) || wrong.includes(`「${field}」`)),
  )
  const told = [...own, ...missing].map(({ wrong, cure }) => `${wrong} ${cure}`)
  return {
    id: where,
    field,
    value: at(data, path),
    label: labelOf(names, language),
    help: fieldHelp[names.join('.')]?.[language],
    error: told.length > 0 ? told.join(' ') : undefined,
    set: (value: unknown) =>
      edit(value === undefined ? { kind: 'remove', path } : { kind: 'set', path, value }),
    edit,
  }
}

/** What is being typed, until it is left: a change of the text for each key would be too many. */
export function useTyped(value: string, commit: (typed: string) => void) {
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  return {
    value: typed,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
    onBlur: () => {
      if (typed !== value) commit(typed)
    },
  }
}

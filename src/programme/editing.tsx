import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { Edit, EditPath } from './edit-text.ts'
import { at, hasField, pointer } from './editor-form.ts'
import { editorWords } from './editor-words.ts'
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
  const w = useWords(editorWords)
  const names = namesOf(path)
  const field = names.at(-1) ?? ''
  const where = pointer(path)
  const label = labelOf(names, language)
  // What is missing is told at its own field; what has no field, as it is always the same, where it is missing.
  const told = problems.flatMap(({ path: each, missing, wrong, cure }) => {
    if (each === where && (missing === undefined || !hasField([...path, missing])))
      return [`${wrong} ${cure}`]
    return missing === field && each === pointer(path.slice(0, -1)) ? [w.missing(label)] : []
  })
  return {
    id: where,
    field,
    value: at(data, path),
    label,
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

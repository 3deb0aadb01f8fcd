import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayChoice } from './choice-words.ts'
import type { EditPath } from './edit-text.ts'
import { namesOf, useEditing, useField, useTyped } from './editing.tsx'
import { kindOf, listNamedBy, named, type Schema } from './editor-form.ts'
import { editorWords } from './editor-words.ts'

/** A field of the form: where it stands, what shape it has, and whether it must be written. */
export interface FieldAt {
  path: EditPath
  schema: Schema
  required: boolean
}

/** A value as it stands in a field of one line. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

/** A label that says when a field may stay empty. */
function useLabelled({ path, required }: FieldAt) {
  const field = useField(path)
  const w = useWords(editorWords)
  return { ...field, label: required ? field.label : `${field.label} ${w.optional}` }
}

/** One line: a text, an id, a date, a time of day or a number. */
export function OneLine(of: FieldAt) {
  const { id, field, value, label, help, error, set } = useLabelled(of)
  const kind = kindOf(field, of.schema)
  const typed = useTyped(textOf(value), text => {
    const number = Number(text)
    if (text.trim() === '') set(of.required && kind === 'text' ? '' : undefined)
    else set(kind === 'number' && Number.isInteger(number) ? number : text)
  })
  const type = kind === 'date' || kind === 'time' ? kind : 'text'
  return (
    <TextInput
      id={id}
      label={label}
      description={help}
      error={error}
      type={type}
      inputMode={kind === 'number' ? 'numeric' : undefined}
      {...typed}
    />
  )
}

/** Numbers or texts in one line, parted by commas. */
export function Several(of: FieldAt) {
  const { id, field, value, label, help, error, set } = useLabelled(of)
  const numbers = kindOf(field, of.schema) === 'numbers'
  const shown = Array.isArray(value) ? value.map(textOf).join(', ') : ''
  const typed = useTyped(shown, text => {
    const parts = text
      .split(/[,，、\n]/)
      .map(part => part.trim())
      .filter(part => part !== '')
    set(parts.map(part => (numbers && /^\d+$/.test(part) ? Number(part) : part)))
  })
  return <TextInput id={id} label={label} description={help} error={error} {...typed} />
}

function OneLanguage({ path, language }: { path: EditPath; language: 'zh-TW' | 'en' }) {
  const { id, field, value, label, error, set } = useField([...path, language])
  const typed = useTyped(textOf(value), set)
  const long = ['text', 'question', 'answer', 'advice', 'why', 'signatureText', 'how', 'reason', 'warning']
  const asked = path.findLast(part => typeof part === 'string') ?? field
  const shared = { id, label, error, lang: language, ...typed }
  return long.includes(asked) ? <Textarea autosize minRows={2} {...shared} /> : <TextInput {...shared} />
}

/** A text in both languages, side by side. */
export function BothLanguages(of: FieldAt) {
  const { label, help, error } = useLabelled(of)
  return (
    <fieldset className="editor-both">
      <legend>{label}</legend>
      {help && <p className="dim">{help}</p>}
      {error && <p className="editor-error">{error}</p>}
      <div>
        <OneLanguage path={of.path} language="zh-TW" />
        <OneLanguage path={of.path} language="en" />
      </div>
    </fieldset>
  )
}

/** One of some values, or one of the programme's own things. */
export function Choice(of: FieldAt) {
  const { id, field, value, label, help, error, set } = useLabelled(of)
  const { data } = useEditing()
  const { language } = useShell()
  const w = useWords(editorWords)
  const list = listNamedBy(field, of.schema)
  const own = list
    ? named(data, list, language).map(({ id: each, name }) => ({ value: each, label: name }))
    : (of.schema.enum ?? []).map(each => ({
        value: each,
        label: sayChoice(namesOf(of.path), each, language) ?? each,
      }))
  const current = textOf(value)
  // What is written and does not exist stays visible: it is named as a problem.
  const stray =
    current !== '' && !own.some(each => each.value === current) ? [{ value: current, label: current }] : []
  return (
    <NativeSelect
      id={id}
      label={label}
      description={help}
      error={error}
      value={current}
      data={[{ value: '', label: w.choose }, ...own, ...stray]}
      onChange={event => set(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
    />
  )
}

const ticked = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : [])

/** Several of some values, or of the programme's own things, by ticking. */
export function Choices(of: FieldAt) {
  const { id, field, value, label, help, error, set } = useLabelled(of)
  const { data } = useEditing()
  const { language } = useShell()
  const w = useWords(editorWords)
  const list = listNamedBy(field, of.schema)
  const all = list
    ? named(data, list, language)
    : (of.schema.items?.enum ?? []).map(each => ({
        id: each,
        name: sayChoice(namesOf(of.path), each, language) ?? each,
      }))
  const chosen = ticked(value)
  const stray = chosen
    .filter(each => !all.some(known => known.id === each))
    .map(each => ({ id: each, name: each }))
  const options = [...all, ...stray]
  return (
    <fieldset className="editor-choices" id={id}>
      <legend>{label}</legend>
      {help && <p className="dim">{help}</p>}
      {error && <p className="editor-error">{error}</p>}
      {options.length === 0 && <p className="dim">{w.empty}</p>}
      <div>
        {options.map(option => (
          <Checkbox
            key={option.id}
            id={`${id}/${option.id}`}
            label={option.name}
            checked={chosen.includes(option.id)}
            onChange={event => {
              const next = event.currentTarget.checked
                ? options.map(each => each.id).filter(each => chosen.includes(each) || each === option.id)
                : chosen.filter(each => each !== option.id)
              set(next.length === 0 && !of.required ? undefined : next)
            }}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Yes or no. */
export function YesNo(of: FieldAt) {
  const { id, value, label, help, error, set } = useLabelled(of)
  return (
    <Checkbox
      id={id}
      label={label}
      description={help}
      error={error}
      checked={value === true}
      onChange={event => set(event.currentTarget.checked)}
    />
  )
}

import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayChoice } from './choice-words.ts'
import { type EditPath, idFrom } from './edit-text.ts'
import { namesOf, useEditing, useField } from './editing.tsx'
import { useAdded } from './editor-added.ts'
import { Bring } from './editor-bring.tsx'
import {
  BothLanguages,
  Choice,
  Choices,
  type FieldAt,
  OneLine,
  Several,
  textOf,
  YesNo,
} from './editor-fields.tsx'
import { at, beginningOf, kindOf, pointer, type Schema } from './editor-form.ts'
import { Keyed, Pointers } from './editor-lines.tsx'
import { editorWords } from './editor-words.ts'

/** A field as its shape asks for it. */
export function Field(of: FieldAt) {
  const name = of.path.findLast(part => typeof part === 'string') ?? ''
  switch (kindOf(name, of.schema)) {
    case 'fixed':
      return null
    case 'both':
      return <BothLanguages {...of} />
    case 'choice':
    case 'reference':
      return <Choice {...of} />
    case 'choices':
    case 'references':
      return <Choices {...of} />
    case 'yes-no':
      return <YesNo {...of} />
    case 'bring':
      return <Bring {...of} />
    case 'numbers':
      return <Several {...of} />
    case 'texts':
      return name === 'invented' ? <Pointers {...of} /> : <Several {...of} />
    case 'list':
      return <List {...of} />
    case 'outcome':
      return <Outcome {...of} />
    case 'keyed':
      return <Keyed {...of} />
    case 'group':
      return <Group {...of} />
    default:
      return <OneLine {...of} />
  }
}

/** The fields of something, in the order of the shape. */
export function Fields({
  path,
  schema,
  but = [],
}: {
  path: EditPath
  schema: Schema
  but?: readonly string[]
}) {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !but.includes(name))
    .map(([name, each]) => (
      <Field
        key={name}
        path={[...path, name]}
        schema={each}
        required={schema.required?.includes(name) ?? false}
      />
    ))
}

/** Something with fields of its own; where it may be missing it is added by a button. */
function Group(of: FieldAt) {
  const { id, value, label, help, error, set } = useField(of.path)
  const w = useWords(editorWords)
  const writeIn = useAdded()
  const there = value !== undefined || of.required
  return (
    <fieldset className="editor-group" id={id}>
      <legend>{label}</legend>
      {help && <p className="dim">{help}</p>}
      {error && <p className="editor-error">{error}</p>}
      {there ? (
        <Fields path={of.path} schema={of.schema} />
      ) : (
        <Button
          variant="default"
          aria-label={w.addOf(label)}
          onClick={() => {
            writeIn(id)
            set(beginningOf(of.schema))
          }}
        >
          {w.add}
        </Button>
      )}
      {value !== undefined && !of.required && (
        <Button variant="subtle" onClick={() => set(undefined)}>
          {w.removeOf(label)}
        </Button>
      )}
    </fieldset>
  )
}

/** What an item of a list is called on its head: its name, its text, or what it says in short. */
function useCalled(path: EditPath, place: number): string {
  const { data } = useEditing()
  const { language } = useShell()
  const item = at(data, path)
  for (const field of ['name', 'text', 'question', 'title']) {
    const said = at(item, [field, language])
    if (typeof said === 'string' && said !== '') return said.length > 60 ? `${said.slice(0, 59)}…` : said
  }
  const plain = ['for', 'edition', 'number', 'at', 'from', 'until', 'amount']
    .map(field => at(item, [field]))
    .filter(value => typeof value === 'string' || typeof value === 'number')
  return plain.length > 0 ? plain.join(' ') : `${place + 1}`
}

function Item({
  path,
  schema,
  of,
}: {
  path: EditPath
  schema: Schema
  of: { label: string; last: boolean }
}) {
  const { problems, edit } = useEditing()
  const w = useWords(editorWords)
  const place = Number(path.at(-1))
  const called = useCalled(path, place)
  const where = pointer(path)
  const many = problems.filter(each => each.path === where || each.path.startsWith(`${where}/`)).length
  const own = problems.filter(each => each.path === where && each.missing === undefined)
  return (
    <li>
      <details className="editor-item" id={where}>
        <summary>
          {called} {many > 0 && <span className="editor-error">{w.problemsIn(many)}</span>}
        </summary>
        {own.map(({ wrong, cure }) => (
          <p key={wrong} className="editor-error">
            {wrong} {cure}
          </p>
        ))}
        <Fields path={path} schema={schema} />
      </details>
      <div className="editor-item-acts">
        <Button
          size="compact-sm"
          variant="default"
          disabled={place === 0}
          aria-label={w.up(called)}
          onClick={() => edit({ kind: 'move', path, by: -1 })}
        >
          ↑
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={of.last}
          aria-label={w.down(called)}
          onClick={() => edit({ kind: 'move', path, by: 1 })}
        >
          ↓
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={w.removeOf(called)}
          onClick={() => edit({ kind: 'remove', path })}
        >
          {w.remove}
        </Button>
      </div>
    </li>
  )
}

/** A list of things: each opens for its fields, goes up and down, and is removed; a new one gets its id from its name. */
function List(of: FieldAt) {
  const { id, field, value, label, help, error, edit } = useField(of.path)
  const w = useWords(editorWords)
  const writeIn = useAdded()
  const [name, setName] = useState('')
  const items: unknown[] = Array.isArray(value) ? value : []
  const schema = of.schema.items ?? {}
  const properties = Object.keys(schema.properties ?? {})
  const byName = properties.includes('id')
  const taken = items.map(item => textOf(at(item, ['id'])))
  function add(): void {
    const begun = beginningOf(schema) as Record<string, unknown>
    const titled = properties.includes('name') && name !== '' ? { name: { 'zh-TW': '', en: name } } : {}
    const value = byName ? { id: idFrom(name || field, taken), ...begun, ...titled } : begun
    writeIn(pointer([...of.path, items.length]))
    edit({ kind: 'add', path: of.path, value })
    setName('')
  }
  return (
    <fieldset className="editor-list" id={id}>
      <legend>{label}</legend>
      {help && <p className="dim">{help}</p>}
      {error && <p className="editor-error">{error}</p>}
      {items.length === 0 && <p className="dim">{w.empty}</p>}
      <ol>
        {items.map((_, place) => (
          <Item
            // biome-ignore lint/suspicious/noArrayIndexKey: an item keeps its place while its id is being written
            key={place}
            path={[...of.path, place]}
            schema={schema}
            of={{ label, last: place === items.length - 1 }}
          />
        ))}
      </ol>
      <div className="editor-add">
        {byName && (
          <TextInput
            id={`${id}/+`}
            label={w.newName}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
        )}
        <Button variant="default" aria-label={w.addOf(label)} onClick={add}>
          {w.add}
        </Button>
      </div>
    </fieldset>
  )
}

/** What a group of people does: its kind first, then what that kind asks for. */
function Outcome(of: FieldAt) {
  const { id, value, label, error, set } = useField(of.path)
  const { language } = useShell()
  const w = useWords(editorWords)
  const kinds = (of.schema.anyOf ?? []).map(each => ({
    kind: String(each.properties?.kind?.const),
    schema: each,
  }))
  const kind = textOf(at(value, ['kind']))
  const chosen = kinds.find(each => each.kind === kind)
  return (
    <fieldset className="editor-group">
      <legend>{label}</legend>
      <NativeSelect
        id={`${id}/kind`}
        label={label}
        error={error}
        value={kind}
        data={[
          { value: '', label: w.choose },
          ...kinds.map(each => ({
            value: each.kind,
            label: sayChoice(namesOf([...of.path, 'kind']), each.kind, language) ?? each.kind,
          })),
        ]}
        onChange={event => {
          const next = kinds.find(each => each.kind === event.currentTarget.value)
          if (next) set(beginningOf(next.schema))
        }}
      />
      {chosen && <Fields path={of.path} schema={chosen.schema} but={['kind']} />}
    </fieldset>
  )
}

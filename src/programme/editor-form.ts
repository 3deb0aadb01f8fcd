import type { EditPath } from './edit-text.ts'
import { ProgrammeShape } from './shape.ts'

/** A part of the programme's shape, as forms read it. */
export interface Schema {
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: string[]
  const?: unknown
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  maxLength?: number
  patternProperties?: Record<string, Schema>
}

/** The shape of the whole programme, field by field. */
export const shapeOfAll: Schema = ProgrammeShape

/** In which order a programme has its fields. */
export const fieldOrder: readonly string[] = Object.keys(shapeOfAll.properties ?? {})

/** The parts of the editor in the order in which a programme is made from nothing. */
export const sections = {
  campus: ['id', 'title', 'startsOn', 'publishing', 'campus'],
  editions: ['editions', 'issued', 'cardYears'],
  counters: ['counters', 'askAt'],
  departments: ['faculties', 'departments'],
  deadline: ['deadline', 'remindDaysBefore'],
  timetable: ['timetable', 'quietSeconds', 'guard', 'importGuard'],
  evidence: ['evidence', 'pickup', 'appProof', 'activation', 'temporaryCards', 'photos', 'production'],
  cohorts: ['cohorts'],
  waves: ['waves', 'handoversPerHour'],
  moves: ['doesNotMove', 'studentFare', 'contacts'],
  fees: ['fees', 'repayments', 'issuer'],
  reissue: ['reissue', 'loss'],
  messages: ['messages', 'retention', 'overview'],
  notice: ['notice', 'faq'],
  sources: ['sources', 'invented'],
} as const satisfies Record<string, readonly string[]>
export type Section = keyof typeof sections

/** The part in which a field of the programme stands. */
export const sectionOf = (field: string): Section | null =>
  (Object.entries(sections).find(([, fields]) => (fields as readonly string[]).includes(field))?.[0] as
    | Section
    | undefined) ?? null

/** How a value is asked for. */
export type Kind =
  | 'fixed'
  | 'both'
  | 'choice'
  | 'choices'
  | 'yes-no'
  | 'number'
  | 'date'
  | 'time'
  | 'text'
  | 'reference'
  | 'references'
  | 'bring'
  | 'numbers'
  | 'texts'
  | 'list'
  | 'group'
  | 'outcome'
  | 'keyed'

/** The lists of the programme whose ids a field names. */
const references: Readonly<Record<string, string>> = {
  edition: 'editions',
  editions: 'editions',
  counter: 'counters',
  counters: 'counters',
  askAt: 'counters',
  at: 'counters',
  faculty: 'faculties',
  site: 'campus.sites',
  sites: 'campus.sites',
  cohorts: 'cohorts',
  departments: 'departments',
}

const isId = (schema: Schema | undefined): boolean => schema?.pattern?.startsWith('^[a-z0-9]') === true
const isTime = (schema: Schema): boolean => schema.pattern?.includes('[0-5][0-9]') === true
const isBoth = (schema: Schema): boolean => Object.keys(schema.properties ?? {}).join() === 'zh-TW,en'

/** The values between which a field of that shape, or of a list of them, chooses; none where it is written freely. */
export const choicesOf = (schema: Schema): readonly string[] =>
  schema.enum ?? (typeof schema.const === 'string' ? [schema.const] : schema.items?.enum) ?? []

/** The list of the programme whose ids a field names, or null. */
export const listNamedBy = (field: string, schema: Schema): string | null =>
  isId(schema) || isId(schema.items) ? (references[field] ?? null) : null

function kindOfList(field: string, schema: Schema): Kind {
  const items = schema.items ?? {}
  if (items.type === 'array') return 'bring'
  if (items.enum) return 'choices'
  if (listNamedBy(field, schema)) return 'references'
  if (items.type === 'integer') return 'numbers'
  return items.type === 'string' ? 'texts' : 'list'
}

/** How a field of that shape is asked for. */
export function kindOf(field: string, schema: Schema): Kind {
  if (schema.const !== undefined) return 'fixed'
  if (schema.enum) return 'choice'
  if (schema.anyOf) return 'outcome'
  if (schema.type === 'array') return kindOfList(field, schema)
  if (schema.type === 'object') return schema.patternProperties ? 'keyed' : isBoth(schema) ? 'both' : 'group'
  if (schema.type === 'boolean') return 'yes-no'
  if (schema.type === 'integer') return 'number'
  if (schema.format === 'date') return 'date'
  if (isTime(schema)) return 'time'
  return field !== 'id' && listNamedBy(field, schema) ? 'reference' : 'text'
}

/** The shape of one field of something. */
export const shapeOfField = (shape: Schema | undefined, field: string): Schema | undefined =>
  [shape, ...(shape?.anyOf ?? [])].map(each => each?.properties?.[field]).find(Boolean)

/** Whether the value at a path has a field in the form; what is always the same has none. */
export function hasField(path: EditPath): boolean {
  const shape = path.reduce<Schema | undefined>(
    (of, part) => (typeof part === 'number' ? of?.items : shapeOfField(of, part)),
    shapeOfAll,
  )
  return shape !== undefined && kindOf(String(path.at(-1)), shape) !== 'fixed'
}

/** What a new value of that shape holds from the beginning: what is fixed, and empty places for what must be written. */
export function beginningOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.type === 'array') return []
  if (schema.type !== 'object') return undefined
  const required = (schema.required ?? []).map(name => [name, beginningOf(schema.properties?.[name] ?? {})])
  return Object.fromEntries(required.filter(([, value]) => value !== undefined))
}

/** The value at a path of plain data, or undefined. */
export const at = (data: unknown, path: EditPath): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    data,
  )

/** What the items of a list of the programme are called, by their ids, in one language. */
export function named(data: unknown, list: string, language: 'zh-TW' | 'en'): { id: string; name: string }[] {
  const items = at(data, list.split('.'))
  if (!Array.isArray(items)) return []
  return (items as Record<string, unknown>[]).flatMap(item => {
    const id = item?.id
    if (typeof id !== 'string') return []
    const name = at(item, ['name', language])
    return [{ id, name: typeof name === 'string' && name !== '' ? name : id }]
  })
}

/** A path as problems name it. */
export const pointer = (path: EditPath): string =>
  path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

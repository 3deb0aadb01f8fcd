import { createHash } from 'node:crypto'
import type { KindShown } from '../../lib/looks.ts'
import { actWords, type Kind } from '../../overview/act-words.ts'
import type { Transaction } from '../../server/register.ts'
import { rowsOf } from '../../server/rows-of.ts'
import { categoryWords } from '../category-words.ts'
import type { DataMap } from '../data-map.ts'
import { heldIn } from './links.ts'
import type { BreachQuestion } from './question.ts'

/** Somebody whose data may have been lost. Times are of looks and acts; a copy of the database has none. */
export interface Affected {
  id: number
  studentNumber: string | null
  nameZh: string | null
  nameEn: string | null
  email: string | null
  language: string | null
  /** That it was forgotten since who they were: nobody can be told. */
  forgotten: boolean
  categories: string[]
  times: number | null
  first: Temporal.Instant | null
  last: Temporal.Instant | null
  /** By which accounts, in which roles, as in the journal; the first few of them. */
  by: string[]
}

/** Which categories of data a reader sees by what they were shown; where a kind varies, all that it may be. */
export const categoriesShown: Readonly<Record<KindShown, readonly string[]>> = {
  card: ['identity', 'card', 'collection', 'loss', 'money'],
  found: ['identity'],
  list: ['identity', 'contact', 'card', 'collection', 'loss', 'money'],
  file: ['identity', 'contact', 'card', 'collection', 'loss', 'money', 'refund', 'access'],
  story: [
    'identity',
    'contact',
    'card',
    'collection',
    'loss',
    'access',
    'money',
    'refund',
    'messages',
    'record',
  ],
  record: ['identity', 'contact', 'health'],
  photo: ['identity', 'photo'],
  signature: ['identity', 'collection', 'signature'],
  money: ['identity', 'contact', 'money', 'refund'],
  messages: ['identity', 'contact', 'messages'],
  doors: ['identity', 'card', 'access'],
  events: ['identity', 'card', 'movements'],
  looks: ['identity', 'record'],
  everything: Object.keys(categoryWords),
}

/** Which categories whoever did something on a person knows by it. */
export const categoriesActed: Readonly<Record<Kind, readonly string[]>> = {
  roster: ['identity', 'contact'],
  card: ['identity', 'card'],
  handover: ['identity', 'card', 'collection'],
  doors: ['identity', 'card', 'access'],
  loss: ['identity', 'card', 'loss'],
  money: ['identity', 'money'],
  message: ['identity', 'contact', 'messages'],
  read: ['identity', 'record'],
  office: ['identity'],
}

/** Accounts that are named beside a person; further ones are in looks.jsonl and journal.jsonl. */
const mostNamed = 20

/** Whose looks and acts are asked about: $3 an account or null, $4 a role or null. */
const whose = (actor: string): string =>
  `($3::text is null or substr(${actor}, strpos(${actor}, ':') + 1) = $3)
   and ($4::text is null or split_part(${actor}, ':', 1) = $4)`

const hitsSql = `
  select s.person_id, l.at, l.actor, 'shown:' || l.shown as what from look l join looked_at s on s.look_id = l.id
  where l.at >= $1 and l.at < $2 and ${whose('l.actor')}
  union all
  select j.person_id, j.at, j.actor, 'act:' || j.act from journal j
  where j.at >= $1 and j.at < $2 and j.person_id is not null and ${whose('j.actor')}`

const personColumns = `p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn", p.email,
  p.language, p.forgotten_at is not null as forgotten`

const seenSql = `
  select h.person_id as id, ${personColumns}, array_agg(distinct h.what) as what, count(*)::int as times,
    min(h.at) as first, max(h.at) as last, (array_agg(distinct h.actor order by h.actor))[1:${mostNamed}] as by
  from (${hitsSql}) h left join person p on p.id = h.person_id
  group by h.person_id, p.id order by h.person_id`
const seenIdsSql = `select array_agg(distinct person_id) as ids from (${hitsSql}) h`

/** Everybody whom the copied tables say something of, and of which category; of nobody whom it is forgotten who they were. */
function copiedSql(map: DataMap, { tables }: BreachQuestion): string {
  const parts = heldIn(map, tables).map(
    ({ category, people }) => `select distinct x.id, '${category}' as what from (${people}) x(id)`,
  )
  return parts.join('\nunion all\n') || `select null::bigint as id, '' as what where false`
}
const copiedIds = (sql: string): string =>
  `select array_agg(distinct h.id) as ids from (${sql}) h join person p on p.id = h.id and p.forgotten_at is null`
const copiedRows = (sql: string): string => `
  select p.id, ${personColumns}, array_agg(distinct h.what) as what, null::int as times,
    null::timestamptz as first, null::timestamptz as last, '{}'::text[] as by
  from (${sql}) h join person p on p.id = h.id and p.forgotten_at is null group by p.id order by p.id`

/** A statement's name belongs to its text for ever, and these follow the tables that are asked about. */
const named = (name: string, text: string): [name: string, text: string] => [
  `${name}_${createHash('sha256').update(text).digest('hex').slice(0, 12)}`,
  text,
]

/** Whether a pack is about what somebody saw; otherwise about a copy of the database. */
export const isAboutLooks = ({ account, role }: BreachQuestion): boolean => account !== null || role !== null

const about = ({ from, to, account, role }: BreachQuestion) => [from, to, account, role] as const

/** The ids of everybody whom a question concerns, so that they can be counted before any of it is written. */
export async function affectedIds(
  trx: Transaction,
  question: BreachQuestion,
  map: DataMap,
): Promise<number[]> {
  const [row] = isAboutLooks(question)
    ? await trx.statement<{ ids: number[] | null }>('breach_seen_ids', seenIdsSql, about(question))
    : await trx.statement<{ ids: number[] | null }>(
        ...named('breach_ids', copiedIds(copiedSql(map, question))),
        [],
      )
  return row?.ids ?? []
}

function categoriesOf(what: readonly string[], order: readonly string[]): string[] {
  const found = new Set(
    what.flatMap((each): readonly string[] => {
      if (each.startsWith('shown:')) return categoriesShown[each.slice(6) as KindShown] ?? ['identity']
      if (each.startsWith('act:')) return categoriesActed[actWords[each.slice(4)]?.[0] ?? 'office']
      return [each]
    }),
  )
  return order.filter(each => found.has(each))
}

/** Everybody whom a question concerns, by their ids in the register, a few hundred in memory at a time. */
export async function* affected(
  trx: Transaction,
  question: BreachQuestion,
  map: DataMap,
): AsyncGenerator<Affected> {
  type Row = Omit<Affected, 'categories'> & { what: string[] }
  const rows = isAboutLooks(question)
    ? rowsOf<Row>(trx, 'breach_seen', seenSql, about(question))
    : rowsOf<Row>(trx, ...named('breach_copied', copiedRows(copiedSql(map, question))))
  for await (const { what, ...row } of rows)
    yield { ...row, forgotten: row.forgotten ?? true, categories: categoriesOf(what, map.categories) }
}

const knownSql = `select exists (select from staff where id = $1)
  or exists (select from look where at >= $2 and at < $3 and substr(actor, strpos(actor, ':') + 1) = $1)
  or exists (select from journal where at >= $2 and at < $3 and substr(actor, strpos(actor, ':') + 1) = $1) as known`

/** Whether an account is one, or was named in that time: a misspelt one would be an empty pack. */
export async function isKnown(trx: Transaction, { account, from, to }: BreachQuestion): Promise<boolean> {
  if (account === null) return true
  const [row] = await trx.statement<{ known: boolean }>('breach_account', knownSql, [account, from, to])
  return row!.known
}

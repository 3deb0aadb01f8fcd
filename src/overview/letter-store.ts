import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import type { Written } from './letter-rules.ts'
import type { Which } from './lists.ts'

const knownSql = `
  select l.id as letter, l.people, l.written_at as "writtenAt",
         (select count(*)::int from letter_to t where t.letter_id = l.id and not t.had_address) as "withoutAddress"
  from letter l where l.draft = $1 and l.written_by = $2`

/** The letter that a page has sent already, or null. */
export async function knownLetter(act: Act, draft: string) {
  type Row = { letter: number; people: number; writtenAt: Temporal.Instant; withoutAddress: number }
  const [row] = await act.statement<Row>('known_letter', knownSql, [draft, act.actor.id])
  return row ? { ...row, writtenAt: row.writtenAt.toString() } : null
}

const keepSql = `
  with kept as (
    insert into letter (draft, list, subject, body, people, written_by, written_at)
    values ($1, $2, $3, $4, cardinality($5::bigint[]), $6, $7) on conflict (draft) do nothing returning id),
  addressed as (
    insert into letter_to (letter_id, person_id, had_address)
    select kept.id, p.id, p.email is not null from kept, person p where p.id = any($5::bigint[]))
  select id from kept`

/** Keeps a letter and to whom it goes; null where another tap of the same page did meanwhile. */
export async function keepLetter(
  act: Act,
  {
    which,
    letter,
    draft,
    people,
  }: { which: Which; letter: Written; draft: string; people: readonly number[] },
): Promise<number | null> {
  const list = { list: which.list, ...which.only }
  const [row] = await act.statement<{ id: number }>('keep_letter', keepSql, [
    draft,
    JSON.stringify(list),
    JSON.stringify(letter.subject),
    JSON.stringify(letter.body),
    people,
    act.actor.id,
    act.now,
  ])
  return row?.id ?? null
}

interface Unreachable {
  studentNumber: string
  nameZh: string
  nameEn: string
}

const unreachable = 'p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn"'

/** Who of some people has no address, by student number; the first so many, and how many in all. */
export async function withoutAddress(act: Act, people: readonly number[], most: number) {
  const sql = `
    select ${unreachable}, count(*) over ()::int as total from person p
    where p.id = any($1::bigint[]) and p.email is null order by p.student_number limit $2`
  const rows = await act.statement<Unreachable & { total: number }>('letter_without', sql, [people, most])
  return { total: rows[0]?.total ?? 0, people: rows }
}

/** Somebody a letter was written to. */
export interface Addressee extends Unreachable {
  hadAddress: boolean
}

const addresseesSql = `
  select ${unreachable}, t.had_address as "hadAddress" from letter_to t join person p on p.id = t.person_id
  where t.letter_id = $1 and (not $2::boolean or not t.had_address) order by p.student_number`

/** To whom a letter was written, by student number, or only who had no address; null where there is no such letter. */
export async function addresseesOf(
  act: Act,
  letterId: number,
  { withoutAddress: only }: { withoutAddress: boolean },
): Promise<AsyncGenerator<Addressee> | null> {
  const [letter] = await act.statement('letter_known', 'select 1 from letter where id = $1', [letterId])
  return letter ? rowsOf<Addressee>(act, 'export_addressees', addresseesSql, [letterId, only]) : null
}

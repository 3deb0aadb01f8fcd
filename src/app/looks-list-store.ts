import type { Purpose } from '../lib/looks.ts'
import type { Act } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import type { Span } from './looks-list-rules.ts'
import { type LookAtPerson, newest } from './looks-store.ts'

/** A look at whomever: who it showed where that was one person; of more, their number alone. */
export interface ListedLook extends LookAtPerson {
  personId: number | null
  studentNumber: string | null
  personZh: string | null
  personEn: string | null
}

/** By what looks are narrowed; null: by nothing of the kind. */
export interface Narrowed extends Span {
  account: string | null
  purpose: Purpose | null
  /** Whom they showed, alone or among others. */
  personId: number | null
}

const columns = `
  select l.id, l.at, l.actor, l.counter, l.purpose, l.shown, l.route, l.reason, l.people, s.name_zh as "nameZh", s.name_en as "nameEn",
         p.id as "personId", p.student_number as "studentNumber", p.name_zh as "personZh", p.name_en as "personEn"`
const beside = `
  left join staff s on s.id = substring(l.actor from position(':' in l.actor) + 1)
  left join looked_at o on o.look_id = l.id and l.people = 1 left join person p on p.id = o.person_id
  where l.id < $1 and ($2::text is null or substring(l.actor from position(':' in l.actor) + 1) = $2)
    and ($3::text is null or l.purpose = $3)
    and ($4::timestamptz is null or l.at >= $4) and ($5::timestamptz is null or l.at < $5)`
const looksSql = `${columns} from look l ${beside} order by l.id desc limit $6`
// Of a person, from what is kept of them: of all looks they are in few.
const ofPersonSql = `
  ${columns} from looked_at a join look l on l.id = a.look_id ${beside} and a.person_id = $7 order by a.look_id desc limit $6`

type Question = [name: string, sql: string, values: unknown[]]

const question = (name: string, narrowed: Narrowed, before: number, most: number): Question => {
  const { account, purpose, since, until, personId } = narrowed
  const values = [before, account, purpose, since, until, most]
  return personId === null
    ? [name, looksSql, values]
    : [`${name}_of_person`, ofPersonSql, [...values, personId]]
}

/** So many looks of those before one, the newest first. */
export const listLooks = (
  act: Act,
  narrowed: Narrowed,
  { before = newest, most }: { before?: number | undefined; most: number },
): Promise<ListedLook[]> => act.statement<ListedLook>(...question('looks_list', narrowed, before, most))

/** All of them, a few hundred in memory at a time. */
export const everyLook = (act: Act, narrowed: Narrowed): AsyncGenerator<ListedLook> =>
  rowsOf<ListedLook>(act, ...question('export_looks', narrowed, newest, unlimited))

const oneSql = `${columns} from look l ${beside} and l.id = $6`

/** One look, or null. */
export async function lookById(act: Act, id: number): Promise<ListedLook | null> {
  const values = [newest, null, null, null, null, id]
  const [row] = await act.statement<ListedLook>('look_by_id', oneSql, values)
  return row ?? null
}

/** Somebody whom a look showed. */
export interface Shown {
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
}

const shownSql = `
  select p.id as "personId", p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn"
  from looked_at a join person p on p.id = a.person_id
  where a.look_id = $1 and a.person_id > $2 order by a.person_id limit $3`

/** Whom a look showed, so many after somebody. */
export const shownBy = (
  act: Act,
  lookId: number,
  { after, most }: { after: number; most: number },
): Promise<Shown[]> => act.statement<Shown>('look_shown', shownSql, [lookId, after, most])

const accountsSql = `
  select id as account, name_zh as "nameZh", name_en as "nameEn" from staff order by id limit $1`

/** The staff's accounts, also those that ended: what they looked at is kept. */
export const accountsKnown = (
  act: Act,
  most: number,
): Promise<{ account: string; nameZh: string; nameEn: string }[]> =>
  act.statement('looks_accounts', accountsSql, [most])

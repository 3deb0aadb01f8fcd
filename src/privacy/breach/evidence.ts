import { lineSql } from '../../server/journal/form.ts'
import type { Transaction } from '../../server/register.ts'
import { rowsOf } from '../../server/rows-of.ts'
import type { BreachQuestion } from './question.ts'

/** An account, in a role, that looked or acted in the time asked about. */
export interface AccountThen {
  actor: string
  nameZh: string | null
  nameEn: string | null
  looks: number
  /** People shown by these looks; whoever was shown twice counts twice. */
  shown: number
  acts: number
  first: Temporal.Instant
  last: Temporal.Instant
  /** Sign-ins within the time, and up to twelve hours before it: for so long one lasts. The first hundred, in UTC. */
  signIns: string[]
}

/** A sign-in lasts so long at most. */
const signedInHours = 12

const accountsSql = `
  with hits as (
    select actor, at, 1 as looks, people from look where at >= $1 and at < $2
    union all
    select actor, at, 0, 0 from journal where at >= $1 and at < $2 and actor !~ '^(student|public|tablet):'),
  arrived as (
    select facts->>'account' as account,
      (array_agg(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') order by at))[1:100] as times from journal
    where at >= $3 and at < $2 and act in ('signed in', 'emergency code used') group by 1)
  select h.actor, s.name_zh as "nameZh", s.name_en as "nameEn", sum(h.looks)::int as looks, sum(h.people)::int as shown,
    sum(1 - h.looks)::int as acts, min(h.at) as first, max(h.at) as last, coalesce(min(a.times), '{}') as "signIns"
  from hits h left join staff s on s.id = substr(h.actor, strpos(h.actor, ':') + 1)
  left join arrived a on a.account = substr(h.actor, strpos(h.actor, ':') + 1)
  group by h.actor, s.id order by h.actor`

/** Every account that looked or acted in that time, but students and tablets: an investigation looks at all of them. */
export const accountsThen = (trx: Transaction, { from, to }: BreachQuestion): AsyncGenerator<AccountThen> =>
  rowsOf(trx, 'breach_accounts', accountsSql, [from, to, from.subtract({ hours: signedInHours })])

const journalSql = `
  select ${lineSql} as line from journal j
  where j.at >= $1 and j.at < $2
    and ($3::text is null or substr(j.actor, strpos(j.actor, ':') + 1) = $3 or j.facts->>'account' = $3)
    and ($4::text is null or split_part(j.actor, ':', 1) = $4)
  order by j.id`

const looksSql = `
  select jsonb_build_object('id', l.id, 'at', to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor', l.actor, 'counter', l.counter, 'purpose', l.purpose, 'shown', l.shown, 'reason', l.reason,
    'people', (select jsonb_agg(s.person_id order by s.person_id) from looked_at s where s.look_id = l.id))::text as line
  from look l
  where l.at >= $1 and l.at < $2
    and ($3::text is null or substr(l.actor, strpos(l.actor, ':') + 1) = $3)
    and ($4::text is null or split_part(l.actor, ':', 1) = $4)
  order by l.id`

async function* linesOf(
  trx: Transaction,
  name: string,
  text: string,
  { from, to, account, role }: BreachQuestion,
): AsyncGenerator<string> {
  for await (const { line } of rowsOf<{ line: string }>(trx, name, text, [from, to, account, role]))
    yield `${line}\n`
}

/** The journal of that time, each entry in its one form, so that it can be compared with the seals and the shipped files. */
export const journalThen = (trx: Transaction, question: BreachQuestion): AsyncGenerator<string> =>
  linesOf(trx, 'breach_journal', journalSql, question)

/** The looks of that time, with whom each showed: they are forgotten, and evidence must not be. */
export const looksThen = (trx: Transaction, question: BreachQuestion): AsyncGenerator<string> =>
  linesOf(trx, 'breach_looks', looksSql, question)

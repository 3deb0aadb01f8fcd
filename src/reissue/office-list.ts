import type { Act } from '../server/register.ts'
import { type Reissue, reissueColumns } from './store.ts'

/** What a list of the office shows: what is open, what was not paid, what waits for a decision, what is owed back. */
export const listedStates = ['open', 'unpaid', 'to-make', 'to-collect', 'disputed', 'owed-back'] as const
export type ListedState = (typeof listedStates)[number]

const isOpen = 'r.ended_at is null'
const owed = `coalesce((select -sum(e.amount) from fee_move m join fee_entry e on e.move_id = m.id
  where m.reissue_id = r.id and e.account = 'owed-back'), 0)`
const conditions: Readonly<Record<ListedState, string>> = {
  open: isOpen,
  unpaid: `${isOpen} and r.settled_at is null`,
  'to-make': `${isOpen} and r.settled_at is not null and r.card_id is null`,
  'to-collect': `${isOpen} and r.card_id is not null`,
  // Also of a card that was collected meanwhile: the fee is a question by itself.
  disputed: `(${isOpen} or r.ended_as = 'collected') and d.at is not null and d.decided_at is null`,
  'owed-back': `${owed} > 0`,
}

/** An application as the office reads it: whose, how it stands, what is owed back, and what the holder says of the fee. */
export interface ListedReissue extends Reissue {
  nameZh: string
  nameEn: string
  owedBack: number
  disputed: string | null
}

/** How many applications a list shows, the oldest first. */
export const mostListed = 200

/** SQL: the applications of one list, the oldest first. */
export const listedSql = (state: ListedState, where = 'true'): string => `
  select ${reissueColumns}, p.name_zh as "nameZh", p.name_en as "nameEn", ${owed}::int as "owedBack", d.said as disputed
  from reissue r join person p on p.id = r.person_id left join fee_dispute d on d.reissue_id = r.id
  where ${conditions[state]} and ${where} order by r.id`

/** The applications of one list, the oldest first; of one student number where that is asked for. */
export const listReissues = (
  act: Act,
  { state, studentNumber }: { state: ListedState; studentNumber: string | null },
): Promise<ListedReissue[]> =>
  act.statement<ListedReissue>(
    `reissues_${state}`,
    `${listedSql(state, '($1::text is null or p.student_number = $1)')} limit ${mostListed}`,
    [studentNumber],
  )

const countsSql = `
  select ${listedStates.map(state => `(count(*) filter (where ${conditions[state]}))::int as "${state}"`).join(',\n         ')}
  from reissue r left join fee_dispute d on d.reissue_id = r.id`

/** How many applications each list has. */
export async function countReissues(act: Act): Promise<Record<ListedState, number>> {
  const [row] = await act.statement<Record<ListedState, number>>('reissue_counts', countsSql, [])
  return row!
}

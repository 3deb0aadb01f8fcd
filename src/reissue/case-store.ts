import type { Act } from '../server/register.ts'
import type { Account } from './ledger.ts'

/** A move of an application's money, as the office reads it. */
export interface CaseMove {
  at: Temporal.Instant
  by: string
  kind: string
  /** Where the money, or the claim to it, went, and where it came from. */
  to: Account
  from: Account
  amount: number
  reason: string | null
  receipt: string | null
}

const movesSql = `
  select m.at, m.by, m.kind, t.account as "to", f.account as "from", t.amount, m.reason, m.receipt
  from fee_move m
  join fee_entry t on t.move_id = m.id and t.amount > 0
  join fee_entry f on f.move_id = m.id and f.amount < 0
  where m.reissue_id = $1 order by m.id`

/** The moves of an application's money, the first one first. */
export const movesOf = (act: Act, reissueId: number): Promise<CaseMove[]> =>
  act.statement<CaseMove>('case_moves', movesSql, [reissueId])

/** What the holder says of the fee, and what was decided. */
export interface CaseDispute {
  at: Temporal.Instant
  by: string
  said: string
  decidedAt: Temporal.Instant | null
  decidedBy: string | null
  granted: boolean | null
  reason: string | null
}

const disputeSql = `
  select at, by, said, decided_at as "decidedAt", decided_by as "decidedBy", granted, reason
  from fee_dispute where reissue_id = $1`

/** The dispute about an application's fee, or null. */
export async function wholeDispute(act: Act, reissueId: number): Promise<CaseDispute | null> {
  const [row] = await act.statement<CaseDispute>('case_dispute', disputeSql, [reissueId])
  return row ?? null
}

const storySql = `
  select at, actor as by, act from journal
  where person_id = $1 and (facts ->> 'reissue')::bigint = $2 and act <> 'reissue read' order by id limit 100`

/** What the journal says of an application. */
export const storyOf = (
  act: Act,
  { personId, id }: { personId: number; id: number },
): Promise<{ at: Temporal.Instant; by: string; act: string }[]> =>
  act.statement('case_story', storySql, [personId, id])

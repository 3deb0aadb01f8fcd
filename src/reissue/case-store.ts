import type { Act } from '../server/register.ts'
import type { Account } from './ledger.ts'
import { staffOf } from './who.ts'

/** A move of an application's money, as the office reads it. */
export interface CaseMove {
  at: Temporal.Instant
  by: string
  nameZh: string | null
  nameEn: string | null
  kind: string
  /** Where the money, or the claim to it, went, and where it came from. */
  to: Account
  from: Account
  amount: number
  reason: string | null
  receipt: string | null
}

const movesSql = `
  select m.at, m.by, s.name_zh as "nameZh", s.name_en as "nameEn", m.kind, t.account as "to", f.account as "from", t.amount, m.reason, m.receipt
  from fee_move m
  join fee_entry t on t.move_id = m.id and t.amount > 0
  join fee_entry f on f.move_id = m.id and f.amount < 0
  ${staffOf('m.by')}
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
  select j.at, j.actor as by, s.name_zh as "nameZh", s.name_en as "nameEn", j.act
  from journal j ${staffOf('j.actor')}
  where j.person_id = $1 and (j.facts ->> 'reissue')::bigint = $2 and j.act <> 'reissue read'
  order by j.id limit 100`

/** What the journal says of an application. */
export const storyOf = (
  act: Act,
  { personId, id }: { personId: number; id: number },
): Promise<
  { at: Temporal.Instant; by: string; nameZh: string | null; nameEn: string | null; act: string }[]
> => act.statement('case_story', storySql, [personId, id])

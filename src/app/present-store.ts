import type { Act } from '../server/register.ts'

/** Something that was done at a desk for a person present, today. */
export interface DoneAtDesk {
  at: Temporal.Instant
  act: string
}

const doneSql = `
  select at, act from journal
  where person_id = $1 and at >= $2 and facts @> '{"forPersonPresent": true}' order by id desc limit 20`

/** What was done for a person at desks since a moment, the newest first. */
export const doneAtDesks = (act: Act, personId: number, since: Temporal.Instant): Promise<DoneAtDesk[]> =>
  act.statement<DoneAtDesk>('done_at_desks', doneSql, [personId, since])

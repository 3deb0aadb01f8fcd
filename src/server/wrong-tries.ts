import type { Act } from './register.ts'

/** How many wrong tries are allowed within so many minutes. */
export interface TryLimit {
  wrongTries: number
  waitMinutes: number
}

/** What is tried, and by whom; of tries at a desk also where. A code that is nobody's is counted by its place alone. */
export type Tried = { what: string } & (
  | { personId: number; place?: string }
  | { personId: null; place: string }
)

/**
 * Until when no further try counts, or null: so many wrong ones came within the time. The oldest of them opens the way
 * again, so that nobody is shut out for longer than the time itself.
 */
export function shutUntil(
  wrongAt: readonly Temporal.Instant[],
  now: Temporal.Instant,
  { wrongTries, waitMinutes }: TryLimit,
): Temporal.Instant | null {
  const since = now.subtract({ minutes: waitMinutes })
  const counted = wrongAt
    .filter(at => Temporal.Instant.compare(at, since) > 0)
    .toSorted((a, b) => Temporal.Instant.compare(a, b))
  const opens = counted.at(-wrongTries)
  return opens === undefined ? null : opens.add({ minutes: waitMinutes })
}

const ofPersonSql = `
  select at from wrong_try
  where what = $1 and person_id = $2 and place is not distinct from $3 and at > $4 order by at desc limit 100`
const atPlaceSql = `
  select at from wrong_try
  where what = $1 and person_id is null and $2::bigint is null and place = $3 and at > $4 order by at desc limit 100`

/** The wrong tries within the time, in the database: one count for all processes. */
export async function wrongTries(
  act: Act,
  { what, personId, place }: Tried,
  { waitMinutes }: TryLimit,
): Promise<Temporal.Instant[]> {
  const values = [what, personId, place ?? null, act.now.subtract({ minutes: waitMinutes })]
  const [name, sql] =
    personId === null
      ? (['wrong_tries_at_place', atPlaceSql] as const)
      : (['wrong_tries', ofPersonSql] as const)
  return (await act.statement<{ at: Temporal.Instant }>(name, sql, values)).map(({ at }) => at)
}

/** Keeps that a try was wrong; what was tried is not kept. */
export async function keepWrongTry(act: Act, { what, personId, place }: Tried): Promise<void> {
  const sql = 'insert into wrong_try (what, person_id, place, at) values ($1, $2, $3, $4)'
  await act.statement('keep_wrong_try', sql, [what, personId, place ?? null, act.now])
}

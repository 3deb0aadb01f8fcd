import type { Transaction } from '../server/database.ts'

/** What the staff are told until somebody acknowledges it. */
export const noticeKinds = ['guard-waits', 'window-incomplete', 'window-late', 'window-missed'] as const
export type NoticeKind = (typeof noticeKinds)[number]

const raiseSql = `
  insert into staff_notice (kind, starts_at, made_at, facts) values ($1, $2, $3, $4)
  on conflict (kind, starts_at) do nothing`

/** Raises a notice of a window, once for its kind. Facts are ids and numbers, no names. */
export const raiseNotice = (
  trx: Transaction,
  kind: NoticeKind,
  startsAt: Temporal.Instant,
  { now, facts }: { now: Temporal.Instant; facts: object },
) => trx.statement('raise_notice', raiseSql, [kind, startsAt, now, JSON.stringify(facts)])

/** One controller where a window left something undone. */
export interface LeftUndone {
  controller: number
  outcome: 'partly' | 'unreachable' | 'held' | 'late'
  /** Card numbers. */
  left: number
}

const leftSql = `
  select l.starts_at as "startsAt", jsonb_agg(jsonb_build_object(
           'controller', l.controller_id, 'outcome', l.outcome, 'left', l.failed) order by l.controller_id) as left
  from window_lane l where l.starts_at = any($1::timestamptz[]) and l.outcome <> 'done' and l.failed > 0
  group by l.starts_at`

/** Raises a notice of each of these finished windows that left something undone, naming what and where. */
export async function raiseWindowNotices(
  trx: Transaction,
  finished: readonly Temporal.Instant[],
  now: Temporal.Instant,
): Promise<void> {
  if (finished.length === 0) return
  type Row = { startsAt: Temporal.Instant; left: LeftUndone[] }
  for (const { startsAt, left } of await trx.statement<Row>('left_undone', leftSql, [finished])) {
    const kind = left.some(({ outcome }) => outcome === 'late') ? 'window-late' : 'window-incomplete'
    await raiseNotice(trx, kind, startsAt, { now, facts: { controllers: left } })
  }
}

const missedSql = `
  select count(*)::int as windows, min(starts_at) as first from update_window where covered_by = $1`

/**
 * Raises one notice of all windows that a window does the work of, because nothing ran them, or not to their end: what
 * was promised for them comes later.
 */
export async function raiseMissed(
  trx: Transaction,
  startsAt: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  type Row = { windows: number; first: Temporal.Instant | null }
  const [missed] = await trx.statement<Row>('missed_windows', missedSql, [startsAt])
  if (!missed?.first) return
  const facts = { missed: { windows: missed.windows, first: missed.first.toString() } }
  await raiseNotice(trx, 'window-missed', startsAt, { now, facts })
}

/** A notice with who acknowledged it. */
export interface StaffNotice {
  id: number
  kind: NoticeKind
  startsAt: Temporal.Instant
  madeAt: Temporal.Instant
  facts: {
    people?: number
    controllers?: LeftUndone[]
    /** How many windows were missed, and the start of the first of them. */
    missed?: { windows: number; first: string }
  }
}

const openSql = `
  select id, kind, starts_at as "startsAt", made_at as "madeAt", facts from staff_notice
  where acknowledged_at is null order by id desc limit 50`

/** The newest notices that nobody acknowledged yet. */
export const openNotices = (trx: Transaction): Promise<StaffNotice[]> =>
  trx.statement<StaffNotice>('open_notices', openSql, [])

const acknowledgeSql = `
  update staff_notice set acknowledged_at = $2, acknowledged_by = $3
  where id = $1 and acknowledged_at is null returning kind`

/** Keeps that somebody knows of a notice; false where it was acknowledged, or never was. */
export async function keepAcknowledged(
  trx: Transaction,
  id: number,
  { by, now }: { by: string; now: Temporal.Instant },
): Promise<boolean> {
  return (await trx.statement('acknowledge_notice', acknowledgeSql, [id, now, by])).length > 0
}

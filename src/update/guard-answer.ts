import { openRows } from '../access/open-rows.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow } from '../programme/timetable.ts'
import { type Act, actorName } from '../server/register.ts'
import { type Foreseen, foresee, foreseenPeople, type Guarded } from './guard.ts'
import { type GuardAnswer, type GuardRefusal, mayAnswer, mayApprove } from './guard-rules.ts'

const lockSql = `
  select answer, caused_by as "causedBy" from update_guard where id = $1 for update`
const answerSql = `
  update update_guard set answer = $2, answered_at = $3, answered_by = $4, reason = $5 where id = $1`
// Who answers has seen what the staff were called for.
const seenSql = `
  update staff_notice set acknowledged_at = $2, acknowledged_by = $3
  where kind = 'guard-waits' and acknowledged_at is null
    and starts_at = (select starts_at from update_guard where id = $1)`
const letGoSql = `
  with let_go as (update wanted set guarded_by = null where guarded_by = $1 returning *)
  ${openRows('let_go')} returning 1`

/**
 * A second person answers a guard. Let go: its rows are due at once, each in its lane, unless newer ones took their
 * place. Refused: they stay where they are, and the cards stay valid, until whoever caused it repairs the roster, the
 * group or the programme, and newer rows take their place; a refused guard may still be let go.
 */
export async function answerGuard(
  act: Act,
  { guardId, answer, reason }: { guardId: number; answer: GuardAnswer; reason: string },
): Promise<Decision<{ numbers: number }, GuardRefusal>> {
  const [guard] = await act.statement<{ answer: GuardAnswer | null; causedBy: string[] }>(
    'lock_guard',
    lockSql,
    [guardId],
  )
  const who = actorName(act.actor)
  const decision = mayAnswer({ guard: guard ?? null, answer, who, reason })
  if (!decision.ok) return decision
  await act.statement('answer_guard', answerSql, [guardId, answer, act.now, who, reason.trim()])
  await act.statement('guard_notice_seen', seenSql, [guardId, act.now, who])
  const rows = answer === 'let-go' ? await act.statement('let_guarded_go', letGoSql, [guardId]) : []
  await act.note({
    act: answer === 'let-go' ? 'guarded changes let go' : 'guarded changes refused',
    facts: { guard: guardId, numbers: rows.length, reason: reason.trim() },
  })
  return yes({ numbers: rows.length })
}

const newestSql = 'select max(starts_at) as "startsAt" from update_window'

/** The coming window, as the guard would look at it if it began as things stand now. */
export async function comingWindow(act: Act): Promise<Guarded> {
  const { campus, timetable, guard } = await programmeInForce(act)
  const { startsAt, on } = nextWindow(timetable, campus.zone, act.now)
  const [row] = await act.statement<{ startsAt: Temporal.Instant | null }>('coming_after', newestSql, [])
  return { startsAt, on, before: row?.startsAt ?? null, limits: guard }
}

/** What the guard would stop at the coming window: a rehearsal. Nothing is written. */
export async function rehearse(act: Act): Promise<Foreseen & { startsAt: Temporal.Instant }> {
  const window = await comingWindow(act)
  return { ...(await foresee(act, window)), startsAt: window.startsAt }
}

const approveSql = `
  insert into guard_approval (starts_at, seal, caused_by, approved_at, approved_by, reason)
  values ($1, $2, $3, $4, $5, $6) returning id`
const approvedSql = 'insert into approved_loss (approval_id, controller_id, people) values ($1, $2, $3)'

/**
 * A second person approves, before a window begins, that exactly the people of the dry run lose access by it, exactly
 * where it said. Whoever is added afterwards counts anew.
 */
export async function approveLoss(
  act: Act,
  { startsAt, seal, reason }: { startsAt: Temporal.Instant; seal: string; reason: string },
): Promise<Decision<{ people: number }, GuardRefusal>> {
  const window = await comingWindow(act)
  const seen = await foresee(act, window)
  const who = actorName(act.actor)
  const decision = mayApprove({
    window: { shown: startsAt, now: window.startsAt },
    seal: { shown: seal, now: seen.seal },
    causedBy: seen.causedBy,
    who,
    reason,
  })
  if (!decision.ok) return decision
  const places = await foreseenPeople(act, window)
  const [approval] = await act.statement<{ id: number }>('approve_loss', approveSql, [
    window.startsAt,
    seal,
    seen.causedBy,
    act.now,
    who,
    reason.trim(),
  ])
  for (const { controllerId, people } of places)
    await act.statement('approved_loss', approvedSql, [approval!.id, controllerId, people])
  await act.note({
    act: 'loss of access approved beforehand',
    facts: { approval: approval!.id, people: seen.people, reason: reason.trim() },
  })
  return yes({ people: seen.people })
}

import { type Decision, type Refused, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { nextWindow, type Window } from '../programme/timetable.ts'
import { type Act, actorName } from '../server/register.ts'
import {
  type DeclineRefusal,
  mayDecline,
  mayOpenForNewCard,
  type TaskRefusal,
  tasksFor,
} from './door-task-rules.ts'
import { grantsOfPerson, keepDeclined, keepDone, keepTasks, lockTasks } from './door-task-store.ts'
import { grantDoors } from './grant-door.ts'

/** Asks the owners of the doors on a person's earlier cards to open them for the card that was just switched on. */
export async function askDoorOwners(
  act: Act,
  { personId, cardId }: { personId: number; cardId: number },
): Promise<void> {
  const grantIds = tasksFor(await grantsOfPerson(act, personId), cardId)
  if (grantIds.length === 0) return
  const kept = await keepTasks(act, { grantIds, cardId, personId })
  if (kept.length > 0)
    await act.note({ act: 'door owners asked', personId, cardId, facts: { doors: kept.length } })
}

/** What became of one task: done (again or now), or why not. */
export type TaskDone = { id: number } & ({ ok: true; again: boolean } | Refused<TaskRefusal>)

/**
 * Opens doors for the new cards of people, by one press of the doors' owner: each door is granted to the new card in its
 * owner's name and opens with the next window. Each task is decided by itself; one that is refused does not hold up
 * the others.
 */
export async function openForNewCards(
  act: Act,
  ids: readonly number[],
): Promise<{ tasks: TaskDone[]; window: Window }> {
  const programme = await programmeInForce(act)
  const known = new Map((await lockTasks(act, ids, programme)).map(task => [task.id, task]))
  const decided = [...new Set(ids)].map(id => ({
    id,
    task: known.get(id),
    ...mayOpenForNewCard(known.get(id) ?? null),
  }))
  const now = decided.flatMap(each =>
    each.ok && !each.again ? [{ ...each.task!, grants: each.grants }] : [],
  )
  if (now.length > 0) {
    const ids = now.map(({ id }) => id)
    await keepDone(act, ids, actorName(act.actor))
    await grantDoors(
      act,
      now
        .filter(({ grants }) => grants)
        .map(({ cardId, personId, doorId, owner }) => ({
          cardId,
          personId,
          doorId,
          owner,
          grantedAt: act.now,
        })),
    )
    for (const [cardId, own] of Map.groupBy(now, ({ cardId }) => cardId))
      await act.note({
        act: 'doors opened for new card',
        personId: own[0]!.personId,
        cardId,
        facts: { tasks: own.map(({ id }) => id).join(',') },
      })
  }
  return {
    tasks: decided.map(each =>
      each.ok
        ? { id: each.id, ok: true, again: each.again }
        : { id: each.id, ok: false, refusal: each.refusal, facts: each.facts },
    ),
    window: nextWindow(programme.timetable, programme.campus.zone, act.now),
  }
}

/** The door's owner says that the door stays closed to the new card; the person is told why. */
export async function declineTask(
  act: Act,
  { id, reason }: { id: number; reason: string },
): Promise<Decision<{ again: boolean }, DeclineRefusal>> {
  const [task] = await lockTasks(act, [id], await programmeInForce(act))
  const decision = mayDecline(task ?? null, reason)
  if (!decision.ok || decision.again) return decision
  await keepDeclined(act, id, actorName(act.actor), reason.trim())
  const { personId, cardId, doorId } = task!
  await act.note({ act: 'door declined', personId, cardId, facts: { task: id, door: doorId } })
  return yes({ again: false })
}

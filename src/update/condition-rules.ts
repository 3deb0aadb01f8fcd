import type { Controllers } from './shapes.ts'

type Controller = Controllers['controllers'][number]

/** What can be the matter with a controller, the worst first; with none of it, it answers. */
export const conditions = ['strange', 'silent', 'held', 'nearly-full'] as const
export type ConditionSaid = (typeof conditions)[number]

/** A controller that is fuller than this will refuse cards soon. */
const nearlyFullShare = 0.95

/** A clock that is off by this much or more is worth looking at; the server says the same in a clock's own answer. */
export const worthALookSeconds = 60

/** What is the matter with a controller; where another board stands, that the known one is silent says nothing more. */
export function conditionsOf(
  controller: Pick<Controller, 'isStrange' | 'isHeld' | 'held' | 'capacity'> & { silentSince: unknown },
): ConditionSaid[] {
  const { isStrange, silentSince, isHeld, held, capacity } = controller
  const is: Record<ConditionSaid, boolean> = {
    strange: isStrange,
    silent: silentSince !== null && !isStrange,
    held: isHeld,
    'nearly-full': held >= capacity * nearlyFullShare,
  }
  return conditions.filter(each => is[each])
}

/** Whether a controller's clock is wrong, or was not set at the newest update that is over. */
export const clockNeedsALook = ({ clockUnset, clockDriftSeconds }: Controller): boolean =>
  clockUnset || Math.abs(clockDriftSeconds ?? 0) >= worthALookSeconds

const rank = (controller: Controller): number => {
  const [worst] = conditionsOf(controller)
  if (worst !== undefined) return conditions.indexOf(worst)
  return clockNeedsALook(controller) ? conditions.length : conditions.length + 1
}

/** Whether somebody should look at a controller. */
export const needsALook = (controller: Controller): boolean => rank(controller) <= conditions.length

/** Controllers as a keeper goes through them: the worst first, then whoever is owed most, then as they are numbered. */
export const worstFirst = (controllers: readonly Controller[]): Controller[] =>
  controllers.toSorted((a, b) => rank(a) - rank(b) || b.open - a.open || a.id - b.id)

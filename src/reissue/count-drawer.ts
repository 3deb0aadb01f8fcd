import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { type Counting, type CountRefusal, dayOf, mayCount } from './cashier-rules.ts'
import { countsOn, keepCount, lockDrawer, movesOn } from './cashier-store.ts'

/** Somebody of the office has counted what a counter took on a day. Refuses as `mayCount` does. */
export async function countDrawer(
  act: Act,
  { day, counter, ...counting }: Counting & { day: Temporal.PlainDate; counter: string },
): Promise<Decision<{ difference: number; correction: boolean }, CountRefusal>> {
  const { zone } = (await programmeInForce(act)).campus
  await lockDrawer(act, day, counter)
  const taken = dayOf(await movesOn(act, day, zone)).counters.find(each => each.counter === counter) ?? null
  const last = (await countsOn(act, day)).findLast(each => each.counter === counter)?.payments ?? null
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const may = mayCount(counting, { day, today, taken, last })
  if (!may.ok) return may
  const { expected, difference, correction } = may
  const { counted, payments } = counting
  await keepCount(act, { day, counter, payments, expected, counted, note: counting.note.trim() || null })
  await act.note({
    act: 'cashier counted',
    facts: { day: day.toString(), counter, payments, expected, counted },
  })
  return yes({ difference, correction })
}

import { Type } from 'typebox'
import { endingOf } from '../card/numbers.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { Both } from '../server/shapes.ts'
import { lendingReasons, temporaryCounters } from './rules.ts'
import { loanOf } from './store.ts'

/** A temporary card that a person has not brought back, as My card and the API show it. */
export const BridgeShape = Type.Union([
  Type.Object({
    reason: Type.Enum([...lendingReasons]),
    lentAt: Type.String({ format: 'date-time' }),
    lastDay: Type.String({ format: 'date', description: 'The last day on which it opens doors' }),
    opensUntil: Type.String({ format: 'date-time', description: 'When its campus access ends, or ended' }),
    state: Type.Enum(['in-use', 'ended', 'lost'], {
      description: 'Ended: to be returned, and opens no door',
    }),
    ending: Type.Union([Type.String(), Type.Null()], { description: 'The last four digits printed on it' }),
    returnTo: Type.Array(Type.Object({ id: Type.String(), name: Both, place: Both })),
  }),
  Type.Null(),
])
export type Bridge = Type.Static<typeof BridgeShape>

const countersOf = (programme: Programme) =>
  temporaryCounters(programme).flatMap(id => {
    const counter = programme.counters.find(each => each.id === id)
    return counter ? [{ id, name: counter.name, place: counter.place }] : []
  })

/** The temporary card that a person has, or has not brought back; null where there is none. */
export async function bridgeOf(act: Act, personId: number): Promise<Bridge> {
  const loan = await loanOf(act, personId)
  if (loan === null) return null
  const ended = Temporal.Instant.compare(loan.until, act.now) <= 0
  return {
    reason: loan.reason,
    lentAt: loan.lentAt.toString(),
    lastDay: loan.lastDay.toString(),
    opensUntil: loan.until.toString(),
    state: loan.lost ? 'lost' : ended ? 'ended' : 'in-use',
    ending: endingOf(loan.printedNumber),
    returnTo: countersOf(await programmeInForce(act)),
  }
}

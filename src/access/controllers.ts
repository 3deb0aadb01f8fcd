import { isDoorFormat } from '../card/formats.ts'
import { type FormatRefusal, giveNumbers, lockFormats } from '../card/new-format.ts'
import { type Decision, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import {
  type ControllerChange,
  type ControllerRefusal,
  changedController,
  mayAddController,
  mayChangeController,
} from './controller-rules.ts'
import { controllerOf, keepController, neighboursOf } from './controller-store.ts'
import type { Network } from './networks.ts'
import type { ControllerSaid } from './shape.ts'

/** Why a controller is not recorded: by itself, or because of the cards that its readers would have to tell apart. */
export type AddRefusal = ControllerRefusal | FormatRefusal

/**
 * Records a controller with its doors. Nothing opens them yet: groups and grants do. Where its readers send a number
 * format that was not in use, every live card gets its number in that format in the same act. Says how many did.
 */
export async function addController(
  act: Act,
  said: ControllerSaid,
  networks: readonly Network[],
): Promise<Decision<{ cards: number }, AddRefusal>> {
  await lockFormats(act)
  const decision = mayAddController(said, await neighboursOf(act, said), networks)
  if (!decision.ok) return decision
  const { serial, numberFormat, doors } = said
  if (!isDoorFormat(numberFormat)) throw new Error(`"${numberFormat}" is no format of a door`)
  const given = await giveNumbers(act, numberFormat)
  if (!given.ok) return given
  await keepController(act, said)
  await act.note({
    act: 'controller added',
    facts: { controller: serial, doors: doors.length, format: numberFormat, cards: given.cards },
  })
  return given
}

/** Which parts of a controller a change makes otherwise, as the journal names them. */
function changedParts(before: ControllerSaid, after: ControllerSaid): string[] {
  const parts = ['host', 'port', 'settings', 'capacity', 'building', 'doors'] as const
  const plain = (said: ControllerSaid) => ({
    ...said,
    building: [said.building['zh-TW'], said.building.en],
    doors: said.doors.map(({ id, number, name }) => [id, number, name['zh-TW'], name.en]),
  })
  const [one, other] = [plain(before), plain(after)]
  return parts.filter(part => JSON.stringify(one[part]) !== JSON.stringify(other[part]))
}

/**
 * Changes a controller: its address, capacity, names, or one more door. What its cards open does not change by it. Null
 * where there is no such controller; says which parts became otherwise, none where all is so already.
 */
export async function changeController(
  act: Act,
  serial: number,
  change: ControllerChange,
  networks: readonly Network[],
): Promise<Decision<{ changed: string[] }, ControllerRefusal> | null> {
  await lockFormats(act)
  const recorded = await controllerOf(act, serial)
  if (recorded === null) return null
  const neighbours = await neighboursOf(act, changedController(recorded, change))
  const decision = mayChangeController(recorded, change, neighbours, networks)
  if (!decision.ok) return decision
  const changed = changedParts(recorded, decision.controller)
  if (changed.length === 0) return yes({ changed })
  await keepController(act, decision.controller)
  await act.note({ act: 'controller changed', facts: { controller: serial, parts: changed.join(' ') } })
  return yes({ changed })
}

import { type Fleet, openFleet } from '../src/controller/emulator/fleet.ts'
import type { BoardCard, ControllerSetup } from '../src/controller/emulator/settings.ts'
import { mostMemory } from '../test/most-memory.ts'
import { beginProfile, endProfile } from './access-profile.ts'

/*
 * The emulator in a process of its own, as `npm run emulator` runs it, but for its control channel: the one here takes a
 * million cards at once, compares lists where they lie, and notes when one card went from where.
 */

/** Cards of a controller that have the same doors and days. */
export interface Listed {
  serial: number
  doors: BoardCard['doors']
  from: string
  to: string
  numbers: number[]
}

/** How what stands on all controllers differs from what should stand there. */
export interface Wrong {
  controllers: number
  cards: number
  missing: number
  extra: number
  different: number
}

/** What the emulator is told; each is answered by a message that has the same key. */
export type EmulatorAsked =
  | { open: ControllerSetup[]; clock: string }
  | { plant: Listed[] }
  | { silence: number[] }
  | { compare: Listed[]; except: number[] }
  | { follow: number }
  | { gone: true }
  | { counts: true }
  | { usage: true }
  | { profile: string | null }
  | { stop: true }

/** Microseconds of a clock that all processes of this machine share. */
const nowUs = (): number => Number(process.hrtime.bigint() / 1000n)
const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

let fleet: Fleet | null = null
/** Since when, in microseconds, a followed card is gone from a controller. */
const goneAtUs = new Map<number, number>()

/** Like cards of many controllers share one object, so that a million of them fit. */
function cardsOf({ doors, from, to, numbers }: Listed, known: Map<string, BoardCard>): BoardCard[] {
  return numbers.map(number => {
    const key = `${number} ${doors.join()} ${from} ${to}`
    const card = known.get(key) ?? { number, doors, from, to, pin: 0 }
    known.set(key, card)
    return card
  })
}

function plant(lists: readonly Listed[]): number {
  const known = new Map<string, BoardCard>()
  let planted = 0
  for (const list of lists)
    for (const card of cardsOf(list, known))
      planted += Number(fleet!.stations.get(list.serial)!.board.cards.put(card))
  return planted
}

const same = (a: BoardCard, b: BoardCard): boolean =>
  a.from === b.from && a.to === b.to && a.pin === b.pin && a.doors.every((door, at) => door === b.doors[at])

/** Every controller but those that were made silent, and every card of it. */
function compare(lists: readonly Listed[], except: readonly number[]): Wrong {
  const wrong: Wrong = { controllers: 0, cards: 0, missing: 0, extra: 0, different: 0 }
  const bySerial = Map.groupBy(lists, list => list.serial)
  const known = new Map<string, BoardCard>()
  for (const [serial, { board }] of fleet!.stations) {
    if (except.includes(serial)) continue
    const due = (bySerial.get(serial) ?? []).flatMap(list => cardsOf(list, known))
    let found = 0
    for (const card of due) {
      const there = board.cards.get(card.number)
      if (!there) wrong.missing++
      else {
        found++
        if (!same(card, there)) wrong.different++
      }
    }
    wrong.controllers++
    wrong.cards += due.length
    wrong.extra += board.cards.all().length - found
  }
  return wrong
}

/** From now on it is noted when this card goes from which controller. */
function follow(number: number): void {
  goneAtUs.clear()
  const { watch } = fleet!
  const changed = watch.changed.bind(watch)
  watch.changed = (board, card, datagram) => {
    changed(board, card, datagram)
    if (card === number && !board.cards.has(number)) goneAtUs.set(board.serial, nowUs())
  }
}

async function does(asked: EmulatorAsked): Promise<object> {
  if ('open' in asked) {
    await fleet?.close()
    fleet = await openFleet({ controllers: asked.open, clock: asked.clock }, monotonicMs)
    return { open: fleet.stations.size }
  }
  if ('plant' in asked) return { plant: plant(asked.plant) }
  if ('silence' in asked) {
    for (const serial of asked.silence) fleet!.trouble(fleet!.stations.get(serial)!, { silent: true })
    return { silence: asked.silence.length }
  }
  if ('compare' in asked) return { compare: compare(asked.compare, asked.except) }
  if ('follow' in asked) {
    follow(asked.follow)
    return { follow: true }
  }
  if ('gone' in asked) return { gone: [...goneAtUs] }
  if ('counts' in asked) {
    const { datagrams, controllers } = fleet!.log.counts()
    fleet!.log.reset()
    return { counts: { datagrams, controllers } }
  }
  if ('usage' in asked) return { usage: { cpu: process.cpuUsage(), peakKb: mostMemory() / 1024 } }
  if ('profile' in asked) {
    await (asked.profile === null ? beginProfile() : endProfile(`${asked.profile}-emulator`))
    return { profile: true }
  }
  return process.exit(0)
}

process.on('message', (asked: EmulatorAsked) => {
  does(asked).then(
    answer => process.send?.(answer),
    (fault: unknown) => process.send?.({ error: String(fault) }),
  )
})
process.once('disconnect', () => process.exit(0))

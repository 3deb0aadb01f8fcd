import { isIPv4 } from 'node:net'
import type { ControllerAddress, ControllerDriver, Found, Outcome, Slot } from '../../update/driver.ts'
import { deviceIn, getDevice, getTime, setTime, timeIn } from './board.ts'
import {
  cardIn,
  cardsCounted,
  changeMade,
  countCards,
  faultOf,
  getCard,
  getCardAt,
  isCardNumber,
  numberIn,
  putCard,
  removeCard,
} from './cards.ts'
import { headerOf } from './frame.ts'
import { type Ask, Lane, type Patience, type Reply } from './lane.ts'
import { type Network, realNetwork } from './sockets.ts'

/** How the driver is opened; all but the clock has its usual value. */
export interface UhppoteOptions extends Partial<Patience> {
  /** Milliseconds that only ever grow; measures round trips. */
  monotonicMs: () => number
  /** Shared UDP sockets, 2 to 4; 4 unless said. */
  sockets?: number
  /** Real UDP and real time, unless said. */
  network?: Network
}

/**
 * So long after a change was asked for it still leaves, its repeats and its waiting for a turn included. Whoever asked
 * looked at the fence before, and the verifying pass of the next owner reckons with that look: a change repeated later
 * than two thirds of a lease could come after it, and bring a lost card back. Milliseconds.
 */
const changeLeavesWithinMs = 5_000

const notSent: Outcome = { answer: 'rejected', proved: false, tries: 0 }

/**
 * Opens the driver for UHPPOTE controllers (UT0311-L0x, UDP). One request at a time goes to each controller,
 * any number of controllers at once. With its usual patience (5 tries, the first waits max(250 ms, 4 round
 * trips), each further one twice as long) a silent controller is `unreachable` after 7.75 s.
 */
export async function openUhppoteDriver(options: UhppoteOptions): Promise<ControllerDriver> {
  const count = options.sockets ?? 4
  if (count < 2 || count > 4) throw new RangeError(`${count} shared sockets: 2 to 4 are of use`)
  const lanes = new Map<string, Lane>()
  const network = options.network ?? realNetwork
  const sockets = await network.openSockets(count, (socket, datagram, host, port) => {
    const header = headerOf(datagram)
    if (header) lanes.get(`${host}:${port}/${header.serial}`)?.hear(socket, datagram, header)
  })
  let sequence = 0
  let closed = false
  const wire = {
    sockets: count,
    tries: options.tries ?? 5,
    shortestWaitMs: options.shortestWaitMs ?? 250,
    send: (...what: Parameters<typeof sockets.send>) => sockets.send(...what),
    monotonicMs: options.monotonicMs,
    after: network.after,
    nextSequence: () => {
      sequence = sequence === 0xffffffff ? 1 : sequence + 1
      return sequence
    },
  }

  function laneOf(controller: ControllerAddress): Lane {
    const { host, port, serial } = controller
    const key = `${host}:${port}/${serial}`
    let lane = lanes.get(key)
    if (!lane) {
      if (!isIPv4(host)) throw new TypeError(`controller ${serial}: ${host} is no IPv4 address`)
      if (!(serial > 0 && serial <= 0xffffffff)) throw new TypeError(`${serial} is no serial number`)
      lane = new Lane(controller, wire)
      lanes.set(key, lane)
      if (closed) lane.close()
    }
    return lane
  }

  return {
    async probe(c) {
      const lane = laneOf(c)
      return lane.inTurn(async ask => {
        lane.forget()
        const device = await ask(getDevice)
        const counted = device && (await ask(countCards))
        if (!device || !counted) return { answer: 'unreachable' }
        const { mac, firmware } = deviceIn(device.datagram)
        const cards = cardsCounted(counted.datagram)
        const echoesSequence = device.proved && counted.proved
        return { answer: 'answers', serial: c.serial, cards, echoesSequence, mac, firmware }
      })
    },

    together: () => 1,

    async put(c, card) {
      if (faultOf(card)) return notSent
      const leavesByMs = options.monotonicMs() + changeLeavesWithinMs
      return laneOf(c).inTurn(async ask => {
        const reply = await ask(to => putCard(to, card), undefined, leavesByMs)
        if (!reply || changeMade(reply.datagram) !== false) return outcomeOf(reply, wire.tries)
        const full = await isFullFor(c, card.number, ask)
        return { ...outcomeOf(reply, wire.tries), answer: full ? 'full' : 'rejected' }
      })
    },

    async remove(c, number) {
      if (!isCardNumber(number)) return notSent
      const leavesByMs = options.monotonicMs() + changeLeavesWithinMs
      return laneOf(c).inTurn(async ask => {
        const reply = await ask(to => removeCard(to, number), undefined, leavesByMs)
        if (!reply || changeMade(reply.datagram) !== false) return outcomeOf(reply, wire.tries)
        // "No" is said of a card that is not there, and to the repeat of a removal whose first reply was lost.
        const back = await lookUp(number, ask)
        if (back.found.answer === 'unreachable')
          return { ...outcomeOf(reply, wire.tries), answer: 'unconfirmed' }
        if (back.found.answer !== 'absent') return { ...outcomeOf(reply, wire.tries), answer: 'rejected' }
        return { answer: 'already', proved: back.proved, tries: reply.tries }
      })
    },

    async get(c, number) {
      if (!isCardNumber(number)) return { answer: 'absent' }
      return laneOf(c).inTurn(async ask => (await lookUp(number, ask)).found)
    },

    async count(c) {
      const reply = await laneOf(c).inTurn(ask => ask(countCards))
      return reply ? { answer: 'counted', cards: cardsCounted(reply.datagram) } : { answer: 'unreachable' }
    },

    async setTime(c, at) {
      // Waiting for its turn and repeating take time: each try sends what the clock should say by then.
      const askedMs = options.monotonicMs()
      const sent = new Set<string>()
      const reply = await laneOf(c).inTurn(ask =>
        ask(to => {
          const now = at.add({ milliseconds: Math.round(options.monotonicMs() - askedMs) })
          sent.add(secondOf(now))
          return setTime(to, now)
        }),
      )
      if (!reply) return { answer: 'unreachable' }
      const said = timeIn(reply.datagram)
      return said && sent.has(secondOf(said)) ? { answer: 'set', at: said } : { answer: 'rejected' }
    },

    async getTime(c) {
      const reply = await laneOf(c).inTurn(ask => ask(getTime))
      if (!reply) return { answer: 'unreachable' }
      const at = timeIn(reply.datagram)
      return at ? { answer: 'read', at } : { answer: 'unreadable' }
    },

    read: (c, from, limit) => readSlots(c, laneOf(c), from, limit),

    async close() {
      if (closed) return
      closed = true
      for (const lane of lanes.values()) lane.close()
      await sockets.close()
    },
  }
}

const secondOf = (at: Temporal.PlainDateTime): string => at.toString({ smallestUnit: 'second' })

/** A change's reply in the update's words; a byte that is neither yes nor no leaves it unconfirmed. */
function outcomeOf(reply: Reply | null, triesMade: number): Outcome {
  if (!reply) return { answer: 'unreachable', proved: false, tries: triesMade }
  const { proved, tries } = reply
  const made = changeMade(reply.datagram)
  return { answer: made === null ? 'unconfirmed' : made ? 'applied' : 'rejected', proved, tries }
}

/** Whether a refused card found no room: as many cards as the capacity, and this one not among them. */
async function isFullFor(c: ControllerAddress, number: bigint, ask: Ask): Promise<boolean> {
  const counted = await ask(countCards)
  if (!counted || cardsCounted(counted.datagram) < c.capacity) return false
  return (await lookUp(number, ask)).found.answer === 'absent'
}

async function lookUp(number: bigint, ask: Ask): Promise<{ found: Found; proved: boolean }> {
  // A reply about another card is one to an earlier question.
  const about = (reply: Buffer) => numberIn(reply) === number || cardIn(reply) === 'none'
  const look = () => ask(to => getCard(to, number), about)
  const first = await look()
  // "None" names no card. Unless it names the request it may be a late answer to an earlier question, on a socket that
  // is used again: it is believed when another socket says so too.
  const reply = first && !first.proved && cardIn(first.datagram) === 'none' ? await look() : first
  if (!reply) return { found: { answer: 'unreachable' }, proved: false }
  const { proved } = reply
  const card = cardIn(reply.datagram)
  if (card === 'none' || card === 'deleted') return { found: { answer: 'absent' }, proved }
  if (card === 'unreadable') return { found: { answer: 'unreadable' }, proved }
  return { found: { answer: 'found', card }, proved }
}

async function* readSlots(
  c: ControllerAddress,
  lane: Lane,
  from: number,
  limit: number,
): AsyncIterable<Slot> {
  const first = Math.max(1, Math.trunc(from))
  for (let slot = first; slot < first + limit; slot++) {
    const read = slot > c.capacity ? ({ slot, holds: 'end' } as const) : await readSlot(lane, slot)
    yield read
    if (read.holds === 'end' || read.holds === 'unreachable') return
  }
}

async function readSlot(lane: Lane, slot: number): Promise<Slot> {
  const reply = await lane.inTurn(ask => ask(to => getCardAt(to, slot)))
  if (!reply) return { slot, holds: 'unreachable' }
  const card = cardIn(reply.datagram)
  if (card === 'none') return { slot, holds: 'end' }
  if (card === 'deleted' || card === 'unreadable') return { slot, holds: card }
  return { slot, holds: 'card', card }
}

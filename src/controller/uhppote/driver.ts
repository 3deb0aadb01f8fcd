import { isIPv4 } from 'node:net'
import type { CardRecord, ControllerAddress, ControllerDriver, Found, Outcome } from '../../update/driver.ts'
import { deviceIn, getDevice, getTime, setTime, timeIn } from './board.ts'
import type { FollowUp, LaneTo, Question, Reply } from './call.ts'
import {
  cardIn,
  cardsCounted,
  changeMade,
  countCards,
  faultOf,
  getCard,
  isCardNumber,
  numberIn,
  putCard,
  removeCard,
} from './cards.ts'
import { Deadlines } from './deadlines.ts'
import { readEvents } from './events.ts'
import { codeIn, functions, isOurs, sequenceIn, serialIn } from './frame.ts'
import { Gate } from './gate.ts'
import { Lane, type Patience, type Wire } from './lane.ts'
import { anySerial, meet } from './meet.ts'
import { readSlots } from './slots.ts'
import { mostSockets, usualSockets } from './socket-choice.ts'
import { type Network, realNetwork } from './sockets.ts'
import { Strays } from './strays.ts'

/** How the driver is opened; all but the clock has its usual value. */
export interface UhppoteOptions extends Partial<Patience> {
  /** Milliseconds that only ever grow; measures round trips. */
  monotonicMs: () => number
  /** Shared UDP sockets, 2 to 64; 32 unless said. */
  sockets?: number
  /** Requests under way at once, over all controllers; 512 unless said. */
  mostUnderWay?: number
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
 * Opens the driver for UHPPOTE controllers (UT0311-L0x, UDP). One request at a time goes to each controller, up to 16
 * where its replies name their requests; any number of controllers are spoken to at once. With its usual patience (5
 * tries, the first waits max(250 ms, 4 round trips), each further one twice as long) a silent controller is
 * `unreachable` after 7.75 s.
 */
export async function openUhppoteDriver(options: UhppoteOptions): Promise<ControllerDriver> {
  const count = options.sockets ?? usualSockets
  if (count < 2 || count > mostSockets)
    throw new RangeError(`${count} shared sockets: 2 to ${mostSockets} are of use`)
  const { monotonicMs, network = realNetwork } = options
  /** By serial number; two controllers that claim one number differ by their address. */
  const lanes = new Map<number, Lane[]>()
  const sockets = await network.openSockets(count, (socket, datagram, host, port) => {
    if (!isOurs(datagram)) return
    const serial = serialIn(datagram)
    const [code, sequence] = [codeIn(datagram), sequenceIn(datagram)]
    const isFrom = ({ to }: Lane) => to.host === host && to.port === port
    const known = lanes.get(serial)
    let isStray = known !== undefined
    for (const lane of known ?? [])
      if (isFrom(lane)) {
        isStray = false
        lane.hear(socket, datagram, code, sequence)
      }
    // Whoever stands at an address may say another serial number than was looked for.
    if (code === functions.device)
      for (const lane of lanes.get(anySerial) ?? [])
        if (isFrom(lane)) lane.hear(socket, datagram, code, sequence)
    if (isStray) strays.note({ serial, host, port })
  })
  const strays = new Strays()
  let sequence = 0
  let closed = false
  const deadlines = new Deadlines({ monotonicMs, after: network.after })
  const wire = {
    sockets: count,
    tries: options.tries ?? 5,
    shortestWaitMs: options.shortestWaitMs ?? 250,
    send: (...what: Parameters<typeof sockets.send>) => sockets.send(...what),
    monotonicMs,
    deadlines,
    gate: new Gate(options.mostUnderWay ?? 512),
    nextSequence: () => {
      sequence = sequence === 0xffffffff ? 1 : sequence + 1
      return sequence
    },
  }

  function laneOf(controller: ControllerAddress): Lane {
    const { host, port, serial } = controller
    if (!(serial > 0 && serial <= 0xffffffff)) throw new TypeError(`${serial} is no serial number`)
    return wayTo({ serial, host, port }, wire)
  }

  function wayTo(to: LaneTo, wire: Wire): Lane {
    const { host, port, serial } = to
    const known = lanes.get(serial)
    for (const lane of known ?? []) if (lane.to.host === host && lane.to.port === port) return lane
    if (!isIPv4(host)) throw new TypeError(`controller ${serial}: ${host} is no IPv4 address`)
    if (!(port > 0 && port <= 65_535)) throw new TypeError(`controller ${serial}: ${port} is no UDP port`)
    const lane = new Lane(to, wire)
    if (known) known.push(lane)
    else lanes.set(serial, [lane])
    if (closed) lane.close()
    return lane
  }

  return {
    async probe(c) {
      return laneOf(c).call({
        code: functions.device,
        build: getDevice,
        about: 0,
        anew: true,
        async conclude(device, follow) {
          const counted = device && (await follow.ask(counting))
          if (!device || !counted) return { answer: 'unreachable' }
          const { mac, firmware } = deviceIn(device.datagram)
          const cards = cardsCounted(counted.datagram)
          const echoesSequence = device.proved && counted.proved
          return { answer: 'answers', serial: c.serial, cards, echoesSequence, mac, firmware }
        },
      })
    },

    async meet(c) {
      const anybody = { serial: anySerial, host: c.host, port: c.port }
      return meet(laneOf(c), () => wayTo(anybody, { ...wire, tries: Math.min(2, wire.tries) }))
    },

    strays: () => strays.take(),

    together: c => laneOf(c).together,

    async put(c, card) {
      if (faultOf(card)) return notSent
      const leavesByMs = monotonicMs() + changeLeavesWithinMs
      const putting: Question = { code: functions.putCard, build: to => putCard(to, card), leavesByMs }
      return laneOf(c).call({
        ...putting,
        about: Number(card.number),
        conclude: (reply, follow) =>
          saidNo(reply) ? refused(reply!, c, card, putting, follow) : outcomeOf(reply, wire.tries),
      })
    },

    async remove(c, number) {
      if (!isCardNumber(number)) return notSent
      return laneOf(c).call({
        code: functions.removeCard,
        build: to => removeCard(to, number),
        leavesByMs: monotonicMs() + changeLeavesWithinMs,
        about: Number(number),
        conclude: (reply, follow) =>
          saidNo(reply) ? notRemoved(reply!, number, follow) : outcomeOf(reply, wire.tries),
      })
    },

    async get(c, number) {
      if (!isCardNumber(number)) return { answer: 'absent' }
      return laneOf(c).call({
        ...looking(number),
        about: Number(number),
        conclude: reply => foundIn(reply),
      })
    },

    async count(c) {
      return laneOf(c).call({
        ...counting,
        about: 0,
        conclude: reply =>
          reply ? { answer: 'counted', cards: cardsCounted(reply.datagram) } : { answer: 'unreachable' },
      })
    },

    async setTime(c, at) {
      // Waiting for its turn and repeating take time: each try sends what the clock should say by then.
      const askedMs = monotonicMs()
      const sent = new Set<string>()
      return laneOf(c).call({
        code: functions.setTime,
        about: 0,
        timely: true,
        build(to) {
          const now = at.add({ milliseconds: Math.round(monotonicMs() - askedMs) })
          sent.add(secondOf(now))
          return setTime(to, now)
        },
        conclude(reply) {
          if (!reply) return { answer: 'unreachable' }
          const said = timeIn(reply.datagram)
          return said && sent.has(secondOf(said)) ? { answer: 'set', at: said } : { answer: 'rejected' }
        },
      })
    },

    async getTime(c) {
      const askedMs = monotonicMs()
      return laneOf(c).call({
        code: functions.getTime,
        build: getTime,
        about: 0,
        conclude(reply) {
          if (!reply) return { answer: 'unreachable' }
          const at = timeIn(reply.datagram)
          return at ? { answer: 'read', at, afterMs: monotonicMs() - askedMs } : { answer: 'unreadable' }
        },
      })
    },

    read: (c, from, limit) => readSlots(c, laneOf(c), from, limit),

    events: async (c, after, limit) => readEvents(laneOf(c), after, limit),

    async close() {
      if (closed) return
      closed = true
      for (const lane of [...lanes.values()].flat()) lane.close()
      deadlines.stop()
      await sockets.close()
    },
  }
}

const counting: Question = { code: functions.countCards, build: countCards }

const secondOf = (at: Temporal.PlainDateTime): string => at.toString({ smallestUnit: 'second' })

const saidNo = (reply: Reply | null): boolean => reply !== null && changeMade(reply.datagram) === false

/** A change's reply in the update's words; a byte that is neither yes nor no leaves it unconfirmed. */
function outcomeOf(reply: Reply | null, triesMade: number): Outcome {
  if (!reply) return { answer: 'unreachable', proved: false, tries: triesMade }
  const { proved, tries } = reply
  const made = changeMade(reply.datagram)
  return { answer: made === null ? 'unconfirmed' : made ? 'applied' : 'rejected', proved, tries }
}

/**
 * A card that was refused: for good, or because there is no room? Where other changes were under way beside it, they
 * may have made or taken room meanwhile: it is then put once more, with nothing beside it.
 */
async function refused(
  first: Reply,
  c: ControllerAddress,
  card: CardRecord,
  putting: Question,
  follow: FollowUp,
): Promise<Outcome> {
  let reply = first
  if (follow.wasShared()) {
    await follow.alone()
    const again = await follow.ask(putting)
    // It answered a moment ago: whether it has stored the card since is not known.
    if (!again) return { ...outcomeOf(first, 0), answer: 'unconfirmed' }
    reply = { ...again, tries: first.tries + again.tries }
    if (!saidNo(reply)) return outcomeOf(reply, 0)
  }
  const counted = await follow.ask(counting)
  const isFull =
    counted !== null &&
    cardsCounted(counted.datagram) >= c.capacity &&
    foundIn(await follow.ask(looking(card.number))).answer === 'absent'
  return { ...outcomeOf(reply, 0), answer: isFull ? 'full' : 'rejected' }
}

/** "No" is said of a card that is not there, and to the repeat of a removal whose first reply was lost. */
async function notRemoved(reply: Reply, number: bigint, follow: FollowUp): Promise<Outcome> {
  const back = await follow.ask(looking(number))
  const found = foundIn(back).answer
  if (found === 'unreachable') return { ...outcomeOf(reply, 0), answer: 'unconfirmed' }
  if (found !== 'absent') return outcomeOf(reply, 0)
  return { answer: 'already', proved: back!.proved, tries: reply.tries }
}

const looking = (number: bigint): Question => ({
  code: functions.getCard,
  build: to => getCard(to, number),
  // A reply about another card is one to an earlier question.
  fits: reply => numberIn(reply) === 0 || numberIn(reply) === Number(number),
})

function foundIn(reply: Reply | null): Found {
  if (!reply) return { answer: 'unreachable' }
  const card = cardIn(reply.datagram)
  if (card === 'none' || card === 'deleted') return { answer: 'absent' }
  return card === 'unreadable' ? { answer: 'unreadable' } : { answer: 'found', card }
}

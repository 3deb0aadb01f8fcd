import { expect, it } from 'vitest'
import type { CardRecord } from '../../update/driver.ts'
import type { ControllerSetup } from '../emulator/settings.ts'
import { makeStation, type Station } from '../emulator/station.ts'
import { openUhppoteDriver } from './driver.ts'
import type { Hear, Network } from './sockets.ts'

/** Time that passes only when there is nothing else to do. */
class SimulatedTime {
  nowMs = 0
  readonly #waiting: { atMs: number; act: () => void }[] = []

  after(ms: number, act: () => void): () => void {
    const one = { atMs: this.nowMs + ms, act }
    this.#waiting.push(one)
    return () => {
      const at = this.#waiting.indexOf(one)
      if (at >= 0) this.#waiting.splice(at, 1)
    }
  }

  /** Lets time pass until the work is done; throws where nothing is left that could bring it about. */
  async until<T>(work: Promise<T>): Promise<T> {
    let done = false
    const ended = work.finally(() => {
      done = true
    })
    for (let steps = 0; ; steps++) {
      // All that follows at once has its turn before time passes.
      await new Promise(setImmediate)
      if (done) return ended
      this.#waiting.sort((a, b) => a.atMs - b.atMs)
      const next = this.#waiting.shift()
      if (!next || steps > 100_000) throw new Error('nothing is left to wait for')
      this.nowMs = next.atMs
      next.act()
    }
  }
}

/** Boards and driver in one process, without a socket: 1 ms each way, and the troubles of each board's line. */
function simulatedNetwork(time: SimulatedTime, stations: Station[]): Network {
  let heard: Hear = () => {}
  for (const station of stations) replies.set(station, (reply, to) => heard(to, reply, station.host, 60_000))
  return {
    openSockets: async (count, hear) => {
      heard = hear
      return {
        ports: Array.from({ length: count }, (_, socket) => socket),
        send: (socket, datagram, host) => {
          const station = stations.find(one => one.host === host)
          if (station)
            time.after(1, () => station.line.arrive(datagram, { address: '127.0.0.1', port: socket }))
        },
        close: async () => {},
      }
    },
    after: (ms, act) => time.after(ms, act),
  }
}
const replies = new Map<Station, (reply: Buffer, toSocket: number) => void>()

const card = (number: number): CardRecord => ({
  number: BigInt(number),
  from: Temporal.PlainDate.from('2023-11-20'),
  to: Temporal.PlainDate.from('2024-02-29'),
  doors: [1, 1, 1, 1],
  pin: 0,
})

async function run(seed: number) {
  const time = new SimulatedTime()
  const setup = { serial: 410_000_001, host: '127.61.9.1', port: 60_000, loss: 0.2, duplicate: 0.1 }
  const station: Station = makeStation(setup, {
    seed,
    startAt: Temporal.PlainDateTime.from('2024-02-01T08:00'),
    monotonicMs: () => time.nowMs,
    after: (ms, act) => void time.after(ms, act),
    send: (reply, to) => time.after(1, () => replies.get(station)!(reply, to.port)),
  })
  const driver = await openUhppoteDriver({
    monotonicMs: () => time.nowMs,
    network: simulatedNetwork(time, [station]),
  })
  const address = { ...setup, capacity: 100 }
  const answers: string[] = []
  for (let number = 1; number <= 30; number++) {
    const { answer, tries } = await time.until(driver.put(address, card(number)))
    answers.push(`${answer} ${tries}`)
  }
  await driver.close()
  return { answers, tookMs: time.nowMs, stored: station.board.cards.size }
}

it('driver and boards run without sockets and without real time, and a seed repeats everything', async () => {
  const first = await run(7)
  expect(first.stored).toBe(30)
  expect(first.answers.filter(answer => answer.startsWith('applied'))).toHaveLength(30)
  expect(first.answers.some(answer => !answer.endsWith(' 1'))).toBe(true)
  expect(first.tookMs).toBeGreaterThan(1_000)
  expect(await run(7)).toEqual(first)
  expect(await run(8)).not.toEqual(first)
})

/** A station that answers at once, as the driver of a test meets it. */
function stationIn(time: SimulatedTime, setup: ControllerSetup): Station {
  const station: Station = makeStation(setup, {
    seed: 1,
    startAt: Temporal.PlainDateTime.from('2024-02-01T08:00'),
    monotonicMs: () => time.nowMs,
    after: (ms, act) => void time.after(ms, act),
    send: (reply, to) => time.after(1, () => replies.get(station)!(reply, to.port)),
  })
  return station
}

it('a change leaves within five seconds, however long the driver has learned to wait for this controller', async () => {
  const time = new SimulatedTime()
  const setup = { serial: 410_000_001, host: '127.61.9.1', port: 60_000 }
  const station = stationIn(time, setup)
  const inner = simulatedNetwork(time, [station])
  const sentAtMs: number[] = []
  const network: Network = {
    after: (ms, act) => inner.after(ms, act),
    openSockets: async (count, hear) => {
      const sockets = await inner.openSockets(count, hear)
      const send: typeof sockets.send = (...what) => {
        sentAtMs.push(time.nowMs)
        sockets.send(...what)
      }
      return { ...sockets, send }
    },
  }
  const driver = await openUhppoteDriver({ monotonicMs: () => time.nowMs, network })
  const address = { ...setup, capacity: 100 }
  for (const serviceMs of [200, 600, 1_500]) {
    station.trouble.serviceMs = serviceMs
    for (let times = 0; times < 20; times++) await time.until(driver.count(address))
  }
  station.trouble.silent = true
  for (const change of [() => driver.put(address, card(1)), () => driver.remove(address, 1n)]) {
    sentAtMs.length = 0
    const askedMs = time.nowMs
    expect(await time.until(change())).toMatchObject({ answer: 'unreachable' })
    expect(sentAtMs.length).toBeGreaterThan(0)
    expect(Math.max(...sentAtMs) - askedMs).toBeLessThanOrEqual(5_000)
  }
  // What waits for its turn behind a question that nobody answers, and so for longer, does not leave at all.
  const question = driver.count(address)
  sentAtMs.length = 0
  expect(await time.until(driver.put(address, card(2)))).toMatchObject({ answer: 'unreachable' })
  await question
  expect(station.board.cards.size).toBe(0)
  await driver.close()
})

it('a card is not taken for absent because "none", which names no card, came late to an earlier question', async () => {
  const time = new SimulatedTime()
  const setup = { serial: 410_000_001, host: '127.61.9.1', port: 60_000, echo: false }
  const station = stationIn(time, setup)
  station.board.cards.put({ number: 1, from: '2023-11-20', to: '2024-02-29', doors: [1, 1, 1, 1], pin: 0 })
  const inner = simulatedNetwork(time, [station])
  let none: Buffer | null = null
  let isLate = false
  const network: Network = {
    after: (ms, act) => inner.after(ms, act),
    openSockets: async (count, hear) => {
      const sockets = await inner.openSockets(count, (socket, reply, host, port) => {
        none ??= reply
        hear(socket, reply, host, port)
      })
      const send: typeof sockets.send = (socket, datagram, host, port) => {
        if (isLate && none) time.after(0, () => hear(socket, none!, host, port))
        isLate = false
        sockets.send(socket, datagram, host, port)
      }
      return { ...sockets, send }
    },
  }
  const driver = await openUhppoteDriver({ monotonicMs: () => time.nowMs, network })
  const address = { ...setup, capacity: 100 }
  expect(await time.until(driver.get(address, 2n))).toEqual({ answer: 'absent' })
  isLate = true
  expect(await time.until(driver.get(address, 1n))).toMatchObject({ answer: 'found' })
  expect(isLate).toBe(false)
  await driver.close()
})

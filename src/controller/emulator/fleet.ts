import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { Board } from './board.ts'
import type { Peer } from './line.ts'
import { DatagramLog } from './log.ts'
import { type ControllerSetup, type EmulatorSetup, type Faults, wallTime } from './settings.ts'
import { bringTrouble, makeStation, type Station } from './station.ts'
import { Watch } from './watch.ts'

/** What a board says before anybody set its clock. */
const factoryTime = '2000-01-01T00:00:00'

/** All emulated controllers, listening. */
export interface Fleet {
  stations: ReadonlyMap<number, Station>
  log: DatagramLog
  watch: Watch
  /** Sets every controller's clock. */
  setClocks(at: Temporal.PlainDateTime): void
  /** Makes something go wrong on one controller, or go right again. */
  trouble(station: Station, faults: Faults): void
  close(): Promise<void>
}

const ignore = () => {}

/**
 * Opens each controller's socket; throws where an address or port is taken. `changed` is told after each change of a
 * list that a request made: the card, or `all`.
 */
export async function openFleet(
  setup: EmulatorSetup,
  monotonicMs: () => number,
  changed?: (board: Board, card: number | 'all') => void,
): Promise<Fleet> {
  const log = new DatagramLog()
  const watch = new Watch()
  const stations = new Map<number, Station>()
  const sockets: Socket[] = []
  // What it sends comes from no controller's address.
  const stray = await openSocket(0, '127.0.0.1')
  sockets.push(stray)
  const startAt = wallTime(setup.clock ?? factoryTime)

  async function open(one: ControllerSetup): Promise<void> {
    if (stations.has(one.serial)) throw new Error(`serial number ${one.serial} is there twice`)
    const socket = await openSocket(one.port, one.host)
    sockets.push(socket)
    const station = makeStation(one, {
      monotonicMs,
      after: (ms, act) => void setTimeout(act, ms),
      seed: setup.seed ?? 1,
      startAt,
      send: (reply, to, elsewhere) => (elsewhere ? stray : socket).send(reply, to.port, to.address),
      changed: (board, card) => {
        watch.changed(board, card, log.received)
        changed?.(board, card)
      },
    })
    const note = log.of(one.serial)
    socket.on('message', (datagram: Buffer, from: Peer) => {
      note(datagram)
      station.line.arrive(datagram, from)
    })
    stations.set(one.serial, { ...station, port: socket.address().port })
  }
  for (const one of setup.controllers) await open(one)

  return {
    stations,
    log,
    watch,
    setClocks: at => {
      for (const { board } of stations.values()) board.clock.set(at)
    },
    trouble: (station, faults) => {
      bringTrouble(station, faults)
      if (faults.wipe) watch.wiped(station.board.serial)
    },
    close: async () => {
      await Promise.all(sockets.map(socket => new Promise<void>(done => socket.close(done))))
    },
  }
}

async function openSocket(port: number, host: string): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 1024 * 1024,
    lookup: (name, _options, found) => found(null, name, 4),
  })
  const listening = once(socket, 'listening')
  socket.bind(port, host)
  await listening
  socket.on('error', ignore)
  return socket
}

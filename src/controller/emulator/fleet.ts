import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { Board } from './board.ts'
import { Line, seededRandom } from './line.ts'
import { DatagramLog } from './log.ts'
import { BoardClock } from './memory.ts'
import { type ControllerSetup, type EmulatorSetup, type Faults, type Trouble, wallTime } from './settings.ts'
import { Watch } from './watch.ts'

/** What a board says before anybody set its clock. */
const factoryTime = '2000-01-01T00:00:00'

/** One controller on the emulated campus, as the control channel reaches it. */
export interface Station {
  board: Board
  host: string
  port: number
  trouble: Trouble
}

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

/** Opens each controller's socket; throws where an address or port is taken. */
export async function openFleet(setup: EmulatorSetup, monotonicMs: () => number): Promise<Fleet> {
  const log = new DatagramLog()
  const watch = new Watch()
  const stations = new Map<number, Station>()
  const sockets: Socket[] = []
  const startAt = wallTime(setup.clock ?? factoryTime)

  async function open(one: ControllerSetup): Promise<void> {
    if (stations.has(one.serial)) throw new Error(`serial number ${one.serial} is there twice`)
    const trouble = troubleOf(one)
    const board: Board = new Board(one, trouble, new BoardClock(startAt, monotonicMs), card =>
      watch.changed(board, card, log.received),
    )
    const socket = createSocket({
      type: 'udp4',
      recvBufferSize: 1024 * 1024,
      lookup: (host, _options, found) => found(null, host, 4),
    })
    sockets.push(socket)
    const listening = once(socket, 'listening')
    socket.bind(one.port, one.host)
    await listening
    socket.on('error', ignore)
    const random = seededRandom((setup.seed ?? 1) ^ one.serial)
    const line = new Line(board, trouble, random, monotonicMs, (reply, to) =>
      socket.send(reply, to.port, to.address, ignore),
    )
    socket.on('message', (datagram: Buffer, from: { address: string; port: number }) => {
      log.add(one.serial, datagram)
      line.arrive(datagram, from)
    })
    stations.set(one.serial, { board, host: one.host, port: socket.address().port, trouble })
  }
  for (const one of setup.controllers) await open(one)

  return {
    stations,
    log,
    watch,
    setClocks: at => {
      for (const { board } of stations.values()) board.clock.set(at)
    },
    trouble: (station, { wipe, capacity, ...others }) => {
      Object.assign(station.trouble, others)
      if (capacity !== undefined) station.board.cards.capacity = capacity
      if (wipe) {
        station.board.wipe()
        watch.wiped(station.board.serial)
      }
    },
    close: async () => {
      await Promise.all(sockets.map(socket => new Promise<void>(done => socket.close(done))))
    },
  }
}

function troubleOf(one: ControllerSetup): Trouble {
  return {
    silent: false,
    mute: false,
    refuse: false,
    forgets: false,
    overCount: 0,
    endless: 'no',
    loss: one.loss ?? 0,
    duplicate: one.duplicate ?? 0,
    lateMs: one.lateMs ?? 0,
    late: one.late ?? 1,
    serviceMs: one.serviceMs ?? 0,
  }
}

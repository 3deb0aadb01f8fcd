import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { monotonicMs } from '../../src/app/clock.ts'
import type { Board } from '../../src/controller/emulator/board.ts'
import { emulatorAt } from '../../src/controller/emulator/client.ts'
import { controlServer } from '../../src/controller/emulator/control.ts'
import { type Fleet, openFleet } from '../../src/controller/emulator/fleet.ts'
import type { Peer } from '../../src/controller/emulator/line.ts'
import type { ControllerSetup, EmulatorSetup } from '../../src/controller/emulator/settings.ts'
import type { Emulator } from '../../src/controller/emulator/start.ts'
import { codeIn, functions, sequenceIn } from '../../src/controller/uhppote/frame.ts'
import { Crossing, fair, type Weather, type Weathered } from './weather.ts'

/** A request that has come as far as a controller's address. */
export interface Passing {
  serial: number
  /** From which port: whose it is. */
  port: number
  code: number
  /** What stands where a card number would. */
  card: number
  sequence: number
}

/** Whether a request goes on to the board, is lost, or goes on when a moment has come. */
export type Fate = 'goes on' | 'lost' | Promise<void>

/** How the wire is laid. */
export interface WireMaking {
  /** Chances of the weather. */
  seed?: number
  weather?: Weather
  /** What is particular about the n-th board, from 0. */
  like?: (at: number) => Partial<ControllerSetup>
  /** Sees each request, in the order in which they come. */
  request?: (passing: Passing) => Fate
  /** Told after each change of a board's list by a request: at once, before the reply leaves. */
  changed?: (board: Board, card: number | 'all') => void
}

/**
 * Boards behind a proxy. The proxy listens at the addresses at which the controllers are known, and hands each datagram
 * on to the board behind it, at another address, and its replies back: later, twice or not at all, as the weather is.
 * Boards and proxy live in this process, which nobody kills, so that whoever looks sees every change when it happens.
 */
export interface Wire extends Emulator {
  fleet: Fleet
  /** From now on the weather is this. */
  setWeather(weather: Weather): void
  /** What the weather has done so far. */
  weathered: Weathered
}

const ignore = () => {}

async function openSocket(host?: string, port?: number): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 1024 * 1024,
    lookup: (name, _options, found) => found(null, name, 4),
  })
  const listening = once(socket, 'listening')
  if (host === undefined) socket.bind(0)
  else socket.bind(port, host)
  await listening
  socket.on('error', ignore)
  return socket
}

/** The board behind the n-th address: 127.67.1.1 is answered for by 127.67.1.101. */
const behind = (host: string): string => host.replace(/\d+$/, last => `${Number(last) + 100}`)

/** Opens boards behind a proxy. */
export async function openWire(setup: EmulatorSetup, making: WireMaking): Promise<Wire> {
  const hidden = setup.controllers.map((one, at) => ({
    ...one,
    ...making.like?.(at),
    host: behind(one.host),
  }))
  const fleet = await openFleet({ ...setup, controllers: hidden }, monotonicMs, making.changed)
  const weathered: Weathered = { crossed: 0, lost: 0, twice: 0, late: 0 }
  let weather = making.weather ?? fair
  const sockets: Socket[] = []
  const closed = new AbortController()

  function deliver(crossing: Crossing, send: () => void): void {
    for (const afterMs of crossing.next(weather))
      if (afterMs === 0) send()
      else wait(afterMs, undefined, { signal: closed.signal, ref: false }).then(send, ignore)
  }

  async function open({ serial, host, port }: ControllerSetup): Promise<void> {
    const front = await openSocket(host, port)
    sockets.push(front)
    const there = new Crossing((making.seed ?? 1) ^ serial, weathered)
    const back = new Crossing((making.seed ?? 1) ^ ~serial, weathered)
    /** One socket for each place that asks: a board's reply goes to the socket that asked. */
    const askers = new Map<string, Promise<Socket>>()
    const askerFor = (from: Peer) =>
      askers.getOrInsertComputed(`${from.address}:${from.port}`, async () => {
        const asker = await openSocket()
        sockets.push(asker)
        asker.on('message', (reply: Buffer) =>
          deliver(back, () => front.send(reply, from.port, from.address)),
        )
        return asker
      })
    front.on('message', (datagram: Buffer, from: Peer) => {
      const goOn = async (after?: Promise<void>) => {
        await after
        const asker = await askerFor(from)
        if (closed.signal.aborted) return
        deliver(there, () => asker.send(datagram, fleet.stations.get(serial)!.port, behind(host)))
      }
      const fate = making.request?.({
        serial,
        port: from.port,
        code: codeIn(datagram),
        card: datagram.readUInt32LE(8),
        sequence: sequenceIn(datagram),
      })
      if (fate !== 'lost') void goOn(fate instanceof Promise ? fate : undefined)
    })
  }
  for (const one of setup.controllers) await open(one)

  const server = controlServer(fleet).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    ...emulatorAt(`http://127.0.0.1:${port}`),
    fleet,
    weathered,
    setWeather: next => {
      weather = next
    },
    async stop() {
      closed.abort()
      server.closeAllConnections()
      server.close()
      await Promise.all(sockets.map(socket => new Promise<void>(done => socket.close(done))))
      await fleet.close()
    },
  }
}

const named = new Map<number, string>(Object.entries(functions).map(([name, code]) => [code, name]))

/** The function of the protocol by its name: "putCard". */
export const nameOfCode = (code: number): string => named.get(code) ?? `0x${code.toString(16)}`

/** Whether a request changes a board's list. */
export const isChange = ({ code }: Passing): boolean =>
  code === functions.putCard || code === functions.removeCard

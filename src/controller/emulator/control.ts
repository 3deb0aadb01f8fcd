import { createServer, type IncomingMessage, type Server } from 'node:http'
import { recordOf } from './card-list.ts'
import type { Fleet } from './fleet.ts'
import type { BoardCard } from './settings.ts'
import {
  clockBody,
  expect,
  faults,
  Malformed,
  plantBody,
  plantOnManyBody,
  swipeBody,
  wallTime,
  watchBody,
} from './settings.ts'
import type { Station } from './station.ts'

/** One controller as the control channel tells of it; what the driver needs to reach it is in it. */
export interface ControllerState {
  serial: number
  host: string
  port: number
  capacity: number
  cards: number
  echo: boolean
  /** Its own wall time. */
  clock: string
  trouble: Station['trouble']
}

const bodyLimitBytes = 64 * 1024 * 1024
const entriesLimit = 20_000

/**
 * The control channel: what a person at the door, another access system or a fault of the building would do.
 * JSON over HTTP, on loopback only; changes must come as application/json, which a foreign web page cannot send.
 */
export function controlServer(fleet: Fleet): Server {
  return createServer((request, response) => {
    const told = async () => {
      const { status, body } = await answer(fleet, request).catch(troubleWith)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    told().catch(() => response.destroy())
  })
}

interface Reply {
  status: number
  body: unknown
}
const troubleWith = (error: unknown): Reply =>
  error instanceof Malformed
    ? { status: 400, body: { error: error.message } }
    : { status: 500, body: { error: String(error) } }
const fine = (body: unknown): Reply => ({ status: 200, body })
const missing = (error: string): Reply => ({ status: 404, body: { error } })

async function answer(fleet: Fleet, request: IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://emulator')
  const [first, serial, part] = url.pathname.split('/').slice(1)
  const isChange = request.method === 'POST'
  if (!isChange && request.method !== 'GET') return { status: 405, body: { error: 'GET or POST' } }
  const body = isChange ? await bodyOf(request) : null
  if (first === 'controllers' && serial) {
    const station = fleet.stations.get(Number(serial))
    if (!station) return missing(`no controller has the serial number ${serial}`)
    return aboutOne(fleet, station, `${request.method} ${part ?? ''}`, body)
  }
  return aboutAll(fleet, `${request.method} ${url.pathname}`, url.searchParams, body)
}

function aboutAll(fleet: Fleet, what: string, query: URLSearchParams, body: unknown): Reply {
  switch (what) {
    case 'GET /controllers':
      return fine([...fleet.stations.values()].map(stateOf))
    case 'POST /clock': {
      fleet.setClocks(wallTime(expect(clockBody, body).at))
      return fine({})
    }
    case 'POST /cards': {
      const { serials, cards } = expect(plantOnManyBody, body)
      return plantOnMany(fleet, serials ?? [...fleet.stations.keys()], cards)
    }
    case 'GET /log':
      return fine(fleet.log.after(Number(query.get('after') ?? 0) || 0, entriesLimit))
    case 'POST /log/reset':
      fleet.log.reset()
      return fine({})
    case 'GET /counts':
      return fine(fleet.log.counts())
    case 'POST /watch': {
      const boards = [...fleet.stations.values()].map(({ board }) => board)
      fleet.watch.begin(expect(watchBody, body).pairs, boards)
      return fine(fleet.watch.seen())
    }
    case 'GET /watch':
      return fine(fleet.watch.seen())
    default:
      return missing(`the emulator does not know ${what}`)
  }
}

function aboutOne(fleet: Fleet, station: Station, what: string, body: unknown): Reply {
  const { board } = station
  switch (what) {
    case 'GET ':
      return fine(stateOf(station))
    case 'GET cards':
      return fine(board.cards.all())
    case 'POST cards':
      return plant(station, expect(plantBody, body).cards)
    case 'POST swipe': {
      const { card, door, times = 1 } = expect(swipeBody, body)
      for (let before = 1; before < times; before++) board.swipe(card, door)
      return fine(board.swipe(card, door))
    }
    case 'POST faults':
      fleet.trouble(station, expect(faults, body))
      return fine(stateOf(station))
    default:
      return missing(`a controller does not know ${what}`)
  }
}

function plantOnMany(fleet: Fleet, serials: readonly number[], cards: readonly BoardCard[]): Reply {
  const unknown = serials.find(serial => !fleet.stations.has(serial))
  if (unknown !== undefined) return missing(`no controller has the serial number ${unknown}`)
  const records = cards.map(recordOf)
  for (const serial of serials) {
    const planted = plantRecords(fleet.stations.get(serial)!, records)
    if (planted.status !== 200) return planted
  }
  return fine({ planted: cards.length * serials.length })
}

const plant = (station: Station, cards: readonly BoardCard[]): Reply =>
  plantRecords(station, cards.map(recordOf))

function plantRecords({ board }: Station, records: readonly Buffer[]): Reply {
  const planted = records.filter(record => board.cards.putRecord(record, 0)).length
  if (planted < records.length)
    return {
      status: 409,
      body: { error: `controller ${board.serial} is full: ${planted} of ${records.length} planted` },
    }
  return fine({ planted })
}

function stateOf({ board, host, port, trouble }: Station): ControllerState {
  const { serial, echo } = board
  const { capacity, size } = board.cards
  return { serial, host, port, capacity, cards: size, echo, clock: board.clock.now(), trouble }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    throw new Malformed('send the body as content-type application/json')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > bodyLimitBytes) throw new Malformed(`the body is longer than ${bodyLimitBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}')
  } catch {
    throw new Malformed('the body is no JSON')
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Mood } from './contract-bench.ts'

interface Question {
  ask: 'put' | 'remove' | 'get' | 'count' | 'list' | 'set' | 'clock'
  number?: string
  card?: { number: string }
  from?: number
  limit?: number
  at?: string
}

/** A controller that nobody makes, for the driver in `examples/driver`: a list of cards that speaks JSON over HTTP. */
export class Latch {
  readonly cards = new Map<string, { number: string }>()
  mood: Mood = 'well'
  clock = '2000-01-01T00:00:00'

  answer({ ask, number = '', card, from = 1, limit = 0, at }: Question): object | null {
    if (this.mood === 'silent') return null
    const said = this.#does(ask, { number, card, at })
    const list = [...this.cards.values()].slice(from - 1, from - 1 + limit)
    const reply = { done: true, card: this.cards.get(number), list, ...said }
    return this.mood === 'mute' ? null : { ...reply, cards: this.cards.size, clock: this.clock }
  }

  #does(ask: Question['ask'], { number, card, at }: { number: string } & Omit<Question, 'ask'>): object {
    if (ask === 'set' && at) this.clock = at
    if (ask !== 'put' && ask !== 'remove') return {}
    if (this.mood === 'refusing') return { done: false, why: 'no' }
    if (ask === 'remove') return this.cards.delete(number) ? {} : { done: false, why: 'gone' }
    if (this.mood === 'full' && !this.cards.has(card!.number)) return { done: false, why: 'full' }
    if (this.mood !== 'forgetful') this.cards.set(card!.number, card!)
    return {}
  }
}

/** Lets latches answer at one port, each under its serial number. */
export async function serveLatches(
  latches: ReadonlyMap<number, Latch>,
): Promise<{ port: number; close(): Promise<void> }> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const latch = latches.get(Number(request.url!.slice(1)))
    const said = latch?.answer(JSON.parse(await text(request)) as Question)
    // Without an answer the line is cut at once: nobody has to wait until patience runs out.
    if (said) response.end(JSON.stringify(said))
    else request.socket.destroy()
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => {
      server.closeAllConnections()
      return new Promise(closed => server.close(() => closed()))
    },
  }
}

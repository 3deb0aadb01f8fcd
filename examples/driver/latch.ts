import type {
  CardRecord,
  ControllerAddress,
  ControllerDriver,
  Outcome,
  Slot,
} from '../../src/update/driver.ts'

/** A card as the Latch, a controller that nobody makes, has it in JSON over HTTP. */
type Written = Omit<CardRecord, 'number' | 'from' | 'to'> & { number: string; from: string; to: string }
type Reply = { done: boolean; why?: string; cards: number; card?: Written; list: Written[]; clock: string }

const day = (text: string) => Temporal.PlainDate.from(text)
const time = (text: string) => Temporal.PlainDateTime.from(text)
const written = (card: CardRecord) => ({
  ...card,
  number: `${card.number}`,
  from: card.from.toString(),
  to: card.to.toString(),
})
const read = (card: Written): CardRecord => ({
  ...card,
  number: BigInt(card.number),
  from: day(card.from),
  to: day(card.to),
})
const isNumber = (number: bigint): boolean => number > 0n && number < 1n << 40n
const notSent: Outcome = { answer: 'rejected', proved: false, tries: 0 }

/** Opens a driver for Latches. HTTP pairs each answer with its question, so that what is answered is proved. */
export function openLatchDriver(patienceMs: number): ControllerDriver {
  const turns = new Map<number, Promise<unknown>>()
  const closing = new AbortController()

  /** Asks one thing when all before it is answered, and says what the reply means; else `unreachable`. */
  function ask<T>(c: ControllerAddress, question: object, says: (reply: Reply) => T) {
    const asking = async (): Promise<T | { answer: 'unreachable' }> => {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(patienceMs)])
      const sent = { method: 'POST', body: JSON.stringify(question), signal }
      const reply = await fetch(`http://${c.host}:${c.port}/${c.serial}`, sent).then(
        said => said.json(),
        () => null,
      )
      return reply ? says(reply as Reply) : { answer: 'unreachable' }
    }
    const mine = (turns.get(c.serial) ?? Promise.resolve()).then(asking)
    turns.set(c.serial, mine)
    return mine
  }
  async function change(c: ControllerAddress, question: object): Promise<Outcome> {
    const made = await ask(c, question, ({ done, why }) => {
      const answer = done ? 'applied' : why === 'full' ? 'full' : why === 'gone' ? 'already' : 'rejected'
      return { answer, proved: true } as const
    })
    return { proved: false, tries: 1, ...made }
  }
  async function* places(c: ControllerAddress, from: number, limit: number): AsyncIterable<Slot> {
    for (let slot = Math.max(1, from), end = slot + limit; slot < end; slot++) {
      const asked = { ask: 'list', from: slot, limit: slot > c.capacity ? 0 : 1 }
      const found = await ask(c, asked, ({ list: [card] }) => ({ answer: 'read' as const, card }))
      const card = found.answer === 'read' ? found.card : undefined
      const nothing = found.answer === 'read' ? 'end' : 'unreachable'
      yield card ? { slot, holds: 'card', card: read(card) } : { slot, holds: nothing }
      if (!card) return
    }
  }
  const about = { echoesSequence: true, mac: '', firmware: '1.0' }
  return {
    probe: c =>
      ask(c, { ask: 'count' }, ({ cards }) => ({ answer: 'answers', serial: c.serial, cards, ...about })),
    together: () => 1,
    put: async (c, card) =>
      isNumber(card.number) && card.pin <= 9999 ? change(c, { ask: 'put', card: written(card) }) : notSent,
    remove: async (c, number) =>
      isNumber(number) ? change(c, { ask: 'remove', number: `${number}` }) : notSent,
    async get(c, number) {
      if (!isNumber(number)) return { answer: 'absent' }
      return ask(c, { ask: 'get', number: `${number}` }, ({ card }) =>
        card ? { answer: 'found', card: read(card) } : { answer: 'absent' },
      )
    },
    count: c => ask(c, { ask: 'count' }, ({ cards }) => ({ answer: 'counted', cards })),
    setTime: (c, at) =>
      ask(c, { ask: 'set', at: at.toString() }, ({ clock }) => ({ answer: 'set', at: time(clock) })),
    getTime: c => ask(c, { ask: 'clock' }, ({ clock }) => ({ answer: 'read', at: time(clock), afterMs: 0 })),
    read: places,
    close: async () => closing.abort(),
  }
}

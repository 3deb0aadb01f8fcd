import { type Connection, call } from './api.ts'
import { sayTime, zoneOf } from './card.ts'
import { words } from './words.ts'

interface Missing {
  putOffTimes: string[]
  cards: {
    cardId: number
    inUse: boolean
    pausedSince: string | null
    loss: { withdrawableUntil: string | null } | null
  }[]
}
type Card = Missing['cards'][number]

const read = (connection: Connection) => call<Missing>(connection, 'GET', '/card/missing')

/** Does something with the first card of which it makes sense; says so where there is none. */
async function withCard(
  connection: Connection,
  fits: (card: Card) => boolean,
  work: (cardId: number, missing: Missing) => Promise<string[]>,
): Promise<string[]> {
  const missing = await read(connection)
  const card = missing.cards.find(fits)
  return card ? work(card.cardId, missing) : [words[connection.language].tell.noCard]
}

/** Pauses the campus access of the card in use: free, at once, and taken back by the holder. */
export const pause = (connection: Connection): Promise<string[]> =>
  withCard(
    connection,
    ({ inUse }) => inUse,
    async cardId => {
      const { since } = await call<{ since: string }>(connection, 'POST', '/card/pause', { cardId })
      const said = sayTime(since, await zoneOf(connection), connection.language)
      return [`${words[connection.language].tell.paused} ${said}`]
    },
  )

/** Lets paused campus access go on. */
export const resume = (connection: Connection): Promise<string[]> =>
  withCard(
    connection,
    ({ pausedSince }) => pausedSince !== null,
    async cardId => {
      await call(connection, 'POST', '/card/resume', { cardId })
      return [words[connection.language].tell.resumed]
    },
  )

/** Reports the newest card lost; put off, the issuer of its stored value is told one sending later. */
export const reportLost = (connection: Connection, putOff: boolean): Promise<string[]> =>
  withCard(
    connection,
    ({ loss }) => loss === null,
    async (cardId, { putOffTimes }) => {
      const [sendAt] = putOff ? putOffTimes : []
      const body = { cardId, ...(sendAt && { sendAt }) }
      const done = await call<{ again: boolean; sendAt: string }>(connection, 'POST', '/card/loss', body)
      const said = sayTime(done.sendAt, await zoneOf(connection), connection.language)
      return [`${words[connection.language].tell.lost} ${said}`]
    },
  )

/** Takes a report back: before it was sent as if nothing had been, after it as far as the programme allows. */
export const takeBack = (connection: Connection, how: 'loss/withdrawal' | 'found'): Promise<string[]> =>
  withCard(
    connection,
    ({ loss }) => loss !== null,
    async cardId => {
      const { tell } = words[connection.language]
      const done = await call<{ storedValue: boolean }>(connection, 'POST', `/card/${how}`, { cardId })
      return [tell.back, ...(done.storedValue ? [] : [tell.locked])]
    },
  )

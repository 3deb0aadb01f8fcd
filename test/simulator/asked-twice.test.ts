import { expect, it } from 'vitest'
import { SimulatedCampus } from '../../src/controller/uhppote/trial.ts'
import type { Ledger } from '../../src/update/ledger.ts'
import { verifySome } from '../../src/update/verify.ts'
import { Books } from './books.ts'
import { BooksLedger } from './books-ledger.ts'

const address = { serial: 401, host: '127.0.0.1', port: 60_000, capacity: 60 }
const days = { from: '2023-09-01', to: '2028-08-31' }
const lost = 1_005
/** So many that each of the driver's sockets has heard "none" before the lost card is asked for. */
const gone = [1_001, 1_002, 1_003, 1_004]

/** The ledger says that all these cards were removed, and that it is time to look whether they are gone. */
function removedLongAgo(): BooksLedger {
  const books = new Books()
  books.addController({ id: 401, ...address, driver: 'uhppote', settings: null })
  const [from, to] = [Temporal.PlainDate.from(days.from), Temporal.PlainDate.from(days.to)]
  for (const number of [...gone, lost]) {
    const row = { number, doors: [0, 0, 0, 0] as const, from, to }
    books.of(401).held.set(number, { ...row, confirmedAtMs: 0, verifiedAtMs: null, verifyAfterMs: 0 })
  }
  return new BooksLedger(books, 10)
}

/**
 * A controller whose replies do not name their requests, and a network that delivers one reply twice: "none", an answer
 * to an earlier question, comes for the second time just when that socket waits for what is said of the lost card.
 */
it('a late "none" to an earlier question does not hide a lost card', async () => {
  const campus = new SimulatedCampus()
  const { board } = campus.board({ ...address, echo: false })
  board.cards.put({ number: lost, doors: [1, 1, 1, 1], ...days, pin: 0 })
  const noneOn = new Map<number, Buffer>()
  let doubled = 0
  campus.at.set(address.host, (datagram, socket) => {
    const answer = board.answer(datagram)!
    const earlier = noneOn.get(socket)
    if (datagram.readUInt32LE(8) !== lost) noneOn.set(socket, answer)
    else if (earlier && doubled++ === 0) campus.reply(address.host, earlier, socket)
    campus.reply(address.host, answer, socket)
  })
  const driver = await campus.openDriver({ sockets: 4 })
  const books = removedLongAgo()
  const moment = () => ({ nowMs: 1_000, rawMs: 1_000 })
  const ledger = {
    toVerify: async ({ lease, limit }) => books.toVerify(lease.controllerId, limit, moment()),
    keepReadBack: async read => books.keepReadBack(read, moment()),
  } as Pick<Ledger, 'toVerify' | 'keepReadBack'> as Ledger
  const spoken = { driver, address, mayGoOn: async () => true, meet: async () => 'known' as const }
  const lease = { controllerId: 401, epoch: 1, certainAtMs: 0, lookedAtMs: 0 }
  expect(await campus.time.until(verifySome(ledger, lease, spoken, 64))).toMatchObject({
    end: 'read',
    read: 5,
  })
  expect(doubled).toBeGreaterThan(0)
  const { held } = books.books.of(401)
  for (const number of gone) expect(held.get(number), `${number}`).toMatchObject({ verifiedAtMs: 1_000 })
  expect(held.has(lost), 'what was found there is not called gone').toBe(false)
  await driver.close()
})

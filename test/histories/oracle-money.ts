import { reconcile } from '../../src/refund/reconcile.ts'
import { listPayments } from '../../src/refund/report-store.ts'
import { dayOf, moneyWays } from '../../src/reissue/cashier-rules.ts'
import { type DayMove, movesSql } from '../../src/reissue/cashier-store.ts'
import type { World } from './world.ts'

type Broken = (promise: string, what: string) => void

interface Books {
  accounts: Record<string, number>
  unbalanced: number[]
  applications: Record<string, { due: number; owed: number; back: number }>
  rests: Record<string, number>
  cases: number
  cards: number
  payments: { reference: string; ofCase: number; amount: number; counts: boolean }[]
}

const sumOf = (account: string) => `coalesce(sum(amount) filter (where account = '${account}'), 0)`
const booksSql = `select jsonb_build_object(
  'accounts', coalesce((select jsonb_object_agg(account, sum) from (
     select account, sum(amount) from fee_entry group by account) a), '{}'),
  'unbalanced', coalesce((select jsonb_agg(move_id) from (
     select move_id from fee_entry group by move_id having sum(amount) <> 0 or count(*) < 2) m), '[]'),
  'applications', coalesce((select jsonb_object_agg(reissue_id, to_jsonb(r)) from (
     select reissue_id, ${sumOf('due')} as due, -${sumOf('owed-back')} as owed, -${sumOf('paid-back')} as back
     from fee_move join fee_entry on move_id = id where reissue_id is not null group by reissue_id) r), '{}'),
  'rests', coalesce((select jsonb_object_agg(receipt, rest) from (
     select receipt, -${sumOf('unmatched')} as rest
     from fee_move join fee_entry on move_id = id where receipt is not null group by receipt) r), '{}'),
  'cases', (select count(*) from refund_case), 'cards', (select count(distinct card_id) from refund_case),
  'payments', coalesce((select jsonb_agg(to_jsonb(p) order by reference) from (
     select reference, of_case as "ofCase", amount, counts_for is not null as counts from refund_settlement) p), '[]')
  ) as books`

const sum = (amounts: Iterable<number>): number => [...amounts].reduce((all, amount) => all + amount, 0)

/** The ledger against the tests' own, application by application, receipt by receipt and account by account. */
function checkFees({ accounts, applications, rests }: Books, world: World, broken: Broken): void {
  const { fees } = world.outside
  const is = (what: string, booked: number | string | null, own: number | string | null) => {
    if (booked !== own) broken('M1', `${what}: booked ${booked}, own books ${own}`)
  }
  const own = [...fees.applications.values()]
  const settledAs = new Map(world.facts.reissues.map(each => [each.id, each.settledAs]))
  for (const { id, due, owed, back, settled } of own) {
    const booked = applications[id] ?? { due: 0, owed: 0, back: 0 }
    is(`due of application ${id}`, booked.due, due)
    is(`owed back of application ${id}`, booked.owed, owed)
    is(`paid back of application ${id}`, booked.back, back)
    is(`application ${id} settled`, settledAs.get(id) ?? null, settled)
  }
  is('applications', settledAs.size, own.length)
  for (const { number, rest } of fees.receipts.values()) is(`rest of ${number}`, rests[number] ?? 0, rest)
  is('receipts', Object.keys(rests).length, fees.receipts.size)
  const balances = {
    due: sum(own.map(each => each.due)),
    fees: -fees.asked,
    waived: fees.waived,
    ...fees.came,
    unmatched: -sum([...fees.receipts.values()].map(each => each.rest)),
    'owed-back': -sum(own.map(each => each.owed)),
    'paid-back': -fees.handedBack,
  }
  for (const [account, balance] of Object.entries(balances)) is(account, accounts[account] ?? 0, balance)
  is('all accounts together', sum(Object.values(accounts)), 0)
  is('the own books together', sum(Object.values(balances)), 0)
}

/** What the cashier's days come to, each of them, against the tests' own ledger; the campus's whole time is one sum. */
async function checkCashier(world: World, broken: Broken): Promise<void> {
  const { came, handedBack } = world.outside.fees
  const long = ['2000-01-01T00:00Z', '2100-01-01T00:00Z'].map(text => Temporal.Instant.from(text))
  const moves = await world.look(act => act.statement<DayMove>('history_cashier', movesSql, long))
  const { totals } = dayOf(moves)
  const own = { ...came, 'paid-back': -handedBack }
  for (const way of moneyWays)
    if (totals[way] !== own[way]) broken('M1', `the cashier's ${way}: ${totals[way]}, own books ${own[way]}`)
}

/** What the issuer paid against the tests' own list; and what the product says of both when it compares them. */
async function checkRefunds(books: Books, world: World, broken: Broken): Promise<void> {
  const own = [...world.outside.refunds.payments.values()]
    .map(({ reference, ofCase, amount, counts }) => ({ reference, ofCase, amount, counts }))
    .toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
  const line = ({ reference, ofCase, amount, counts }: (typeof own)[number]) =>
    `${reference} ${ofCase} ${amount} ${counts ? 'counts' : 'differs'}`
  if (books.cases !== books.cards) broken('M2', `${books.cases} cases of refunds, ${books.cards} cards`)
  const [booked, really] = [books.payments.map(line).join('; '), own.map(line).join('; ')]
  if (booked !== really) broken('M2', `the issuer paid: booked ${booked}, own books ${really}`)
  if (own.length === 0) return
  const payments = await world.look(act => listPayments(act, 'Asia/Taipei'))
  const today = Temporal.PlainDate.from('2023-10-16')
  const told = reconcile({ payments, open: [] }, { balanceAtMost: undefined, today })
  const counted = sum(own.filter(each => each.counts).map(each => each.amount))
  const paid = sum(own.map(each => each.amount))
  if (told.paid !== paid || told.counted !== counted || told.different !== paid - counted)
    broken('M2', `reconciled as ${JSON.stringify(told)}, own books ${paid} paid and ${counted} counted`)
  const differ = new Set(told.differences.map(({ reference }) => reference))
  const missing = own.filter(each => !each.counts && !differ.has(each.reference))
  if (missing.length > 0) broken('M2', `not among the differences: ${missing.map(line).join('; ')}`)
}

/** The ledgers of the product against those that the tests keep of what really was paid, and to whom. */
export async function checkMoney(world: World, broken: Broken): Promise<void> {
  const { rows } = await world.owner.pool.query<{ books: Books }>({ name: 'history_books', text: booksSql })
  const { books } = rows[0]!
  if (books.unbalanced.length > 0) broken('M1', `moves ${books.unbalanced.join(' ')} do not come to nothing`)
  checkFees(books, world, broken)
  for (const amount of Object.values(books.accounts))
    if (!Number.isSafeInteger(amount)) broken('M3', `${amount} is no whole amount`)
  await checkCashier(world, broken)
  await checkRefunds(books, world, broken)
}

import type { World } from './world.ts'

type Broken = (promise: string, what: string) => void

interface Books {
  accounts: Record<string, number>
  unbalanced: number[]
  dueOf: Record<string, number>
  paidOf: Record<string, number>
  unused: number
  refunds: {
    cases: number
    cards: number
    counted: number
    casesPaid: number
    paid: number
    references: number
  }
}

const booksSql = `select jsonb_build_object(
  'accounts', coalesce((select jsonb_object_agg(account, sum) from (
     select account, sum(amount) from fee_entry group by account) a), '{}'),
  'unbalanced', coalesce((select jsonb_agg(move_id) from (
     select move_id from fee_entry group by move_id having sum(amount) <> 0 or count(*) < 2) m), '[]'),
  'dueOf', coalesce((select jsonb_object_agg(reissue_id, sum) from (
     select reissue_id, sum(amount) from fee_move join fee_entry on move_id = id
     where account = 'due' group by reissue_id) d), '{}'),
  'paidOf', coalesce((select jsonb_object_agg(reissue_id, many) from (
     select reissue_id, count(*) as many from fee_move m where kind = 'paid' and exists (
       select from fee_entry where move_id = m.id and account = 'due') group by reissue_id) p), '{}'),
  'unused', (select coalesce(sum(amount), 0) from kiosk_receipt r where not exists (
     select from fee_move m where m.receipt = r.number and m.kind = 'paid')),
  'refunds', (select jsonb_build_object(
     'cases', (select count(*) from refund_case), 'cards', (select count(distinct card_id) from refund_case),
     'counted', count(counts_for), 'casesPaid', count(distinct counts_for), 'paid', coalesce(sum(amount), 0),
     'references', count(*)) from refund_settlement)) as books`

const sum = (amounts: Iterable<number>): number => [...amounts].reduce((all, amount) => all + amount, 0)

/** The ledger, added up by the tests, against what providers, kiosks, clerks and the issuer really took and paid. */
export async function checkMoney(world: World, broken: Broken): Promise<void> {
  const { rows } = await world.owner.pool.query<{ books: Books }>({ name: 'history_books', text: booksSql })
  const { accounts, unbalanced, dueOf, paidOf, unused, refunds } = rows[0]!.books
  const { outside, facts } = world
  const is = (promise: string, what: string, booked: number, really: number) => {
    if (booked !== really) broken(promise, `${what}: booked ${booked}, really ${really}`)
  }
  const on = (account: string) => accounts[account] ?? 0
  if (unbalanced.length > 0) broken('M1', `moves ${unbalanced.join(' ')} do not come to nothing`)
  is('M1', 'all accounts together', sum(Object.values(accounts)), 0)
  is('M1', 'paid online', on('online'), sum(outside.captured.values()))
  is('M1', 'paid at kiosks', on('kiosk'), sum(outside.kiosk.values()))
  is('M1', 'paid at counters', on('counter'), outside.counter)
  is('M1', 'kiosk money of nobody', on('unmatched'), -unused)
  is('M1', 'handed back', on('paid-back'), -outside.paidBack)
  if (on('owed-back') > 0) broken('M1', `more was handed back than owed: ${on('owed-back')}`)
  for (const { id, amount, settledAs, ended } of facts.reissues) {
    is('M1', `due of application ${id}`, dueOf[id] ?? 0, settledAs === null && !ended ? amount : 0)
    const payments = paidOf[id] ?? 0
    if (payments > 1) broken('M1', `application ${id} was paid ${payments} times`)
    if (settledAs === 'paid' && payments !== 1)
      broken('M1', `application ${id} is settled and ${payments} times paid`)
  }
  for (const amount of Object.values(accounts))
    if (!Number.isSafeInteger(amount)) broken('M3', `${amount} is no whole amount`)
  is('M2', 'one case a card', refunds.cases, refunds.cards)
  is('M2', 'one payment counts for a case', refunds.counted, refunds.casesPaid)
  is('M2', 'what the issuer paid', refunds.paid, sum(outside.refunded.values()))
  is('M2', 'how often it paid', refunds.references, outside.refunded.size)
}

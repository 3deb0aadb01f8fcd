import { askRefund } from '../../src/refund/ask-refund.ts'
import { changeRefund, withdrawRefund } from '../../src/refund/change-refund.ts'
import { readAnswer } from '../../src/refund/read-answer.ts'
import { sendRefunds } from '../../src/refund/send-refunds.ts'
import { cardsOf, type Deed, doing, office, type Who, whoIs } from './deed.ts'
import { cardDeeds } from './deeds-card.ts'
import { collect } from './deeds-counter.ts'
import type { PaidLine } from './own-refunds.ts'
import { localText } from './told-time.ts'
import type { World } from './world.ts'

const accounts = ['12345678901', '98765432109'] as const
const to = (pick: number) =>
  ({ way: 'bank', bank: '004', branch: '0037', account: accounts[pick % 2]! }) as const

/** One of somebody's cards; the oldest more often than others, since it is what has money on it. */
function oldCard(world: World, who: Who, pick: number) {
  const cards = cardsOf(world, who)
  return cards[pick % 4 === 3 ? pick % Math.max(1, cards.length) : 0] ?? null
}

/** One of the first two, who have an old card, as a rule. */
const holderOfOld = (world: World, meant: Who, pick: number): Who =>
  pick % 5 === 4 ? meant : whoIs(world, meant.id % 2)

const ofCard =
  (does: (card: { personId: number; cardId: number }, pick: number) => Parameters<typeof doing>[2]): Deed =>
  async (world, meant, pick) => {
    const who = holderOfOld(world, meant, pick)
    const card = oldCard(world, who, pick)
    if (card === null) return 'no card'
    return doing(world, who.actor, does({ personId: who.id, cardId: card.id }, pick))
  }

const ask = ofCard((card, pick) => act => askRefund(act, { ...card, to: to(pick) }))

interface Sending {
  ofCase: number
  ofRound: number
}

const sendings = async ({ owner }: World): Promise<Sending[]> => {
  const { rows } = await owner.pool.query<Sending>(
    'select case_id as "ofCase", round as "ofRound" from refund_sending order by case_id, round',
  )
  return rows
}

const send: Deed = async world => {
  const answer = await doing(world, office, sendRefunds)
  for (const { ofCase, ofRound } of await sendings(world)) world.outside.refunds.sent(ofCase, ofRound)
  return answer
}

/** Who still uses the old card collects and activates the new one first. */
const replaceAndAsk: Deed = async (world, who, pick) => {
  const asked = await ask(world, who, pick)
  if (asked !== 'still-in-use') return asked
  const holder = holderOfOld(world, who, pick)
  for (const deed of [collect, cardDeeds.activate]) {
    await deed(world, holder, 0)
    await world.see()
  }
  return ask(world, who, pick)
}

/** The file is made, once there is something to send. */
const askAndSend: Deed = async (world, who, pick) => {
  const asked = await replaceAndAsk(world, who, pick)
  return `${await send(world, who, pick)} after ${asked}`
}

const header = 'case,outcome,date,amount,reference,reason'
const numberOf = ({ ofCase, ofRound }: Sending) => `R${ofCase}-${ofRound}`

/** What an issuer says: received, paid, paid twice, paid for another case, refused, or a payment of before again. */
function whatIsSaid(
  { outside }: World,
  { sent, on, pick }: { sent: Sending; on: string; pick: number },
): { lines: string[]; paid: PaidLine[] } {
  const pay = (amount: number, about = sent): PaidLine => ({
    reference: `P${outside.next()}`,
    ...about,
    amount,
    on,
  })
  const before = [...outside.refunds.payments.values()]
  const again = before[pick % Math.max(1, before.length)]
  const amount = 100 + (pick % 900)
  const saying = (outcome: string, reason = '') => `${numberOf(sent)},${outcome},${on},,,${reason}`
  const paying = (...paid: PaidLine[]) => ({
    lines: paid.map(each => `${numberOf(each)},paid,${each.on},${each.amount},${each.reference},`),
    paid,
  })
  switch (pick % 10) {
    case 0:
      return { lines: [saying('received')], paid: [] }
    case 1:
      return { lines: [saying('refused', 'account')], paid: [] }
    case 2:
      return paying(pay(amount), pay(amount))
    case 3:
      return paying(pay(amount), pay(amount + 1))
    case 4:
      return again ? paying(again, pay(amount)) : paying(pay(amount))
    case 5:
      return again ? paying(pay(amount), { ...again, amount: again.amount + 1 }) : paying(pay(amount))
    case 6:
      return paying(pay(amount, { ...sent, ofRound: sent.ofRound + 1 }))
    case 7:
      return paying(pay(amount, { ...sent, ofCase: sent.ofCase + 50 }), pay(-5))
    default: {
      const paid = paying(pay(amount))
      return { ...paid, lines: [saying('received'), ...paid.lines] }
    }
  }
}

/** The issuer's file about cases that were sent; read once, or the same file again. */
const answer: Deed = async (world, _who, pick) => {
  const all = await sendings(world)
  // The newest time of sending as a rule.
  const sent = pick % 3 === 0 ? all[Math.floor(pick / 3) % Math.max(1, all.length)] : all.at(-1)
  if (!sent) return 'nothing sent'
  const { refunds } = world.outside
  const on = localText(world.time.nowMs).slice(0, 10)
  const { lines, paid } = whatIsSaid(world, { sent, on, pick })
  const file = Buffer.from([header, ...lines].join('\n'))
  const answers: string[] = []
  for (let time = 0; time < 1 + (pick % 2); time += 1) {
    const read = await world.act(office, act => readAnswer(act, { file, fileName: 'answer.csv' }))
    const applied = read.ok && read.applied
    if (applied && refunds.contradicts(paid))
      throw new Error(`believed what was said otherwise: ${lines.join()}`)
    if (applied) refunds.read(paid)
    answers.push(read.ok ? (applied ? 'applied' : (read.faults[0]?.refusal ?? 'wrong')) : read.refusal)
  }
  return `${lines.join(' / ')}: ${answers.join(', ')}`
}

/** What happens to what is on cards. */
export const refundDeeds = {
  'ask refund': ask,
  'take refund back': ofCard(card => act => withdrawRefund(act, card)),
  'send refunds': send,
  'issuer answers': answer,
} satisfies Record<string, Deed>

/** What happens between steps alone. */
export const moreRefundDeeds = {
  'ask and send': askAndSend,
  'send and answer': async (world, who, pick) => {
    await askAndSend(world, who, pick)
    return answer(world, who, pick)
  },
  'change refund': ofCard((card, pick) => act => changeRefund(act, { ...card, to: to(pick) })),
} satisfies Record<string, Deed>

import { askRefund } from '../../src/refund/ask-refund.ts'
import { withdrawRefund } from '../../src/refund/change-refund.ts'
import { readAnswer } from '../../src/refund/read-answer.ts'
import { sendRefunds } from '../../src/refund/send-refunds.ts'
import { applyForReissue, withdrawReissue } from '../../src/reissue/apply.ts'
import { foundCardAgain } from '../../src/reissue/found-again.ts'
import { payAtCounter, payBack, waiveFee } from '../../src/reissue/office.ts'
import { takeReceipt, typeReceipt } from '../../src/reissue/pay-at-kiosk.ts'
import { beginPayment, takeCall } from '../../src/reissue/pay-online.ts'
import { type Deed, doing, gongguan, office, said, someCard, type Who } from './deed.ts'
import { localText } from './told-time.ts'
import type { World } from './world.ts'

const nobody = { kind: 'public', id: 'machine' } as const

/** The newest application of somebody; 0 where there is none. */
const reissueOf = ({ facts }: World, who: Who): number =>
  facts.reissues.filter(({ personId }) => personId === who.id).at(-1)?.id ?? 0

const apply: Deed = async (world, who, pick) => {
  const card = someCard(world, who, pick)
  if (card === null) return 'no card'
  const isLost = world.facts.lost.some(({ cardId }) => cardId === card.id)
  const reason = isLost ? 'lost' : pick % 2 === 0 ? 'damaged' : 'lost'
  return doing(world, who.actor, act =>
    applyForReissue(act, { personId: who.id, cardId: card.id, reason, photoIsRight: true }),
  )
}

const begin: Deed = async (world, who) => {
  const begun = await world.act(who.actor, act => beginPayment(act, { personId: who.id }, world.provider))
  if (begun.ok) {
    const amount = Number(new URL(begun.goTo, 'http://127.0.0.1').searchParams.get('amount'))
    world.outside.begun.push({ id: begun.paymentId, amount })
  }
  return said(begun)
}

/** The provider calls about a payment: paid, paid another amount, cancelled; once, or twice. */
const call: Deed = async (world, _who, pick) => {
  const { begun } = world.outside
  const payment = begun.splice(pick % Math.max(1, begun.length), 1)[0]
  if (!payment) return 'no payment'
  const outcome = pick % 7 === 6 ? 'cancelled' : 'paid'
  const amount = pick % 5 === 4 ? payment.amount + 50 : payment.amount
  const at = Temporal.Instant.fromEpochMilliseconds(world.time.nowMs).toString()
  const told = world.outside.call({ id: payment.id, outcome, amount, currency: 'TWD', at })
  const answers: string[] = []
  for (let time = 0; time < 1 + (pick % 3); time += 1)
    answers.push(
      await doing(world, nobody, act =>
        takeCall(act, told, { provider: world.provider, isNoted: () => true }),
      ),
    )
  return `${outcome} ${amount}: ${answers.join(', ')}`
}

const payOnline: Deed = async (world, who, pick) => {
  const begun = await begin(world, who, pick)
  if (begun !== 'ok') return begun
  // The payment that was begun last.
  const payment = world.outside.begun.pop()!
  world.outside.begun.unshift(payment)
  return call(world, who, pick - (pick % world.outside.begun.length))
}

/** Somebody pays at a kiosk: with the own number or none, the right amount or not; typed before, after, or never. */
const kiosk: Deed = async (world, who, pick) => {
  const number = `K${String(1_000_000 + world.outside.next())}`
  const amount = pick % 5 === 4 ? 150 : 200
  const at = Temporal.Instant.fromEpochMilliseconds(world.time.nowMs)
  const studentNumber = pick % 2 === 0 ? who.studentNumber : null
  const type = () => doing(world, who.actor, act => typeReceipt(act, { personId: who.id, typed: number }))
  const answers: string[] = []
  if (pick % 3 === 0) answers.push(await type())
  world.outside.kiosk.set(number, amount)
  const receipt = { number, kiosk: 'kiosk-library', amount, studentNumber, paidAt: at }
  for (let time = 0; time < 1 + (pick % 2); time += 1)
    answers.push(await doing(world, nobody, act => takeReceipt(act, receipt)))
  if (pick % 3 === 1) answers.push(await type())
  return answers.join(', ')
}

const payCounter: Deed = async (world, who) => {
  const reissueId = reissueOf(world, who)
  const paid = await world.act(gongguan, act =>
    payAtCounter(act, { reissueId, at: ['gongguan-academic', 'registry'] }),
  )
  if (paid.ok) world.outside.counter += paid.amount
  return said(paid)
}

const paysBack: Deed = async (world, who, pick) => {
  const own = world.facts.reissues.filter(({ personId }) => personId === who.id)
  const reissueId = own[pick % Math.max(1, own.length)]?.id ?? 0
  const back = await world.act(office, act => payBack(act, { reissueId, reason: 'came twice' }))
  if (back.ok) world.outside.paidBack += back.amount
  return said(back)
}

const account = { way: 'bank', bank: '004', branch: '0037', account: '12345678901' } as const

const refund: Deed = async (world, who, pick) => {
  const card = someCard(world, who, pick)
  if (card === null) return 'no card'
  return doing(world, who.actor, act => askRefund(act, { personId: who.id, cardId: card.id, to: account }))
}

/** The issuer answers about cases that were sent: received, paid (some twice), refused. */
const answer: Deed = async (world, _who, pick) => {
  const { rows } = await world.owner.pool.query<{ case_id: number; round: number }>(
    'select case_id, round from refund_sending order by case_id, round',
  )
  const sent = rows[pick % Math.max(1, rows.length)]
  if (!sent) return 'nothing sent'
  const on = localText(world.time.nowMs).slice(0, 10)
  const of = `R${sent.case_id}-${sent.round}`
  const reference = `P${world.outside.next()}`
  const amount = 100 + (pick % 900)
  const lines = [`${of},received,${on},,,`]
  if (pick % 4 !== 3) lines.push(`${of},paid,${on},${amount},${reference},`)
  const file = Buffer.from(['case,outcome,date,amount,reference,reason', ...lines].join('\n'))
  const read = await world.act(office, act => readAnswer(act, { file, fileName: 'answer.csv' }))
  const isPaid = read.ok && read.applied && !read.again && lines.length > 1
  if (isPaid) world.outside.refunded.set(reference, amount)
  return read.ok ? `applied: ${read.applied}` : read.refusal
}

/** What happens to money. */
export const moneyDeeds = {
  apply,
  'take application back': (world, who) =>
    doing(world, who.actor, act => withdrawReissue(act, { personId: who.id })),
  'begin payment': begin,
  'provider calls': call,
  'pay online': payOnline,
  'pay at kiosk': kiosk,
  'pay at counter': payCounter,
  waive: (world, who) =>
    doing(world, office, act => waiveFee(act, { reissueId: reissueOf(world, who), reason: 'hardship' })),
  'office finds card': (world, who) =>
    doing(world, office, act => foundCardAgain(act, { reissueId: reissueOf(world, who) })),
  'pay back': paysBack,
  'ask refund': refund,
  'take refund back': async (world, who, pick) => {
    const card = someCard(world, who, pick)
    if (card === null) return 'no card'
    return doing(world, who.actor, act => withdrawRefund(act, { personId: who.id, cardId: card.id }))
  },
  'send refunds': world => doing(world, office, sendRefunds),
  'issuer answers': answer,
} satisfies Record<string, Deed>

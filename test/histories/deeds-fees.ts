import type { Decision } from '../../src/lib/decision.ts'
import { applyForReissue, withdrawReissue } from '../../src/reissue/apply.ts'
import { foundCardAgain } from '../../src/reissue/found-again.ts'
import { payAtCounter, waiveFee } from '../../src/reissue/office.ts'
import { assignReceipt, handBackReceipt } from '../../src/reissue/office-receipts.ts'
import { takeReceipt, typeReceipt } from '../../src/reissue/pay-at-kiosk.ts'
import { beginPayment, takeCall } from '../../src/reissue/pay-online.ts'
import { payBack } from '../../src/reissue/repay.ts'
import { answerRepayment, askToHandBack, askToPayBack } from '../../src/reissue/repayment.ts'
import type { Act, Actor } from '../../src/server/register.ts'
import { type Deed, doing, gongguan, office, said, someCard, type Who, whoIs } from './deed.ts'
import { collect, collectAndUndo } from './deeds-counter.ts'
import { produce } from './deeds-maker.ts'
import { hour } from './told-time.ts'
import type { World } from './world.ts'

const nobody = { kind: 'public', id: 'machine' } as const
/** Every so many-eth pick is meant otherwise. */
const of = <T>(pick: number, choices: readonly T[]): T => choices[pick % choices.length]!

/** An application of somebody, the newest as a rule; 0 where there is none. */
function reissueOf({ facts }: World, who: Who, pick = 1): number {
  const own = facts.reissues.filter(({ personId }) => personId === who.id)
  return (pick % 4 === 0 ? own[Math.floor(pick / 4) % own.length] : own.at(-1))?.id ?? 0
}

const apply: Deed = async (world, who, pick) => {
  const card = someCard(world, who, pick)
  if (card === null) return 'no card'
  const isLost = world.facts.lost.some(({ cardId }) => cardId === card.id)
  const reason = isLost || pick % 8 === 7 ? 'lost' : 'damaged'
  return doing(world, who.actor, act =>
    applyForReissue(act, { personId: who.id, cardId: card.id, reason, photoIsRight: true }),
  )
}

const isOpen = ({ facts }: World, id: number): boolean =>
  facts.reissues.some(({ personId, endedAs }) => personId === id && endedAs === null)

/** Somebody applies who has no application open, if there is anybody. */
const applyAnew: Deed = (world, who, pick) => {
  const other = world.facts.people.findIndex(({ id }) => !isOpen(world, id))
  return apply(world, isOpen(world, who.id) && other >= 0 ? whoIs(world, other) : who, pick)
}

/** Who pays in this way: whom it was meant for, else somebody who owes something; else somebody who applies first. */
async function payer(world: World, meant: Who, way: 'online' | 'kiosk' | 'counter'): Promise<Who> {
  const { fees } = world.outside
  const owes = (id: number) => fees.dueOf(id) !== null && fees.paysBy(id, way)
  if (owes(meant.id)) return meant
  const other = world.facts.people.findIndex(({ id }) => owes(id))
  if (other >= 0) return whoIs(world, other)
  for (const [at, { id }] of world.facts.people.entries()) {
    if (!fees.paysBy(id, way)) continue
    const who = whoIs(world, at)
    // A card that is paid is made and collected before the next is applied for.
    for (const deed of isOpen(world, id) ? [produce, collect, apply] : [apply]) {
      await deed(world, who, 1)
      await world.see()
    }
    if (owes(id)) return who
  }
  return meant
}

const begin: Deed = async (world, meant) => {
  const who = await payer(world, meant, 'online')
  const { fees } = world.outside
  const application = fees.dueOf(who.id)
  const begun = await world.act(who.actor, act => beginPayment(act, { personId: who.id }, world.provider))
  if (!begun.ok) return begun.refusal
  const amount = Number(new URL(begun.goTo, 'http://127.0.0.1').searchParams.get('amount'))
  if (amount !== application?.due) throw new Error(`asked for ${amount}, due ${application?.due}`)
  fees.tries.set(begun.paymentId, { id: begun.paymentId, application, amount, said: 'nothing' })
  return 'ok'
}

/** The provider calls about a payment: paid, paid another amount, cancelled, forged, too late; once, or more often. */
const callAbout = async (world: World, id: string, pick: number): Promise<string> => {
  const { outside, time } = world
  const { amount: asked } = outside.fees.tries.get(id)!
  const how = of(pick, ['paid', 'more', 'paid', 'cancelled', 'forged', 'paid', 'less', 'old', 'paid', 'USD'])
  const word = {
    outcome: how === 'cancelled' ? ('cancelled' as const) : ('paid' as const),
    amount: asked + (how === 'more' ? 50 : how === 'less' ? -50 : 0),
    currency: how === 'USD' ? 'USD' : 'TWD',
  }
  const atMs = time.nowMs - (how === 'old' ? hour : 0)
  const told = outside.call({ id, ...word, at: Temporal.Instant.fromEpochMilliseconds(atMs).toString() })
  const sent = how === 'forged' ? { ...told, amount: told.amount + 100 } : told
  const answers: string[] = []
  for (let time = 0; time < of(pick, [1, 2, 3, 2]); time += 1)
    answers.push(
      await doing(world, nobody, act =>
        act.asItself(() => takeCall(act, sent, { provider: world.provider, isNoted: () => true })),
      ),
    )
  if (how !== 'forged' && how !== 'old') outside.fees.called(id, word)
  return `${how} ${sent.amount}: ${answers.join(', ')}`
}

/** A payment that nobody has called about, as a rule; else any, however old. */
const call: Deed = async (world, _who, pick) => {
  const tries = [...world.outside.fees.tries.values()]
  const open = tries.filter(({ said }) => said !== 'for good')
  const from = pick % 3 === 0 || open.length === 0 ? tries : open
  const payment = from[Math.floor(pick / 3) % from.length]
  return payment ? callAbout(world, payment.id, pick) : 'no payment'
}

const payOnline: Deed = async (world, who, pick) => {
  const begun = await begin(world, who, pick)
  if (begun !== 'ok') return begun
  // Mostly as it should be.
  return callAbout(world, [...world.outside.fees.tries.keys()].at(-1)!, pick % 3 === 0 ? pick : 0)
}

const type = async (world: World, who: Who, number: string): Promise<string> => {
  const answer = await doing(world, who.actor, act => typeReceipt(act, { personId: who.id, typed: number }))
  if (answer !== 'too-many-receipts') world.outside.fees.typed(who.id, number)
  return answer
}

const tell = async (world: World, told: { number: string; amount: number; studentNumber: string | null }) => {
  const paidAtMs = world.time.nowMs - 1_000 + (world.outside.next() % 1_000)
  const paidAt = Temporal.Instant.fromEpochMilliseconds(paidAtMs)
  const answer = await doing(world, nobody, act =>
    act.asItself(() => takeReceipt(act, { ...told, kiosk: 'kiosk-library', paidAt })),
  )
  world.outside.fees.kioskTook({ ...told, paidAtMs })
  return answer
}

/**
 * Somebody pays at a kiosk: with the own number, a mistyped one or none, the right amount or not; told of once or twice, or
 * the second time otherwise; the receipt's number typed before, after, or never.
 */
const kiosk: Deed = async (world, meant, pick) => {
  const who = pick % 3 === 2 ? meant : await payer(world, meant, 'kiosk')
  const number = `K${String(1_000_000 + world.outside.next())}`
  const studentNumber = of(pick, [who.studentNumber, null, '41999999S', null])
  const told = { number, amount: pick % 5 === 4 ? 150 : 200, studentNumber }
  const answers: string[] = []
  if (pick % 3 === 0) answers.push(await type(world, who, number))
  answers.push(await tell(world, told))
  if (pick % 2 === 1) answers.push(await tell(world, told))
  if (pick % 7 === 6) answers.push(await tell(world, { ...told, amount: told.amount + 100 }))
  if (pick % 3 === 1) answers.push(await type(world, who, number))
  return answers.join(', ')
}

/** A receipt with which nothing was paid yet, as a rule; null where there is none at all. */
function someReceipt({ outside }: World, pick: number) {
  const receipts = [...outside.fees.receipts.values()]
  const unused = receipts.filter(({ rest }) => rest > 0)
  const from = pick % 3 === 0 || unused.length === 0 ? receipts : unused
  return from[Math.floor(pick / 3) % from.length] ?? null
}

/** The office says whose a receipt is: of who owes just that, as a rule; twice, or not. */
const assign: Deed = async (world, meant, pick) => {
  const receipt = someReceipt(world, pick)
  if (receipt === null) return 'no receipt'
  const { number } = receipt
  const reissueId = reissueOf(world, await payer(world, meant, pick % 7 === 6 ? 'counter' : 'kiosk'), pick)
  const answers: string[] = []
  for (let time = 0; time < 1 + (pick % 2); time += 1) {
    const why = pick % 11 === 10 ? '' : 'mistyped'
    answers.push(
      await doing(world, office, act => assignReceipt(act, { typed: number, reissueId, reason: why })),
    )
    if (why !== '') world.outside.fees.assigned(number, reissueId)
  }
  return answers.join(', ')
}

/** The office hands a receipt's money back to who paid it; once, or recorded again by it or by somebody else. */
const handBack: Deed = async (world, _who, pick) => {
  const receipt = someReceipt(world, pick)
  if (receipt === null) return 'no receipt'
  const clerks = of(pick, [[office], [office, office], [office, { ...office, id: 'office-2' }]])
  const answers: string[] = []
  const about = { typed: receipt.number, reason: 'mistyped' }
  for (const clerk of clerks) {
    const answer = await doing(world, clerk, act => handBackReceipt(act, about))
    answers.push(await withSecond(world, answer, { clerk, ask: act => askToHandBack(act, about) }))
  }
  world.outside.fees.receiptHandedBack(receipt.number)
  return answers.join(', ')
}

/** What is more than one person pays back alone, another one lets go. */
async function withSecond(
  world: World,
  answer: string,
  { clerk, ask }: { clerk: Actor; ask: (act: Act) => Promise<Decision<{ id: number }, string>> },
): Promise<string> {
  if (!answer.startsWith('second-person-pays-back')) return answer
  const asked = await world.act(clerk, ask)
  if (!asked.ok) throw new Error(`nobody can be asked: ${asked.refusal}`)
  const letGo = { id: asked.id, letGo: true, reason: '' }
  return doing(world, { kind: 'cashier', id: 'cashier' }, act => answerRepayment(act, letGo))
}

/** Somebody types the number of a receipt that there is, whosoever it is. */
const typeSome: Deed = async (world, who, pick) => {
  const receipt = someReceipt(world, pick)
  return receipt ? type(world, await payer(world, who, 'kiosk'), receipt.number) : 'no receipt'
}

const payCounter: Deed = async (world, meant, pick) => {
  const who = pick % 4 === 3 ? meant : await payer(world, meant, 'counter')
  const reissueId = reissueOf(world, who, pick)
  const paid = await world.act(gongguan, act =>
    payAtCounter(act, { reissueId, at: ['gongguan-academic', 'registry'] }),
  )
  world.outside.fees.paidAtCounter(reissueId)
  return said(paid)
}

/** The office lets a fee go: of somebody, or of the first that was not let go yet. */
const waive: Deed = async (world, who, pick) => {
  const asked = [...world.outside.fees.applications.values()].filter(
    ({ open, settled }) => open && (settled === null || settled === 'paid'),
  )
  const reissueId = pick % 3 === 0 ? reissueOf(world, who, pick) : (asked[pick % asked.length]?.id ?? 0)
  const waived = await doing(world, office, act => waiveFee(act, { reissueId, reason: 'hardship' }))
  world.outside.fees.letGo(reissueId)
  return waived
}

/** The office hands back what is owed: to somebody, or to the first of those to whom it owes something. */
const paysBack: Deed = async (world, who, pick) => {
  const { fees } = world.outside
  const owed = [...fees.applications.values()].filter(each => each.owed > 0)
  const reissueId = owed[pick % Math.max(1, owed.length)]?.id ?? reissueOf(world, who, pick)
  const about = { reissueId, reason: 'came twice' }
  const alone = await doing(world, office, act => payBack(act, about))
  const ask = (act: Act) => askToPayBack(act, about)
  const back = await withSecond(world, alone, { clerk: office, ask })
  fees.handBack(reissueId)
  return back
}

/** What happens to applications and their fees. */
export const feeDeeds = {
  apply,
  'take application back': (world, who) =>
    doing(world, who.actor, act => withdrawReissue(act, { personId: who.id })),
  'begin payment': begin,
  'provider calls': call,
  'pay online': payOnline,
  'pay at kiosk': kiosk,
  'pay at counter': payCounter,
  waive,
  'office finds card': (world, who) =>
    doing(world, office, act => foundCardAgain(act, { reissueId: reissueOf(world, who) })),
  'pay back': paysBack,
} satisfies Record<string, Deed>

/** The card of the first application that is settled is made, and collected at once as a rule; as often as not by mistake. */
const finish: Deed = async (world, meant, pick) => {
  const settled = [...world.outside.fees.applications.values()].find(
    each => each.open && each.settled !== null,
  )
  const at = world.facts.people.findIndex(({ id }) => id === settled?.personId)
  const who = at < 0 ? meant : whoIs(world, at)
  const made = await produce(world, who, pick)
  if (pick % 4 === 3) return made
  await world.see()
  const collected = await (pick % 4 === 0 ? collect : collectAndUndo)(world, who, pick)
  return `${made}, collected: ${collected}`
}

/** What happens between steps alone. */
export const moreFeeDeeds = {
  'apply anew': applyAnew,
  'make and collect': finish,
  'type a receipt': typeSome,
  'assign receipt': assign,
  'hand receipt back': handBack,
} satisfies Record<string, Deed>

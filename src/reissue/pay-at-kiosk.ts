import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockHolder } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { move } from './ledger.ts'
import { judgeReceipt, type ReceiptRefusal, receiptNumber, waysOf } from './payment-rules.ts'
import {
  answerTyped,
  becameOf,
  type KioskReceipt,
  keepReceipt,
  keepTyped,
  lockReceipt,
  receiptByNumber,
  type TypedOutcome,
  typedSince,
  unusedReceiptOf,
  waitingFor,
} from './receipt-store.ts'
import { settle } from './settle.ts'
import { dueOf, lockedReissue, openReissueOf, type Reissue, reissueById } from './store.ts'

/** Pays what is due with money that came in at a kiosk. */
async function payWith(act: Act, reissue: Reissue, { number, amount }: KioskReceipt): Promise<void> {
  const about = { kind: 'paid', reissueId: reissue.id, receipt: number } as const
  await move(act, about, amount, { to: 'unmatched', from: 'due' })
  await settle(act, reissue, { as: 'paid', way: 'kiosk' })
}

/** Who paid at a kiosk first, with the own student number, and applies now, has paid. */
export async function payWithOwnReceipt(act: Act, reissue: Reissue): Promise<void> {
  const programme = await programmeInForce(act)
  if (!waysOf(programme, reissue.kind).includes('kiosk')) return
  const receipt = await unusedReceiptOf(act, reissue.studentNumber, reissue.amount)
  if (receipt) await payWith(act, reissue, receipt)
}

const outcomes: Partial<Record<ReceiptRefusal, TypedOutcome>> = {
  'receipt-of-somebody-else': 'of-somebody-else',
  'receipt-used': 'used',
  'receipt-of-another-amount': 'other-amount',
}

/**
 * Takes the lock of a receipt whose number was typed. It is taken before people are locked: who applies and types a number
 * in one act takes it first.
 */
export async function lockTyped(act: Act, typed: string): Promise<void> {
  const number = receiptNumber(typed)
  if (number !== null) await lockReceipt(act, number)
}

/**
 * The holder types the number of a kiosk's receipt. One that the kiosk has told of pays at once; one that it has not told
 * of yet is kept, and pays when it does. Numbers are counted a person and day, so that nobody finds one by trying. A number
 * that pays, or waits already, may be typed again: nothing happens twice. Refuses as `judgeReceipt` does.
 */
export async function typeReceipt(
  act: Act,
  { personId, typed }: { personId: number; typed: string },
): Promise<Decision<{ matched: boolean }, ReceiptRefusal>> {
  const programme = await programmeInForce(act)
  const number = receiptNumber(typed)
  await lockTyped(act, typed)
  await lockHolder(act, personId)
  const reissue = await openReissueOf(act, personId)
  if (reissue && number !== null && (await typedAlready(act, reissue.id, number))) {
    if (reissue.settled !== null) return yes({ matched: true })
    if ((await receiptByNumber(act, number)) === null) return yes({ matched: false })
  }
  const receipt = number === null ? null : await receiptByNumber(act, number)
  const decision = judgeReceipt(
    { due: dueOf(reissue), ways: reissue ? waysOf(programme, reissue.kind) : [] },
    {
      number,
      receipt,
      studentNumber: reissue?.studentNumber ?? '',
      typedToday: await typedSince(act, personId, act.now.subtract({ hours: 24 })),
    },
  )
  const outcome = decision.ok ? (decision.matched ? 'paid' : 'waits') : outcomes[decision.refusal]
  const told = outcome ?? (decision.ok ? 'waits' : decision.refusal)
  if (outcome) await keepTyped(act, { reissueId: reissue!.id, personId, number: number! }, outcome)
  await act.note({
    act: 'receipt number typed',
    personId,
    cardId: reissue?.forCard ?? null,
    facts: { reissue: reissue?.id ?? null, outcome: told },
  })
  if (!decision.ok) return decision
  if (decision.matched) await payWith(act, reissue!, receipt!)
  return yes({ matched: decision.matched })
}

/** Whether this number was typed for an application and paid for it, or waits. */
async function typedAlready(act: Act, reissueId: number, number: string): Promise<boolean> {
  const sql = `select 1 from typed_receipt where reissue_id = $1 and number = $2 and outcome in ('paid', 'waits') limit 1`
  return (await act.statement('typed_already', sql, [reissueId, number])).length > 0
}

/** Which open application a receipt pays: of the student whose number it bears, else of who typed its number first. */
async function payableBy(act: Act, receipt: KioskReceipt): Promise<Reissue | null> {
  const { number, studentNumber } = receipt
  if (studentNumber === null) {
    const [first] = await waitingFor(act, number)
    return first === undefined ? null : lockedReissue(act, first)
  }
  const [person] = await act.statement<{ id: number }>(
    'kiosk_person',
    'select id from person where student_number = $1 for update',
    [studentNumber],
  )
  return person ? openReissueOf(act, person.id) : null
}

/** Says to those who typed this number before, and whom it does not pay for, why: their number waits no longer. */
async function answerOthers(act: Act, { number, studentNumber, amount }: KioskReceipt): Promise<void> {
  for (const id of await waitingFor(act, number)) {
    const reissue = (await reissueById(act, id))!
    const others = studentNumber !== null && studentNumber !== reissue.studentNumber
    const outcome = others ? 'of-somebody-else' : amount === reissue.amount ? 'used' : 'other-amount'
    await answerTyped(act, id, number, outcome)
    await act.note({
      act: 'receipt does not pay',
      personId: reissue.personId,
      cardId: reissue.forCard,
      facts: { reissue: id, outcome },
    })
  }
}

/**
 * A kiosk tells of a receipt, once its seal was verified: the money is on the ledger from then on, and pays the open
 * application of this student, or of whoever typed its number before; else it waits until somebody does. Told twice, it
 * counts once; told otherwise the second time, it is refused and the first word stands.
 */
export async function takeReceipt(
  act: Act,
  receipt: KioskReceipt,
): Promise<Decision<{ again: boolean; matched: boolean }, 'receipt-told-otherwise'>> {
  await lockReceipt(act, receipt.number)
  const known = await receiptByNumber(act, receipt.number)
  if (known) {
    const same = known.amount === receipt.amount && known.studentNumber === receipt.studentNumber
    if (same) return yes({ again: true, matched: (await becameOf(act, receipt.number))?.as === 'paid' })
    await act.note({
      act: 'kiosk receipt refused',
      facts: { why: 'receipt-told-otherwise', kiosk: receipt.kiosk },
    })
    return no('receipt-told-otherwise')
  }
  await keepReceipt(act, receipt)
  const { amount, number, kiosk } = receipt
  await move(act, { kind: 'arrived', receipt: number }, amount, { to: 'kiosk', from: 'unmatched' })
  await act.note({ act: 'kiosk receipt taken', facts: { kiosk, amount } })
  const reissue = await payableBy(act, receipt)
  const programme = await programmeInForce(act)
  const pays =
    reissue !== null && dueOf(reissue) === amount && waysOf(programme, reissue.kind).includes('kiosk')
  if (pays) {
    await payWith(act, reissue, receipt)
    await answerTyped(act, reissue.id, number, 'paid')
  }
  await answerOthers(act, receipt)
  return yes({ again: false, matched: pays })
}

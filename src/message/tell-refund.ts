import { sayMoney } from '../lib/say.ts'
import type { Programme } from '../programme/shape.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import { maskedDestination } from '../refund/destination.ts'
import { expectedBy } from '../refund/late-refunds.ts'
import { type CaseFacts, feesTakenOff, stageOf } from '../refund/rules.ts'
import { type CaseRow, caseColumns, caseJoins, caseOf, destinationOfCase } from '../refund/store.ts'
import { words as refundSays } from '../refund/words.ts'
import type { Act } from '../server/register.ts'
import { atDesk } from './at-desk.ts'
import type { RefundTold } from './say-refund.ts'
import { type Addressee, addressee } from './store.ts'
import type { Telling } from './tell.ts'
import { refundWords } from './words-refund.ts'

const refundSql = `
  select ${addressee}, p.kind as "personKind", x.* from (
    select ${caseColumns}, r.person_id as holder from refund_case r ${caseJoins} where r.card_id = $1) x
  join person p on p.id = x.holder join card c on c.id = x."cardId"`

type Row = Addressee & CaseRow & { personKind: PersonKind }

/** What the issuer takes off, each said with what it is for. */
function sayFees(programme: Programme, row: Row, on: Temporal.PlainDate): string[] {
  const { feeNames } = refundWords[row.language]
  const { why, way, personKind: kind } = row
  return feesTakenOff(programme, { why, way, on, kind })
    .filter(({ amount }) => amount > 0)
    .map(({ purpose, amount }) =>
      feeNames[purpose as keyof typeof feeNames](sayMoney(amount, programme.campus.currency)),
    )
}

type Of = (facts: CaseFacts, row: Row, programme: Programme, act: Act) => Promise<RefundTold | null>

/** A telling of a card's refund: what its case says now, in the transaction that made it so. */
const of =
  (told: Of): Telling =>
  async (act, programme, cardId) => {
    const [row] = await act.statement<Row>('message_refund', refundSql, [cardId])
    if (row === undefined) return null
    const said = await told(caseOf(row), row, programme, act)
    return said && { addressee: row, told: said }
  }

const common = ({ printedNumber, language, way }: Row, { issuer }: Programme) => ({
  printedNumber,
  way,
  issuer: issuer.name[language],
  workingDays: issuer.refundWorkingDays,
})

const asked: Of = async ({ caseId }, row, programme, act) => {
  const to = await destinationOfCase(act, caseId)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  if (to === null) return null
  const fees = sayFees(programme, row, today)
  return { kind: 'refund-asked', ...common(row, programme), to: maskedDestination(to), fees }
}

const received: Of = async ({ receivedOn, promisedBy }, row, programme) =>
  receivedOn && promisedBy
    ? { kind: 'refund-received', ...common(row, programme), on: receivedOn, by: promisedBy }
    : null

const paid: Of = async (facts, row, programme) => {
  if (facts.paid === null) return null
  const { amount, on } = facts.paid
  return {
    kind: 'refund-paid',
    ...common(row, programme),
    on,
    amount: sayMoney(amount, programme.campus.currency),
    left: amount > 0 ? 'something' : amount === 0 ? 'nothing' : 'less',
    fees: sayFees(programme, row, on),
  }
}

const refused: Of = async (facts, row, programme) =>
  facts.no && {
    kind: 'refund-refused',
    ...common(row, programme),
    reason: refundSays[row.language].issuerSays[facts.no.reason],
    again: stageOf(facts) === 'refused',
  }

const late: Of = async (facts, row, programme) => {
  const by = facts.promisedBy ?? expectedBy(programme, facts)
  return by && { kind: 'refund-late', ...common(row, programme), by, received: facts.receivedOn !== null }
}

/** The acts of a refund that its holder hears of. */
export const refundTellings: readonly (readonly [string, Telling])[] = [
  ['refund asked', of(asked)],
  ['refund changed', of(asked)],
  [
    'refund withdrawn',
    atDesk(of(async (_, row, programme) => ({ kind: 'refund-withdrawn', ...common(row, programme) }))),
  ],
  ['refund sent', of(async (_, row, programme) => ({ kind: 'refund-sent', ...common(row, programme) }))],
  ['refund received', of(received)],
  ['refund paid', of(paid)],
  ['refund refused', of(refused)],
  ['refund cancelled', of(refused)],
  ['refund late', of(late)],
]

import type { ReaderFormat } from '../card/formats.ts'
import type { ChipNumber } from '../card/numbers.ts'
import { readScan } from '../card/read-scan.ts'
import type { ScanRefusal } from '../card/scan.ts'
import { allShown, type GivenEvidence, namedShown } from '../handover/evidence.ts'
import { type EvidenceRefusal, type Proved, provesIdentity } from '../handover/rules.ts'
import { lockCard, lockPerson, spendProof } from '../handover/store.ts'
import { type Decision, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { personByNumber } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import {
  type LendingReason,
  type LendingRefusal,
  type LostRefusal,
  mayLend,
  mayNoteLost,
  mayTakeBack,
  type ReturnRefusal,
} from './rules.ts'
import {
  endLoanUse,
  keepLoan,
  keepLoanLost,
  keepReturn,
  loanOutstanding,
  lockBorrower,
  lockLoan,
  poolCard,
} from './store.ts'

/** What a clerk has gathered to lend a card. */
export interface Lending {
  studentNumber: string
  /** What the reader typed for the temporary card, and how it writes chip numbers. */
  scan: string
  readerFormat: ReaderFormat
  reason: LendingReason
  evidence: readonly GivenEvidence[]
  lastDay: Temporal.PlainDate | null
}

/** The chip that a scan can be; a student number or a live proof is none. */
function chipScanned(
  { scan, readerFormat }: { scan: string; readerFormat: ReaderFormat },
  programme: Programme,
): Decision<{ chip: ChipNumber | null }, ScanRefusal> {
  const { studentNumber, printedNumber } = programme.campus
  const read = readScan(scan, { readerFormat, studentNumber, printedNumber })
  if (!read.ok) return read
  const found = read.candidates.find(candidate => candidate.is === 'chip')
  return yes({ chip: found?.is === 'chip' ? found.chip : null })
}

/** What proves identity for a loan: what anybody brings to collect, or a document on the clerk's own word. */
async function identityFor(
  act: Act,
  { personId, programme, proofKeys }: { personId: number; programme: Programme; proofKeys: Keys },
  given: readonly GivenEvidence[],
): Promise<Decision<Proved, EvidenceRefusal>> {
  const evidence = await allShown(act, given, { personId, programme, proofKeys })
  const { accepts: bring, whenNeither } = programme.pickup
  return provesIdentity(evidence, personId, {
    bring,
    whenNeither,
    confirmedBy: 'clerk-alone',
    confirmation: null,
    declined: [],
    now: act.now,
  })
}

/**
 * Lends a temporary card to a person who stands at a desk: their own card opens no door, is lost, forgotten or damaged.
 * It opens what the person's groups open, at once, until the end of its last day, and no door that was granted one by one.
 */
export async function lendCard(
  act: Act,
  lending: Lending,
  proofKeys: Keys,
): Promise<
  Decision<
    { loanId: number; personId: number; lastDay: Temporal.PlainDate; until: Temporal.Instant },
    LendingRefusal | ScanRefusal
  >
> {
  const programme = await programmeInForce(act)
  const { zone } = programme.campus
  await lockPerson(act, lending.studentNumber)
  const person = await personByNumber(act, lending.studentNumber)
  const scanned = chipScanned(lending, programme)
  if (!scanned.ok) return scanned
  if (scanned.chip) await lockCard(act, scanned.chip)
  const card = scanned.chip && (await poolCard(act, scanned.chip, zone))
  const counter = act.actor.counter ?? ''
  const decision = mayLend({
    temporary: programme.temporaryCards,
    counter,
    person: person && {
      enrolled: person.status === 'enrolled',
      lastDay: await loanOutstanding(act, person.id),
    },
    card,
    identity:
      person && (await identityFor(act, { personId: person.id, programme, proofKeys }, lending.evidence)),
    today: act.now.toZonedDateTimeISO(zone).toPlainDate(),
    lastDay: lending.lastDay,
  })
  if (!decision.ok) return decision
  const { lastDay, proved } = decision
  const { id: personId } = person!
  if (proved.nonce && !(await spendProof(act, proved.nonce, personId)))
    return { ok: false, refusal: 'proof-used', facts: {} }
  const { cardId } = card!
  const until = lastDay.add({ days: 1 }).toZonedDateTime(zone).toInstant()
  const { reason } = lending
  const loanId = await keepLoan(act, {
    cardId,
    personId,
    reason,
    evidence: proved.shown,
    counter,
    lastDay,
    until,
  })
  await act.note({
    act: 'temporary card lent',
    personId,
    cardId,
    facts: { loan: loanId, reason, evidence: namedShown(proved.shown), counter, lastDay: lastDay.toString() },
  })
  return yes({ loanId, personId, lastDay, until })
}

/**
 * Takes a temporary card back: its campus access ends at once and not with the next window, because it can be lent again
 * right away, and is then somebody else's.
 */
export async function returnCard(
  act: Act,
  scan: { scan: string; readerFormat: ReaderFormat },
): Promise<Decision<{ loanId: number; at: Temporal.Instant }, ReturnRefusal | ScanRefusal>> {
  const programme = await programmeInForce(act)
  const scanned = chipScanned(scan, programme)
  if (!scanned.ok) return scanned
  if (scanned.chip) await lockBorrower(act, { chip: scanned.chip })
  if (scanned.chip) await lockCard(act, scanned.chip)
  const card = scanned.chip && (await poolCard(act, scanned.chip, programme.campus.zone))
  const counter = act.actor.counter ?? ''
  const decision = mayTakeBack(card, { temporary: programme.temporaryCards, counter })
  if (!decision.ok) return decision
  const { loanId } = decision
  await endLoanUse(act, loanId)
  await keepReturn(act, loanId, counter)
  const { personId, cardId } = card!
  await act.note({ act: 'temporary card returned', personId, cardId, facts: { loan: loanId, counter } })
  return yes({ loanId, at: act.now })
}

/** A temporary card is lost: its campus access ends at once, and it is not lent again before it is back. */
export async function noteLoanLost(act: Act, id: number): Promise<Decision<{ again: boolean }, LostRefusal>> {
  await lockBorrower(act, { loanId: id })
  const loan = await lockLoan(act, id)
  const decision = mayNoteLost(loan)
  if (!decision.ok || decision.again) return decision
  const { personId, cardId } = loan!
  await endLoanUse(act, id)
  await keepLoanLost(act, id)
  await act.note({ act: 'temporary card lost', personId, cardId, facts: { loan: id } })
  return decision
}

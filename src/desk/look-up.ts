import type { ReaderFormat } from '../card/formats.ts'
import { printChipNumber } from '../card/numbers.ts'
import { type MayBe, readScan } from '../card/read-scan.ts'
import { type CardRefusal, cardRefusals, mayHandCard } from '../card/rules.ts'
import type { ScanRefusal } from '../card/scan.ts'
import { cardByChip, cardByPrintedNumber, type RegisteredCard } from '../card/store.ts'
import type { Errand } from '../eligibility/rules.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import {
  broughtHere,
  cardScanned,
  evidenceShown,
  type GivenEvidence,
  withErrand,
  withShown,
} from '../handover/evidence.ts'
import { cardAtDesk } from '../handover/hand-over.ts'
import { readProof } from '../handover/proof.ts'
import { type EvidenceRefusal, evidenceRefusals, holdsOf } from '../handover/rules.ts'
import { noteReading } from '../handover/store.ts'
import { bothNames } from '../lib/both.ts'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { readProxyCode } from '../proxy/at-desk.ts'
import { personById, personByNumber, type RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { type DeskView, deskView, type Scanned } from './view.ts'

/** What lies before the clerk already, as the screen says it back. */
export interface Beside {
  studentNumber: string | null
  /** The chip of the card that was tapped to be given, as hexadecimal. */
  chip: string | null
  evidence: readonly GivenEvidence[]
}

/** A scan at the desk, or what the clerk saw; without either the desk only looks again at what lies there. */
export interface Scan {
  scan: string | null
  /** The old card to the clerk's own eyes, or a document. */
  seen?: Extract<GivenEvidence, { kind: 'old-card-seen' | 'document' }> | undefined
  readerFormat: ReaderFormat
  beside: Beside
}

export type LookUpRefusal =
  | ScanRefusal
  | 'unknown-person'
  | 'person-first'
  | 'card-of-nobody'
  | CardRefusal
  | EvidenceRefusal

/** Whose receipt of a reissue's fee it is, or null; the room of reissues comes later in the flow, and hands it in. */
export type ReceiptHolder = (act: Act, scanned: string) => Promise<number | null>

/** What a look-up goes by beside the register. */
export interface Readers {
  proofKeys: Keys
  receiptHolder: ReceiptHolder
}

interface Desk extends Readers {
  programme: Programme
  /** The edition given today, or empty before the change begins. */
  edition: string
  /** Whoever lies on the desk already. */
  personId: number | null
}

type Found =
  | { is: 'student-number' | 'printed-number' | 'receipt'; person: RegisteredPerson }
  | { is: 'proof'; person: RegisteredPerson; proof: string }
  | { is: 'proxy-code'; person: RegisteredPerson; code: string }
  | { is: 'card'; card: RegisteredCard }

/** One reading of a scan as the register knows it, or why it is of no use here. */
async function findOne(
  act: Act,
  mayBe: MayBe,
  desk: Desk,
): Promise<Decision<{ found: Found }, LookUpRefusal>> {
  if (mayBe.is === 'proxy-code') {
    const read = await readProxyCode(act, mayBe.code, desk)
    if (!read.ok) return read
    const person = await personById(act, read.proxy.personId)
    return person ? yes({ found: { ...mayBe, person } }) : no('proxy-code-unknown')
  }
  if (mayBe.is === 'student-number') {
    const person = await personByNumber(act, mayBe.studentNumber)
    if (person === null) return no('unknown-person', { studentNumber: mayBe.studentNumber })
    return yes({ found: { is: 'student-number', person } })
  }
  if (mayBe.is === 'proof') {
    const read = readProof(desk.proofKeys, mayBe.proof, act.now, desk.programme.appProof.lifetimeSeconds)
    if (!read.ok) return read
    const person = await personById(act, read.personId)
    return person ? yes({ found: { is: 'proof', person, proof: mayBe.proof } }) : no('proof-not-ours')
  }
  if (mayBe.is === 'chip') {
    const card = await cardByChip(act, mayBe.chip)
    return card ? yes({ found: { is: 'card', card } }) : no('unknown-card')
  }
  const card = await cardByPrintedNumber(act, mayBe.printed.digits)
  if (card === null) return no('unknown-card')
  const holder = card.handedOver ?? card.madeFor
  const person = holder && (await personById(act, holder.personId))
  return person ? yes({ found: { is: 'printed-number', person } }) : no('card-of-nobody')
}

/** The first reading that the register knows; where it knows none, why the first one is not known. */
async function findScanned(
  act: Act,
  { scan, readerFormat }: { scan: string; readerFormat: ReaderFormat },
  desk: Desk,
): Promise<Decision<{ found: Found }, LookUpRefusal>> {
  const { studentNumber, printedNumber } = desk.programme.campus
  const read = readScan(scan, { readerFormat, studentNumber, printedNumber })
  if (!read.ok) return (await findReceipt(act, scan, desk)) ?? read
  let first: Decision<{ found: Found }, LookUpRefusal> | null = null
  for (const mayBe of read.candidates) {
    const found = await findOne(act, mayBe, desk)
    if (found.ok) return found
    first ??= found
  }
  return (await findReceipt(act, scan, desk)) ?? first!
}

/** What nothing else knows may be the number of a receipt. */
async function findReceipt(
  act: Act,
  scan: string,
  desk: Desk,
): Promise<Decision<{ found: Found }, never> | null> {
  const personId = await desk.receiptHolder(act, scan)
  const person = personId === null ? null : await personById(act, personId)
  if (person === null) return null
  const found: Found = { is: 'receipt', person }
  return yes({ found })
}

interface Table {
  person: RegisteredPerson | null
  chip: string | null
  evidence: readonly GivenEvidence[]
}

/** What was refused is taken from the table: a card, evidence that ran out, or somebody who cannot be served today. */
function cleared(table: Table, { stop, evidence }: DeskView): Table {
  const holding = { ...table, evidence: table.evidence.filter((_, at) => evidence[at]?.holds) }
  if (stop === null || evidenceRefusals.some(each => each === stop.refusal)) return holding
  if (cardRefusals.some(each => each === stop.refusal)) return { ...holding, chip: null }
  return { person: null, chip: null, evidence: [] }
}

/** Lays a scanned card down: evidence when it is somebody's old card, otherwise the card to be given. */
function layCard(
  table: Table,
  { card, holder }: { card: RegisteredCard; holder: RegisteredPerson | null },
  { programme, edition }: Desk,
): Decision<{ is: Scanned; table: Table }, LookUpRefusal> {
  const chip = printChipNumber(card.chip)
  const { person } = table
  const ours = programme.editions.some(each => each.id === card.edition)
  const held = ours && card.handedOver !== null
  if (held && (person === null || card.edition !== edition)) {
    if (person && person.id !== card.handedOver!.personId) return no('old-card-of-somebody-else')
    if (card.lostReportedAt) return no('old-card-reported-lost')
    if (card.edition === edition) return yes({ is: 'held-card', table: { ...table, person: holder } })
    const evidence = withShown(table.evidence, { kind: 'old-card', chip })
    return yes({ is: 'old-card', table: { ...table, person: holder, evidence } })
  }
  const receiver = person?.studentNumber ?? card.madeFor?.studentNumber ?? ''
  const may = mayHandCard(cardAtDesk(card, programme), {
    studentNumber: receiver,
    edition,
    zone: programme.campus.zone,
  })
  return may.ok ? yes({ is: 'new-card', table: { ...table, person: person ?? holder, chip } }) : may
}

const shownAs = {
  'app-proof': 'proof',
  document: 'document',
  'old-card': 'old-card',
  'old-card-seen': 'old-card',
  'proxy-code': 'proxy-code',
} as const

/** Lays down what was shown to prove who somebody is, where it holds of them. */
async function show(
  act: Act,
  table: Table,
  given: GivenEvidence,
  desk: Desk,
): Promise<Decision<{ is: Scanned; table: Table }, LookUpRefusal>> {
  if (table.person === null) return no('person-first')
  const { id: personId } = table.person
  const holds = holdsOf(await evidenceShown(act, given, { ...desk, personId }), personId)
  if (!holds.ok) return holds
  return yes({ is: shownAs[given.kind], table: { ...table, evidence: withShown(table.evidence, given) } })
}

/** Lays what was found beside what lies there: in any order, and never two people at once. */
async function lay(
  act: Act,
  table: Table,
  found: Found,
  desk: Desk,
): Promise<Decision<{ is: Scanned; table: Table }, LookUpRefusal>> {
  if (found.is === 'card') {
    const owner = found.card.handedOver ?? found.card.madeFor
    const holder = owner && (await personById(act, owner.personId))
    return layCard(table, { card: found.card, holder }, desk)
  }
  const { person } = found
  const same = table.person?.id === person.id
  if (found.is === 'proof') {
    if (table.person && !same) return no('proof-of-somebody-else')
    return show(act, { ...table, person }, { kind: 'app-proof', proof: found.proof }, desk)
  }
  if (found.is === 'proxy-code') {
    if (table.person && !same) return no('proxy-of-somebody-else')
    return show(act, { ...table, person }, { kind: 'proxy-code', code: found.code }, desk)
  }
  if (same) return yes({ is: found.is, table })
  // Naming somebody is beginning with somebody: only a card that may be theirs stays on the table.
  const card = table.chip === null ? null : await cardScanned(act, table.chip)
  const stays = card !== null && (card.madeFor === null || card.madeFor.personId === person.id)
  return yes({ is: found.is, table: { person, chip: stays ? table.chip : null, evidence: [] } })
}

/** A refusal with the person's own errand, so that its sentence names what would help this person. */
async function withWays(
  act: Act,
  refused: Refused<LookUpRefusal>,
  { person, evidence }: Table,
): Promise<Refused<LookUpRefusal> & { errand?: Errand }> {
  if (person === null) return refused
  const { decision, programme } = await eligibilityOf(act, person)
  return withErrand(refused, broughtHere(decision.ok ? decision : decision.errand, evidence, programme))
}

/**
 * One scan at a desk, whatever it is and in whatever order: a student number, the app's proof, a proxy's code, the old card, the
 * new card, the number printed on one; or what the clerk saw. Says who and what now lies before the clerk, and what is
 * needed next. A scan that is of no use is refused and changes nothing. Looking a person up is written in the journal.
 */
export async function lookUp(
  act: Act,
  { scan, seen, readerFormat, beside }: Scan,
  readers: Readers,
): Promise<Decision<{ view: DeskView }, LookUpRefusal>> {
  const [programme, person] = await Promise.all([
    programmeInForce(act),
    beside.studentNumber === null ? null : personByNumber(act, beside.studentNumber),
  ])
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const edition = editionIssuedOn(programme, today)?.id ?? ''
  const desk: Desk = { programme, ...readers, edition, personId: person?.id ?? null }
  let table: Table = {
    person,
    chip: beside.chip,
    evidence: beside.evidence,
  }
  let is: Scanned = 'nothing'
  let insteadOf: DeskView['insteadOf'] = null
  let isOther = false
  if (scan !== null || seen) {
    const found = scan === null ? null : await findScanned(act, { scan, readerFormat }, desk)
    // With the new card on the table, an unknown chip can only be meant as the old card.
    if (found && !found.ok && found.refusal === 'unknown-card' && table.chip !== null)
      return withWays(act, no('old-card-unknown'), table)
    if (found && !found.ok) return found
    const before = await deskView(act, table, desk)
    const stays = cleared(table, before)
    // Nothing that is shown helps who cannot be served here: why not is said again.
    if (!found && table.person && !stays.person) return yes({ view: before })
    table = stays
    const laid = found ? await lay(act, table, found.found, desk) : await show(act, table, seen!, desk)
    if (!laid.ok) return withWays(act, laid, table)
    isOther = laid.table.person !== null && laid.table.person.id !== table.person?.id
    if (isOther && table.person) insteadOf = bothNames(table.person)
    table = laid.table
    is = laid.is
  }
  const [view] = await Promise.all([
    deskView(act, table, desk),
    table.person && noteReading(act, table.person.id, { by: is, isOther }),
  ])
  return yes({ view: { ...view, scanned: is, insteadOf } })
}

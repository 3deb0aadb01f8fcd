import { createHash } from 'node:crypto'
import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { TableRefusal } from '../roster/table.ts'
import type { Act, Entry } from '../server/register.ts'
import { type AnswerCellRefusal, type AnswerFault, type AnswerLine, readAnswerFile } from './answer-file.ts'
import { type LineRefusal, settle } from './answer-rules.ts'
import { type Brought, type Known, keepAnswer, keepBrought, knownOf, readBefore } from './answer-store.ts'
import { oneAtATime } from './file-store.ts'
import { workingDaysAfter } from './working-days.ts'

/** Where the programme says nothing else, what a refund's account or address is kept for after its end, in days. */
export const usualRefundDays = 90

/** What reading an answer did: nothing at all where a line is wrong, or where the same file was read before. */
export interface AnswerRead {
  applied: boolean
  again: boolean
  lines: number
  counts: { received: number; paid: number; refused: number; cancelled: number; differences: number }
  faults: AnswerFault<AnswerCellRefusal | LineRefusal>[]
}

const nothing = { received: 0, paid: 0, refused: 0, cancelled: 0, differences: 0 }

/** Goes through the lines in their order, each seeing what those before it brought. */
function bringing(
  lines: readonly AnswerLine[],
  known: Known,
  promisedBy: (from: Temporal.PlainDate) => Temporal.PlainDate,
) {
  const brought: Brought = { events: [], payments: [] }
  const faults: AnswerFault<LineRefusal>[] = []
  for (const line of lines) {
    const { ofCase, ofRound, outcome, amount, reference, reason, on } = line
    const ofThis = known.cases.get(ofCase)
    const decision = settle(line, { case: ofThis, payment: known.payments.get(reference) })
    if (!decision.ok) {
      const field = decision.refusal === 'reference-otherwise' ? 'reference' : 'case'
      const shown = field === 'reference' ? reference : `R${ofCase}-${ofRound}`
      faults.push({ line: line.line, field, refusal: decision.refusal, shown, facts: decision.facts })
    } else if (decision.brings === 'payment') {
      brought.payments.push({ ...line, counts: decision.counts })
      known.payments.set(reference, { ofCase, ofRound, amount, on: on.toString() })
      if (ofThis && decision.counts) ofThis.paid = true
    } else if (decision.brings === 'event') {
      brought.events.push({ ...line, promisedBy: outcome === 'received' ? promisedBy(on) : null })
      ofThis?.said.set(`${ofRound} ${outcome}`, { on: on.toString(), reason })
    }
  }
  return { brought, faults }
}

/** What the journal says of it, and so what people are told; a payment that counts for no case is told to nobody. */
function entriesOf({ events, payments }: Brought, known: Known): Entry[] {
  // What comes late of an earlier time of sending is kept, and concerns nobody any more.
  const now = events.filter(
    ({ ofCase, ofRound }) => ofRound === Math.max(...(known.cases.get(ofCase)?.sent.keys() ?? [])),
  )
  return [...now, ...payments.filter(({ counts }) => counts)].map(({ ofCase, outcome }) => {
    const { personId, cardId } = known.cases.get(ofCase)!
    return { act: `refund ${outcome}`, personId, cardId }
  })
}

/**
 * Reads the issuer's answers. All of a file counts or nothing of it: one line that is wrong, and nothing is kept. The same file
 * again, or a line that was read before, changes nothing. What the issuer paid is kept whatever it was paid for; where it
 * counts for no case it is a difference. Amounts come from here and from nowhere else.
 */
export async function readAnswer(
  act: Act,
  { file, fileName }: { file: Buffer; fileName: string },
): Promise<Decision<AnswerRead, TableRefusal>> {
  await oneAtATime(act)
  const sha256 = createHash('sha256').update(file).digest()
  const before = await readBefore(act, sha256)
  if (before) return yes({ applied: true, again: true, lines: before.lines, counts: nothing, faults: [] })
  const programme = await programmeInForce(act)
  const { zone, currency } = programme.campus
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
  const read = readAnswerFile(file, { today, minorDigits: currency.minorDigits })
  if (!read.ok) return read
  const known = await knownOf(act, read.lines, zone)
  const { brought, faults } = bringing(read.lines, known, from =>
    workingDaysAfter(programme, from, programme.issuer.refundWorkingDays),
  )
  const wrong = [...read.faults, ...faults].sort((a, b) => a.line - b.line)
  const lines = new Set([...read.lines, ...wrong].map(({ line }) => line)).size
  if (wrong.length > 0) return yes({ applied: false, again: false, lines, counts: nothing, faults: wrong })
  const answerId = await keepAnswer(act, { sha256, fileName: fileName.replaceAll('\0', ''), lines })
  const eraseOn = today.add({ days: programme.retention.refundDays ?? usualRefundDays })
  await keepBrought(act, answerId, brought, eraseOn)
  const count = (outcome: string) => brought.events.filter(event => event.outcome === outcome).length
  const paid = brought.payments.filter(({ counts }) => counts).length
  const counts = {
    received: count('received'),
    paid,
    refused: count('refused'),
    cancelled: count('cancelled'),
    differences: brought.payments.length - paid,
  }
  await act.note({ act: 'refund answer read', facts: { answer: answerId, lines, ...counts } })
  await act.note(...entriesOf(brought, known))
  return yes({ applied: true, again: false, lines, counts, faults: [] })
}

import { deskFormats, type MayBe, readScan, usualDeskFormat } from '../card/read-scan.ts'
import { cardByChip, cardByPrintedNumber } from '../card/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { personByNumber, personTyped } from '../roster/store.ts'
import type { Act } from '../server/register.ts'

export type FindRefusal = 'nobody-found' | 'several-found'

/** The person whom one reading of a scan names: of a card its holder, or for whom it was made. */
async function personOf(act: Act, mayBe: MayBe): Promise<number | null> {
  if (mayBe.is === 'student-number') return (await personByNumber(act, mayBe.studentNumber))?.id ?? null
  if (mayBe.is !== 'chip' && mayBe.is !== 'printed-number') return null
  const card =
    mayBe.is === 'chip'
      ? await cardByChip(act, mayBe.chip)
      : await cardByPrintedNumber(act, mayBe.printed.digits)
  return (card?.handedOver ?? card?.madeFor)?.personId ?? null
}

/**
 * Finds who stands at the desk by what was typed or scanned: a student number, a card on the reader (in whichever format it
 * sends; the usual one goes first), or the number printed on a card. Refuses: that names nobody; it names several.
 */
export async function findPresent(
  act: Act,
  typed: string,
): Promise<Decision<{ personId: number }, FindRefusal>> {
  const named = await personTyped(act, typed)
  if (named.ok) return yes({ personId: named.person.id })
  const { studentNumber, printedNumber } = (await programmeInForce(act)).campus
  const found = new Set<number>()
  for (const readerFormat of [usualDeskFormat, ...deskFormats]) {
    const read = readScan(typed, { readerFormat, studentNumber, printedNumber })
    for (const mayBe of read.ok ? read.candidates : []) {
      const personId = await personOf(act, mayBe)
      if (personId !== null) found.add(personId)
    }
    if (found.size > 0 && readerFormat === usualDeskFormat) break
  }
  const [personId] = found
  if (personId === undefined) return no('nobody-found')
  return found.size === 1 ? yes({ personId }) : no('several-found')
}

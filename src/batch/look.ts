import { printChipNumber } from '../card/numbers.ts'
import { readScan, usualDeskFormat } from '../card/read-scan.ts'
import { cardByPrintedNumber } from '../card/store.ts'
import { findPresent } from '../handover/find-present.ts'
import { notePresent } from '../handover/present.ts'
import { mayActFor } from '../handover/present-rules.ts'
import { bothNames } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import type { LookBody, LookReply } from './batch-api.ts'
import { judgeCard } from './cards.ts'
import { backByOf, batchText, representing } from './give-batch.ts'
import type { RepresentativeRefusal } from './rules.ts'
import { sayCard } from './say.ts'

/** The chip of the card that a scan means, as hexadecimal. */
export async function chipScanned(
  act: Act,
  scan: string,
  readerFormat: LookBody['readerFormat'],
): Promise<string | null> {
  const { studentNumber, printedNumber } = (await programmeInForce(act)).campus
  const read = readScan(scan, { readerFormat: readerFormat ?? usualDeskFormat, studentNumber, printedNumber })
  let unknown: string | null = null
  for (const mayBe of read.ok ? read.candidates : []) {
    if (mayBe.is === 'chip') return printChipNumber(mayBe.chip)
    if (mayBe.is === 'printed-number') {
      const card = await cardByPrintedNumber(act, mayBe.printed.digits)
      if (card) unknown = printChipNumber(card.chip)
    }
  }
  return unknown
}

/** Who fetches, the cards as they lie there with one scan more, and what would be signed. */
export async function lookAtBatch(
  act: Act,
  body: LookBody,
  of: Language,
): Promise<Decision<LookReply, RepresentativeRefusal | 'unknown-person' | 'unknown-card' | 'not-checked'>> {
  const programme = await programmeInForce(act)
  const found = await findPresent(act, body.representative)
  const person = found.ok ? await personById(act, found.personId) : null
  if (person === null) return no('unknown-person', { studentNumber: body.representative.slice(0, 40) })
  const checked = mayActFor(programme, body.checked)
  if (!checked.ok) return checked
  const may = await representing(act, person, programme)
  if (!may.ok) return may
  await notePresent(act, person.id)
  const scanned = body.scan === null ? null : await chipScanned(act, body.scan, body.readerFormat)
  if (body.scan !== null && scanned === null) return no('unknown-card')
  const chips = [...body.chips, ...(scanned && !body.chips.includes(scanned) ? [scanned] : [])]
  const counter = act.actor.counter ?? ''
  const judged = await Promise.all(
    chips.map(chip => judgeCard(act, chip, { representative: person, counter })),
  )
  for (const { holder } of judged) if (holder) await notePresent(act, holder.id)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const { mostCards, backWithinDays } = programme.pickup.batches!
  const backBy = backByOf(today, backWithinDays)
  const signs = { person, cards: chips.length, backBy }
  return yes({
    representative: {
      studentNumber: person.studentNumber,
      name: bothNames(person),
      department: nameOf(programme.departments, person.department),
      language: person.language,
    },
    mostCards,
    backBy: backBy.toString(),
    cards: judged.map(each => ({
      chip: each.chip,
      ending: each.card?.printedNumber?.slice(-4) ?? null,
      box: each.card?.box ?? null,
      studentNumber: each.holder?.studentNumber ?? null,
      name: each.holder && bothNames(each.holder),
      goes: each.decision.ok,
      message: sayCard(each, programme, of),
    })),
    text: { 'zh-TW': batchText(signs, 'zh-TW'), en: batchText(signs, 'en') },
  })
}

import { createHash } from 'node:crypto'
import { isSignedHere } from '../handover/signed.ts'
import { keepHandovers } from '../handover/store.ts'
import { bothNames } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { sayDate } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { lockPeople, personByNumber, type RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { judgeCard } from './cards.ts'
import { type BatchRefusal, mayGiveBatch, mayRepresent, type RepresentativeRefusal } from './rules.ts'
import { concernedBy, keepBatch, lockCards, outWith } from './store.ts'
import { words } from './words.ts'

/** What the clerk has gathered: who fetches, how they were checked, the cards, and how they signed. */
export interface Giving {
  studentNumber: string
  checked: string
  /** The chips of the cards, as hexadecimal. */
  chips: readonly string[]
  signature: { manner: 'drawn' | 'typed' | 'witnessed'; picture: string; language: Language }
}

/** The last day on which a batch that is given today is brought back. */
export const backByOf = (today: Temporal.PlainDate, days: number): Temporal.PlainDate =>
  today.add({ days: days - 1 })

/** What a representative signs for so many cards. */
export function batchText(
  { person, cards, backBy }: { person: RegisteredPerson; cards: number; backBy: Temporal.PlainDate },
  language: Language,
): string {
  const name = bothNames(person)[language]
  return words[language].signed(name, cards, sayDate(backBy, language))
}

/** Whether somebody may fetch cards now, with the programme's rules. */
export async function representing(act: Act, person: RegisteredPerson, programme: Programme) {
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const facts = { enrolled: person.status === 'enrolled', out: await outWith(act, person.id) }
  return mayRepresent(programme.pickup.batches, facts, today)
}

/**
 * Gives a representative the cards of others, all of them or none: each by the rules of its holder, signed for together. A
 * card is its holder's from then on, who activates it alone; one that is not given comes back by its scan.
 */
export async function giveBatch(
  act: Act,
  { studentNumber, checked, chips, signature }: Giving,
): Promise<
  Decision<
    { batchId: number; cards: number; backBy: string },
    RepresentativeRefusal | BatchRefusal | 'unknown-person'
  >
> {
  const programme = await programmeInForce(act)
  const person = await personByNumber(act, studentNumber)
  if (person === null) return no('unknown-person', { studentNumber })
  const counter = act.actor.counter ?? ''
  // Everybody concerned, in the order in which everybody locks people, then the cards, so that none is retired or moved
  // meanwhile; only then is each judged.
  const concerned = await concernedBy(act, chips)
  await lockPeople(act, [
    person,
    ...concerned.flatMap(({ studentNumber }) => (studentNumber ? [{ studentNumber }] : [])),
  ])
  await lockCards(
    act,
    concerned.map(({ cardId }) => cardId),
  )
  const may = await representing(act, person, programme)
  if (!may.ok) return may
  const rules = programme.pickup.batches!
  const whole = mayGiveBatch(chips, rules)
  if (!whole.ok) return whole
  const judged = await Promise.all(
    chips.map(chip => judgeCard(act, chip, { representative: person, counter })),
  )
  const refused = judged.filter(each => !each.decision.ok)
  if (refused.length > 0) return no('card-not-in-batch', { cards: refused.length })
  const signed = isSignedHere(signature, [person.nameZh, person.nameEn])
  if (!signed.ok) return signed

  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const backBy = backByOf(today, rules.backWithinDays)
  const text = batchText({ person, cards: chips.length, backBy }, signature.language)
  const picture = signature.manner === 'witnessed' ? '' : signature.picture.trim()
  const bound = [
    person.studentNumber,
    [...chips].toSorted(),
    text,
    act.actor.id,
    act.now.toString(),
    signature.manner,
    picture,
  ]
  const batchId = await keepBatch(act, {
    personId: person.id,
    checked,
    counter,
    backBy,
    cards: chips.length,
    signature: {
      manner: signature.manner,
      picture,
      text,
      boundHash: createHash('sha256').update(JSON.stringify(bound)).digest(),
    },
    eraseOn: today.add({ days: programme.retention.signatureDays }),
  })
  await keepHandovers(
    act,
    judged.map(({ card, holder, edition }) => ({
      cardId: card!.cardId,
      personId: holder!.id,
      edition,
      how: 'representative' as const,
      batchId,
      at: act.now,
      evidence: null,
      evidenceCardId: null,
      confirmationId: null,
      counter: null,
      clerk: null,
    })),
  )
  await act.note(
    {
      act: 'batch given',
      personId: person.id,
      facts: { batch: batchId, cards: chips.length, checked, counter },
    },
    ...judged.map(({ card, holder }) => ({
      act: 'card given to representative',
      personId: holder!.id,
      cardId: card!.cardId,
      facts: { batch: batchId, counter },
    })),
  )
  return yes({ batchId, cards: chips.length, backBy: backBy.toString() })
}

import { cardsOf, type RegisteredCard } from '../card/store.ts'
import type { PersonFacts } from '../programme/cohorts.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { type Eligibility, eligibility, type Holder } from './rules.ts'

/** The roster's facts in the words that cohorts ask for. */
export const cohortFacts = (person: RegisteredPerson): PersonFacts => ({
  ...person,
  enteredYear: person.entryYear,
})

/** What is found wrong with a card in its box: another one has to be made. */
const faulty: readonly string[] = ['misprint', 'damaged']

/** A card that was taken out of its box for good without a fault, as one that nobody collected, waits for nobody. */
const isForThem = ({ retired, handedOver }: RegisteredCard): boolean =>
  retired === null || handedOver !== null || faulty.includes(retired.reason)

function holderOf(
  person: RegisteredPerson,
  cards: readonly RegisteredCard[],
  { programme, today }: { programme: Programme; today: Temporal.PlainDate },
): Holder {
  const onDay = (at: Temporal.Instant) => at.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const replaced = programme.deadline.editions
  return {
    person: cohortFacts(person),
    cards: cards.filter(isForThem).map(card => ({
      edition: card.edition,
      // The register knows a card from the day it is made.
      producedOn: today,
      misprinted: card.handedOver === null && faulty.includes(card.retired?.reason ?? ''),
      counter: card.counter,
      handedOverOn: card.handedOver ? onDay(card.handedOver.at) : null,
    })),
    oldCardLost: cards.some(card => replaced.includes(card.edition) && card.lostReportedAt !== null),
    reissuePaid: false,
  }
}

/** Whether a person may collect today, where, when and with what, from the register as it stands. */
export async function eligibilityOf(
  act: Act,
  person: RegisteredPerson,
): Promise<{
  decision: Eligibility
  cards: RegisteredCard[]
  programme: Programme
  today: Temporal.PlainDate
}> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const cards = await cardsOf(act, person.id)
  const decision = eligibility(holderOf(person, cards, { programme, today }), programme, today)
  return { decision, cards, programme, today }
}

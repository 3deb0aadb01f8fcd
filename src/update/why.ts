import { causesOf, isMember } from '../access/rules.ts'
import { type FindRefusal, findCard } from '../card/find-card.ts'
import { usualDeskFormat } from '../card/read-scan.ts'
import { cardsOf } from '../card/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { windowsBetween } from '../programme/timetable.ts'
import { personByNumber, type RegisteredPerson } from '../roster/store.ts'
import { parseStudentNumber } from '../roster/student-number.ts'
import type { Act } from '../server/register.ts'
import { type CauseNames, causeNames, type DoorAsked } from './history-store.ts'
import { type CardAtDoor, type WhyFacts, whyRefused } from './why-rules.ts'
import {
  type CardRow,
  type ControllerNow,
  cardsAtDoor,
  controllerNow,
  type Opens,
  opensDoor,
} from './why-store.ts'

/** The person of a student number, or whose a card is. */
async function personAsked(
  act: Act,
  who: string,
  { campus }: Programme,
): Promise<Decision<{ person: RegisteredPerson }, FindRefusal>> {
  const read = parseStudentNumber(who, campus.studentNumber)
  if (read.ok) {
    const person = await personByNumber(act, read.studentNumber)
    return person ? yes({ person }) : no('unknown-person', { studentNumber: read.studentNumber })
  }
  const found = await findCard(act, { scan: who, readerFormat: usualDeskFormat })
  if (!found.ok) return found
  const person = found.found.find(each => each.person !== null)?.person
  return person ? yes({ person }) : no('unknown-card')
}

const startOf = (from: Temporal.Instant) => from.add({ nanoseconds: 1 })

/** A window by its start, with its promised end; one that the timetable has no more ends where it starts. */
function endsByOf({ timetable, campus }: Programme, startsAt: Temporal.Instant): Temporal.Instant {
  return windowsBetween(timetable, campus.zone, startsAt, startOf(startsAt))[0]?.endsBy ?? startsAt
}

function factsOf(
  row: CardRow,
  door: DoorAsked,
  opens: { groups: boolean } & Pick<Opens, 'grants'>,
  programme: Programme,
  language: Language,
): CardAtDoor {
  const opensThis = (doors: CardRow['doors']) => doors !== null && doors[door.door - 1] !== 0
  const elsewhere = opens.grants.find(grant => grant.cardId !== row.cardId)
  return {
    lostAt: row.lostAt,
    retiredAt: row.retiredAt,
    replacedAt: row.replacedAt,
    pausedAt: row.pausedAt,
    use: row.everUsed ? { until: row.usedUntil } : null,
    number: row.number,
    opens: opens.groups || opens.grants.some(grant => grant.cardId === row.cardId),
    grantedElsewhere: elsewhere ? { owner: language === 'en' ? elsewhere.en : elsewhere.zh } : null,
    decided: row.carriedBy && {
      opens: opensThis(row.doors),
      from: row.from!,
      to: row.to!,
      due: row.due === true,
      startsAt: row.carriedBy,
      endsBy: row.atOnce ? row.carriedBy : endsByOf(programme, row.carriedBy),
    },
    held: row.confirmedAt && {
      opens: opensThis(row.heldDoors),
      from: row.heldFrom!,
      to: row.heldTo!,
      confirmedAt: row.confirmedAt,
      verifiedAt: row.verifiedAt,
    },
    answer: row.answer && { answer: row.answer, since: row.answeredSince! },
  }
}

/** Everything that was looked at to say why, as it is told. */
export interface WhySeen {
  now: Temporal.Instant
  today: Temporal.PlainDate
  programme: Programme
  door: DoorAsked
  person: RegisteredPerson
  /** The cards that were handed to the person, the newest first, and what decides of each. */
  rows: CardRow[]
  ofCards: CardAtDoor[]
  verdict: ReturnType<typeof whyRefused>
  opens: Opens
  /** The groups of this door that the person belongs to. */
  theirs: Opens['groups']
  controller: ControllerNow
  names: CauseNames
}

/**
 * Why a door refuses a person, or that it does not: in one sentence, with the truth of each card there. `who` is a student
 * number, or a card that is the person's. That somebody looked is written down.
 */
export async function whyDoorRefuses(
  act: Act,
  asked: { door: DoorAsked; who: string; language: Language },
): Promise<Decision<{ seen: WhySeen }, FindRefusal>> {
  const { door, language } = asked
  const programme = await programmeInForce(act)
  const found = await personAsked(act, asked.who, programme)
  if (!found.ok) return found
  const { person } = found
  await act.note({ act: 'door refusal looked into', personId: person.id, facts: { door: door.id } })

  const rows = await cardsAtDoor(act, person.id, door)
  const opens = await opensDoor(act, door.id, person.id)
  const controller = await controllerNow(act, door.controllerId)
  const waits = (await cardsOf(act, person.id)).find(card => !card.handedOver && !card.retired)
  const faculty = programme.departments.find(({ id }) => id === person.department)?.faculty ?? null
  const inAccess = {
    personId: person.id,
    mayEnter: person.status === 'enrolled',
    faculty,
    hall: person.hall,
    cards: [],
    grants: [],
  }
  const theirs = opens.groups.filter(group => isMember({ ...group, doors: [] }, inAccess))
  const counter = programme.counters.find(({ id }) => id === waits?.counter)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const facts: WhyFacts = {
    now: act.now,
    today,
    enrolled: inAccess.mayEnter,
    waitsAt: counter?.name[language] ?? null,
    controller: {
      silentSince: controller.silentSince,
      running: controller.runningSince && {
        startsAt: controller.runningSince,
        endsBy: endsByOf(programme, controller.runningSince),
      },
      heldBackSince: controller.heldBackSince,
      clock: { unset: controller.clockUnset, setAt: controller.clockSetAt },
      numberFormat: door.numberFormat,
    },
  }
  const ofCards = rows.map(row =>
    factsOf(row, door, { groups: theirs.length > 0, grants: opens.grants }, programme, language),
  )
  const verdict = whyRefused(ofCards, facts)
  const causes = rows.flatMap(row => causesOf(row.because ?? []).map(({ kind, id }) => `${kind}:${id}`))
  const names = await causeNames(act, causes)
  return yes({
    seen: {
      now: act.now,
      today,
      programme,
      door,
      person,
      rows,
      ofCards,
      verdict,
      opens,
      theirs,
      controller,
      names,
    },
  })
}

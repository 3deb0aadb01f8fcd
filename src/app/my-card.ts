import type { Switch } from '../activation/store.ts'
import { representativeOf } from '../batch/store.ts'
import { endingOf } from '../card/numbers.ts'
import type { RegisteredCard } from '../card/store.ts'
import { eligibilityReply } from '../eligibility/routes.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { bothNames } from '../lib/both.ts'
import { latest } from '../lib/latest.ts'
import type { Language } from '../lib/words.ts'
import { hasLeft } from '../loss/rules.ts'
import { nameOf } from '../programme/name-of.ts'
import { counterNow } from '../programme/notice.ts'
import { carry } from '../programme/promise.ts'
import { counterOf, editionIssuedOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { nextWindow } from '../programme/timetable.ts'
import { mayHaveProxy } from '../proxy/rules.ts'
import { proxiesOf, proxyOnCard } from '../proxy/standing.ts'
import { lastDay } from '../reissue/standing.ts'
import { personById, type RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { doorsOf, emptyDoors, text } from './card-doors.ts'
import { cardStory, oldOpens, type StoryFacts } from './card-story.ts'
import type { MyCard, OneCard } from './my-card-shape.ts'
import { activationsOf, type CardUse, controllersOf, troublesOf, usesOf } from './my-card-store.ts'
import { saySentence } from './my-card-words.ts'

/** An old card without an end date: its access ends only by the activation. */
const endOfTime = Temporal.Instant.from('9999-12-31T00:00:00Z')

/** A promised moment, while it lies ahead. */
const ahead = (at: Temporal.Instant | null | undefined, now: Temporal.Instant): string | null =>
  at && Temporal.Instant.compare(now, at) < 0 ? at.toString() : null
function pick(cards: readonly RegisteredCard[], personId: number, programme: Programme, issued: string) {
  const mine = cards.filter(card => card.handedOver?.personId === personId)
  const newest = (some: readonly RegisteredCard[]) =>
    some.toSorted((a, b) => Temporal.Instant.compare(b.handedOver!.at, a.handedOver!.at))[0] ?? null
  return {
    // What activation would switch on, or has: also when another edition is given by now.
    collected: newest(
      mine.filter(
        card =>
          card.handedOver!.how !== 'before-gatehouse' && !programme.deadline.editions.includes(card.edition),
      ),
    ),
    made: cards.find(card => card.edition === issued && !card.handedOver && !card.retired) ?? null,
    old: newest(mine.filter(card => programme.deadline.editions.includes(card.edition))),
  }
}

function oneCard(
  card: RegisteredCard,
  programme: Programme,
  { uses, showsEnding }: { uses: readonly CardUse[]; showsEnding: boolean },
): OneCard {
  const edition = programme.editions.find(each => each.id === card.edition)
  const use = uses.find(each => each.cardId === card.cardId)
  return {
    cardId: card.cardId,
    edition: nameOf(programme.editions, card.edition),
    generation: edition?.generation ?? 1,
    ending: showsEnding ? endingOf(card.printedNumber) : null,
    collectedAt: text(card.handedOver?.isFetched ? null : card.handedOver?.at),
    accessEndsAt: text(use?.until),
    lostReportedAt: text(card.lostReportedAt),
  }
}

/** The promise that an activation would be given at this very moment; the update keeps the same arithmetic. */
function preview(
  programme: Programme,
  now: Temporal.Instant,
  { oldEndsAt, handedIn }: { oldEndsAt: Temporal.Instant | null; handedIn: boolean },
) {
  const { timetable, campus } = programme
  const promised = carry({ timetable, zone: campus.zone, moment: now, oldAccessEndsAt: oldEndsAt, handedIn })
  return {
    activated: false,
    atOnce: promised.kind === 'at-once',
    carriedBy: promised.carriedBy.toString(),
    oldOpensUntil: text(promised.oldCertainlyUntil),
    newOpensFrom: promised.newCertainlyFrom.toString(),
  }
}

const given = (kept: Switch, oldUntil: Temporal.Instant | null) => ({
  activated: true,
  atOnce: kept.atOnce,
  carriedBy: kept.carriedBy.toString(),
  oldOpensUntil: text(oldUntil),
  newOpensFrom: kept.newFrom.toString(),
})

const startOf = (on: Temporal.PlainDate, programme: Programme): string =>
  on.toZonedDateTime(programme.campus.zone).toInstant().toString()

/** What a person's rows are, put together for the story; also the cards that they are about. */
async function rowsOf(act: Act, person: RegisteredPerson) {
  const [eligible, uses, rows, troubles, activations, proxies] = await Promise.all([
    eligibilityOf(act, person),
    usesOf(act, person.id),
    controllersOf(act, person.id),
    troublesOf(act, person.id),
    activationsOf(act, person.id),
    proxiesOf(act, person.id),
  ])
  const { decision, cards, programme, today, isReissue } = eligible
  const issued = editionIssuedOn(programme, today)
  const chosen = pick(cards, person.id, programme, issued?.id ?? '')
  const cardId = chosen.collected?.cardId ?? null
  const { zone } = programme.campus
  const activation = activations.find(each => each.cardId === cardId) ?? null
  const proxy = proxyOnCard(proxies, { collectedCardId: cardId, zone })
  const oldUse = uses.find(use => use.cardId === chosen.old?.cardId)
  const closing = (cardId: number | undefined) =>
    doorsOf(
      rows.filter(row => row.cardId === cardId && row.aim === 'closed'),
      today,
    )
  const oldDoors = closing(chosen.old?.cardId)
  const newDoors = doorsOf(
    rows.filter(row => row.cardId === chosen.collected?.cardId && row.aim === 'open'),
    today,
    // While its window runs the promise holds; afterwards the next window is what can be expected.
    activation && (activation.windowOver || Temporal.Instant.compare(act.now, activation.newFrom) >= 0)
      ? nextWindow(programme.timetable, programme.campus.zone, act.now).endsBy
      : null,
  )
  // Reported lost meanwhile, the old card is taken off the doors before its window: that promise is not repeated.
  const replaced = rows.filter(row => row.cardId === activation?.replaces)
  const isTakenOff = replaced.length > 0 && replaced.every(row => row.aim === 'closed' && row.due)
  const isAhead = !!activation?.oldUntil && Temporal.Instant.compare(act.now, activation.oldUntil) < 0
  const oldUntil = isAhead && isTakenOff ? null : (activation?.oldUntil ?? null)
  const report = troubles.losses.find(({ cardId }) => cardId === chosen.collected?.cardId)
  const isReplaced = troubles.reissue?.isMade === true
  const facts: StoryFacts = {
    now: act.now,
    mayEnter: person.status === 'enrolled',
    collect: decision.ok ? 'may' : decision.refusal,
    newCard: chosen.collected && {
      collectedAt: chosen.collected.handedOver!.at,
      lostAt: chosen.collected.lostReportedAt,
      isFetched: chosen.collected.handedOver!.isFetched,
    },
    oldCard: chosen.old && {
      accessEndsAt: oldUse ? oldUse.until : undefined,
      lostAt: chosen.old.lostReportedAt,
    },
    activation,
    hasLeft: hasLeft(person.status),
    isPaused:
      troubles.paused !== null &&
      (chosen.collected === null ? !decision.ok : troubles.paused.cardId === chosen.collected.cardId),
    isOldPaused: troubles.paused !== null && troubles.paused.cardId === chosen.old?.cardId,
    mayTakeBack: report?.sentAt === null && !isReplaced,
    mayBeFound: !isReplaced && (report?.sentAt === null || programme.reissue.foundAgain !== 'never'),
    reissue: troubles.reissue,
    newDoors,
    oldDoors,
  }
  const switched = { activation, oldUntil }
  const errand = isReissue ? 'reissue' : 'first-card'
  const mayNameProxy = mayHaveProxy({ rules: programme.pickup.proxy, eligible: decision, errand }).ok
  return {
    proxies: { mayNameProxy, proxy },
    decision,
    programme,
    today,
    chosen,
    uses,
    switched,
    oldUse,
    closing,
    newDoors,
    oldDoors,
    facts,
    troubles,
  }
}

/** With which class representative the new card is, until its holder has activated it. */
async function withRepresentative(
  act: Act,
  card: RegisteredCard | null | undefined,
): Promise<MyCard['representative']> {
  if (!card?.handedOver?.isFetched) return null
  const went = await representativeOf(act, card.cardId)
  return (
    went && {
      name: bothNames(went),
      since: went.givenAt.toString(),
      backBy: went.backBy.toString(),
    }
  )
}

/** Everything that "my card" shows, at one moment: the same for the page and for the university's own app. */
export async function myCard(act: Act, personId: number, language: Language): Promise<MyCard | null> {
  const person = await personById(act, personId)
  if (person === null) return null
  const {
    proxies,
    decision,
    programme,
    today,
    chosen,
    uses,
    switched,
    oldUse,
    closing,
    newDoors,
    oldDoors,
    facts,
    troubles,
  } = await rowsOf(act, person)
  const { activation, oldUntil } = switched
  const story = cardStory(facts)
  const department = programme.departments.find(each => each.id === person.department)
  const shown = chosen.collected ?? chosen.made
  const canActivate = story.next === 'activate'
  const lost = [chosen.collected, chosen.old].find(card => card?.lostReportedAt) ?? null
  const report = troubles.losses.find(({ cardId }) => cardId === lost?.cardId)
  const carrying = activation
    ? given(activation, oldUntil)
    : canActivate
      ? preview(programme, act.now, {
          oldEndsAt: oldOpens(facts) ? (oldUse?.until ?? endOfTime) : null,
          handedIn: troubles.handedIn,
        })
      : null
  // What ends by its date was written to the doors long before that day.
  const endedAt =
    oldDoors.since && text(latest([Temporal.Instant.from(oldDoors.since), oldUse?.until ?? null]))
  const times = {
    'can-collect':
      !decision.ok && story.next === 'come-later' ? startOf(decision.errand.from, programme) : null,
    collected: facts.newCard?.isFetched ? null : text(chosen.collected?.handedOver?.at),
    activated: text(activation?.at),
    // A card that is paused is not on its way to the doors, whatever was promised before.
    doors: newDoors.since ?? (facts.isPaused ? null : ahead(activation?.newFrom, act.now)),
    // What is not over yet is promised, and a promise whose time has passed is not repeated.
    'old-ended': endedAt ?? (activation ? ahead(oldUntil, act.now) : text(oldUse?.until)),
  }
  const card: Omit<MyCard, 'sentence'> = {
    now: act.now.toString(),
    today: today.toString(),
    zone: programme.campus.zone,
    university: programme.campus.name,
    person: {
      studentNumber: person.studentNumber,
      name: bothNames(person),
      department: department?.name ?? null,
    },
    story: story.kind,
    next: story.next,
    track: story.track.map(stop => ({ ...stop, at: stop.state === 'failed' ? null : times[stop.step] })),
    // Until it is active, its digits are what proves that the card is in the holder's hand: they are asked, not told.
    newCard: shown && oneCard(shown, programme, { uses, showsEnding: activation !== null }),
    oldCard: chosen.old && oneCard(chosen.old, programme, { uses, showsEnding: true }),
    collect:
      chosen.collected && !troubles.reissue ? null : eligibilityReply(decision, programme, act.now, language),
    switch: carrying,
    newDoors: activation ? newDoors : emptyDoors,
    oldDoors,
    lost:
      lost && report
        ? {
            cardId: lost.cardId,
            doors: closing(lost.cardId),
            sendAt: report.sendAt.toString(),
            sentAt: text(report.sentAt),
            issuer: programme.issuer.name,
          }
        : null,
    paused: troubles.paused && {
      cardId: troubles.paused.cardId,
      since: troubles.paused.since.toString(),
      doors: closing(troubles.paused.cardId),
    },
    reissue: troubles.reissue && {
      reason: troubles.reissue.reason,
      isDue: troubles.reissue.isDue,
      isMade: troubles.reissue.isMade,
      lastDayToPay: lastDay(troubles.reissue.lapsesAt, programme.campus.zone),
    },
    ...proxies,
    representative: await withRepresentative(act, chosen.collected),
    temporaryCard: troubles.temporaryCard && { lastDay: troubles.temporaryCard.lastDay.toString() },
    askAt: programme.askAt
      .flatMap(id => counterOf(programme, id) ?? [])
      .map(counter => counterNow(programme, counter, act.now, language)),
  }
  return { ...card, sentence: saySentence(card, language) }
}

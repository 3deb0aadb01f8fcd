import { temporaryCounters } from '../loan/rules.ts'
import { sayCounter, sayCounters } from '../programme/template.ts'
import { nextWindow } from '../programme/timetable.ts'
import { type DoorAsked, doorsAsked, loanTold } from './extras-store.ts'
import type { Telling } from './tell.ts'

const placeOf = ({ building, door, language }: DoorAsked): string =>
  language === 'zh-TW'
    ? `${building[language]}　${door[language]}`
    : `${building[language]}, ${door[language]}`

const doorsSetUp: Telling = async (act, programme, _card, { facts }) => {
  const doors = await doorsAsked(act, String(facts?.tasks).split(',').map(Number))
  const [addressee] = doors
  if (addressee === undefined) return null
  const window = nextWindow(programme.timetable, programme.campus.zone, act.now)
  return {
    addressee,
    told: {
      kind: 'doors-set-up',
      printedNumber: addressee.printedNumber,
      doors: doors.map(placeOf),
      windowStartsAt: window.startsAt,
      windowEndsBy: window.endsBy,
    },
  }
}

const doorDeclined: Telling = async (act, _programme, _card, { facts }) => {
  const [door] = await doorsAsked(act, [Number(facts?.task)])
  if (door === undefined || door.reason === null) return null
  const { printedNumber, owner, language, reason } = door
  return {
    addressee: door,
    told: { kind: 'door-declined', printedNumber, door: placeOf(door), owner: owner[language], reason },
  }
}

const lent: Telling = async (act, programme, _card, { facts }) => {
  const loan = await loanTold(act, Number(facts?.loan))
  if (loan === null) return null
  const { language, printedNumber, lentAt, lastDay, counter } = loan
  return {
    addressee: loan,
    told: {
      kind: 'temporary-card-lent',
      printedNumber,
      at: lentAt,
      until: lastDay.add({ days: 1 }).toZonedDateTime(programme.campus.zone).toInstant(),
      counter: sayCounter(programme, counter, language),
      returnTo: sayCounters(programme, temporaryCounters(programme), language),
    },
  }
}

const returned: Telling = async (act, _programme, _card, { facts }) => {
  const loan = await loanTold(act, Number(facts?.loan))
  if (loan === null || loan.returnedAt === null) return null
  const { printedNumber, returnedAt } = loan
  return { addressee: loan, told: { kind: 'temporary-card-returned', printedNumber, at: returnedAt } }
}

/** What a person hears of doors that an earlier card opened one by one, and of temporary cards. */
export const extrasTellings: readonly (readonly [string, Telling])[] = [
  ['doors opened for new card', doorsSetUp],
  ['door declined', doorDeclined],
  ['temporary card lent', lent],
  ['temporary card returned', returned],
]

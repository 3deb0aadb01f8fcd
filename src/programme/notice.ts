import { sayDate, sayMoney, sayTime } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { openingAt } from './hours.ts'
import { isInvented, passRefundTable, phonesOn } from './rules.ts'
import { type HoursLine, sayHours } from './say-hours.ts'
import type { Counter, Programme } from './shape.ts'
import { templateValues } from './template.ts'
import { nextWindow, windowAtOrBefore } from './timetable.ts'

/** A piece of a public sentence: plain text, or a value that the programme fills in. */
export interface Piece {
  text: string
  /** A time, a date, an amount or a number: what people come to look up. */
  exact?: true
  /** A sample value that the card office has yet to confirm. */
  unconfirmed?: true
}

/** Values that are exact: when, how much, how many, which number. */
const isExact = (name: string): boolean =>
  /^(deadline|startsOn|windows|example|fee|phone|appProof|issuer\.r)|\.(from|price|perDay|handling)$/u.test(
    name,
  )

const slot = /\{([a-z0-9][\w.-]*)\}/gi

/** Where in the programme a value comes from, so that what is not confirmed there is marked where it is printed. */
export function pointerOf(programme: Programme, name: string): string {
  const [first = '', ...rest] = name.split('.')
  if (name === 'deadline.time') return '/deadline/moment'
  if (first === 'deadline') return '/deadline/on'
  if (first === 'cohort') {
    const [id = '', part] = rest
    const inOutcome = { where: 'at', from: 'from', givenAt: 'givenAt', missedAt: 'missed' }[part ?? '']
    return inOutcome ? `/cohorts/${id}/outcome/${inOutcome}` : `/cohorts/${id}/name`
  }
  if (first === 'wave') return `/waves/${rest[0]}`
  if (first === 'fee') {
    const fee = programme.fees.findLast(each => each.for === rest[0])
    return `/fees/${fee?.id}/amount`
  }
  if (programme.doesNotMove.some(each => each.id === first)) return `/doesNotMove/${first}/refund/${rest[0]}`
  const places: Record<string, string> = {
    windows: '/timetable/windows',
    example: '/timetable/windows',
    bring: '/pickup/accepts',
    newEdition: '/editions',
    oldEditions: '/editions',
    counter: `/counters/${rest[0]}`,
    phone: `/contacts/${rest[0]}/phones`,
  }
  return places[first] ?? `/${name.replaceAll('.', '/')}`
}

/** A text of the programme in pieces, with its values filled in. One without a value is a fault: it is never published. */
export function piecesOf(
  programme: Programme,
  text: string,
  values: Readonly<Record<string, string>>,
): Piece[] {
  return text
    .split(slot)
    .map((part, at): Piece => {
      if (at % 2 === 0) return { text: part }
      const said = values[part]
      if (said === undefined) throw new Error(`{${part}} has no value; readProgramme refuses such a text.`)
      return {
        text: said,
        ...(isExact(part) ? { exact: true as const } : {}),
        ...(isInvented(programme, pointerOf(programme, part)) ? { unconfirmed: true as const } : {}),
      }
    })
    .filter(piece => piece.text !== '')
}

/** Pieces as one sentence. */
export const joined = (pieces: readonly Piece[]): string => pieces.map(piece => piece.text).join('')

/** A counter as the public is told of it, at one moment; a closed one is never shown as open. */
export function counterNow(
  programme: Programme,
  counter: Counter,
  now: Temporal.Instant,
  language: Language,
): CounterNow {
  const { zone } = programme.campus
  const opening = openingAt(counter, zone, now)
  const today = now.toZonedDateTimeISO(zone).toPlainDate()
  return {
    id: counter.id,
    name: counter.name[language],
    place: counter.place[language],
    mapCode: counter.mapCode ?? null,
    map: counter.map ?? null,
    phones: phonesOn(counter.phones, today),
    hours: sayHours(counter.hours, language),
    hoursUnconfirmed: isInvented(programme, `/counters/${counter.id}/hours`),
    open: opening.open,
    until: opening.open ? opening.until.toString() : null,
    opensAt: opening.open ? null : (opening.opensAt?.toString() ?? null),
    because: opening.open ? null : (opening.because?.[language] ?? null),
  }
}

/** Instants as ISO text. */
export interface CounterNow {
  id: string
  name: string
  place: string
  mapCode: string | null
  /** The address of a page that shows where it is. */
  map: string | null
  phones: string[]
  hours: HoursLine[]
  hoursUnconfirmed: boolean
  open: boolean
  /** When an open counter closes. */
  until: string | null
  /** When a closed counter opens next; null when that is not known. */
  opensAt: string | null
  /** Why it is closed on this day, where that is known. */
  because: string | null
}

/** The public notice as it stands at one moment, in one language; instants are ISO text. */
export function noticeOf(programme: Programme, language: Language, now: Temporal.Instant) {
  const { campus, timetable, deadline } = programme
  const today = now.toZonedDateTimeISO(campus.zone).toPlainDate()
  const values = templateValues(programme, language, today)
  const next = nextWindow(timetable, campus.zone, now)
  const last = windowAtOrBefore(timetable, campus.zone, now)
  const deadlineOn = Temporal.PlainDate.from(deadline.on)
  return {
    title: programme.title[language],
    points: programme.notice.map(({ id, text }) => ({
      id,
      pieces: piecesOf(programme, text[language], values),
    })),
    questions: programme.faq.map(({ id, question }) => ({
      id,
      question: joined(piecesOf(programme, question[language], values)),
    })),
    deadline: {
      on: deadline.on,
      said: sayDate(deadlineOn, language),
      days: Math.max(0, today.until(deadlineOn, { largestUnit: 'days' }).days),
      passed: Temporal.PlainDate.compare(today, deadlineOn) >= 0,
    },
    windows: timetable.windows
      .map(({ at, usuallyMinutes, atMostMinutes }) => {
        const start = Temporal.PlainTime.from(at)
        return {
          at,
          usually: sayTime(start.add({ minutes: usuallyMinutes })),
          latest: sayTime(start.add({ minutes: atMostMinutes })),
        }
      })
      .sort((a, b) => a.at.localeCompare(b.at)),
    next: { startsAt: next.startsAt.toString(), endsBy: next.endsBy.toString() },
    /** The update that may be running now: its promised end has not passed. */
    running: Temporal.Instant.compare(now, last.endsBy) < 0 ? { endsBy: last.endsBy.toString() } : null,
    counters: programme.counters.map(counter => counterNow(programme, counter, now, language)),
    passes: programme.doesNotMove.flatMap(({ id, name, owner, advice, refund }) =>
      refund
        ? [
            {
              id,
              name: name[language],
              owner: owner[language],
              price: sayMoney(refund.price, campus.currency),
              advice: joined(piecesOf(programme, advice[language], values)),
              unconfirmed: isInvented(programme, `/doesNotMove/${id}/refund`),
              rows: passRefundTable(refund).map(({ day, amount }) => ({
                day,
                amount,
                said: sayMoney(amount, campus.currency),
              })),
            },
          ]
        : [],
    ),
  }
}

/** The questions and answers, at one moment in one language. */
export function faqOf(programme: Programme, language: Language, now: Temporal.Instant) {
  const today = now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const values = templateValues(programme, language, today)
  return {
    questions: programme.faq.map(({ id, question, answer }) => ({
      id,
      question: joined(piecesOf(programme, question[language], values)),
      answer: piecesOf(programme, answer[language], values),
    })),
  }
}

import { type Decision, no, yes } from '../lib/decision.ts'
import { sayDate, sayList, sayMoney, sayTime, spaced } from '../lib/say.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { counterOf, countsOn, editionIssuedOn, phonesOn } from './rules.ts'
import type { Programme } from './shape.ts'
import { nextWindow } from './timetable.ts'

/** What a template's names in braces stand for, already said in one language. */
export type TemplateValues = Readonly<Record<string, string>>

const slot = /\{([a-z0-9][\w.-]*)\}/gi

/** The names in braces that a text wants filled. */
export const valuesNamedIn = (text: string): string[] => [...text.matchAll(slot)].map(match => match[1] ?? '')

/** Fills a text from the programme; refused rather than printed with a hole. */
export function fillTemplate(
  text: string,
  values: TemplateValues,
): Decision<{ text: string }, 'value-missing'> {
  const missing = valuesNamedIn(text).find(name => values[name] === undefined)
  if (missing !== undefined) return no('value-missing', { name: missing })
  return yes({ text: spaced(text.replaceAll(slot, (_, name: string) => values[name] ?? '')) })
}

/** Every text of a programme that is printed with values filled in, and where it stands. */
export function templateTexts(programme: Programme): { path: (string | number)[]; text: Bilingual }[] {
  return [
    ...programme.notice.map(({ text }, index) => ({ path: ['notice', index, 'text'], text })),
    ...programme.faq.flatMap(({ question, answer }, index) => [
      { path: ['faq', index, 'question'], text: question },
      { path: ['faq', index, 'answer'], text: answer },
    ]),
    ...programme.doesNotMove.map(({ advice }, index) => ({
      path: ['doesNotMove', index, 'advice'],
      text: advice,
    })),
    { path: ['pickup', 'signatureText'], text: programme.pickup.signatureText },
  ]
}

/** One of these groups, of a group all: "your old card, or the proof in the app". */
export function sayBring(
  programme: Programme,
  bring: readonly (readonly string[])[],
  language: Language,
): string {
  const nameOf = (id: string) => programme.evidence.find(each => each.id === id)?.name[language] ?? id
  return sayList(
    bring.map(group => sayList(group.map(nameOf), language, 'and')),
    language,
    'or',
  )
}

/** A counter as a sentence sends a person there: its name and its place; in English with its article. */
export function sayCounter(programme: Programme, id: string, language: Language): string {
  const counter = counterOf(programme, id)
  if (!counter) return id
  return language === 'zh-TW'
    ? `${counter.name['zh-TW']}（${counter.place['zh-TW']}）`
    : `the ${counter.name.en} (${counter.place.en})`
}

export const sayCounters = (programme: Programme, ids: readonly string[], language: Language): string =>
  sayList(
    ids.map(id => sayCounter(programme, id, language)),
    language,
    'or',
  )

/** The notice's own example, from the programme's timetable: activated after the morning's first window, carried by the next. */
function example(programme: Programme): Record<string, string> {
  const { timetable, campus, startsOn } = programme
  const { zone } = campus
  const morning = Temporal.PlainDate.from(startsOn).toZonedDateTime({ timeZone: zone, plainTime: '05:59:59' })
  const first = nextWindow(timetable, zone, morning.toInstant())
  const next = nextWindow(timetable, zone, first.endsBy)
  const wall = (moment: Temporal.Instant) => sayTime(moment.toZonedDateTimeISO(zone).toPlainTime())
  return {
    'example.activated': wall(first.endsBy),
    'example.window': wall(next.startsAt),
    'example.endsBy': wall(next.endsBy),
  }
}

/** All values a text may name, said in one language as they stand on that day. */
export function templateValues(
  programme: Programme,
  language: Language,
  on: Temporal.PlainDate,
): TemplateValues {
  const { campus, deadline, timetable, issuer } = programme
  const deadlineOn = Temporal.PlainDate.from(deadline.on)
  const issued = editionIssuedOn(programme, on)
  const minutes = (pick: 'usuallyMinutes' | 'atMostMinutes') => timetable.windows.map(window => window[pick])
  const values: Record<string, string> = {
    ...example(programme),
    title: programme.title[language],
    campus: campus.name[language],
    startsOn: sayDate(Temporal.PlainDate.from(programme.startsOn), language),
    deadline: sayDate(deadlineOn, language),
    'deadline.time': sayTime(deadlineOn.toZonedDateTime(campus.zone).toPlainTime()),
    'deadline.lastDay': sayDate(deadlineOn.subtract({ days: 1 }), language),
    windows: sayList(timetable.windows.map(window => window.at).sort(), language, 'and'),
    'windows.usuallyMinutes': String(Math.max(...minutes('usuallyMinutes'))),
    'windows.atMostMinutes': String(Math.max(...minutes('atMostMinutes'))),
    bring: sayBring(programme, programme.pickup.accepts, language),
    'pickup.whenNeither': sayBring(programme, programme.pickup.whenNeither, language),
    'appProof.lifetimeSeconds': String(programme.appProof.lifetimeSeconds),
    doesNotMove: sayList(
      programme.doesNotMove.map(each => each.name[language]),
      language,
      'and',
    ),
    oldEditions: sayList(
      programme.editions.filter(each => deadline.editions.includes(each.id)).map(each => each.name[language]),
      language,
      'and',
    ),
    'issuer.name': issuer.name[language],
    'issuer.riskHours': String(issuer.riskHours),
    'issuer.refundWorkingDays': String(issuer.refundWorkingDays),
    askAt: sayCounters(programme, programme.askAt, language),
  }
  if (issued) values.newEdition = issued.name[language]
  for (const fee of programme.fees)
    if (countsOn(fee, on)) values[`fee.${fee.for}`] = sayMoney(fee.amount, campus.currency)
  for (const counter of programme.counters)
    values[`counter.${counter.id}`] = sayCounter(programme, counter.id, language)
  for (const contact of programme.contacts) {
    const numbers = phonesOn(contact.phones, on)
    if (numbers.length > 0) values[`phone.${contact.id}`] = sayList(numbers, language, 'or')
  }
  for (const { id, name, outcome } of programme.cohorts) {
    values[`cohort.${id}`] = name[language]
    if ('at' in outcome) values[`cohort.${id}.where`] = sayCounters(programme, outcome.at, language)
    if ('from' in outcome && outcome.from !== undefined)
      values[`cohort.${id}.from`] = sayDate(Temporal.PlainDate.from(outcome.from), language)
    if (outcome.kind === 'has-card') {
      values[`cohort.${id}.givenAt`] = outcome.givenAt[language]
      values[`cohort.${id}.missedAt`] = sayCounters(programme, outcome.missed.at, language)
    }
  }
  for (const { id, name, at, from, until } of programme.waves ?? []) {
    values[`wave.${id}`] = name[language]
    values[`wave.${id}.where`] = sayCounters(programme, at, language)
    values[`wave.${id}.from`] = sayDate(Temporal.PlainDate.from(from), language)
    values[`wave.${id}.lastDay`] = sayDate(Temporal.PlainDate.from(until).subtract({ days: 1 }), language)
  }
  for (const { id, refund } of programme.doesNotMove)
    if (refund) {
      values[`${id}.price`] = sayMoney(refund.price, campus.currency)
      values[`${id}.perDay`] = sayMoney(refund.perDay, campus.currency)
      values[`${id}.handling`] = sayMoney(refund.handling, campus.currency)
    }
  return values
}

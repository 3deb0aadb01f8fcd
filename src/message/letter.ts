import { sayDay, sayTime } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'

/** Who reads, and from where: times are said in the campus's zone, with their date, since mail is read later. */
export interface Reader {
  language: Language
  name: string
  campus: string
  /** The campus's zone, by name. */
  zone: string
  /** When it is written; only the year depends on it. */
  now: Temporal.Instant
  /** Where questions are answered, said in the reader's language. */
  askAt: string
}

/** A card number of which only the last four digits are shown. */
export const masked = (printedNumber: string): string =>
  `${'*'.repeat(Math.max(0, printedNumber.length - 4))}${printedNumber.slice(-4)}`

/** A moment with its date, in the reader's zone and language. */
export function sayWhen(moment: Temporal.Instant, { zone, language, now }: Reader): string {
  const local = moment.toZonedDateTimeISO(zone)
  const day = sayDay(local.toPlainDate(), language, now.toZonedDateTimeISO(zone).toPlainDate())
  const time = sayTime(local.toPlainTime())
  return language === 'zh-TW' ? `${day}${time}` : `${time} on ${day}`
}

/** A subject, and what is said between greeting and closing; a part that does not apply is false or null. */
export interface Said {
  subject: string
  parts: readonly (string | false | null)[]
}

/** A reader, and how a moment and the card are said to them. */
export interface Saying extends Reader {
  when(this: void, moment: Temporal.Instant): string
  card: string
}

/** How each of some kinds of messages is written. */
export type Sayings<Told extends { kind: string }> = {
  [Kind in Told['kind']]: (told: Extract<Told, { kind: Kind }>, to: Saying) => Said
}

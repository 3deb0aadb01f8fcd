import type { Language } from './words.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const weekdayNames = {
  'zh-TW': ['一', '二', '三', '四', '五', '六', '日'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const

/** A date with its year: 2024年3月1日, 1 March 2024. */
export const sayDate = (on: Temporal.PlainDate, language: Language): string =>
  language === 'zh-TW'
    ? `${on.year}年${on.month}月${on.day}日`
    : `${on.day} ${months[on.month - 1]} ${on.year}`

/** A date with its weekday, and with its year only where that is not the one meant anyway. */
export function sayDay(on: Temporal.PlainDate, language: Language, today: Temporal.PlainDate): string {
  const weekday = weekdayNames[language][on.dayOfWeek - 1]
  const sameYear = on.year === today.year
  if (language === 'zh-TW') return `${sameYear ? '' : `${on.year}年`}${on.month}月${on.day}日（${weekday}）`
  return `${weekday} ${on.day} ${months[on.month - 1]}${sameYear ? '' : ` ${on.year}`}`
}

/** A wall time on 24 hours: 15:00. */
export const sayTime = (at: Temporal.PlainTime): string => at.toString({ smallestUnit: 'minute' })

/** A date and time of the campus's clocks, as rules give it (2024-03-01 00:00): 2024年3月1日 00:00, 1 March 2024 at 00:00. */
export function sayWall(wall: string, language: Language): string {
  const at = Temporal.PlainDateTime.from(wall)
  const [on, time] = [sayDate(at.toPlainDate(), language), sayTime(at.toPlainTime())]
  return language === 'zh-TW' ? `${on} ${time}` : `${on} at ${time}`
}

const symbols: Readonly<Record<string, string>> = { TWD: 'NT$', USD: 'US$', EUR: '€', GBP: '£' }

const thousands = new Intl.NumberFormat('en')

/** An amount of whole minor units in its currency: NT$200, US$12.50. */
export function sayMoney(amount: number, currency: { code: string; minorDigits: number }): string {
  const digits = String(Math.abs(amount)).padStart(currency.minorDigits + 1, '0')
  const cut = digits.length - currency.minorDigits
  const whole = thousands.format(Number(digits.slice(0, cut)))
  const minor = currency.minorDigits > 0 ? `.${digits.slice(cut)}` : ''
  return `${amount < 0 ? '−' : ''}${symbols[currency.code] ?? `${currency.code} `}${whole}${minor}`
}

/** A phrase of the programme that stands by itself, as a heading does: it begins with a capital. */
export const sayAlone = (phrase: string): string => phrase.charAt(0).toUpperCase() + phrase.slice(1)

/** Several things in a row, joined by "and" or "or"; in Chinese, figures stand apart from the word between them. */
export function sayList(items: readonly string[], language: Language, word: 'and' | 'or'): string {
  if (items.length <= 1) return items[0] ?? ''
  if (language === 'zh-TW') {
    const before = items.slice(0, -1).join('、')
    const after = items.at(-1)!
    const said = word === 'and' ? '及' : '或'
    return `${before}${/\w$/.test(before) ? ' ' : ''}${said}${/^\w/.test(after) ? ' ' : ''}${after}`
  }
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

/** What a sentence names at most; a list beside it has them all. */
const mostNamed = 3

/** The same of what may be many: "A and B", but "A, B and 6 others" (A、B 及另外 6 處), so that it stays a sentence. Places. */
export function sayFew(places: readonly string[], language: Language): string {
  if (places.length <= mostNamed) return sayList(places, language, 'and')
  const others = places.length - 2
  return sayList(
    [...places.slice(0, 2), language === 'en' ? `${others} others` : `另外 ${others} 處`],
    language,
    'and',
  )
}

/**
 * A sentence put together from parts: in Chinese, words in Latin letters stand apart from what is around them, and a full
 * bracket, which brings its own room, does not.
 */
export const spaced = (sentence: string): string =>
  sentence
    .replace(/(?<=\p{Script=Han})(?=\d*[A-Za-z])/gu, ' ')
    .replace(/(?<=[A-Za-z])(?=\p{Script=Han})/gu, ' ')
    .replace(/(?<=）) (?=\p{Script=Han})/gu, '')

import type { Language } from '../lib/words.ts'

/** Where and when a page is read: what it needs to say a moment the way the campus's clocks do. */
export interface Here {
  language: Language
  /** The campus's zone by name, e.g. `Asia/Taipei`. */
  zone: string
  /** The campus's date when the page was made, ISO (`2024-02-29`). */
  today: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

// Making an Intl format costs far more than using it, and a list has hundreds of times.
function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(language, options)
  formats.set(key, made)
  return made
}

/** The campus's date of an instant, ISO. */
export function dateOf(at: string, zone: string): string {
  const parts = format('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return parts.format(Date.parse(at))
}

/** A date in words, with its weekday; with the year only when it is not this one. `on` is ISO. */
export function sayDate(on: string, { language, today }: Pick<Here, 'language' | 'today'>): string {
  const at = Date.parse(`${on}T00:00:00Z`)
  const year = on.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const)
  const shared = { timeZone: 'UTC', ...year, day: 'numeric' } as const
  if (language === 'en')
    return format('en-GB', { ...shared, month: 'short', weekday: 'short' })
      .format(at)
      .replace(',', '')
  const weekday = format(language, { timeZone: 'UTC', weekday: 'narrow' }).format(at)
  return `${format(language, { ...shared, month: 'long' }).format(at)}（${weekday}）`
}

/** The wall time of an instant on the campus's clocks, `15:00`. */
export function sayTime(at: string, { zone }: Pick<Here, 'zone'>): string {
  const said = format('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return said.format(Date.parse(at))
}

/** An instant as the campus says it: the time alone when it is today, otherwise with its date. `at` is ISO. */
export const sayWhen = (at: string, here: Here): string =>
  dateOf(at, here.zone) === here.today ? sayTime(at, here) : sayDated(at, here)

/** An instant with its date on every day, also today. `at` is ISO. */
export function sayDated(at: string, here: Here): string {
  const said = [sayDate(dateOf(at, here.zone), here), sayTime(at, here)]
  // A date in Chinese ends in a bracket, which brings its own space.
  return said.join(here.language === 'en' ? ' ' : '')
}

/** A count as the language groups it, `11,240`. */
export const sayCount = (count: number, language: Language): string =>
  new Intl.NumberFormat(language).format(count)

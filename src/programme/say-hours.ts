import type { Language } from '../lib/words.ts'
import { type Counter, type Weekday, weekdays } from './shape.ts'
import { words } from './words.ts'

/** Opening hours of some days of the week, said: "Mon–Fri", "08:30–12:00, 13:30–17:00". */
export interface HoursLine {
  days: string
  times: string
}

function sayDays(days: readonly Weekday[], language: Language): string {
  const names = words[language].weekdays
  const runs: Weekday[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && weekdays.indexOf(last) + 1 === weekdays.indexOf(day)) run.push(day)
    else runs.push([day])
  }
  const between = language === 'zh-TW' ? '至' : '–'
  return runs
    .map(run => (run.length > 2 ? [run[0]!, run.at(-1)!] : run))
    .map((ends, at) => ends.map(day => names[day]).join(runs[at]!.length > 2 ? between : ', '))
    .join(language === 'zh-TW' ? '、' : ', ')
    .replaceAll(', ', language === 'zh-TW' ? '、' : ', ')
}

/** A counter's hours, one line for days that have the same times, in the order of the week. */
export function sayHours(hours: Counter['hours'], language: Language): HoursLine[] {
  const comma = language === 'zh-TW' ? '、' : ', '
  const times = (day: Weekday) =>
    hours
      .filter(each => each.days.includes(day))
      .map(each => `${each.from}–${each.until}`)
      .sort()
      .join(comma)
  const open = weekdays.filter(day => times(day) !== '')
  return [...Map.groupBy(open, times)].map(([said, days]) => ({
    days: sayDays(days, language),
    times: said,
  }))
}

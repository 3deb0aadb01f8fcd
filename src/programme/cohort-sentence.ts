import { sayDate, sayList } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { type Condition, conditions, type PersonFacts, siteOf } from './cohorts.ts'
import type { Cohort, Programme } from './shape.ts'
import { sayCounters } from './template.ts'
import { words } from './words.ts'

/** A year of entry as both languages write it. */
const year = (first: number, language: Language): string =>
  language === 'zh-TW' ? `${first} 年` : `${first}`

/** A term as people say it: `2023-1` is fall 2023. */
const term = (id: string, language: Language): string => {
  const [first = '', part = ''] = id.split('-')
  return language === 'zh-TW' ? `${first} 學年第 ${part} 學期` : `term ${part} of ${first}`
}

const siteName = (programme: Programme, id: string, language: Language): string =>
  programme.campus.sites.find(site => site.id === id)?.name[language] ?? id

/** One condition as a clause, or null where it is not written. */
function clause(
  condition: Condition,
  { programme, when, language }: { programme: Programme; when: Cohort['when']; language: Language },
): string | null {
  const w = words[language]
  const zh = language === 'zh-TW'
  const any = (items: readonly string[]): string => sayList(items, language, 'or')
  switch (condition) {
    case 'enteredFrom': {
      const { enteredFrom: from, enteredThrough: through } = when
      if (from === undefined) return null
      if (from === through) return zh ? `${year(from, language)}入學` : `entered in ${from}`
      return zh ? `${year(from, language)}起入學` : `entered in ${from} or later`
    }
    case 'enteredThrough': {
      const { enteredFrom: from, enteredThrough: through } = when
      if (through === undefined || from === through) return null
      return zh ? `${year(through, language)}以前（含）入學` : `entered through ${through}`
    }
    case 'statuses': {
      const said = when.statuses && any(when.statuses.map(each => w.statuses[each]))
      return said ? (zh ? `目前${said}` : said) : null
    }
    case 'kinds':
      return when.kinds ? any(when.kinds.map(each => w.kinds[each])) : null
    case 'sites': {
      const said = when.sites && any(when.sites.map(each => siteName(programme, each, language)))
      return said ? (zh ? `屬於${said}` : `at ${said}`) : null
    }
    case 'leaveTerms': {
      const said = when.leaveTerms && any(when.leaveTerms.map(each => term(each, language)))
      return said ? (zh ? `在${said}休學過` : `on leave in ${said}`) : null
    }
    default:
      return null
  }
}

/** The conditions of a cohort as a sentence: "entered through 2022 and enrolled or on leave". */
export function sayConditions(programme: Programme, when: Cohort['when'], language: Language): string {
  const clauses = conditions
    .map(each => clause(each, { programme, when, language }))
    .filter(each => each !== null)
  if (clauses.length === 0) return language === 'zh-TW' ? '其他所有人' : 'everybody else'
  return language === 'zh-TW' ? clauses.join('，且') : clauses.join(', and ')
}

/** What a cohort's people do, as a sentence. */
export function sayOutcome(programme: Programme, { outcome }: Cohort, language: Language): string {
  const zh = language === 'zh-TW'
  const from =
    'from' in outcome && outcome.from ? sayDate(Temporal.PlainDate.from(outcome.from), language) : null
  switch (outcome.kind) {
    case 'not-concerned':
      return zh ? '不必換發' : 'are not concerned'
    case 'collect-at-department':
      return zh
        ? `${from ? `${from}起` : ''}到系所的櫃檯領取`
        : `collect at their department’s counter${from ? ` from ${from}` : ''}`
    case 'collect-at-counters': {
      const where = sayCounters(programme, outcome.at, language)
      return zh
        ? `${from ? `${from}起` : ''}到${where}領取`
        : `collect at ${where}${from ? ` from ${from}` : ''}`
    }
    case 'wait': {
      const where = sayCounters(programme, outcome.at, language)
      return zh ? `${from}起到${where}領取` : `wait until ${from}, then collect at ${where}`
    }
    default: {
      const given = outcome.givenAt[language]
      const where = sayCounters(programme, outcome.missed.at, language)
      return zh
        ? `已在${given}領到；沒領到的到${where}`
        : `have it from ${given}; who was not there goes to ${where}`
    }
  }
}

/** What a person is, where one condition does not hold: "entered in 2023; the group asks for: entered through 2022". */
export function sayUnmet(
  condition: Condition,
  asked: { programme: Programme; when: Cohort['when']; person: PersonFacts; language: Language },
): string {
  const { programme, when, person, language } = asked
  const zh = language === 'zh-TW'
  const w = words[language]
  const site = siteOf(programme, person)
  const is = {
    enteredFrom: zh ? `${year(person.enteredYear, language)}入學` : `entered in ${person.enteredYear}`,
    enteredThrough: zh ? `${year(person.enteredYear, language)}入學` : `entered in ${person.enteredYear}`,
    statuses: w.statuses[person.status],
    kinds: w.kinds[person.kind],
    sites: site === null ? (zh ? '校區不明' : 'of an unknown site') : siteName(programme, site, language),
    leaveTerms:
      person.leaveTerms.length === 0
        ? zh
          ? '沒有休學過'
          : 'never on leave'
        : sayList(
            person.leaveTerms.map(each => term(each, language)),
            language,
            'and',
          ),
  }[condition]
  const only = { [condition]: when[condition] } as Cohort['when']
  const wants = clause(condition, {
    programme,
    when: condition.startsWith('entered') ? when : only,
    language,
  })
  const needed = wants ?? sayConditions(programme, when, language)
  return zh
    ? `這個人是「${is}」；這個身分別要求「${needed}」`
    : `This person is: ${is}. The group asks for: ${needed}`
}

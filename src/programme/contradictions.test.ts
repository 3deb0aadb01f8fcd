import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readProgramme } from './read.ts'
import type { ProblemRule } from './words.ts'

const textOf = (name: string) =>
  readFileSync(new URL(`../../programmes/${name}.yaml`, import.meta.url), 'utf8')
const ntnu = textOf('ntnu-2023')
const sample = textOf('sample-dst')

const problemsIn = (text: string) => {
  const reading = readProgramme(text)
  return reading.ok ? [] : reading.problems
}
/** The programme with one passage changed; the passage must stand in it exactly once. */
const changed = (text: string, from: string, to: string): string => {
  expect(text.split(from).length - 1).toBe(1)
  return text.replace(from, to)
}
const lineOf = (text: string, marker: string) => text.slice(0, text.indexOf(marker)).split('\n').length
const allWindows = /windows:\n(?: {4}-.*\n)+/.exec(ntnu)![0]

describe('a programme that contradicts itself is refused, with the line', () => {
  /** What is changed in ntnu-2023, into what, the field that is named, the rule, and what stands on the line. */
  it.each<[string, string, string, string, ProblemRule, string?]>([
    ['no windows', allWindows, 'windows: []\n', '/timetable/windows', 'timetable-empty'],
    [
      'a window twice',
      "at: '10:00'",
      "at:  '15:00'",
      '/timetable/windows/2/at',
      'doubled-time',
      "at: '15:00'",
    ],
    [
      'windows that run into each other',
      "at: '10:00'",
      "at: '14:30'",
      '/timetable/windows/1',
      'windows-overlap',
    ],
    [
      'a window that runs over midnight into the next',
      "at: '15:00', usuallyMinutes: 30, atMostMinutes: 60",
      "at: '15:00', usuallyMinutes: 30, atMostMinutes: 601",
      '/timetable/windows/2',
      'windows-overlap',
    ],
    [
      'usually longer than at most',
      "at: '15:00', usuallyMinutes: 30",
      "at: '15:00', usuallyMinutes: 61",
      '/timetable/windows/2/usuallyMinutes',
      'usually-longer-than-most',
    ],
    ['an offset for a zone', 'zone: Asia/Taipei', "zone: '+08:00'", '/campus/zone', 'unknown-zone'],
    ['a zone that is none', 'zone: Asia/Taipei', 'zone: Asia/Heping', '/campus/zone', 'unknown-zone'],
    ['an id twice', '- id: graduate\n', '- id:  registry\n', '/counters/1/id', 'doubled-id'],
    ['a counter that is none', 'askAt: [registry,', 'askAt: [registrar,', '/askAt/0', 'unknown-counter'],
    [
      'temporary cards of no edition',
      'edition: temporary',
      'edition: spare',
      '/temporaryCards/edition',
      'unknown-edition',
    ],
    [
      'temporary cards of an edition that is given',
      'edition: temporary\n  daysAtMost',
      'edition: 4k-centenary\n  daysAtMost',
      '/temporaryCards/edition',
      'temporary-edition-given',
    ],
    [
      'temporary cards that the deadline ends',
      'edition: temporary',
      'edition: easycard',
      '/temporaryCards/edition',
      'temporary-edition-given',
    ],
    [
      'hours of messages that end before they begin',
      "until: '18:00', announcedTo",
      "until: '08:00', announcedTo",
      '/messages/until',
      'writes-at-no-hour',
    ],
    [
      'keepers of doors told when nobody is written to any more',
      "doorOwnersFrom: '09:00'",
      "doorOwnersFrom: '18:00'",
      '/messages/doorOwnersFrom',
      'writes-at-no-hour',
    ],
    [
      'an announcement on the day of the deadline',
      'announcedTo: concerned',
      'announcedOn: 2024-03-01, announcedTo: concerned',
      '/messages/announcedOn',
      'told-too-late',
    ],
    [
      'a student fare prolonged at no counter',
      'remindDaysBefore: 30, at: [registry, gongguan-academic]',
      'remindDaysBefore: 30, at: [cellar]',
      '/studentFare/reminds/at/0',
      'unknown-counter',
    ],
    [
      'temporary cards at no counter',
      '[registry, gongguan-academic, dept-csie]',
      '[registry, cellar]',
      '/temporaryCards/counters/1',
      'unknown-counter',
    ],
    [
      'two places told of losses at one address',
      'email: circulation@library.example',
      'email: Security@campus.example',
      '/loss/tells/1/email',
      'doubled-address',
      'email: Security@campus.example',
    ],
    ['an edition that is none', '[easycard]', '[easy-card]', '/deadline/editions/0', 'unknown-edition'],
    ['evidence that is none', '[app-proof]]', '[app]]', '/pickup/accepts/1/0', 'unknown-evidence'],
    [
      'a kind of document twice',
      'passport } }\n  - id: health-proof',
      'passport } }\n      - { id: passport, name: { zh-TW: 護照, en: a passport } }\n  - id: health-proof',
      '/evidence/2/kinds/5/id',
      'doubled-id',
      '- { id: passport, name: { zh-TW: 護照, en: a passport',
    ],
    [
      'kinds of what no clerk looks at',
      '- id: app-proof\n',
      '- id: app-proof\n    kinds: [{ id: screen, name: { zh-TW: 螢幕, en: screen } }]\n',
      '/evidence/1/kinds',
      'kinds-never-asked',
      'kinds: [{ id: screen',
    ],
    [
      'a second person for what is accepted anyway',
      'accepts: [[old-card], [app-proof]]',
      'accepts: [[old-card], [id-document]]',
      '/pickup/whenNeither/0',
      'second-person-never-asked',
      'whenNeither:',
    ],
    [
      'a proxy who would have to show the phone of somebody else',
      'bring: [[proxy-id, authorization, holder-id]]',
      'bring: [[proxy-id, app-proof]]',
      '/pickup/proxy/bring/0',
      'proxy-shows-the-phone',
      'proxy:',
    ],
    [
      'a proxy for a group that is none',
      'daysGood: 7 }',
      'daysGood: 7, cohorts: [everybody-here] }',
      '/pickup/proxy/cohorts/0',
      'unknown-cohort',
      'proxy:',
    ],
    [
      'a site that is none',
      'site: gongguan, counter: dept-math',
      'site: linkou, counter: dept-math',
      '/departments/2/site',
      'unknown-site',
    ],
    [
      'a faculty that is none',
      'faculty: education',
      'faculty: schooling',
      '/departments/0/faculty',
      'unknown-faculty',
    ],
    ['a source that is none', 'source: N-REI }', 'source: N-REISSUE }', '/fees/2/source', 'unknown-source'],
    ['a mark on nothing', '  - /quietSeconds', '  - /loudSeconds', '/invented/4', 'pointer-to-nothing'],
    [
      'no cohort for everybody',
      '    when: {}',
      '    when: { kinds: [regular] }',
      '/cohorts/9/when',
      'cohort-gap',
    ],
    [
      'cohorts never reached',
      'when: { statuses: [graduated] }',
      'when:  {}',
      '/cohorts/0/when',
      'cohorts-never-reached',
    ],
    ['years turned', 'enteredThrough: 2023', 'enteredThrough: 2021', '/cohorts/6/when', 'years-turned'],
    [
      'a counter that closes before it opens',
      "from: '08:30'",
      "from: '12:30'",
      '/counters/0/hours/0',
      'closes-before-opens',
    ],
    [
      'a deadline before the start',
      '  on: 2024-03-01',
      '  on: 2023-09-11',
      '/deadline/on',
      'deadline-before-start',
    ],
    [
      'a deadline for the new card',
      '[easycard]',
      '[4k-centenary]',
      '/issued/0',
      'issued-edition-ends',
      '- { edition',
    ],
    [
      'a gap between fees',
      'until: 2023-08-01, source: N-PFA-ZH',
      'until: 2023-07-31, source: N-PFA-ZH',
      '/fees/1',
      'dates-gap',
    ],
    [
      'two fees at once',
      'until: 2023-08-01, source: N-PFA-ZH',
      'until: 2023-08-02, source: N-PFA-ZH',
      '/fees/2',
      'dates-overlap',
      'id: reissue,',
    ],
    [
      'nothing issued at first',
      'edition: 4k-centenary, from: 2023-09-11',
      'edition: 4k-centenary, from: 2023-10-01',
      '/issued/0',
      'dates-gap',
    ],
    [
      'a closure of no day',
      'from: 2024-01-01, until: 2024-01-02',
      'from: 2024-01-01, until: 2024-01-01',
      '/counters/0/closures/1',
      'dates-turned',
    ],
    [
      'a hole in a sentence',
      '補發工本費為 {fee.reissue}',
      '補發工本費為 {fee.reisue}',
      '/faq/0/answer/zh-TW',
      'unknown-value',
    ],
  ])('%s', (_, from, to, path, rule, marker) => {
    const text = changed(ntnu, from, to)
    expect(problemsIn(text)).toContainEqual(
      expect.objectContaining({ rule, path, line: lineOf(text, marker ?? to) }),
    )
  })

  it('compares windows on the days when the clocks change as well', () => {
    const text = changed(sample, "at: '12:15'", "at: '04:00'").replaceAll(
      'atMostMinutes: 45',
      'atMostMinutes: 60',
    )
    expect(problemsIn(text)).toMatchObject([
      { rule: 'windows-overlap', facts: { at: '02:30', nextAt: '04:00', on: '2025-03-09' } },
    ])
  })

  it.each([
    ['a length in both lists', '[12], chipInDecimal: [8, 12]', '/chipInDecimal/1', 'printed-length-twice'],
    ['a length of 5', '[5], chipInDecimal: []', '/digits/0', 'number-out-of-range'],
    ['a length of 21', '[12], chipInDecimal: [21]', '/chipInDecimal/0', 'number-out-of-range'],
    ['no length of its own', '[], chipInDecimal: [8]', '/digits', 'list-empty'],
  ])('printed numbers: %s', (_, printed, path, rule) => {
    const text = changed(sample, '[12], chipInDecimal: [10]', printed)
    const line = lineOf(text, 'printedNumber:')
    expect(problemsIn(text)).toMatchObject([{ rule, path: `/campus/printedNumber${path}`, line }])
  })

  it('names the item of a list that is used by several, where it is written', () => {
    const text = changed(ntnu, "from: '09:00', until: '12:00'", "from: '09:00', until: '08:00'")
    const lines = problemsIn(text).map(problem => `${problem.path} ${problem.line}`)
    const line = lineOf(text, "until: '08:00'")
    expect(lines).toEqual([3, 4, 5, 6].map(counter => `/counters/${counter}/hours/0 ${line}`))
  })
})

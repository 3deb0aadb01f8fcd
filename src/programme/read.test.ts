import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { longestProgrammeText, type Problem, readProgramme, sayInParts, sayProblem } from './read.ts'
import { type ProblemRule, words } from './words.ts'

const textOf = (name: string) =>
  readFileSync(new URL(`../../programmes/${name}.yaml`, import.meta.url), 'utf8')
const ntnu = textOf('ntnu-2023')

const problemsIn = (text: string): Problem[] => {
  const reading = readProgramme(text)
  return reading.ok ? [] : reading.problems
}
/** The programme with one passage changed; the passage must stand in it exactly once. */
const changed = (text: string, from: string, to: string): string => {
  expect(text.split(from).length - 1).toBe(1)
  return text.replace(from, to)
}
const lineOf = (text: string, marker: string) => text.slice(0, text.indexOf(marker)).split('\n').length

describe('a programme', () => {
  it.each(['ntnu-2023', 'sample-dst'])('%s reads', name => {
    expect(problemsIn(textOf(name))).toEqual([])
    expect(readProgramme(textOf(name))).toMatchObject({ ok: true, programme: { id: name } })
  })

  it('is read from JSON as well', () => {
    const reading = readProgramme(ntnu)
    if (!reading.ok) throw new Error('unreadable')
    expect(readProgramme(JSON.stringify(reading.programme))).toEqual(reading)
  })
})

describe('what must be mended, and on which line', () => {
  /** What is changed in ntnu-2023, into what, the field that is named, the rule, and what stands on the line. */
  it.each<[string, string, string, string, ProblemRule, string?]>([
    ['a colon too many', 'startsOn: 2023-09-11', 'startsOn: 2023: 11', '', 'not-yaml'],
    [
      'a field twice',
      '\ncampus:',
      '\nstartsOn: 2023-09-12\ncampus:',
      '',
      'doubled-field',
      'startsOn: 2023-09-12',
    ],
    [
      'a field missing',
      'activation: { wrongTries: 5, waitMinutes: 15 }',
      '',
      '',
      'field-missing',
      'id: ntnu-2023',
    ],
    ['a field misspelt', 'quietSeconds: 35', 'quietSecond: 35', '/quietSecond', 'field-unknown'],
    [
      'a language missing',
      '  en: Changing to the 4K student ID EasyCard\n',
      '',
      '/title',
      'language-missing',
      'title:',
    ],
    [
      'a language empty',
      'en: Changing to the 4K student ID EasyCard',
      "en: ''",
      '/title/en',
      'language-missing',
    ],
    ['a date that does not exist', '  on: 2024-03-01', '  on: 2024-02-30', '/deadline/on', 'not-a-date'],
    ['a time that does not exist', "at: '15:00'", "at: '25:00'", '/timetable/windows/2/at', 'not-a-time'],
    ['a number as text', 'Seconds: 120,', "Seconds: '120',", '/appProof/lifetimeSeconds', 'wrong-type'],
    ['a number out of range', 'quietSeconds: 35', 'quietSeconds: -1', '/quietSeconds', 'number-out-of-range'],
    ['a choice that is none', 'Again: until-produced', 'Again: perhaps', '/reissue/foundAgain', 'not-one-of'],
    ['an id with a space', 'id: dept-math\n', 'id: dept math\n', '/counters/5/id', 'wrong-form'],
    ['a form of student numbers with #', 'r: 99999999A', 'r: S-#####', '/campus/studentNumber', 'wrong-form'],
    ['an outcome of no kind', 'collect-at-department', 'anywhere', '/cohorts/9/outcome/kind', 'not-one-of'],
    [
      'an outcome without its date',
      'when: { statuses: [on-leave] }\n    outcome: { kind: wait, from: 2024-03-01,',
      'when: { statuses: [on-leave] }\n    outcome: { kind: wait, at: [registry], bring: [[old-card]] } #',
      '/cohorts/5/outcome',
      'field-missing',
      'outcome: { kind: wait, at: [registry], bring',
    ],
  ])('%s', (_, from, to, path, rule, marker) => {
    const text = changed(ntnu, from, to)
    expect(problemsIn(text)).toContainEqual(
      expect.objectContaining({ rule, path, line: lineOf(text, marker ?? to) }),
    )
  })

  it('lists all problems of one stage, in the order of their lines', () => {
    const text = changed(
      changed(ntnu, 'quietSeconds: 35', 'quietSeconds: x'),
      '  on: 2024-03-01',
      '  on: soon',
    )
    expect(problemsIn(text).map(problem => problem.path)).toEqual(['/deadline/on', '/quietSeconds'])
  })
})

describe('what is told to do', () => {
  it.each([
    ['a wrong code of a currency', 'code: TWD', 'code: euro', 'three capital letters'],
    ['an amount with its decimals', 'amount: 200', 'amount: 5e-1', 'with 0, 200 is written 200'],
    ['seconds with decimals', 'quietSeconds: 35', 'quietSeconds: 2.5', 'must be a whole number, but'],
    ['a form of student numbers with #', 'r: 99999999A', 'r: S-#####', '9 for a digit'],
    [
      'a kind of document with a digit',
      'or passport.\n    kinds:\n      - { id: national-id',
      'or passport.\n    kinds:\n      - { id: national-id-1',
      'no digits',
    ],
    ['an id with a space', 'id: dept-math\n', 'id: dept math\n', 'Ids take lower-case letters'],
  ])('of %s', (_, from, to, told) => {
    const [problem] = problemsIn(changed(ntnu, from, to))
    expect(sayProblem(problem!, 'en')).toContain(told)
    expect(sayInParts(problem!, 'zh-TW').cure).not.toBe('')
  })
})

describe('a text that is something else', () => {
  it.each<[string, string, ProblemRule]>([
    ['nothing', '', 'not-a-programme'],
    ['a list', '- one\n- two', 'not-a-programme'],
    ['a sentence', 'The quick brown fox', 'not-a-programme'],
    ['two documents', 'id: a\n---\nid: b', 'not-yaml'],
    ['a tag that nobody knows', 'id: !run ls', 'not-yaml'],
    [
      'aliases that unfold without end',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replaceAll(/./g, (key, at: number) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]\n`)}`,
      'not-yaml',
    ],
    ['too long a text', `id: ${'x'.repeat(longestProgrammeText)}`, 'text-too-long'],
    ['a key that would reach into objects', '__proto__: { polluted: true }', 'field-unknown'],
  ])('%s', (_, text, rule) => {
    expect(problemsIn(text).map(problem => problem.rule)).toContain(rule)
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  })
})

describe('what is said of a problem', () => {
  it('names the line, the field and what to do', () => {
    const [problem] = problemsIn(changed(ntnu, 'askAt: [registry,', 'askAt: [registrar,'))
    const line = problem?.line
    expect(problem && sayProblem(problem, 'en')).toBe(
      `Line ${line} (/askAt/0): There is no counter "registrar". There are: registry, graduate, gongguan-academic, dept-education, dept-chinese, dept-math, dept-csie. Correct it or add the counter.`,
    )
    expect(problem && sayProblem(problem, 'zh-TW')).toContain(
      `第 ${line} 行（/askAt/0）：沒有代號為「registrar」的櫃檯`,
    )
  })

  it('has a sentence for every rule in both languages', () => {
    expect(Object.keys(words.en.problems)).toEqual(Object.keys(words['zh-TW'].problems))
  })
})

describe('what is no programme, or would not stop', () => {
  const rulesIn = (text: string) => problemsIn(text).map(({ rule, line }) => `${rule} ${line}`)

  it.each<[string, string, string[]]>([
    ['nothing', '', ['not-a-programme 1']],
    ['a list', '- a\n- b', ['not-a-programme 1']],
    ['a NUL', `${ntnu.slice(0, 40)}\0${ntnu.slice(40)}`, ['stray-character 1']],
    ['half of a character', `id: a\ntitle: \uD83D`, ['stray-character 2']],
    [
      'a NUL written as an escape',
      changed(ntnu, 'en: Changing to the 4K student ID EasyCard', 'en: "Changing\\0"'),
      [`stray-character ${lineOf(ntnu, 'en: Changing to the 4K')}`],
    ],
    [
      'laughter: aliases of aliases',
      [
        'a: &a [x,x,x,x,x,x,x,x,x]',
        ...'bcdefghij'.split('').map((name, at) => {
          const before = `*${'abcdefghij'[at]}`
          return `${name}: &${name} [${Array(9).fill(before).join(',')}]`
        }),
      ].join('\n'),
      ['not-yaml 1'],
    ],
  ])('%s', (_, text, told) => {
    expect(rulesIn(text)).toEqual(told)
  })

  it('an alias of itself', () => {
    expect(rulesIn('id: &a [*a]')).toContain('wrong-type 1')
  })

  it.each([
    ['brackets, 50,000 deep', '['.repeat(50_000)],
    ['brackets that close', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['lists within lists', '- '.repeat(50_000)],
    ['a hundred thousand anchors', Array.from({ length: 60_000 }, (_, at) => `&a${at} x`).join('\n')],
    ['a hundred thousand fields', Array.from({ length: 60_000 }, (_, at) => `a${at}: x`).join('\n')],
    ['one endless line', 'x'.repeat(400_000)],
  ])('%s: is refused while somebody still waits', { timeout: 20_000 }, (_, text) => {
    expect(problemsIn(text).length).toBeGreaterThan(0)
  })

  it.each<[string, () => string, string]>([
    [
      '40,000 different fields',
      () => Array.from({ length: 40_000 }, (_, at) => `k${at}: 1`).join('\n'),
      'field-missing',
    ],
    ['an alias for every line', () => '- &a\n- *a\n'.repeat(40_000), 'not-yaml'],
  ])('%s are told of while somebody still waits', { timeout: 20_000 }, (_, text, rule) => {
    const rules = problemsIn(text()).map(each => each.rule)
    expect(rules.length).toBeLessThanOrEqual(200)
    expect(rules).toContain(rule)
  })
})

describe('each problem, said in two parts', () => {
  const rules = Object.keys(words.en.problems) as ProblemRule[]
  it.each(rules)('%s says what is wrong and what to do', rule => {
    const facts = { id: 'x', known: 'a, b', said: 'Nested. Twice', at: '15:00', from: '1', until: null }
    for (const language of ['zh-TW', 'en'] as const) {
      const { wrong, cure } = sayInParts({ line: 1, path: '', rule, facts }, language)
      expect(wrong.length).toBeGreaterThan(3)
      expect(cure).toMatch(/^.{3,}[.。]$/u)
    }
  })
})

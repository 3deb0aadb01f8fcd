import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { longestProgrammeText } from './read.ts'
import { check, edited, everythingOf, programmeText, publish } from './trial-publishing.ts'

let campus: TestCampus
let ntnu: string
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  ntnu = await programmeText('ntnu-2023')
})
afterAll(() => campus.close())

describe('a text that cannot be published', () => {
  it.each<
    [
      string,
      () => string,
      { line: number; path: string; rule: string; missing?: string; wrong: string; cure: string },
    ]
  >([
    [
      'a gap',
      () =>
        edited(
          ntnu,
          '  - { edition: 4k-centenary, from: 2023-09-11 }',
          '  - { edition: 4k-centenary, from: 2023-10-01 }',
        ),
      {
        line: 42,
        path: '/issued/0',
        rule: 'dates-gap',
        wrong: '"issued" has no record from 2023-09-11 until 2023-10-01.',
        cure: 'Add one or move the dates.',
      },
    ],
    [
      'a contradiction',
      () => edited(ntnu, 'editions: [easycard]', 'editions: [4k-centenary]'),
      {
        line: 42,
        path: '/issued/0',
        rule: 'issued-edition-ends',
        wrong: 'Edition "4k-centenary" is still issued and would lose campus access on 2024-03-01.',
        cure: 'Take it out of deadline.editions, or issue another.',
      },
    ],
    [
      'a typo',
      () => edited(ntnu, 'quietSeconds: 35', 'quietSecond: 35'),
      {
        line: 62,
        path: '/quietSecond',
        rule: 'field-unknown',
        wrong: 'There is no field "quietSecond".',
        cure: 'Correct its spelling or remove it.',
      },
    ],
    [
      'a field that is missing, by what the form calls it',
      () => edited(ntnu, "'01:00', usuallyMinutes: 30, atMostMinutes: 60 }", "'01:00', usuallyMinutes: 30 }"),
      {
        line: 58,
        path: '/timetable/windows/0',
        rule: 'field-missing',
        missing: 'atMostMinutes',
        wrong: 'The field "minutes at most" (atMostMinutes) is missing.',
        cure: 'Add it.',
      },
    ],
    [
      'what is not YAML',
      () => 'Dear colleagues: please find: attached',
      {
        line: 1,
        path: '',
        rule: 'not-yaml',
        wrong: expect.stringContaining('The YAML cannot be read here') as string,
        cure: 'Check indentation, quotes and colons.',
      },
    ],
    [
      'one character too many',
      () => 'x'.repeat(longestProgrammeText + 1),
      {
        line: 1,
        path: '',
        rule: 'text-too-long',
        wrong: 'The file has more than 500000 characters.',
        cure: 'Check that it is the right file, or remove what is not needed.',
      },
    ],
    [
      'as many of the characters that JSON writes longest',
      () => '\u0001'.repeat(longestProgrammeText + 1),
      {
        line: 1,
        path: '',
        rule: 'text-too-long',
        wrong: expect.any(String) as string,
        cure: expect.any(String) as string,
      },
    ],
    [
      'laughter: aliases that unfold into gigabytes',
      () =>
        ['a0: &a0 [x,x,x,x,x,x,x,x,x]']
          .concat(Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`))
          .join('\n'),
      {
        line: 1,
        path: '',
        rule: 'not-yaml',
        wrong: expect.any(String) as string,
        cure: expect.any(String) as string,
      },
    ],
    [
      'brackets within brackets',
      () => '['.repeat(100_000),
      {
        line: 1,
        path: '',
        rule: 'nested-too-deep',
        wrong: 'Brackets or indentation are nested too deep.',
        cure: 'Check that it is the right file.',
      },
    ],
    [
      'a character that no database keeps',
      () => `id: a\n# \0\n${ntnu}`,
      {
        line: 2,
        path: '',
        rule: 'stray-character',
        wrong: expect.any(String) as string,
        cure: expect.any(String) as string,
      },
    ],
  ])('%s: line, place, what is wrong, what to do', async (_, text, problem) => {
    const before = await everythingOf(campus)
    const source = text()
    const { status, body } = await check(campus, source)
    expect(status).toBe(200)
    expect(body.problems).toContainEqual(problem)
    expect(body).toMatchObject({ comparedWith: 1, seal: null, changes: [], brings: null })
    const published = await publish(campus, source, { comparedWith: 1, seal: 'x' })
    expect(published).toMatchObject({ status: 409, body: { refusal: 'programme-has-problems' } })
    expect(published.body.message).toContain(`the first on line ${body.problems[0]!.line}`)
    expect(await everythingOf(campus)).toBe(before)
  })

  it('is told in Chinese as well', async () => {
    const { body } = await check(campus, edited(ntnu, 'quietSeconds: 35', 'quietSecond: 35'), {
      language: 'zh-TW',
    })
    expect(body.problems).toContainEqual({
      line: 62,
      path: '/quietSecond',
      rule: 'field-unknown',
      wrong: '不認得欄位「quietSecond」。',
      cure: '請改正拼字或刪除。',
    })
    const { body: refused } = await publish(
      campus,
      'x',
      { comparedWith: 1, seal: 'x' },
      { language: 'zh-TW' },
    )
    expect(refused.message).toContain('檔案有 1 個問題（第一個在第 1 行），因此沒有發布。')
  })

  it('a body beyond all limits is refused unread', async () => {
    const { status, body } = await check(campus, 'x'.repeat(longestProgrammeText * 7))
    expect([status, body.refusal]).toEqual([413, 'too-large'])
  })
})

describe('a text whose days, hours or fees do not fit together names the sentence and the line', () => {
  let harbour: string
  beforeAll(async () => {
    harbour = await programmeText('sample-dst')
  })
  const lineOf = (text: string, passage: string): number =>
    text.slice(0, text.indexOf(passage)).split('\n').length

  it.each<[string, { from: string; to: string; line: string; path: string; wrong: string }]>([
    [
      'two waves that call the same people on the same days',
      {
        from: 'who: { enteredFrom: 2022, enteredThrough: 2023 }\n    at: [card-office]\n    from: 2024-09-16',
        to: 'who: { enteredFrom: 2021, enteredThrough: 2023 }\n    at: [card-office]\n    from: 2024-09-12',
        line: '- id: younger',
        path: '/waves/1',
        wrong:
          'The waves "younger" and "older" overlap at one counter from 2024-09-12 on, and some people would belong to both.',
      },
    ],
    [
      'a counter that closes before it opens',
      {
        from: "{ days: [fri], from: '09:00', until: '13:00' }",
        to: "{ days: [fri], from: '13:00', until: '09:00' }",
        line: "{ days: [fri], from: '13:00'",
        path: '/counters/0/hours/1',
        wrong: 'Counter "card-office" opens at 13:00 and closes at 09:00.',
      },
    ],
    [
      'a deadline before the first wave',
      {
        from: 'on: 2025-03-10',
        to: 'on: 2024-09-05',
        line: 'on: 2024-09-05',
        path: '/deadline/on',
        wrong:
          'The deadline 2024-09-05 is not after the first wave (2024-09-09): old cards would stop opening doors before anybody has collected.',
      },
    ],
    [
      'days without a fee',
      {
        from: 'amount: 2500, from: 2024-09-01, until: 2025-01-01',
        to: 'amount: 2500, from: 2024-09-01, until: 2024-12-20',
        line: '- { id: reissue, for: reissue',
        path: '/fees/1',
        wrong: '"reissue" has no record from 2024-12-20 until 2025-01-01.',
      },
    ],
  ])('%s', async (_, { from, to, line, path, wrong }) => {
    const text = edited(harbour, from, to)
    const { body } = await check(campus, text)
    expect(body.problems).toMatchObject([{ line: lineOf(text, line), path, wrong }])
    expect(body.problems[0]!.cure).not.toBe('')
    const zh = await check(campus, text, { language: 'zh-TW' })
    expect(zh.body.problems).toHaveLength(1)
    expect(zh.body.problems[0]!.wrong).toMatch(/\p{Script=Han}/u)
    expect((await publish(campus, text, { comparedWith: 1, seal: 'x' })).body).toMatchObject({
      refusal: 'programme-has-problems',
    })
  })
})

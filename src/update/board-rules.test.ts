import { describe, expect, it } from 'vitest'
import { boardRefusals, judgeMet, mayReplaceBoard, type ReplaceFacts } from './board-rules.ts'
import { boardWords } from './board-words.ts'
import { mayRelease, restoreRefusals, signOfRestore } from './restored-rules.ts'
import { restoredWords } from './restored-words.ts'

const known = { mac: '00:66:aa:00:00:01', firmware: '8.92' }
const said = { answer: 'answers', serial: 7, ...known, madeOn: null } as const

describe('who was met', () => {
  it.each([
    ['the board that is known', known, said, 'known'],
    ['the first one ever', null, said, 'first'],
    ['another number', known, { ...said, serial: 8 }, 'other-serial'],
    ['another number, the first time', null, { ...said, serial: 8 }, 'other-serial'],
    ['another hardware address', known, { ...said, mac: '00:66:aa:00:00:02' }, 'other-board'],
    ['another firmware', known, { ...said, firmware: '6.62' }, 'other-board'],
    ['nobody', known, { answer: 'unreachable' }, 'unreachable'],
    ['a make that cannot say', null, { answer: 'cannot-say' }, 'known'],
  ] as const)('%s', (_, expected, met, judged) => {
    expect(judgeMet({ serial: 7, known: expected }, met)).toBe(judged)
  })
})

describe('a board is replaced', () => {
  const seen = { serial: 9, mac: '00:66:aa:00:00:02' }
  const facts: ReplaceFacts = { stranger: { ...seen, how: 'other-serial' }, seen, belongsTo: null }
  it('by the one that was looked at', () => expect(mayReplaceBoard(facts)).toMatchObject({ ok: true }))
  it.each<[string, Partial<ReplaceFacts>, string]>([
    ['nobody stands there, and all else is wrong', { stranger: null, belongsTo: 3 }, 'no-such-stranger'],
    [
      'it only answered elsewhere',
      { stranger: { ...seen, serial: 0, how: 'elsewhere' }, belongsTo: 3 },
      'stranger-elsewhere',
    ],
    [
      'it is another one by now',
      { stranger: { ...seen, serial: 8, how: 'other-serial' }, belongsTo: 3 },
      'stranger-changed',
    ],
    ['it is another controller’s', { belongsTo: 3 }, 'serial-of-another'],
    [
      'its number is none',
      { stranger: { ...seen, serial: 0, how: 'other-serial' }, seen: { ...seen, serial: 0 } },
      'serial-is-none',
    ],
  ])('not where %s', (_, change, refusal) => {
    expect(mayReplaceBoard({ ...facts, ...change })).toMatchObject({ ok: false, refusal })
  })
})

describe('a database was brought back', () => {
  const home = { server: '1', timeline: 1 }
  it.each([
    ['lacks what was written, wherever it is', { server: '2', timeline: 9 }, true, 'journal-behind'],
    ['is on another server', { server: '2', timeline: 1 }, false, 'other-server'],
    ['is on another timeline', { server: '1', timeline: 2 }, false, 'other-timeline'],
    ['is where it was', home, false, null],
  ])('where it %s', (_, is, lacksWritten, sign) => {
    expect(signOfRestore(home, is, { lacksWritten })).toBe(sign)
    if (!lacksWritten) expect(signOfRestore(null, is, { lacksWritten })).toBeNull()
  })

  const facts = { reason: 'compared', waiting: 2, read: 1, seal: { shown: 'a', now: 'a' } }
  it.each([
    [{ waiting: 0, read: 0, reason: '' }, 'nothing-restored'],
    [{ read: 0, reason: ' ' }, 'release-needs-reason'],
    [{ read: 0, seal: { shown: 'a', now: 'b' } }, 'nothing-read-since'],
    [{ seal: { shown: 'a', now: 'b' } }, 'difference-changed'],
  ])('and is not let go: %j is %s', (change, refusal) => {
    expect(mayRelease({ ...facts, ...change })).toMatchObject({ ok: false, refusal })
  })
})

it('every refusal says in both languages what happened, and what to do', () => {
  const facts = { serial: 9, mac: '00:66:aa:00:00:02', controller: 423_100_001, waiting: 12 }
  for (const language of ['zh-TW', 'en'] as const) {
    const sentences = [
      ...boardRefusals.map(refusal => boardWords[language].refusal[refusal](facts)),
      ...restoreRefusals.map(refusal => restoredWords[language].refusal[refusal](facts)),
    ]
    for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|\[object/u)
    expect(new Set(sentences).size).toBe(sentences.length)
  }
  expect(boardWords.en.refusal['serial-of-another'](facts)).toContain('423100001')
})

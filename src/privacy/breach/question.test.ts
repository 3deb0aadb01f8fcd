import { describe, expect, it } from 'vitest'
import { readDataMap } from '../data-map.ts'
import { breachRefusalWords } from '../words.ts'
import { heldIn, nameNobody } from './links.ts'
import {
  type BreachRefusal,
  type BreachSaid,
  breachRefusals,
  readBreachQuestion,
  tablesOfPeople,
} from './question.ts'

/* What an operator may ask about a loss of data, and what they are told where it cannot be answered. */

const map = await readDataMap()
const about = { zone: 'Europe/Berlin', now: Temporal.Instant.from('2026-12-01T00:00:00Z'), map }
const good: BreachSaid = { from: '2026-11-01T00:00', to: '2026-11-02T12:00', account: 'amy', out: 'pack' }
const read = (changed: BreachSaid) => readBreachQuestion({ ...good, ...changed }, about)

describe('a question about a loss of data', () => {
  it('is about a time of the campus, and whose looks', () => {
    expect(read({ role: 'desk', why: ' ticket 12 ' })).toEqual({
      ok: true,
      question: {
        from: Temporal.Instant.from('2026-10-31T23:00:00Z'),
        to: Temporal.Instant.from('2026-11-02T11:00:00Z'),
        account: 'amy',
        role: 'desk',
        tables: [],
        out: 'pack',
        why: 'ticket 12',
      },
    })
  })

  it('leaves nobody out where clocks turn back: 02:30 is the first as a beginning, the second as an end', () => {
    const decision = read({ from: '2026-10-25T02:30', to: '2026-10-25T02:30' })
    expect(decision).toMatchObject({
      question: {
        from: Temporal.Instant.from('2026-10-25T00:30:00Z'),
        to: Temporal.Instant.from('2026-10-25T01:30:00Z'),
      },
    })
  })

  it('may be of some tables, each once', () => {
    expect(read({ account: undefined, table: ['photo', 'tap', 'photo'] })).toMatchObject({
      question: { account: null, tables: ['photo', 'tap'] },
    })
  })

  it.each<[BreachRefusal, BreachSaid]>([
    ['no-from', { from: undefined }],
    ['no-to', { to: undefined }],
    ['not-a-time', { from: 'yesterday' }],
    ['not-a-time', { to: '2026-02-30T00:00' }],
    ['not-a-time', { to: '2026-11-02T12:00+08:00' }],
    ['ends-before-it-begins', { to: '2026-11-01T00:00' }],
    ['begins-later', { from: '2026-12-24T00:00', to: '2026-12-25T00:00' }],
    ['too-long', { from: '2020-01-01T00:00' }],
    ['account-and-table', { table: ['photo'] }],
    ['not-an-account', { account: 'desk:amy' }],
    ['unknown-role', { role: 'king' }],
    ['unknown-table', { account: undefined, table: ['diary'] }],
    ['table-of-nobody', { account: undefined, table: ['update_window'] }],
    ['too-much-why', { why: 'x'.repeat(201) }],
    ['too-much-why', { why: 'a\nb' }],
    ['no-folder', { out: undefined }],
  ])('is refused with %s', (refusal, changed) => {
    const decision = read(changed)
    expect(decision).toMatchObject({ ok: false, refusal })
    if (!decision.ok)
      for (const language of ['zh-TW', 'en'] as const)
        expect(breachRefusalWords[language][refusal](decision.facts)).not.toContain('undefined')
  })

  it('tells what is missing in the order of the list', () => {
    const refusals = [{}, { from: good.from }].map(said => {
      const decision = readBreachQuestion(said, about)
      return decision.ok ? null : decision.refusal
    })
    expect(refusals).toEqual(breachRefusals.slice(0, 2))
  })
})

describe('every table of people', () => {
  it('leads to them in each of its categories, or is known to name nobody', () => {
    const held = new Set(heldIn(map, []).map(({ table }) => table))
    expect([...tablesOfPeople(map)].filter(table => !held.has(table))).toEqual(nameNobody)
  })
})

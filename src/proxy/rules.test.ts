import { describe, expect, it } from 'vitest'
import { type Decision, no } from '../lib/decision.ts'
import {
  type CodeFacts,
  type FoundProxy,
  goodUntil,
  lastDayOf,
  longestName,
  mayHaveProxy,
  mayName,
  type NamingFacts,
  namingsADay,
  proxyStands,
  showsCode,
} from './rules.ts'

const now = Temporal.Instant.from('2023-10-18T03:00:00Z')
const zone = 'Asia/Taipei'
const rules = { allowed: true, for: ['first-card'] } as NamingFacts['rules']
const eligible = { ok: true, cohort: 'entered-2021' } as NamingFacts['eligible']
const notNow = {
  ...no('collected'),
  errand: { cohort: 'entered-2021' },
} as unknown as NamingFacts['eligible']
const facts: NamingFacts = {
  rules,
  eligible,
  errand: 'first-card',
  holder: ['示例生 甲01', 'Sample One'],
  live: null,
  namedWithinADay: 0,
}
const typed = { name: 'Example Proxy', email: '' }
const live = { name: 'Example Proxy', email: null }

const reason = (decision: Decision<object, string>): string => (decision.ok ? 'yes' : decision.refusal)

describe('whether somebody may be named', () => {
  it.each<[string, Partial<NamingFacts>, string]>([
    ['a card lies ready', {}, 'yes'],
    ['the programme knows no proxies', { rules: { ...rules, allowed: false } }, 'proxies-not-allowed'],
    ['another kind of card', { errand: 'reissue' }, 'proxies-not-for-this-card'],
    ['another group', { rules: { ...rules, cohorts: ['others'] } }, 'proxies-not-for-this-group'],
    ['the group that may', { rules: { ...rules, cohorts: ['entered-2021'] } }, 'yes'],
    ['nothing to collect', { eligible: notNow }, 'nothing-to-collect-now'],
    [
      'nothing to collect, nor the group',
      { eligible: notNow, rules: { ...rules, cohorts: ['x'] } },
      'proxies-not-for-this-group',
    ],
  ])('%s', (_, change, expected) => {
    expect(reason(mayHaveProxy({ ...facts, ...change }))).toBe(expected)
  })

  it.each<[string, Partial<typeof typed>, Partial<NamingFacts>, string]>([
    ['a name alone', {}, {}, 'yes'],
    ['a name of one script and a dot', { name: '瑪麗亞·示例' }, {}, 'yes'],
    ['no name', { name: '  ' }, {}, 'name-missing'],
    ['one letter', { name: 'X' }, {}, 'name-missing'],
    ['the longest', { name: 'x'.repeat(longestName) }, {}, 'yes'],
    ['longer', { name: 'x'.repeat(longestName + 1) }, {}, 'name-too-long'],
    ['markup', { name: '<b>Proxy</b>' }, {}, 'name-not-a-name'],
    ['an address as a name', { name: 'www.example.org/x' }, {}, 'name-not-a-name'],
    ['an address of letters alone', { name: 'www.x.y' }, {}, 'name-not-a-name'],
    ['a short address', { name: 'see t.co' }, {}, 'name-not-a-name'],
    ['an address with a blank before it', { name: 'Proxy example.org' }, {}, 'name-not-a-name'],
    ['initials', { name: 'J.R.R. Proxy' }, {}, 'yes'],
    ['a title', { name: 'St. Proxy, Jr.' }, {}, 'yes'],
    ['the own name', { name: 'sample  one' }, {}, 'name-is-the-holders'],
    ['the own name in Chinese', { name: '示例生甲01'.normalize('NFC') }, {}, 'name-not-a-name'],
    ['an address', { email: 'proxy@example.org' }, {}, 'yes'],
    ['half an address', { email: 'proxy@' }, {}, 'address-not-one'],
    ['two addresses', { email: 'a@example.org, b@example.org' }, {}, 'address-not-one'],
    ['somebody else is named', { name: 'Other Person' }, { live }, 'proxy-named-already'],
    ['the same with another address', { email: 'proxy@example.org' }, { live }, 'proxy-named-already'],
    ['the same again, written otherwise', { name: ' EXAMPLE  proxy ' }, { live }, 'yes'],
    ['the last one of a day', {}, { namedWithinADay: namingsADay - 1 }, 'yes'],
    ['one more', {}, { namedWithinADay: namingsADay }, 'named-too-often'],
    ['the same again after so many', {}, { live, namedWithinADay: namingsADay }, 'yes'],
  ])('%s', (_, change, known, expected) => {
    expect(reason(mayName({ ...facts, ...known }, { ...typed, ...change }))).toBe(expected)
  })

  it('says whether it is the same naming again, and tidies the name', () => {
    expect(mayName(facts, { name: ' Example   Proxy', email: ' ' })).toMatchObject({
      again: false,
      name: 'Example Proxy',
      email: null,
    })
    expect(mayName({ ...facts, live }, typed)).toMatchObject({ again: true })
  })
})

describe('how long', () => {
  it('a naming is good to the end of its last day on the campus’s clocks', () => {
    const until = goodUntil(now, { daysGood: 7, zone })
    expect(until.toString()).toBe('2023-10-24T16:00:00Z')
    expect(lastDayOf(until, zone).toString()).toBe('2023-10-24')
    expect(goodUntil(now, { daysGood: 1, zone }).toString()).toBe('2023-10-18T16:00:00Z')
  })

  it('a day is as long as its clocks make it', () => {
    const before = Temporal.Instant.from('2024-10-26T10:00:00Z')
    expect(goodUntil(before, { daysGood: 2, zone: 'Europe/Berlin' }).toString()).toBe('2024-10-27T23:00:00Z')
  })

  it('the code is shown for ten minutes', () => {
    expect(showsCode(now, now.add({ minutes: 10 }).subtract({ nanoseconds: 1 }))).toBe(true)
    expect(showsCode(now, now.add({ minutes: 10 }))).toBe(false)
  })
})

describe('what a code tells at the desk', () => {
  const found: FoundProxy = {
    id: 1,
    personId: 2,
    name: 'Example Proxy',
    language: 'en',
    errand: 'first-card',
    errandNow: 'first-card',
    goodUntil: now.add({ hours: 1 }),
    endedAs: null,
    namedBy: 'student:2',
    ended: '11:00',
  }
  const code: CodeFacts = { shutUntil: null, found, rules, by: 'desk:one', now }
  it.each<[string, Partial<CodeFacts>, string]>([
    ['good', {}, 'yes'],
    ['too many guesses, whatever it is', { shutUntil: '11:15' }, 'proxy-too-many-tries'],
    ['nobody’s', { found: null }, 'proxy-code-unknown'],
    ['used', { found: { ...found, endedAs: 'used' } }, 'proxy-code-used'],
    ['withdrawn', { found: { ...found, endedAs: 'withdrawn' } }, 'proxy-code-withdrawn'],
    ['not needed', { found: { ...found, endedAs: 'collected' } }, 'proxy-card-collected'],
    ['cancelled', { found: { ...found, endedAs: 'cancelled' } }, 'proxy-reissue-cancelled'],
    ['lapsed, and written down', { found: { ...found, endedAs: 'lapsed' } }, 'proxy-code-lapsed'],
    ['lapsed this moment', { found: { ...found, goodUntil: now } }, 'proxy-code-lapsed'],
    ['good for a moment more', { found: { ...found, goodUntil: now.add({ nanoseconds: 1 }) } }, 'yes'],
    ['named for the holder by another clerk', { found: { ...found, namedBy: 'desk:two' } }, 'yes'],
    [
      'named for the holder by who now serves',
      { found: { ...found, namedBy: 'desk:one' } },
      'proxy-named-by-you',
    ],
    ['no proxies any more', { rules: { ...rules, allowed: false } }, 'proxy-not-allowed-now'],
    ['not for a reissue', { found: { ...found, errandNow: 'reissue' } }, 'proxy-not-allowed-now'],
    [
      'made for the first card, and a reissue waits',
      { rules: { ...rules, for: ['first-card', 'reissue'] }, found: { ...found, errandNow: 'reissue' } },
      'proxy-for-another-card',
    ],
  ])('%s', (_, change, expected) => {
    expect(reason(proxyStands({ ...code, ...change }))).toBe(expected)
  })
})

import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readProgramme } from '../programme/read.ts'
import type { Programme } from '../programme/shape.ts'
import { privacyLaws } from '../programme/shape-privacy.ts'
import { categoryWords } from './category-words.ts'
import { readDataMap } from './data-map.ts'
import { keptWords, lengthOfSetting } from './kept-words.ts'
import { itemsOfLaw, missingItems, type PrivacyNoticed, privacyNotice } from './notice-of.ts'

/* The notice says what each law asks for, of every category of the data map, in both languages, and of the periods what forgets. */

const map = await readDataMap()
const textOf = (name: string): Promise<string> =>
  readFile(new URL(`../../programmes/${name}.yaml`, import.meta.url), 'utf8')
const [ntnu, sample] = [await textOf('ntnu-2023'), await textOf('sample-dst')]

function programmeOf(text: string): Programme {
  const reading = readProgramme(text)
  if (!reading.ok) throw new Error(JSON.stringify(reading))
  return reading.programme
}
const noticeOf = (programme: Programme, of = map): PrivacyNoticed => privacyNotice(programme, 3, of)!

/** The programme with some of it otherwise. */
function changed(change: (programme: Programme) => void): Programme {
  const copy = structuredClone(programmeOf(sample))
  change(copy)
  return copy
}

describe('the notice', () => {
  it.each(privacyLaws)('says everything that the %s asks for, and cites where it does', law => {
    const notice = noticeOf(programmeOf(sample))
    expect(notice.laws).toContain(law)
    expect(missingItems(notice, law)).toEqual([])
    for (const [item, where] of Object.entries(itemsOfLaw[law]))
      expect(notice.items.find(each => each.item === item)?.asked).toContainEqual(where)
  })

  it('of the change at NTNU says everything that the PDPA asks for, names purpose 158, and that it is a sample', () => {
    const notice = noticeOf(programmeOf(ntnu))
    expect(missingItems(notice, 'pdpa')).toEqual([])
    expect(notice.unconfirmed).toBe(true)
    expect(notice.items.find(({ item }) => item === 'purposes')?.lines[0]?.['zh-TW']).toMatch(/^158 學生/)
  })

  it.each<[string, (notice: PrivacyNoticed) => void]>([
    ['is not there', notice => notice.items.splice(0, 1)],
    [
      'has an empty line in English',
      notice => {
        notice.items[0]!.lines[0] = { 'zh-TW': '本校', en: ' ' }
      },
    ],
  ])('would be caught where what a law asks for %s', (_, change) => {
    const notice = structuredClone(noticeOf(programmeOf(sample)))
    change(notice)
    expect(missingItems(notice, 'gdpr')).toEqual(['controller'])
  })

  it('has every category of the data map with its words and its readers', () => {
    const { categories } = noticeOf(programmeOf(sample))
    expect(categories.map(({ id }) => id)).toEqual(map.categories)
    for (const { name, comprises, kept } of categories) {
      for (const said of [name, comprises, ...kept])
        for (const text of Object.values(said)) expect(text).toMatch(/\S/)
      expect(kept.length).toBeGreaterThan(0)
    }
    const photo = categories.find(({ id }) => id === 'photo')!
    expect(photo.readers.map(({ en }) => en)).toEqual(['you yourself', 'Desk clerk', 'Card office'])
    // No role of a student reads it: Gatehouse reads it for them.
    const taps = categories.find(({ id }) => id === 'movements')!
    expect(taps.readers.map(({ en }) => en)).toEqual(['you yourself', 'Access administrator', 'Auditor'])
  })

  it('has no words for a category or a rule that the data map does not have', () => {
    expect(Object.keys(categoryWords).toSorted()).toEqual(map.categories.toSorted())
    expect(Object.keys(keptWords).toSorted()).toEqual(Object.keys(map.kept).toSorted())
  })

  it('is not made of a map with a category, or a rule, that has no words', () => {
    const more = structuredClone(map)
    more.categories.push('weather')
    expect(() => noticeOf(programmeOf(sample), more)).toThrow(
      'The category weather of the data map has no words.',
    )
    const rule = structuredClone(map)
    rule.kept.fog = { says: 'until it lifts', forgets: 'row' }
    rule.tables.tap!.kept = 'fog'
    expect(() => noticeOf(programmeOf(sample), rule)).toThrow('The rule fog of the data map has no words.')
  })

  it.each<[category: string, retention: Partial<Record<string, number | undefined>>, said: string]>([
    ['photo', { photoDays: 7 }, '7 days after it was declined or replaced'],
    ['signature', { signatureDays: 1 }, '1 day after you signed'],
    ['movements', { eventMonths: 5 }, '5 months'],
    ['movements', { eventMonths: undefined }, '3 months'],
    ['proxy', { proxyDays: 11 }, '11 days after the naming ended'],
    ['proxy', { proxyDays: undefined }, '90 days after the naming ended'],
    ['refund', { refundDays: 40 }, '40 days after it was paid'],
    ['identity', { leaverMonths: 9 }, '9 months after you graduated'],
    ['record', { lookMonths: 8 }, '8 months'],
  ])('says of %s how long it is kept by the programme in force', (category, retention, said) => {
    const found = noticeOf(
      changed(programme => {
        Object.assign(programme.retention, retention)
      }),
    ).categories.find(({ id }) => id === category)!
    expect(found.kept.map(({ en }) => en).join('; ')).toContain(said)
  })

  it('knows how long each setting of the data map is', () => {
    const settings = Object.values(map.kept).flatMap(({ setting }) => setting ?? [])
    const programme = programmeOf(sample)
    for (const setting of settings) expect(lengthOfSetting(programme, setting), setting).toBeGreaterThan(0)
    const text = JSON.stringify(noticeOf(programme))
    expect(text).not.toContain('{…}')
  })

  it('is none where the programme says nothing of it', () => {
    expect(
      privacyNotice(
        changed(programme => {
          delete programme.privacy
        }),
        3,
        map,
      ),
    ).toBeNull()
  })
})

describe('a programme', () => {
  const problemsOf = (change: (document: { privacy: Record<string, unknown> }) => void) => {
    const document = parse(sample) as { privacy: Record<string, unknown> }
    change(document)
    const reading = readProgramme(JSON.stringify(document))
    return reading.ok ? [] : reading.problems.map(({ rule, facts }) => [rule, facts])
  }

  it.each<[string, (document: { privacy: Record<string, unknown> }) => void, [string, object]]>([
    [
      'names the GDPR and no officer',
      ({ privacy }) => delete privacy.officer,
      ['law-asks-more', { law: 'GDPR', field: 'officer' }],
    ],
    [
      'names the GDPR and no authority',
      ({ privacy }) => delete privacy.authority,
      ['law-asks-more', { law: 'GDPR', field: 'authority' }],
    ],
    [
      'names the PDPA and no purpose by its number',
      ({ privacy }) => {
        for (const purpose of privacy.purposes as { code?: string }[]) delete purpose.code
      },
      ['law-asks-more', { law: 'PDPA', field: 'code' }],
    ],
    [
      'names a recipient twice',
      ({ privacy }) => (privacy.recipients as object[]).push((privacy.recipients as object[])[0]!),
      ['doubled-id', { id: 'issuer' }],
    ],
  ])('is refused where it %s', (_, change, [rule, facts]) => {
    expect(problemsOf(change)).toEqual([[rule, expect.objectContaining(facts)]])
  })

  it('is taken as it is', () => expect(problemsOf(() => {})).toEqual([]))
})

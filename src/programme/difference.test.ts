import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sayChoice } from './choice-words.ts'
import { differenceBetween } from './difference.ts'
import { choicesOf, type Schema, shapeOfAll } from './editor-form.ts'
import { fieldWords } from './field-words.ts'
import { readProgramme } from './read.ts'
import { sayChange } from './say-difference.ts'
import { type Programme, ProgrammeShape } from './shape.ts'

const text = readFileSync(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8')
const reading = readProgramme(text)
if (!reading.ok) throw new Error('unreadable')
const ntnu = reading.programme

/** The differences after a change, each as "where: before → after". */
function said(change: (draft: Programme) => void, language: 'zh-TW' | 'en' = 'en'): string[] {
  const after = structuredClone(ntnu)
  change(after)
  return differenceBetween(ntnu, after).map(each => {
    const told = sayChange(each, { before: ntnu, after, language })
    return `${told.path} | ${told.where} | ${told.before} → ${told.after}`
  })
}

it.each<[string, (draft: Programme) => void, string[]]>([
  ['nothing', () => {}, []],
  [
    'a date is said as a date',
    draft => {
      draft.deadline.on = '2024-03-08'
    },
    ['/deadline/on | deadline, date | 1 March 2024 → 8 March 2024'],
  ],
  [
    'an item of a list is named by its id, and by its name',
    draft => {
      draft.counters[0]!.place.en = 'Heping, Administration Building 2, 1F'
    },
    [
      '/counters/registry/place/en | counters, Registration Division, place, English | Heping, Administration Building 1, 1F → Heping, Administration Building 2, 1F',
    ],
  ],
  [
    'an amount is said as money',
    draft => {
      draft.fees.find(({ id }) => id === 'reissue')!.amount = 250
    },
    ['/fees/reissue/amount | fees, reissue fee, amount | NT$200 → NT$250'],
  ],
  [
    'an update at another time',
    draft => {
      draft.timetable.windows[1]!.at = '11:00'
    },
    [
      '/timetable/windows/1 | door updates, updates, 2 | at: 10:00, usual minutes: 30, minutes at most: 60 → at: 11:00, usual minutes: 30, minutes at most: 60',
    ],
  ],
  [
    'a department of another faculty',
    draft => {
      draft.departments.find(({ id }) => id === 'csie')!.faculty = 'technology'
    },
    [
      '/departments/csie/faculty | departments, Department of Computer Science and Information Engineering, faculty | College of Science → College of Technology and Engineering',
    ],
  ],
  [
    'something added and something removed',
    draft => {
      draft.contacts = []
      draft.editions.push({ id: 'five', generation: 3, name: { 'zh-TW': '五', en: 'fifth card' } })
    },
    [
      '/editions/five | editions, fifth card | null → fifth card',
      ...ntnu.contacts.map(({ id, name }) => `/contacts/${id} | contacts, ${name.en} | ${name.en} → null`),
    ],
  ],
  [
    'another order of the groups, which decides',
    draft => {
      draft.cohorts.splice(0, 2, draft.cohorts[1]!, draft.cohorts[0]!)
      draft.cohorts.splice(2)
    },
    expect.arrayContaining([
      '/cohorts | groups | order: Graduates, Withdrawn or left → order: Withdrawn or left, Graduates',
    ]) as string[],
  ],
  [
    'what is accepted as proof',
    draft => {
      draft.pickup.accepts = [['old-card']]
    },
    [expect.stringContaining('/pickup/accepts | collecting, accepted | ') as string],
  ],
])('%s', (_, change, told) => {
  expect(said(change)).toEqual(told)
})

it('is said in Chinese too', () => {
  const told = said(draft => {
    draft.deadline.on = '2024-03-08'
    draft.pickup.keepsOldCard = false
  }, 'zh-TW')
  expect(told).toEqual([
    '/deadline/on | 截止日／日期 | 2024年3月1日 → 2024年3月8日',
    '/pickup/keepsOldCard | 領取／保留舊卡 | 是 → 否',
  ])
})

it('calls the counters at which a wave is, or a reissue, counters and not a time of day', () => {
  const counters = (draft: Programme) => {
    draft.reissue.at = ['gongguan-academic']
    draft.timetable.windows[0]!.at = '09:30'
  }
  expect(said(counters, 'zh-TW').map(each => each.split(' | ')[1])).toEqual([
    '門禁更新時段／時段／1',
    '補發／櫃檯',
  ])
})

it('does not mind in which order fields are written, nor that a document went through the database', () => {
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, each]) => [key, turned(each)]),
          )
        : value
  expect(differenceBetween(turned(ntnu) as Programme, ntnu)).toEqual([])
})

it('lists everything where nothing was in force', () => {
  const all = differenceBetween(null, ntnu)
  expect(all.map(({ path }) => path[0])).toEqual(Object.keys(ntnu))
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['added']))
})

it('has a word in both languages for every field that a programme can have', () => {
  const fields = new Set<string>()
  const walk = (shape: unknown): void => {
    if (typeof shape !== 'object' || shape === null) return
    for (const [key, value] of Object.entries(shape)) {
      if (key === 'properties') for (const name of Object.keys(value as object)) fields.add(name)
      walk(value)
    }
  }
  walk(ProgrammeShape)
  expect(fields.size).toBeGreaterThan(80)
  for (const language of ['zh-TW', 'en'] as const)
    expect([...fields].filter(field => !fieldWords[language][field])).toEqual([])
})

describe('what is chosen', () => {
  /** Every choice that the shape has, with a way to a value of it. */
  function* choices(
    schema: Schema,
    path: readonly string[] = [],
  ): Generator<{ path: string[]; value: string }> {
    if (schema.items?.enum === undefined)
      for (const value of choicesOf(schema)) yield { path: [...path], value }
    for (const [name, each] of Object.entries(schema.properties ?? {})) yield* choices(each, [...path, name])
    if (schema.items) yield* choices(schema.items, [...path, '0'])
    for (const each of schema.anyOf ?? []) yield* choices(each, path)
  }
  const all = [...choices(shapeOfAll)]
  const told = (path: readonly string[], after: unknown, language: 'zh-TW' | 'en') =>
    sayChange({ path, kind: 'changed', before: undefined, after }, { before: null, after: ntnu, language })

  it('is never said by its code, whichever the choice, alone, in a list, or as a part of something', () => {
    expect(all.length).toBeGreaterThan(70)
    for (const { path, value } of all)
      for (const language of ['zh-TW', 'en'] as const) {
        const names = path.filter(part => part !== '0')
        const word = sayChoice(names, value, language)
        expect(word, `${path.join('/')} ${value}`).toBeTruthy()
        if (language === 'zh-TW' && value !== 'iban') expect(word).toMatch(/\p{Script=Han}/u)
        expect(told(path, value, language).after).toBe(word)
        const [field, ...outside] = path.toReversed()
        const holder = field === '0' ? [value] : { [field!]: value }
        expect(told(outside.toReversed(), holder, language).after).toMatch(new RegExp(`${word}$`, 'u'))
      }
  })

  it('means by its field what it means there', () => {
    expect(told(['fees', 'reissue', 'for'], 'reissue', 'zh-TW').after).toBe('補發工本費')
    expect(told(['pickup', 'proxy', 'for'], ['first-card', 'reissue'], 'zh-TW').after).toBe(
      '換發的新卡、補換發的卡',
    )
  })
})

it('says which values are to be confirmed by what they are called, and of all of them, the whole programme', () => {
  const all = (draft: Programme) => {
    draft.invented = ['']
  }
  expect(said(all)[0]).toMatch(/^\/invented \| values to be confirmed \| .* → the whole programme$/)
  expect(said(all, 'zh-TW')[0]).toMatch(/^\/invented \| 待確認的值 \| .* → 整份作業$/)
  const two = (draft: Programme) => {
    draft.invented = ['/fees/reissue/amount', '/timetable/windows/0/atMostMinutes']
  }
  expect(said(two)[0]).toMatch(/ → fees, reissue fee, amount; door updates, updates, 1, minutes at most$/)
})

it('an item is called by its name, and the order of sentences by how they begin', () => {
  const change = (draft: Programme) => {
    draft.reissue.kiosks[0]!.site = 'gongguan'
    draft.notice.reverse()
  }
  const [kiosk, notice] = said(change)
  expect(kiosk).toContain(`reissue, kiosks, ${ntnu.reissue.kiosks[0]!.name.en}, site | `)
  expect(notice).toContain(`order: ${ntnu.notice[0]!.text.en.slice(0, 29)}…`)
})

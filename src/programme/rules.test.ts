import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sayMoney } from '../lib/say.ts'
import { cohortOf, type PersonFacts } from './cohorts.ts'
import { readProgramme } from './read.ts'
import {
  cohortsServedBy,
  departmentsServedBy,
  editionIssuedOn,
  feeFor,
  isInvented,
  passRefundTable,
  phonesOn,
  valueAt,
} from './rules.ts'
import type { Programme } from './shape.ts'
import type { FeePurpose } from './shape-cards.ts'
import { fillTemplate, templateTexts, templateValues } from './template.ts'

const programmeOf = (name: string): Programme => {
  const reading = readProgramme(
    readFileSync(new URL(`../../programmes/${name}.yaml`, import.meta.url), 'utf8'),
  )
  if (!reading.ok) throw new Error(`programmes/${name}.yaml does not read`)
  return reading.programme
}
const ntnu = programmeOf('ntnu-2023')
const sample = programmeOf('sample-dst')
const day = (text: string) => Temporal.PlainDate.from(text)

describe('the edition issued', () => {
  it.each([
    ['2023-09-10', undefined],
    ['2023-09-11', '4k-centenary'],
    ['2030-01-01', '4k-centenary'],
  ])('on %s is %s', (on, edition) => {
    expect(editionIssuedOn(ntnu, day(on))?.id).toBe(edition)
  })
})

describe('a fee', () => {
  it.each<[FeePurpose, string, string]>([
    ['exchange', '2023-10-16', 'NT$0'],
    ['reissue', '2023-07-31', 'NT$150'],
    ['reissue', '2023-08-01', 'NT$200'],
    ['loss-handling', '2023-10-16', 'NT$20'],
    ['registered-mail', '2023-10-16', 'NT$28'],
    ['bank-transfer', '2023-10-16', 'NT$0'],
  ])('for %s on %s is %s', (purpose, on, said) => {
    const answer = feeFor(ntnu, purpose, day(on))
    expect(answer.ok && sayMoney(answer.fee.amount, ntnu.campus.currency)).toBe(said)
  })

  it('is said in the campus’s own currency', () => {
    const answer = feeFor(sample, 'reissue', day('2025-01-01'))
    expect(answer.ok && sayMoney(answer.fee.amount, sample.campus.currency)).toBe('US$30.00')
  })

  it('that was never recorded is refused, not taken for nothing', () => {
    expect(feeFor(sample, 'loss-handling', day('2025-01-01'))).toEqual({
      ok: false,
      refusal: 'no-fee-recorded',
      facts: { purpose: 'loss-handling', on: '2025-01-01' },
    })
  })
})

describe('the commuter pass', () => {
  it('pays back 880, 580 and 280, and nothing from the fourth day', () => {
    const pass = ntnu.doesNotMove.find(each => each.id === 'commuter-pass')?.refund
    expect(pass && passRefundTable(pass)).toEqual([
      { day: 1, amount: 880 },
      { day: 2, amount: 580 },
      { day: 3, amount: 280 },
      { day: 4, amount: 0 },
    ])
  })
})

describe('a cohort', () => {
  const student: PersonFacts = {
    enteredYear: 2021,
    status: 'enrolled',
    kind: 'regular',
    department: 'csie',
    site: null,
    leaveTerms: [],
  }
  it.each<[string, Partial<PersonFacts>, string]>([
    ['entered in 2021', {}, 'entered-before-2023'],
    ['entered in 2022', { enteredYear: 2022 }, 'entered-before-2023'],
    ['entered in 2023', { enteredYear: 2023 }, 'freshmen-2023'],
    ['entered in 2024', { enteredYear: 2024 }, 'admitted-later'],
    ['exchange student of 2023', { enteredYear: 2023, kind: 'exchange' }, 'exchange'],
    [
      'freshman on leave at once',
      { enteredYear: 2023, status: 'on-leave', leaveTerms: ['2023-1'] },
      'on-leave-fall-2023',
    ],
    ['freshman back from leave', { enteredYear: 2023, leaveTerms: ['2023-1'] }, 'freshmen-2023'],
    ['graduate who was on leave', { status: 'graduated', leaveTerms: ['2023-1'] }, 'graduated'],
  ])('catches who %s', (_, facts, cohort) => {
    expect(cohortOf(ntnu, { ...student, ...facts }).id).toBe(cohort)
  })

  it('of a site catches by the department’s site where the person has none', () => {
    const [everybody] = ntnu.cohorts.slice(-1)
    const bySite = { ...everybody!, id: 'gongguan', when: { sites: ['gongguan'] } }
    const programme = { ...ntnu, cohorts: [bySite, everybody!] }
    expect(cohortOf(programme, student).id).toBe('gongguan')
    expect(cohortOf(programme, { ...student, site: 'heping' }).id).toBe('entered-before-2023')
    expect(cohortOf(programme, { ...student, department: null }).id).toBe('entered-before-2023')
  })
})

describe('a counter', () => {
  it('serves its departments and the cohorts sent there', () => {
    expect(departmentsServedBy(ntnu, 'dept-csie').map(each => each.id)).toEqual(['csie'])
    expect(cohortsServedBy(ntnu, 'dept-csie').map(each => each.id)).toEqual(['entered-before-2023'])
    expect(cohortsServedBy(ntnu, 'registry').map(each => each.id)).toContain('on-leave-fall-2023')
  })

  it('has the phone numbers of the day', () => {
    const phones = [
      { number: '3148', from: '2020-01-01', until: '2023-01-01' },
      { number: '3146', from: '2023-01-01' },
    ]
    expect(phonesOn(phones, day('2022-12-31'))).toEqual(['3148'])
    expect(phonesOn(phones, day('2023-01-01'))).toEqual(['3146'])
  })
})

describe('a value that no source gives', () => {
  it('is marked, with all that stands in it', () => {
    expect(isInvented(ntnu, '/counters/registry/hours')).toBe(true)
    expect(isInvented(ntnu, '/counters/registry/hours/0/from')).toBe(true)
    expect(isInvented(ntnu, '/counters/registry/place')).toBe(false)
    expect(isInvented(ntnu, '/deadline/on')).toBe(false)
    expect(isInvented(sample, '/deadline/on')).toBe(true)
  })

  it('is found by the id of its list’s item', () => {
    expect(valueAt(ntnu, '/fees/reissue/amount')).toBe(200)
    expect(valueAt(ntnu, '/issued/0/from')).toBe('2023-09-11')
    expect(valueAt(ntnu, '/fees/nothing/amount')).toBe(undefined)
  })
})

describe('the sentences', () => {
  it.each([
    ['ntnu-2023', ntnu],
    ['sample-dst', sample],
  ])('of %s are filled to the last brace, in both languages', (_, programme) => {
    for (const language of ['zh-TW', 'en'] as const)
      for (const { text } of templateTexts(programme)) {
        const filled = fillTemplate(text[language], templateValues(programme, language, day('2025-01-15')))
        expect(filled).toMatchObject({ ok: true })
        expect(filled.ok && filled.text).not.toMatch(/[{}]/)
      }
  })

  it('give the notice’s own example from the timetable', () => {
    expect(templateValues(ntnu, 'en', day('2023-10-16'))).toMatchObject({
      'example.activated': '11:00',
      'example.window': '15:00',
      'example.endsBy': '16:00',
      windows: '01:00, 10:00 and 15:00',
      deadline: '1 March 2024',
      'deadline.time': '00:00',
    })
  })

  it('are refused rather than printed with a hole', () => {
    expect(fillTemplate('until {nothing}', {})).toEqual({
      ok: false,
      refusal: 'value-missing',
      facts: { name: 'nothing' },
    })
  })
})

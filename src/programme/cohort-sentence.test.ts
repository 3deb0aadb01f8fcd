import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { projectFolder } from '../../test/project-copy.ts'
import { sayConditions, sayOutcome, sayUnmet } from './cohort-sentence.ts'
import { type PersonFacts, whyNot } from './cohorts.ts'
import { readProgramme } from './read.ts'
import type { Cohort } from './shape.ts'

const read = readProgramme(await readFile(`${projectFolder}programmes/ntnu-2023.yaml`, 'utf8'))
if (!read.ok) throw new Error('unreadable')
const { programme } = read
const person: PersonFacts = {
  enteredYear: 2021,
  status: 'enrolled',
  kind: 'regular',
  department: 'csie',
  site: null,
  leaveTerms: [],
}

describe('a rule as a sentence', () => {
  it.each<[Cohort['when'], string, string]>([
    [{}, 'everybody else', '其他所有人'],
    [{ enteredThrough: 2022 }, 'entered through 2022', '2022 年以前（含）入學'],
    [{ enteredFrom: 2023, enteredThrough: 2023 }, 'entered in 2023', '2023 年入學'],
    [
      { enteredThrough: 2022, statuses: ['enrolled', 'on-leave'] },
      'entered through 2022, and enrolled or on leave',
      '2022 年以前（含）入學，且目前在學或休學',
    ],
    [{ leaveTerms: ['2023-1'] }, 'on leave in term 1 of 2023', '在2023 學年第 1 學期休學過'],
  ])('%j', (when, en, zh) => {
    expect(sayConditions(programme, when, 'en')).toBe(en)
    expect(sayConditions(programme, when, 'zh-TW').replaceAll(' ', '')).toBe(zh.replaceAll(' ', ''))
  })

  it('every outcome of the examples has one, in both languages', () => {
    for (const cohort of programme.cohorts)
      for (const language of ['zh-TW', 'en'] as const)
        expect(sayOutcome(programme, cohort, language)).not.toMatch(/undefined|null/)
  })
})

describe('why a group does not decide about a person', () => {
  const cohort = (when: Cohort['when']): Cohort => ({ ...programme.cohorts[0]!, id: 'asked', when })
  it('the first condition that does not hold, with what the person is', () => {
    const asked = cohort({ enteredFrom: 2023, statuses: ['graduated'] })
    expect(whyNot(programme, asked, person)).toEqual({ kind: 'condition', condition: 'enteredFrom' })
    const said = sayUnmet('enteredFrom', { programme, when: asked.when, person, language: 'en' })
    expect(said).toBe('This person is: entered in 2021. The group asks for: entered in 2023 or later')
  })
  it('or the earlier group that took them', () => {
    const last = programme.cohorts.at(-1)!
    expect(whyNot(programme, last, { ...person, status: 'graduated' })).toMatchObject({
      kind: 'taken-before',
      by: { id: programme.cohorts[0]!.id },
    })
  })
})

import { describe, expect, it } from 'vitest'
import { columns, personFields } from './columns.ts'
import { applying, endingEnrolment, stayEnded } from './difference.ts'
import type { PersonFacts } from './person.ts'
import type { Roster } from './rules.ts'
import { differenceTo as difference } from './trial-rosters.ts'

const somebody: PersonFacts = {
  studentNumber: '41047001S',
  nameZh: '示例生甲',
  nameEn: 'Sample One',
  department: 'math',
  entryYear: 2022,
  degree: 'bachelor',
  kind: 'regular',
  status: 'enrolled',
  site: 'gongguan',
  hall: 'hall-1',
  email: 'one@example.test',
  language: 'zh-TW',
  healthCheck: null,
  leaveTerms: ['2021-1'],
  returnedOn: null,
  nextStatus: null,
  nextStatusOn: null,
  alsoStaff: false,
}
const numbered = (studentNumber: string, otherwise: Partial<PersonFacts> = {}) => ({
  ...somebody,
  studentNumber,
  ...otherwise,
})
const graduates = { status: 'enrolled', nextStatus: 'graduated', nextStatusOn: '2024-06-30' } as const
const roster = (people: PersonFacts[], otherwise: Partial<Roster> = {}): Roster => ({
  table: {
    encoding: 'utf-8',
    delimiter: ',',
    sheet: null,
    sheets: [],
    columns: { places: new Map(), ignored: [], remembered: [] },
    header: [],
    width: 0,
  },
  stated: personFields,
  firstRows: [],
  rows: people.map((person, at) => ({ line: at + 2, person })),
  good: people.length,
  bad: [],
  convertedYears: 0,
  ...otherwise,
})

describe('what a roster says otherwise than the register', () => {
  it('says nothing when the same file comes twice', () => {
    const people = [numbered('2'), numbered('1')]
    expect(
      difference(
        roster(people),
        people.map(person => structuredClone(person)),
      ),
    ).toEqual({
      added: [],
      changed: [],
      missing: [],
      unreadable: [],
      unchanged: 2,
      badWithoutNumber: 0,
    })
  })

  it('names who is new, who changed and in what, and who is missing', () => {
    const found = difference(
      roster([numbered('3'), numbered('1', { status: 'on-leave', hall: null }), numbered('2')]),
      [numbered('4'), numbered('2'), numbered('1')],
    )
    expect(found.added.map(({ line, person }) => [line, person.studentNumber])).toEqual([[2, '3']])
    expect(found.changed).toEqual([
      {
        line: 3,
        person: numbered('1', { status: 'on-leave', hall: null }),
        changes: [
          { field: 'status', from: 'enrolled', to: 'on-leave' },
          { field: 'hall', from: 'hall-1', to: null },
        ],
      },
    ])
    expect(found.missing.map(person => person.studentNumber)).toEqual(['4'])
    expect(applying(found)).toEqual({ adds: 1, changes: 1, losesEnrolment: 1, leavesAlone: 1 })
  })

  it.each([
    ['earlier', '2024-02-19', 1],
    ['later', '2024-07-31', 0],
    ['not at all', '2024-06-30', 0],
  ])('counts whose planned graduation moves %s as losing enrolment: %s', (_, nextStatusOn, people) => {
    const planned = numbered('1', { nextStatus: 'graduated', nextStatusOn: '2024-06-30' })
    const found = difference(roster([{ ...planned, nextStatusOn }]), [planned])
    expect(endingEnrolment(found)).toBe(people)
    expect(applying(found).losesEnrolment).toBe(people)
  })

  it.each([
    ['begins them again', { status: 'enrolled' }, 0],
    ['begins them again, with an end announced, which it counts itself', graduates, 0],
    ['says something else of them', { status: 'withdrawn', hall: null }, 1],
    ['has them leave otherwise', { status: 'graduated' }, 1],
  ] as const)(
    'of whom another file has ended, where this one %s, so many stay ended: %#',
    (_, now, people) => {
      const found = difference(roster([numbered('1', now)]), [numbered('1', { status: 'withdrawn' })])
      expect(stayEnded(['1'], found)).toBe(people)
    },
  )

  it('whoever was ended stays so where a file does not name them, and is counted once where it ends them sooner', () => {
    const planned = numbered('1', graduates)
    expect(stayEnded(['1'], difference(roster([]), [planned]))).toBe(1)
    const sooner = difference(roster([{ ...planned, nextStatusOn: '2024-02-19' }]), [planned])
    expect([endingEnrolment(sooner), stayEnded(['1'], sooner)]).toEqual([1, 0])
  })

  it('does not take a person in a bad row for missing', () => {
    const bad = [
      { line: 2, studentNumber: '1', faults: [], cells: [] },
      { line: 3, studentNumber: null, faults: [], cells: [] },
    ]
    const found = difference(roster([], { bad }), [numbered('1'), numbered('2')])
    expect(found).toMatchObject({ unreadable: ['1'], badWithoutNumber: 1 })
    expect(found.missing.map(person => person.studentNumber)).toEqual(['2'])
  })

  it('leaves alone what the file has no column for', () => {
    const stated = personFields.filter(field => columns[field].required)
    const found = difference(roster([numbered('1', { hall: null, email: null })], { stated }), [
      numbered('1'),
    ])
    expect(found).toMatchObject({ changed: [], unchanged: 1 })
  })

  it('is the same whatever the order of the register', () => {
    const file = roster([numbered('5'), numbered('4'), numbered('1', { site: 'heping' })])
    const register = [numbered('3'), numbered('2'), numbered('1')]
    expect(difference(file, register.toReversed())).toEqual(difference(file, register))
  })
})

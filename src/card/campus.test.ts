import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { groups, makeStudents } from '../../examples/campus/make/students.ts'
import { makeCampus } from '../../scripts/make-campus.ts'
import { spellingsOf } from '../roster/fields.ts'
import { differenceTo, readRoster } from '../roster/trial-rosters.ts'
import { type DoorFormat, doorNumber, isDoorFormat } from './formats.ts'
import { parseChipNumber } from './numbers.ts'

interface Doors {
  controllers: {
    serial: number
    host: string
    capacity: number
    numberFormat: DoorFormat
    site: string
    doors: { id: string; number: number }[]
  }[]
  groups: { id: string; members: string; key?: string; doors: string[]; name: Record<string, string> }[]
  labs: { door: string }[]
}
interface Programme {
  campus: { sites: { id: string }[] }
  departments: { id: string; site: string; faculty: string }[]
  faculties: { id: string }[]
  counters: { id: string }[]
  editions: { id: string }[]
}

const committed = (name: string) => readFileSync(new URL(`../../examples/campus/${name}`, import.meta.url))
const rows = (name: string) => {
  const [header, ...lines] = committed(name).toString().trimEnd().split('\n')
  const names = header!.split(',')
  return lines.map(line => Object.fromEntries(line.split(',').map((cell, at) => [names[at]!, cell])))
}
const doors = parse(committed('doors.yaml').toString()) as Doors
const programmeFile = new URL('../../programmes/ntnu-2023.yaml', import.meta.url)
const programme = parse(readFileSync(programmeFile, 'utf8')) as Programme
const halls = doors.groups.filter(group => group.members === 'hall')
const plain = (list: { id: string }[]) => spellingsOf(list.map(({ id }) => ({ id, names: [] })))
const roster = (name: string) => {
  const answer = readRoster(committed(name), {
    studentNumber: '99999999A',
    departments: plain(programme.departments),
    sites: plain(programme.campus.sites),
    halls: spellingsOf(halls.map(hall => ({ id: hall.key!, names: Object.values(hall.name) }))),
    language: 'zh-TW',
    entryYears: { earliest: 2015, latest: 2024 },
  })
  if (!answer.ok) throw new Error(answer.refusal)
  return answer.roster
}
const chips = [...rows('stock.csv'), ...rows('old-cards.csv'), ...rows('freshmen-cards.csv')].map(row => {
  const read = parseChipNumber(row.chip_number!)
  if (!read.ok) throw new Error(`${row.chip_number}: ${read.refusal}`)
  return read.chip
})

describe('the demo campus', () => {
  it('is what its script makes', () => {
    for (const [name, text] of Object.entries(makeCampus(committed('doors.yaml').toString()))) {
      expect(committed(name).toString() === text, name).toBe(true)
    }
  })

  it('has a roster without a bad row, and everybody of every group in it', () => {
    const read = roster('roster.csv')
    expect(read.bad).toEqual([])
    expect(read.rows).toHaveLength(Object.values(groups).reduce((sum, { count }) => sum + count, 0))
    const counted = Map.groupBy(makeStudents(), student => student.group)
    for (const [group, { count }] of Object.entries(groups))
      expect(counted.get(group)?.length, group).toBe(count)
  })

  it('has the same students in spring, save what a semester changes', () => {
    const fall = roster('roster.csv')
    const people = fall.rows.map(row => row.person)
    expect(differenceTo(fall, people)).toMatchObject({
      added: [],
      changed: [],
      missing: [],
      unchanged: people.length,
    })
    const spring = differenceTo(roster('roster-2024-02.csv'), people)
    expect(spring).toMatchObject({ missing: [], unreadable: [] })
    expect([spring.added.length, spring.changed.length]).toEqual([3, 18])
  })

  it('agrees with the programme on sites, departments, faculties, counters and editions', () => {
    const known = (list: { id: string }[]) => list.map(({ id }) => id)
    for (const { person } of roster('roster.csv').rows) {
      expect(programme.departments.find(({ id }) => id === person.department)?.site).toBe(person.site)
    }
    for (const group of doors.groups.filter(({ members }) => members === 'faculty')) {
      expect(known(programme.faculties)).toContain(group.key)
    }
    for (const card of rows('stock.csv')) expect(known(programme.counters)).toContain(card.counter)
    const editions = new Set([...rows('stock.csv'), ...rows('old-cards.csv')].map(card => card.edition))
    expect([...editions]).toEqual(['4k-centenary', 'easycard'])
  })

  it('has no two cards that a door could mistake for one another, its keepers’ and staff’s cards included', () => {
    for (const { serial, numberFormat } of doors.controllers) {
      const seen = new Set(
        rows('foreign-cards.csv')
          .filter(row => row.controller === String(serial))
          .map(row => row.number),
      )
      for (const chip of chips) {
        const answer = doorNumber(chip, numberFormat)
        const number = answer.ok ? answer.number.toString() : `refused: ${answer.refusal}`
        expect(seen.has(number), `${serial}: ${number}`).toBe(false)
        seen.add(number)
      }
    }
    const ends = chips.map(chip => chip.slice(-3).toHex())
    expect(new Set(ends).size).toBe(chips.length)
    expect(new Set(chips.map(chip => chip.length))).toEqual(new Set([4, 7]))
  })

  it('has doors that exist once, and opens only such', () => {
    const ids = doors.controllers.flatMap(controller => controller.doors.map(door => door.id))
    expect(ids).toHaveLength(48)
    expect(new Set(ids).size).toBe(48)
    const opened = [...doors.groups.flatMap(group => group.doors), ...doors.labs.map(lab => lab.door)]
    expect(opened.filter(door => !ids.includes(door))).toEqual([])
    expect(doors.controllers.every(({ numberFormat }) => isDoorFormat(numberFormat))).toBe(true)
    expect(doors.controllers.map(({ serial, host }) => [serial, host])).toEqual(
      Array.from({ length: 12 }, (_, at) => [423100001 + at, `127.60.0.${at + 1}`]),
    )
  })

  it('grants laboratories to cards that students hold now', () => {
    const held = new Map(rows('old-cards.csv').map(card => [card.chip_number, card.student_number]))
    const grants = rows('grants.csv')
    expect(grants.length).toBeGreaterThan(20)
    for (const grant of grants) expect(held.get(grant.chip_number)).toBe(grant.student_number)
  })
})

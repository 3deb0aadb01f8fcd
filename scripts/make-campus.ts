// Makes the demo campus in examples/campus/: fictional students, their cards, the doors. The same bytes every time.
//   node --import ./scripts/runtime.mjs scripts/make-campus.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { makeCards } from '../examples/campus/make/cards.ts'
import { type DemoStudent, inSpring, makeStudents, two } from '../examples/campus/make/students.ts'
import { chipMaker, seeded } from '../src/app/made-up.ts'
import { type DoorFormat, doorNumber } from '../src/card/formats.ts'

const csv = (header: string, rows: readonly (readonly (string | number)[])[]): string =>
  `${[header, ...rows.map(row => row.join(','))].join('\n')}\n`

/** One row of a roster; its names are the file's header. */
const rosterRow = (one: DemoStudent) => ({
  student_number: one.number,
  name_zh: one.nameZh,
  name_en: one.nameEn,
  department: one.department.id,
  entry_year: one.entryYear,
  degree: one.degree,
  kind: one.kind,
  status: one.status,
  site: one.department.site,
  hall: one.hall,
  email: `${one.number.toLowerCase()}@student.example`,
  language: one.language,
  health_check: one.healthCheck,
  leave_terms: one.leaveTerms,
  returned_on: one.returnedOn,
  also_staff: one.alsoStaff ? 'yes' : 'no',
})

function rosterOf(students: readonly DemoStudent[]): string {
  const rows = students.map(rosterRow)
  return csv(Object.keys(rows[0]!).join(','), rows.map(Object.values))
}

interface Buildings {
  controllers: { serial: number; numberFormat: DoorFormat; doors: { id: string; number: number }[] }[]
  labs: { door: string; faculty: string; owner: { 'zh-TW': string; en: string } }[]
}

/** Every file of the demo campus by its name, without doors.yaml, which is written by hand and given here. */
export function makeCampus(buildings: string): Readonly<Record<string, string>> {
  const below = seeded(20_230_911)
  const { controllers, labs } = parse(buildings) as Buildings
  const formats = [...new Set(controllers.map(each => each.numberFormat))].toSorted()
  const newChip = chipMaker(formats, below)
  const students = makeStudents()
  const { stock, old, freshmen } = makeCards(students, newChip, below)

  const holder = new Map(students.map(one => [one.number, one]))
  const heldByFaculty = (faculty: string) =>
    old.filter(row => holder.get(row[3]!)?.department.faculty === faculty)
  const grants = labs.flatMap(({ door, faculty, owner }, lab) =>
    heldByFaculty(faculty)
      .filter((row, at) => row[3] === '41047001S' || at % 23 === lab)
      .filter(
        row =>
          holder.get(row[3]!)?.status === 'enrolled' && (row[3] !== '41047001S' || door.startsWith('csie')),
      )
      .slice(0, 12)
      .map(row => [row[0]!, row[3]!, door, owner['zh-TW'], owner.en, '2023-02-20']),
  )

  const staffStudents = students.filter(one => one.alsoStaff)
  const foreign: (string | number)[][] = []
  for (let at = 1; at <= 60; at++) {
    const chip = newChip(4)
    const student = staffStudents[at - 1]
    const holderText = student
      ? `${student.nameEn} as staff`
      : at <= 50
        ? `Staff ${two(at)}`
        : `Contractor ${two(at - 50)}`
    for (const controller of controllers) {
      if (below(3) > 0) continue
      const answer = doorNumber(chip, controller.numberFormat)
      if (!answer.ok) continue
      const doors = controller.doors.map(() => (below(3) === 0 ? 0 : 1))
      if (!doors.includes(1)) doors[0] = 1
      foreign.push([
        controller.serial,
        answer.number.toString(),
        ...doors,
        '2022-08-01',
        at <= 50 ? '2029-12-31' : '2024-07-31',
        holderText,
      ])
    }
  }

  const cardHeader = 'chip_number,printed_number,edition,student_number'
  return {
    'roster.csv': rosterOf(students),
    'roster-2024-02.csv': rosterOf(inSpring(students)),
    'stock.csv': csv(`${cardHeader},counter,box`, stock),
    'old-cards.csv': csv(`${cardHeader},held_since,how`, old),
    'freshmen-cards.csv': csv(`${cardHeader},held_since,how`, freshmen),
    'grants.csv': csv('chip_number,student_number,door,owner_zh,owner_en,granted_on', grants),
    'foreign-cards.csv': csv('controller,number,door_1,door_2,door_3,door_4,from,to,holder', foreign),
  }
}

if (import.meta.main) {
  const folder = new URL('../examples/campus/', import.meta.url)
  const files = makeCampus(readFileSync(new URL('doors.yaml', folder), 'utf8'))
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text)
}

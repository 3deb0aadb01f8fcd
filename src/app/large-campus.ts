import { parseDocument } from 'yaml'
import { isDoorFormat } from '../card/formats.ts'
import { printChipNumber } from '../card/numbers.ts'
import { type CampusFiles, type CampusTable, rowsOf } from './campus-files.ts'
import { type LargeFaculty, largeFaculties } from './large-faculties.ts'
import { grantedDoors, largeDoors, largeHalls } from './large-places.ts'
import { chipMaker, printedOnOldCard, seeded } from './made-up.ts'

/** Students of the large campus to try, those of the small one among them. */
export const largeStudents = 17_000

const stems = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'
const figures = '零一二三四五六七八九'
const two = (value: number): string => String(value).padStart(2, '0')

/** The n-th made-up name of two stems, which the small campus has none of: 示例生甲乙零一, Sample Student AB01. */
function madeUpName(at: number): [zh: string, en: string] {
  const [first, second, count] = [
    Math.floor(at / (22 * 60)) % 22,
    Math.floor(at / 60) % 22,
    two((at % 60) + 1),
  ]
  const letters = String.fromCharCode(65 + first, 65 + second)
  const zh = Array.from(count, figure => figures[Number(figure)]).join('')
  return [`示例生${stems[first]}${stems[second]}${zh}`, `Sample Student ${letters}${count}`]
}

interface Department {
  id: string
  code: string
  faculty: LargeFaculty
}

const departments: readonly Department[] = largeFaculties.flatMap(faculty =>
  faculty.departments.map(([id, code]) => ({ id, code, faculty })),
)

/** A student beside those of the small campus. */
interface Student {
  number: string
  department: Department
  entryYear: number
  status: 'enrolled' | 'on-leave' | 'graduated' | 'not-registered'
  row: string[]
}

/** Of a hundred students, in this order: a cohort of the notice each, as on the small campus. */
const kinds: readonly {
  until: number
  years: readonly number[]
  kind?: string
  status?: Student['status']
}[] = [
  { until: 19, years: [2023] },
  { until: 93, years: [2022, 2021, 2020, 2019] },
  { until: 95, years: [2022, 2021], kind: 'in-service' },
  { until: 97, years: [2021, 2020], status: 'on-leave' },
  { until: 98, years: [2023, 2022], kind: 'exchange' },
  { until: 99, years: [2019], status: 'graduated' },
  { until: 100, years: [2022, 2021], status: 'not-registered' },
]

function makeStudents(count: number): Student[] {
  const taken = new Map<string, number>()
  return Array.from({ length: count }, (_, at): Student => {
    const department = departments[at % departments.length]!
    const round = Math.floor(at / departments.length)
    const { years, kind = 'regular', status = 'enrolled' } = kinds.find(each => round % 100 < each.until)!
    const entryYear = years[Math.floor(round / 2) % years.length]!
    const degree =
      kind === 'in-service'
        ? 'master'
        : (['bachelor', 'bachelor', 'master', 'bachelor', 'doctor'] as const)[round % 5]!
    const first = kind === 'in-service' ? '0' : { bachelor: '4', master: '6', doctor: '8' }[degree]
    const stem = `${first}${two(entryYear - 2011)}${department.code}`
    const sequence = (taken.get(stem) ?? 0) + 1
    taken.set(stem, sequence)
    const number = `${stem}${String(sequence).padStart(3, '0')}${department.faculty.letter}`
    const halls = largeHalls.filter(([, site]) => site === department.faculty.site)
    const lives = status === 'enrolled' && kind !== 'in-service' && (at + round) % 4 === 0
    const hall = lives ? `hall-${halls[round % halls.length]![0]}` : ''
    const row = [
      number,
      ...madeUpName(at),
      department.id,
      String(entryYear),
      degree,
      kind,
      status,
      department.faculty.site,
      hall,
      `${number.toLowerCase()}@student.example`,
      kind === 'exchange' ? 'en' : 'zh-TW',
      entryYear === 2023 && kind === 'regular' ? 'done' : '',
      status === 'on-leave' ? '2023-1' : '',
      '',
      'no',
    ]
    return { number, department, entryYear, status, row }
  })
}

/** Faculties whose new cards the maker has delivered; those of the others come later, in a file of their own. */
const delivered = new Set(['education', 'science'])

type Added = Record<CampusTable, string[][]>

/** The cards of these students: what waits for them at their department, what they hold, and some doors granted. */
function makeCards(
  students: readonly Student[],
  newChip: (length: 4 | 7) => Uint8Array,
): Omit<Added, 'roster'> {
  const added: Omit<Added, 'roster'> = { stock: [], 'old-cards': [], 'freshmen-cards': [], grants: [] }
  const inBox = new Map<string, number>()
  let printed = 0
  // 9901 begins no real card, and none of the small campus.
  const newPrinted = () =>
    `9901${String((printed++ * 618_033_988_751 + 104_729) % 1_000_000_000_000).padStart(12, '0')}`
  for (const { number, department, entryYear, status, row } of students) {
    const isFreshman = entryYear === 2023 && row[6] === 'regular'
    if (isFreshman) {
      const chip = printChipNumber(newChip(4))
      added['freshmen-cards'].push([chip, newPrinted(), '4k-centenary', number, '2023-09-06', 'health-check'])
      continue
    }
    const chip = newChip(4)
    const old = printChipNumber(chip)
    const since = entryYear === 2023 ? '2023-09-04' : `${entryYear}-09-13`
    added['old-cards'].push([old, printedOnOldCard(chip), 'easycard', number, since, 'before-gatehouse'])
    if (status === 'enrolled' && added['old-cards'].length % 41 === 0) {
      const door = grantedDoors[added.grants.length % grantedDoors.length]!
      added.grants.push([old, number, door, '實驗館管理人辛', 'Laboratory Keeper H', '2023-02-20'])
    }
    if (status === 'graduated' || !delivered.has(department.faculty.id)) continue
    const at = inBox.get(department.id) ?? 0
    inBox.set(department.id, at + 1)
    const box = `${department.faculty.letter}${department.code}-${two(Math.floor(at / 50) + 1)}`
    const pack = printChipNumber(newChip(at % 5 < 2 ? 7 : 4))
    added.stock.push([pack, newPrinted(), '4k-centenary', number, `dept-${department.id}`, box])
  }
  return added
}

/** The programme with the departments that the small campus lacks, each handing out at its own office. */
function largeProgramme(source: string): string {
  const document = parseDocument(source)
  const list = (key: string) => ({
    add: (value: unknown) => document.addIn([key], document.createNode(value)),
  })
  const known = new Set(document.toJS().faculties.map(({ id }: { id: string }) => id))
  for (const { id, name, site, departments: own } of largeFaculties) {
    if (!known.has(id)) list('faculties').add({ id, name })
    for (const [department, , zh, en] of own) {
      const counter = `dept-${department}`
      list('departments').add({ id: department, faculty: id, site, counter, name: { 'zh-TW': zh, en } })
      const [morning, afternoon] = [
        ['09:00', '12:00'],
        ['13:30', '16:30'],
      ].map(([from, until]) => ({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from, until }))
      list('counters').add({
        id: counter,
        name: { 'zh-TW': `${zh}系辦公室`, en: `${en} office` },
        place: { 'zh-TW': '地點由系所公告', en: 'At the place the department announces' },
        site,
        hours: [morning, afternoon],
        closures: [],
        phones: [],
      })
      list('invented').add(`/counters/${counter}`)
    }
  }
  return document.toString({ lineWidth: 0 })
}

const joined = (table: Buffer, rows: readonly string[][]): Buffer =>
  Buffer.concat([table, Buffer.from(rows.map(row => `${row.join(',')}\n`).join(''))])

/**
 * The large campus to try: everybody and everything of the small one, and around it as many more made-up students as
 * make 17,000, with their departments, halls, cards and doors. The same whenever and wherever it is made.
 */
export function largeCampus(small: CampusFiles): CampusFiles {
  const { tables, programme } = small
  const doors = largeDoors(small.doors)
  const formats = [...new Set(doors.controllers.map(each => each.numberFormat))]
    .filter(isDoorFormat)
    .toSorted()
  const cards = (['stock', 'old-cards', 'freshmen-cards'] as const).flatMap(name => rowsOf(tables[name]))
  const there = cards.map(row => Uint8Array.fromHex(row.chip_number!))
  const students = makeStudents(largeStudents - rowsOf(tables.roster).length)
  const added: Added = {
    roster: students.map(({ row }) => row),
    ...makeCards(students, chipMaker(formats, seeded(17_000), there)),
  }
  const grown = Object.entries(tables).map(([name, table]) => [
    name,
    joined(table, added[name as CampusTable]),
  ])
  return { programme: largeProgramme(programme), doors, tables: Object.fromEntries(grown) }
}

/** A student of the demo, as the roster has them, and what the demo needs beside. */
export interface DemoStudent {
  group: string
  number: string
  nameZh: string
  nameEn: string
  department: Department
  entryYear: number
  degree: 'bachelor' | 'master' | 'doctor'
  kind: string
  status: string
  hall: string
  language: 'zh-TW' | 'en'
  healthCheck: string
  leaveTerms: string
  returnedOn: string
  alsoStaff: boolean
}

export interface Department {
  id: string
  faculty: string
  site: 'heping' | 'gongguan'
  code: string
  letter: string
}

const departments: readonly Department[] = [
  { id: 'csie', faculty: 'science', site: 'gongguan', code: '47', letter: 'S' },
  { id: 'math', faculty: 'science', site: 'gongguan', code: '40', letter: 'S' },
  { id: 'chinese', faculty: 'liberal-arts', site: 'heping', code: '20', letter: 'L' },
  { id: 'education', faculty: 'education', site: 'heping', code: '00', letter: 'E' },
]

/** Who is in the demo: the notice's kinds and the cases of its edges, with how many of each. */
export const groups: Readonly<
  Record<string, { count: number; years: readonly number[] } & Partial<DemoStudent>>
> = {
  'entered-before-2023': { count: 770, years: [2021, 2020, 2022, 2019] },
  'freshman-2023': { count: 220, years: [2023], healthCheck: 'done' },
  'freshman-missed-health-check': { count: 14, years: [2023], healthCheck: 'missed' },
  'on-leave-fall-2023': { count: 30, years: [2021, 2020, 2022], status: 'on-leave', leaveTerms: '2023-1' },
  'back-from-leave': { count: 8, years: [2021, 2022], leaveTerms: '2023-1', returnedOn: '2024-02-19' },
  exchange: { count: 40, years: [2023, 2022], kind: 'exchange', language: 'en' },
  visiting: { count: 12, years: [2023], kind: 'visiting', language: 'en' },
  'in-service': { count: 44, years: [2021, 2022], kind: 'in-service', degree: 'master' },
  'student-and-staff': { count: 6, years: [2020, 2021], degree: 'doctor', alsoStaff: true },
  'same-name': { count: 4, years: [2021] },
  'rare-character': { count: 15, years: [2021, 2022] },
  graduated: { count: 22, years: [2018, 2019], status: 'graduated' },
  withdrawn: { count: 12, years: [2020, 2021], status: 'withdrawn' },
  'not-registered': { count: 14, years: [2021, 2022], status: 'not-registered' },
}

const stems = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'
const rare = '堃喆峯煊珉'
const digits = '零一二三四五六七八九'
export const two = (value: number): string => String(value).padStart(2, '0')

/** The n-th made-up name in both scripts: 示例生甲零一, Sample Student A01. */
function madeUpName(at: number, stem: string, letter: string): { nameZh: string; nameEn: string } {
  const figures = two(at)
  const zh = Array.from(figures, figure => digits[Number(figure)]).join('')
  return { nameZh: `示例生${stem}${zh}`, nameEn: `Sample Student ${letter}${figures}` }
}

/** Everybody in the roster of the fall semester, by student number. */
export function makeStudents(): DemoStudent[] {
  const students: DemoStudent[] = []
  const taken = new Map<string, number>()
  let named = 0
  for (const [group, { count, years, ...fixed }] of Object.entries(groups)) {
    for (let at = 0; at < count; at++) {
      const department = departments[group === 'same-name' ? 1 : at % departments.length]!
      const entryYear = years[Math.floor(at / departments.length) % years.length]!
      const degree =
        fixed.degree ??
        (['bachelor', 'bachelor', 'bachelor', 'master', 'doctor'] as const)[Math.floor(at / 16) % 5]!
      const first = fixed.kind === 'in-service' ? '0' : { bachelor: '4', master: '6', doctor: '8' }[degree]
      const stem = `${first}${two(entryYear - 2011)}${department.code}`
      const sequence = (taken.get(stem) ?? (group === 'exchange' || group === 'visiting' ? 900 : 0)) + 1
      taken.set(stem, sequence)
      const name =
        group === 'rare-character'
          ? madeUpName(Math.floor(at / 5) + 1, rare[at % 5]!, 'VWXYZ'[at % 5]!)
          : group === 'same-name' && at % 2 === 1
            ? { nameZh: students.at(-1)!.nameZh, nameEn: students.at(-1)!.nameEn }
            : madeUpName(
                (named % 60) + 1,
                stems[Math.floor(named / 60)]!,
                String.fromCharCode(65 + Math.floor(named++ / 60)),
              )
      const mayLiveIn = (fixed.status ?? 'enrolled') === 'enrolled' && fixed.kind !== 'in-service'
      const halls = department.site === 'gongguan' ? ['hall-7'] : ['hall-1', 'hall-2']
      const hall =
        mayLiveIn && at % 4 === Math.floor(at / 4) % 4 ? halls[Math.floor(at / 16) % halls.length]! : ''
      const row = {
        group,
        number: `${stem}${String(sequence).padStart(3, '0')}${department.letter}`,
        ...name,
        department,
      }
      const usual = {
        kind: 'regular',
        status: 'enrolled',
        language: 'zh-TW',
        healthCheck: '',
        leaveTerms: '',
      } as const
      students.push({ ...usual, returnedOn: '', alsoStaff: false, ...fixed, ...row, entryYear, degree, hall })
    }
  }
  return students.toSorted((one, other) => (one.number < other.number ? -1 : 1))
}

/** The roster of the spring semester: eight more are back from leave, three begin one, two graduated, five moved in, three are new. */
export function inSpring(students: readonly DemoStudent[]): DemoStudent[] {
  const left = { back: 8, leaves: 3, graduates: 2, moves: 5 }
  const spring = students.map((one, at): DemoStudent => {
    if (one.group === 'on-leave-fall-2023' && left.back-- > 0) {
      return { ...one, status: 'enrolled', returnedOn: '2024-02-19' }
    }
    if (one.group !== 'entered-before-2023' || at % 9 !== 4) return one
    if (left.leaves-- > 0) return { ...one, status: 'on-leave', leaveTerms: '2023-2', hall: '' }
    if (left.graduates-- > 0) return { ...one, status: 'graduated', hall: '' }
    if (one.hall === '' && left.moves-- > 0) {
      return { ...one, hall: one.department.site === 'gongguan' ? 'hall-7' : 'hall-2' }
    }
    return one
  })
  const visitor = spring.find(one => one.group === 'visiting')!
  const visitors = [1, 2, 3].map(at => ({
    ...visitor,
    ...madeUpName(at, '客', 'U9'),
    number: `${visitor.number.slice(0, 5)}99${at}${visitor.number.slice(-1)}`,
  }))
  return [...spring, ...visitors].toSorted((one, other) => (one.number < other.number ? -1 : 1))
}

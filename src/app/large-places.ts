import type { Doors } from '../access/shape.ts'

/** A name in both languages. */
interface Named {
  'zh-TW': string
  en: string
}

/** A faculty of the large campus with what students of it carry in their numbers, and where its buildings are. */
export interface LargeFaculty {
  id: string
  name: Named
  site: 'heping' | 'gongguan'
  /** The last letter of its students' numbers. */
  letter: string
  /** Departments that the small campus does not have: id, two digits of the student number, names. */
  departments: readonly (readonly [id: string, code: string, zh: string, en: string])[]
}

/** The faculties of the large campus to try, with the departments that come to the four of the small one. */
export const largeFaculties: readonly LargeFaculty[] = [
  {
    id: 'education',
    name: { 'zh-TW': '教育學院', en: 'College of Education' },
    site: 'heping',
    letter: 'E',
    departments: [
      ['psychology', '01', '教育心理與輔導學系', 'Department of Educational Psychology'],
      ['adult-education', '02', '社會教育學系', 'Department of Adult Education'],
      ['health', '05', '健康促進與衛生教育學系', 'Department of Health Promotion'],
      ['human-development', '06', '人類發展與家庭學系', 'Department of Human Development'],
      ['special-education', '09', '特殊教育學系', 'Department of Special Education'],
    ],
  },
  {
    id: 'liberal-arts',
    name: { 'zh-TW': '文學院', en: 'College of Liberal Arts' },
    site: 'heping',
    letter: 'L',
    departments: [
      ['english', '21', '英語學系', 'Department of English'],
      ['history', '22', '歷史學系', 'Department of History'],
      ['geography', '23', '地理學系', 'Department of Geography'],
      ['linguistics', '24', '語言學系', 'Department of Linguistics'],
    ],
  },
  {
    id: 'science',
    name: { 'zh-TW': '理學院', en: 'College of Science' },
    site: 'gongguan',
    letter: 'S',
    departments: [
      ['physics', '41', '物理學系', 'Department of Physics'],
      ['chemistry', '42', '化學系', 'Department of Chemistry'],
      ['life-science', '43', '生命科學系', 'Department of Life Science'],
      ['earth-science', '44', '地球科學系', 'Department of Earth Sciences'],
    ],
  },
  {
    id: 'technology',
    name: { 'zh-TW': '科技與工程學院', en: 'College of Technology and Engineering' },
    site: 'heping',
    letter: 'H',
    departments: [
      ['industrial-education', '70', '工業教育學系', 'Department of Industrial Education'],
      ['graphic-arts', '72', '圖文傳播學系', 'Department of Graphic Arts'],
      ['mechatronics', '73', '機電工程學系', 'Department of Mechatronic Engineering'],
      ['electrical', '75', '電機工程學系', 'Department of Electrical Engineering'],
    ],
  },
  {
    id: 'arts',
    name: { 'zh-TW': '藝術學院', en: 'College of Arts' },
    site: 'heping',
    letter: 'T',
    departments: [
      ['fine-arts', '60', '美術學系', 'Department of Fine Arts'],
      ['design', '68', '設計學系', 'Department of Design'],
      ['art-history', '64', '藝術史學系', 'Department of Art History'],
    ],
  },
  {
    id: 'music',
    name: { 'zh-TW': '音樂學院', en: 'College of Music' },
    site: 'heping',
    letter: 'M',
    departments: [
      ['music', '90', '音樂學系', 'Department of Music'],
      ['performing-arts', '91', '表演藝術學系', 'Department of Performing Arts'],
    ],
  },
  {
    id: 'sports',
    name: { 'zh-TW': '運動與休閒學院', en: 'College of Sports and Recreation' },
    site: 'gongguan',
    letter: 'A',
    departments: [
      ['physical-education', '30', '體育與運動科學系', 'Department of Physical Education'],
      ['athletics', '31', '運動競技學系', 'Department of Athletics'],
      ['recreation', '32', '休閒與餐旅管理學系', 'Department of Recreation and Hospitality'],
    ],
  },
  {
    id: 'social-sciences',
    name: { 'zh-TW': '社會科學學院', en: 'College of Social Sciences' },
    site: 'heping',
    letter: 'I',
    departments: [
      ['communication', '81', '大眾傳播學系', 'Department of Communication'],
      ['east-asian', '83', '東亞學系', 'Department of East Asian Studies'],
      ['social-work', '85', '社會工作學系', 'Department of Social Work'],
    ],
  },
  {
    id: 'management',
    name: { 'zh-TW': '管理學院', en: 'College of Management' },
    site: 'heping',
    letter: 'O',
    departments: [
      ['business', '55', '企業管理學系', 'Department of Business Administration'],
      ['global-management', '57', '全球經營學系', 'Department of Global Management'],
    ],
  },
]

/** Residence halls that come to halls 1, 2 and 7 of the small campus: their number, and where. */
export const largeHalls: readonly (readonly [number, 'heping' | 'gongguan'])[] = [
  [3, 'heping'],
  [4, 'heping'],
  [5, 'heping'],
  [6, 'heping'],
  [8, 'gongguan'],
  [9, 'gongguan'],
  [10, 'gongguan'],
  [11, 'heping'],
  [12, 'heping'],
  [13, 'gongguan'],
]

type Controller = Doors['controllers'][number]

/** What a building's four doors are. */
type FourDoors = readonly [Named, Named, Named, Named]

const four = (...pairs: readonly (readonly [zh: string, en: string])[]): FourDoors =>
  pairs.map(([zh, en]) => ({ 'zh-TW': zh, en })) as unknown as FourDoors

const teaching = four(
  ['入口', 'entrance'],
  ['側門', 'side door'],
  ['教室區', 'classrooms'],
  ['電梯廳', 'lifts'],
)
const research = four(
  ['入口', 'entrance'],
  ['研究室區', 'offices'],
  ['研究小間', 'study cells'],
  ['書庫', 'stacks'],
)
const laboratories = four(
  ['第一實驗室', 'laboratory 1'],
  ['第二實驗室', 'laboratory 2'],
  ['器材室', 'equipment room'],
  ['暗房', 'dark room'],
)
const residence = four(
  ['大門', 'entrance'],
  ['交誼廳', 'lounge'],
  ['洗衣間', 'laundry'],
  ['車棚', 'bicycles'],
)
const service = four(
  ['入口', 'entrance'],
  ['夜間入口', 'night entrance'],
  ['服務區', 'service area'],
  ['機房', 'plant room'],
)

/** A building that comes to those of the small campus, and which groups open it. */
interface Building {
  id: string
  name: Named
  doors: FourDoors
  site: 'heping' | 'gongguan'
  capacity: number
  /** Who opens its first three doors (all four of a hall); none: by individual grants alone. */
  opens: { faculty: string } | { hall: string } | 'nobody'
}

/** Faculties whose first building is on the small campus already. */
const hasBuilding = new Set(['education', 'liberal-arts', 'science'])

const facultyBuildings = largeFaculties.flatMap(({ id, name, site }): Building[] => {
  const of = (part: string, zh: string, en: string) => ({
    id: `${id}-${part}`,
    name: { 'zh-TW': `${name['zh-TW']}${zh}`, en: `${name.en}, ${en}` },
    site,
  })
  const forAll = { capacity: 6_000, opens: { faculty: id } }
  const first = hasBuilding.has(id)
    ? []
    : [{ ...of('hall', '大樓', 'main building'), doors: teaching, ...forAll }]
  return [
    ...first,
    { ...of('annex', '教學館', 'teaching building'), doors: teaching, ...forAll },
    { ...of('research', '研究館', 'research building'), doors: research, capacity: 1_000, opens: 'nobody' },
    { ...of('labs', '實驗館', 'laboratories'), doors: laboratories, capacity: 1_000, opens: 'nobody' },
  ]
})

const hallBuildings = largeHalls.map(
  ([number, site]): Building => ({
    id: `hall-${number}`,
    name: { 'zh-TW': `學${number}舍`, en: `Residence Hall ${number}` },
    doors: residence,
    site,
    capacity: 1_500,
    opens: { hall: `hall-${number}` },
  }),
)

const served = (
  id: string,
  zh: string,
  en: string,
  opens: Building['opens'],
  site: Building['site'],
): Building => ({
  id,
  name: { 'zh-TW': zh, en },
  doors: service,
  site,
  capacity: 6_000,
  opens,
})

const sharedBuildings: readonly Building[] = [
  served('computer-centre', '資訊中心', 'Computer Centre', { faculty: 'technology' }, 'heping'),
  served('language-centre', '語言中心', 'Language Centre', { faculty: 'liberal-arts' }, 'heping'),
  served('stadium', '田徑場', 'Stadium', { faculty: 'sports' }, 'gongguan'),
  served('concert-hall', '音樂廳', 'Concert Hall', { faculty: 'music' }, 'heping'),
  served('health-centre', '健康中心', 'Health Centre', 'nobody', 'heping'),
]

/** Everything that the large campus has beside the buildings of the small one: 48 controllers. */
export const largeBuildings: readonly Building[] = [...facultyBuildings, ...hallBuildings, ...sharedBuildings]

const doorId = (building: Building, number: number): string => `${building.id}-${number}`

const firstSerial = 423_100_013

const controllerOf = (building: Building, at: number): Controller => ({
  serial: firstSerial + at,
  host: `127.60.0.${at + 13}`,
  port: 60_000,
  capacity: building.capacity,
  numberFormat: building.site === 'gongguan' ? 'w34-last4' : 'w34-reversed-last4',
  building: building.name,
  doors: building.doors.map((door, index) => ({
    id: doorId(building, index + 1),
    number: index + 1,
    name: { 'zh-TW': `${building.name['zh-TW']}${door['zh-TW']}`, en: `${building.name.en}, ${door.en}` },
  })),
})

/** Doors that nobody's group opens: individual grants do. */
export const grantedDoors: readonly string[] = largeBuildings
  .filter(({ opens }) => opens === 'nobody')
  .flatMap(building => [1, 2].map(number => doorId(building, number)))

const opened = (by: (building: Building) => boolean, doors: number): string[] =>
  largeBuildings
    .filter(by)
    .flatMap(building => Array.from({ length: doors }, (_, at) => doorId(building, at + 1)))

/** Doors of the small campus that everybody opens there, and on the large one only who studies or works in it. */
const notForAll = /^(admin|general)-/

/** The doors of the large campus: those of the small one, grown to its people, and 48 controllers more. */
export function largeDoors({ controllers, groups }: Doors): Doors {
  const ofAll = groups.find(({ members }) => members === 'campus')!
  const open = new Set(ofAll.doors.filter(door => !notForAll.test(door)))
  const everywhere = new Set(
    controllers.filter(({ doors }) => doors.some(({ id }) => open.has(id))).map(({ serial }) => serial),
  )
  const facultyDoors = (faculty: string): string[] =>
    opened(({ opens }) => typeof opens === 'object' && 'faculty' in opens && opens.faculty === faculty, 3)
  const grown = groups.map(group => {
    if (group.members === 'campus') return { ...group, doors: [...open] }
    if (group.members === 'faculty') return { ...group, doors: [...group.doors, ...facultyDoors(group.key!)] }
    return group
  })
  const known = new Set(groups.flatMap(({ key }) => key ?? []))
  const faculties = largeFaculties
    .filter(({ id }) => !known.has(id))
    .map(({ id, name }) => ({
      id: `faculty-${id}`,
      members: 'faculty' as const,
      key: id,
      name: { 'zh-TW': `${name['zh-TW']}學生`, en: `Students of the ${name.en}` },
      doors: facultyDoors(id),
    }))
  const halls = hallBuildings.map(({ id, name }) => ({
    id,
    members: 'hall' as const,
    key: id,
    name,
    doors: opened(building => building.id === id, 4),
  }))
  return {
    controllers: [
      ...controllers.map(each => ({
        ...each,
        capacity: everywhere.has(each.serial) ? 20_000 : Math.max(each.capacity, 1_500),
      })),
      ...largeBuildings.map(controllerOf),
    ],
    groups: [...grown, ...faculties, ...halls],
  }
}

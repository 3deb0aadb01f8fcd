import type { Doors } from '../access/shape.ts'
import { largeFaculties, type Named } from './large-faculties.ts'

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

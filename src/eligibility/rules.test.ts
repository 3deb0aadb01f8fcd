import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { PersonFacts } from '../programme/cohorts.ts'
import { readProgramme } from '../programme/read.ts'
import type { Programme } from '../programme/shape.ts'
import { type CardFacts, type EligibilityRefusal, eligibility, type Holder, refusalOrder } from './rules.ts'
import { sayEligibility, words } from './words.ts'

const reading = readProgramme(
  readFileSync(new URL('../../programmes/ntnu-2023.yaml', import.meta.url), 'utf8'),
)
if (!reading.ok) throw new Error('programmes/ntnu-2023.yaml does not read')
const ntnu = reading.programme
const day = (text: string) => Temporal.PlainDate.from(text)

/** The ordinary case: entered in 2021, of a Gongguan department, the new card lies there. */
const student: PersonFacts = {
  enteredYear: 2021,
  status: 'enrolled',
  kind: 'regular',
  department: 'csie',
  site: 'gongguan',
  leaveTerms: [],
}
const card: CardFacts = {
  edition: '4k-centenary',
  producedOn: day('2023-09-20'),
  misprinted: false,
  counter: 'dept-csie',
  handedOverOn: null,
}
const ordinary: Holder = {
  person: student,
  cards: [card],
  oldCardLost: false,
  reissuePaid: false,
  reissue: null,
}
const atRegistry = { ...card, counter: 'registry' }
const collected = { ...card, handedOverOn: day('2023-09-14') }
const onLeave: Partial<PersonFacts> = { status: 'on-leave', leaveTerms: ['2023-1'] }
const gongguanFirst = ['gongguan-academic', 'registry']
const paysReissue: Programme = { ...ntnu, reissue: { ...ntnu.reissue, lostOldBeforePickup: 'pays-reissue' } }

interface Change {
  person?: Partial<PersonFacts>
  cards?: CardFacts[]
  oldCardLost?: boolean
  reissuePaid?: boolean
  on?: string
  programme?: Programme
}
const decide = ({ person, on, programme, ...rest }: Change = {}) =>
  eligibility(
    { ...ordinary, ...rest, person: { ...student, ...person } },
    programme ?? ntnu,
    day(on ?? '2023-10-16'),
  )

describe('who may collect, where and with what', () => {
  const asOrdinary = {
    cohort: 'entered-before-2023',
    where: ['dept-csie'],
    bring: [['old-card'], ['app-proof']],
  }
  const newStudent = [['id-document', 'health-proof']]
  it.each<[string, Change, Partial<typeof asOrdinary>]>([
    ['entered before 2023: at the own department', {}, {}],
    ['changed department since: where the card lies', { person: { department: 'math' } }, {}],
    ['department unknown, but the card lies at a counter', { person: { department: null } }, {}],
    ['in-service student: like everybody', { person: { kind: 'in-service' } }, {}],
    ['on leave in an earlier term only: like everybody', { person: { leaveTerms: ['2022-2'] } }, {}],
    ['a misprint that was made again', { cards: [{ ...card, misprinted: true }, card] }, {}],
    [
      'a card of the old edition does not count',
      { cards: [{ ...collected, edition: 'easycard' }, card] },
      {},
    ],
    ['after the deadline', { on: '2024-03-04' }, {}],
    ['lost the old card: free, shows the app', { oldCardLost: true }, { bring: [['app-proof']] }],
    [
      'lost the old card, fee wanted and paid',
      { oldCardLost: true, reissuePaid: true, programme: paysReissue },
      { bring: [['app-proof']] },
    ],
    [
      'on leave, on 1 March itself',
      { person: onLeave, cards: [atRegistry], on: '2024-03-01' },
      { cohort: 'on-leave-fall-2023', where: ['registry'] },
    ],
    [
      'on leave, back in mid-February: at once',
      { person: { leaveTerms: ['2023-1'] }, cards: [atRegistry], on: '2024-02-19' },
      { cohort: 'back-from-leave', where: ['registry'] },
    ],
    [
      'freshman who missed the health examination',
      { person: { enteredYear: 2023 }, cards: [atRegistry] },
      { cohort: 'freshmen-2023', where: ['registry'], bring: newStudent },
    ],
    [
      'admitted later: at the new students’ counters',
      { person: { enteredYear: 2024 }, cards: [{ ...card, counter: 'graduate' }], on: '2024-09-10' },
      { cohort: 'admitted-later', where: ['graduate'], bring: newStudent },
    ],
    [
      'exchange student: at the counter, not at the department',
      { person: { kind: 'exchange' }, cards: [atRegistry] },
      { cohort: 'exchange', where: ['registry'] },
    ],
  ])('%s', (_, change, differs) => {
    expect(decide(change)).toMatchObject({ ok: true, edition: '4k-centenary', ...asOrdinary, ...differs })
  })
})

describe('who may not, and why', () => {
  it.each<[string, Change, EligibilityRefusal, string[]]>([
    ['the day before the programme starts', { on: '2023-09-10' }, 'programme-not-started', ['dept-csie']],
    ['graduated before ever picking up', { person: { status: 'graduated' } }, 'graduated', gongguanFirst],
    ['withdrawn with a card in stock', { person: { status: 'withdrawn' } }, 'withdrawn', gongguanFirst],
    ['left', { person: { status: 'left' } }, 'left', gongguanFirst],
    [
      'not registered this semester',
      { person: { status: 'not-registered' } },
      'not-registered',
      gongguanFirst,
    ],
    [
      'freshman who has the card from the examination',
      { person: { enteredYear: 2023 }, cards: [collected] },
      'has-card-already',
      gongguanFirst,
    ],
    ['already collected', { cards: [collected] }, 'already-collected', ['dept-csie']],
    ['on leave, the day before 1 March', { person: onLeave, on: '2024-02-29' }, 'wait-until', gongguanFirst],
    [
      'on leave, of the main campus',
      { person: { ...onLeave, site: 'heping' } },
      'wait-until',
      ['registry', 'gongguan-academic'],
    ],
    [
      'on leave since spring',
      { person: { status: 'on-leave', leaveTerms: ['2023-2'] } },
      'wait-until',
      gongguanFirst,
    ],
    [
      'lost the old card where a reissue must be paid',
      { oldCardLost: true, programme: paysReissue },
      'pay-reissue-first',
      ['dept-csie'],
    ],
    ['department unknown', { person: { department: null }, cards: [] }, 'department-unknown', gongguanFirst],
    [
      'department not in the programme',
      { person: { department: 'astronomy' }, cards: [] },
      'department-unknown',
      gongguanFirst,
    ],
    ['no card ordered', { cards: [] }, 'card-not-ordered', ['dept-csie']],
    ['misprinted', { cards: [{ ...card, misprinted: true }] }, 'card-misprinted', ['dept-csie']],
    [
      'ordered, not produced',
      { cards: [{ ...card, producedOn: null, counter: null }] },
      'card-in-production',
      ['dept-csie'],
    ],
    ['produced, in transit', { cards: [{ ...card, counter: null }] }, 'card-on-its-way', ['dept-csie']],
    [
      'on leave, from 1 March, but the card lies at the department',
      { person: onLeave, on: '2024-03-01' },
      'card-at-another-counter',
      gongguanFirst,
    ],
  ])('%s', (_, change, refusal, where) => {
    expect(decide(change)).toMatchObject({ ok: false, refusal, errand: { where } })
  })

  it('sends who lost the old card and cannot show the app to an identity document', () => {
    const onlyOldCard = { ...ntnu, pickup: { ...ntnu.pickup, accepts: [['old-card']] } }
    expect(decide({ oldCardLost: true, programme: onlyOldCard })).toMatchObject({
      ok: true,
      bring: [],
      whenNeither: [['id-document']],
    })
    expect(sayEligibility(decide({ oldCardLost: true, programme: onlyOldCard }), ntnu, 'en')).toMatch(
      /Bring an original identity document with a photo\.$/,
    )
  })

  it('says of a wait from which day it ends', () => {
    expect(decide({ person: onLeave })).toMatchObject({ facts: { from: '2024-03-01' } })
  })
})

describe('which refusal comes first', () => {
  /** Each row adds, to reasons that still hold, one that is said before them. */
  it.each<[EligibilityRefusal, Change]>([
    ['card-on-its-way', { cards: [{ ...card, counter: null }] }],
    ['department-unknown', { cards: [{ ...card, counter: null }], person: { department: null } }],
    [
      'pay-reissue-first',
      { cards: [], person: { department: null }, oldCardLost: true, programme: paysReissue },
    ],
    [
      'wait-until',
      { cards: [], person: { ...onLeave, department: null }, oldCardLost: true, programme: paysReissue },
    ],
    [
      'already-collected',
      {
        cards: [collected],
        person: { ...onLeave, department: null },
        oldCardLost: true,
        programme: paysReissue,
      },
    ],
    [
      'graduated',
      {
        cards: [collected],
        person: { status: 'graduated', leaveTerms: ['2023-1'] },
        oldCardLost: true,
        programme: paysReissue,
      },
    ],
    [
      'programme-not-started',
      { cards: [collected], person: { status: 'graduated' }, on: '2023-09-01', programme: paysReissue },
    ],
  ])('%s', (refusal, change) => {
    expect(decide(change)).toMatchObject({ ok: false, refusal })
  })

  it('is the written order', () => {
    const said: EligibilityRefusal[] = [
      'programme-not-started',
      'graduated',
      'already-collected',
      'wait-until',
      'reissue-unpaid',
      'pay-reissue-first',
      'department-unknown',
      'card-on-its-way',
    ]
    expect(said.map(refusal => refusalOrder.indexOf(refusal))).toEqual(
      said.map(refusal => refusalOrder.indexOf(refusal)).toSorted((a, b) => a - b),
    )
  })
})

describe('what is said', () => {
  it('has a sentence for every refusal in both languages', () => {
    for (const language of ['zh-TW', 'en'] as const)
      expect(Object.keys(words[language].refusals).toSorted()).toEqual([...refusalOrder].toSorted())
  })

  it.each<[string, Change, string, string]>([
    [
      'collect now',
      {},
      'You entered before academic year 2023 and are given a 4K card free of charge. Your 4K student ID EasyCard (centenary edition) is at the Department of Computer Science office (Gongguan, at the place the department announces). Bring your old ID card or the proof of enrolment or personal data in the NTNU app; if you have none of these, an original identity document with a photo.',
      '您於 112 學年度以前入學，免費換發 4K 學生證。您的 4K 學生證悠遊卡（百年紀念版）在資訊工程學系系辦公室（公館校區，地點由系所公告），請攜帶舊學生證或師大 APP 的在學證明或個人資料頁領取。若都沒有，請帶附照片的身分證件正本。',
    ],
    [
      'on leave',
      { person: onLeave },
      'You are on leave in fall 2023. From 1 March 2024, bring your old ID card or the proof of enrolment or personal data in the NTNU app to the Gongguan Academic Affairs Office (Gongguan, General Building, 1F) or the Registration Division (Heping, Administration Building 1, 1F).',
      '您 112 學年度第 1 學期休學。請於 2024年3月1日 起，攜帶舊學生證或師大 APP 的在學證明或個人資料頁至公館校區教務組（公館校區綜合館 1 樓）或教務處註冊組（校本部行政大樓 1 樓）領取。',
    ],
    [
      'freshman',
      { person: { enteredYear: 2023 }, cards: [collected] },
      "You received your 4K student ID EasyCard (centenary edition) after the new students' health examination (14 September 2023); there is no need to get another one. If it is not activated yet, activate it; if it is lost, report it and apply for a reissue.",
      '您已於新生健康檢查領取 4K 學生證悠遊卡（百年紀念版）（2023年9月14日），不需再領。若尚未啟用，請啟用；若已遺失，請掛失並申請補發。',
    ],
  ])('%s', (_, change, en, zhTW) => {
    const decision = decide(change)
    expect(sayEligibility(decision, ntnu, 'en')).toBe(en)
    expect(sayEligibility(decision, ntnu, 'zh-TW')).toBe(zhTW)
  })
})

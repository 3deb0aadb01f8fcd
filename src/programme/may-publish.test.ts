import { describe, expect, it } from 'vitest'
import {
  mayPublish,
  type PublishingFacts,
  type PublishRefusal,
  publishRefusals,
  reasonsNotToPublish,
} from './may-publish.ts'
import { publishWords } from './publish-words.ts'
import { readProgramme } from './read.ts'
import {
  at,
  deadline,
  deadlineOn,
  decided,
  facts,
  harbour,
  harmless,
  nothingWaits,
  ntnu,
  to,
  windowsAt,
  without,
} from './trial-facts.ts'

describe('whether a programme may be published', () => {
  it('a harmless change may, in place of the version it was compared with', () => {
    expect(mayPublish(facts)).toEqual({ ok: true, programme: harmless, replaces: 4 })
  })

  it.each<[string, PublishRefusal, Partial<PublishingFacts>, object?]>([
    [
      'a text with problems',
      'programme-has-problems',
      { reading: readProgramme('id: [') },
      { count: 1, line: 1 },
    ],
    ['another version published meanwhile', 'changed-meanwhile', { comparedWith: 3 }, { version: 4 }],
    [
      'a first version published meanwhile by somebody else',
      'changed-meanwhile',
      { comparedWith: null },
      { version: 4 },
    ],
    ['a text that was edited after it was looked at', 'not-what-was-looked-at', { sealFits: false }],
    [
      'the same as in force',
      'nothing-changes',
      { reading: { ok: true, programme: structuredClone(ntnu) } },
      { version: 4 },
    ],
    [
      'another campus',
      'another-campus',
      { reading: { ok: true, programme: harbour } },
      { campus: 'ntnu', zone: 'Asia/Taipei' },
    ],
    [
      'another zone',
      'another-campus',
      to(draft => {
        draft.campus.zone = 'Asia/Tokyo'
      }),
    ],
    [
      'another way of writing student numbers',
      'another-campus',
      to(draft => {
        draft.campus.studentNumber = 'B9999999'
      }),
    ],
    [
      'another currency',
      'another-campus',
      to(draft => {
        draft.campus.currency.minorDigits = 2
      }),
    ],
    [
      'an edition removed that cards have',
      'edition-in-use',
      to(without(draft => draft.editions, 'easycard')),
      { id: 'easycard', count: 900 },
    ],
    [
      'a counter removed at which cards lie',
      'counter-has-cards',
      to(without(draft => draft.counters, 'dept-csie')),
      { id: 'dept-csie', count: 120 },
    ],
    [
      'a counter removed at which a clerk works',
      'counter-has-clerks',
      to(without(draft => draft.counters, 'registry')),
      { id: 'registry', count: 2 },
    ],
    [
      'a site removed that people belong to',
      'site-in-use',
      to(without(draft => draft.campus.sites, 'gongguan')),
      { id: 'gongguan', count: 500 },
    ],
    [
      'a faculty removed that opens doors',
      'faculty-in-use',
      to(without(draft => draft.faculties, 'science')),
      { id: 'science', count: 1 },
    ],
    [
      'a department removed that people belong to',
      'department-in-use',
      to(without(draft => draft.departments, 'csie')),
      { id: 'csie', count: 240 },
    ],
    [
      'a deadline moved that has passed',
      'deadline-has-passed',
      { ...deadlineOn('2024-04-01'), now: deadline, ...nothingWaits },
      { edition: 'easycard', on: '2024-03-01' },
    ],
    [
      'a deadline moved into the past',
      'deadline-in-the-past',
      deadlineOn('2023-10-18'),
      { edition: 'easycard', on: '2023-10-18' },
    ],
    [
      'a deadline that comes before the doors know of it',
      'deadline-outruns-doors',
      { ...deadlineOn('2023-10-19'), ...nothingWaits, now: at('2023-10-18T16:00') },
      { end: '2023-10-19 00:00', learn: '2023-10-19 02:00' },
    ],
    [
      'a deadline moved on its last evening: old cards would end before the doors know',
      'deadline-outruns-doors',
      { ...deadlineOn('2024-03-08'), ...nothingWaits, now: at('2024-02-29T15:00') },
      { end: '2024-03-01 00:00', learn: '2024-03-01 02:00' },
    ],
    [
      'an update taken away that was promised',
      'promise-broken',
      windowsAt('01:00', '10:00'),
      { count: 7, after: '2023-10-18 15:00' },
    ],
    [
      'an update that may take longer than was promised',
      'promise-broken',
      to(draft => {
        draft.timetable.windows[2]!.atMostMinutes = 61
      }),
    ],
    [
      'an update put before one that changes wait for',
      'changes-overtaken',
      windowsAt('01:00', '10:00', '13:00', '15:00'),
      { count: 9, next: '2023-10-18 13:00', after: '2023-10-18 15:00' },
    ],
    [
      'an update that is due and has not begun',
      'update-due',
      { now: at('2023-10-18T15:00:00.200') },
      { at: '2023-10-18 15:00' },
    ],
    ['while cards come in by the one in force', 'cards-coming-in', { cardsComingIn: true }, {}],
    ['by one officer alone, where two are asked for', 'needs-second-person', { alone: true }, { version: 4 }],
  ])('%s: %s', (_, refusal, change, said = {}) => {
    const decision = mayPublish({ ...facts, ...change })
    expect(decision).toMatchObject({ ok: false, refusal, facts: said })
  })

  it.each<[string, Partial<PublishingFacts>]>([
    ['the first programme of a campus', { inForce: null, comparedWith: null }],
    [
      'another campus, while nobody and no card is registered',
      {
        reading: { ok: true, programme: harbour },
        decided: {
          ...decided,
          registered: 0,
          cardsOfEdition: new Map(),
          cardsAtCounter: new Map(),
          clerksAtCounter: new Map(),
          peopleOfSite: new Map(),
          peopleOfDepartment: new Map(),
          groupsOfFaculty: new Map(),
          access: [],
          promises: [],
          planned: [],
        },
      },
    ],
    ['a counter removed that nothing hangs on', to(without(draft => draft.counters, 'graduate'))],
    ['a deadline moved later', deadlineOn('2024-03-08')],
    ['a deadline moved earlier, with time enough', deadlineOn('2023-10-20')],
    [
      'a deadline moved on its last morning, before the last update that can tell the doors',
      { ...deadlineOn('2024-03-08'), ...nothingWaits, now: at('2024-02-29T14:59') },
    ],
    [
      'the next change of edition, after the deadline: the ended edition is not named any more',
      {
        ...to(draft => {
          draft.editions.push({ id: '5k', generation: 3, name: { 'zh-TW': '五', en: 'five' } })
          draft.issued = [
            { edition: '4k-centenary', from: '2023-09-11', until: '2027-09-01' },
            { edition: '5k', from: '2027-09-01' },
          ]
          draft.deadline = { ...draft.deadline, on: '2028-03-01', editions: ['4k-centenary'] }
        }),
        ...nothingWaits,
        now: at('2027-06-01T12:00'),
      },
    ],
    [
      'another edition, given from a day to come',
      to(draft => {
        draft.editions.push({ id: '5k', generation: 3, name: { 'zh-TW': '五', en: 'five' } })
        draft.issued = [
          { edition: '4k-centenary', from: '2023-09-11', until: '2023-10-19' },
          { edition: '5k', from: '2023-10-19' },
        ]
      }),
    ],
    ['an update taken away that nobody waits for', { ...windowsAt('10:00', '15:00') }],
    [
      'an update a little later that is still over as promised',
      to(draft => {
        draft.timetable.windows[2] = { at: '15:10', usuallyMinutes: 20, atMostMinutes: 50 }
      }),
    ],
    [
      'an update more, when the next one is the same by both timetables',
      windowsAt('01:00', '10:00', '15:00', '20:00'),
    ],
    ['an update taken away once it has begun', { ...windowsAt('01:00', '10:00'), ...nothingWaits }],
    [
      'an update that was due before the version in force had it',
      {
        now: at('2023-10-18T15:30'),
        inForce: { version: 4, programme: ntnu, publishedAt: at('2023-10-18T15:20') },
      },
    ],
    [
      'before the first update of a campus',
      { now: at('2023-10-18T15:30'), decided: { ...decided, newestWindow: null } },
    ],
  ])('%s: yes', (_, change) => {
    expect(reasonsNotToPublish({ ...facts, ...change })).toEqual([])
  })

  it('tells all reasons at once, in the contracted order', () => {
    const everything = to(draft => {
      draft.campus.zone = 'Asia/Tokyo'
      draft.editions = draft.editions.filter(({ id }) => id !== 'easycard')
      draft.counters = []
      draft.campus.sites = []
      draft.faculties = []
      draft.departments = []
      draft.issued = []
      draft.deadline.on = '2023-10-18'
      draft.timetable.windows = [{ at: '12:30', usuallyMinutes: 30, atMostMinutes: 300 }]
    })
    const told = reasonsNotToPublish({
      ...facts,
      ...everything,
      comparedWith: 3,
      sealFits: false,
      cardsComingIn: true,
      alone: true,
    })
    const order = told.map(({ refusal }) => publishRefusals.indexOf(refusal))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(new Set(order).size).toBeGreaterThan(12)
  })

  const told = {
    count: 7,
    line: 3,
    version: 4,
    on: '2023-10-01',
    at: '2023-10-18 15:00',
    after: '2023-10-18 15:00',
    next: '2023-10-18 13:00',
    end: '2023-10-19 00:00',
    learn: '2023-10-19 02:00',
  }

  it('has words for each refusal in both languages, with their facts in them', () => {
    for (const language of ['zh-TW', 'en'] as const)
      for (const refusal of publishRefusals)
        expect(publishWords[language][refusal](told)).not.toMatch(/\bNaN|\[obj|2023-/)
  })

  it('says days and times as everything else does', () => {
    const { 'zh-TW': zh, en } = publishWords
    expect(en['changes-overtaken'](told)).toContain('the new timetable has one on 18 October 2023 at 13:00')
    expect(zh['update-due'](told)).toMatch(/^2023年10月18日 15:00 的更新/)
    expect(zh['deadline-in-the-past'](told)).toMatch(/^截止日2023年10月1日已經過去/)
  })
})

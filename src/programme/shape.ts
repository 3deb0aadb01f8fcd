import { Type } from 'typebox'
import {
  Activation,
  BatchRules,
  Fee as FeeRecord,
  Issuer,
  Loss,
  Messages,
  Overview,
  PhotoRules,
  Production,
  ProxyRules,
  Reissue,
  Repayments,
  StaysBehind,
  StudentFare,
  TemporaryCards,
} from './shape-cards.ts'
import {
  BothNames as Both,
  bringGroups as Bring,
  closed,
  DateOn,
  dated,
  Id,
  many,
  Phone,
  personKinds,
  SourceText as Text,
  WallTime,
} from './shape-parts.ts'
import { Retention } from './shape-retention.ts'

const Minutes = Type.Integer({ minimum: 1, maximum: 720 })
const PrintedDigits = Type.Integer({ minimum: 6, maximum: 20 })
const Year = Type.Integer({ minimum: 1900, maximum: 2200 })

/** What a student is to the campus, as the registrar's roster says it; "left" is any leaving that is neither graduation nor withdrawal. */
export const personStatuses = [
  'enrolled',
  'on-leave',
  'not-registered',
  'graduated',
  'withdrawn',
  'left',
] as const
export type PersonStatus = (typeof personStatuses)[number]

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const Campus = closed({
  id: Id,
  name: Both,
  /** By name (`Asia/Taipei`), never an offset: an offset knows nothing of summer time. */
  zone: Type.String({ minLength: 1, maxLength: 64 }),
  language: Type.Enum(['zh-TW', 'en']),
  /** How student numbers are written: 9 for a digit, A for a capital letter, other letters, digits and signs for themselves. */
  studentNumber: Type.String({ minLength: 3, maxLength: 20, pattern: '^[A-Z0-9./-]+$' }),
  /** How many digits cards print: of a number of their own, and of the chip number in decimal; as most cards unless said. */
  printedNumber: Type.Optional(
    closed({ digits: many(PrintedDigits, 15), chipInDecimal: many(PrintedDigits, 15, 0) }),
  ),
  /** Amounts are whole minor units: with `minorDigits: 0` 200 is NT$200, with 2 it is 2.00. */
  currency: closed({
    code: Type.String({ pattern: '^[A-Z]{3}$' }),
    minorDigits: Type.Integer({ minimum: 0, maximum: 3 }),
  }),
  sites: many(closed({ id: Id, name: Both }), 50),
})

const Edition = closed({ id: Id, name: Both, generation: Type.Integer({ minimum: 1, maximum: 99 }) })

const Deadline = closed({
  on: DateOn,
  moment: Type.Literal('start-of-day'),
  ends: Type.Literal('campus-access'),
  editions: many(Id, 20),
  reason: Both,
})

const Timetable = closed({
  days: Type.Literal('every-day'),
  windows: many(closed({ at: WallTime, usuallyMinutes: Minutes, atMostMinutes: Minutes }), 24, 0),
  /** What cannot wait for a window is at every reachable door within this time. */
  atOnceWithinMinutes: Minutes,
})

const Counter = closed({
  id: Id,
  name: Both,
  place: Both,
  mapCode: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  /** A page that shows where it is: the office chooses whose map. It is a link; nothing of it is loaded here. */
  map: Type.Optional(Type.String({ pattern: '^https://[^\\s]{4,300}$' })),
  site: Id,
  hours: many(closed({ days: many(Type.Enum([...weekdays]), 7), from: WallTime, until: WallTime }), 50),
  closures: many(closed({ from: DateOn, until: DateOn, why: Both }), 200, 0),
  phones: many(Phone, 20, 0),
})

const Department = closed({ id: Id, faculty: Id, name: Both, site: Id, counter: Id })

/** Every condition that is written must hold; an empty one catches everybody. Years are the academic year's first, both ends included. */
const Conditions = closed({
  enteredFrom: Type.Optional(Year),
  enteredThrough: Type.Optional(Year),
  statuses: Type.Optional(many(Type.Enum([...personStatuses]), 10)),
  kinds: Type.Optional(many(Type.Enum([...personKinds]), 10)),
  sites: Type.Optional(many(Id, 50)),
  /** Holds for who was on leave in any of these terms (`2023-1` is fall 2023). */
  leaveTerms: Type.Optional(many(Type.String({ pattern: '^[0-9]{4}-[1-4]$' }), 20)),
})

const Outcome = Type.Union([
  closed({
    kind: Type.Literal('collect-at-department'),
    from: Type.Optional(DateOn),
    bring: Type.Optional(Bring),
  }),
  closed({
    kind: Type.Literal('collect-at-counters'),
    at: many(Id, 50),
    from: Type.Optional(DateOn),
    bring: Type.Optional(Bring),
  }),
  closed({
    kind: Type.Literal('has-card'),
    givenAt: Both,
    missed: closed({ at: many(Id, 50), bring: Bring }),
  }),
  closed({ kind: Type.Literal('wait'), from: DateOn, at: many(Id, 50), bring: Type.Optional(Bring) }),
  closed({ kind: Type.Literal('not-concerned') }),
])

/** Cohorts are tried from the first to the last; the first whose conditions hold decides. `why` is said to the student. */
const Cohort = closed({ id: Id, name: Both, why: Both, when: Conditions, outcome: Outcome })

/** Whom a counter expects on which days; before their days people are told to wait, afterwards they may still come unless said. */
const WaveShape = closed({
  id: Id,
  name: Both,
  /** Every condition that is written must hold; none: everybody who collects there. */
  who: closed({
    departments: Type.Optional(many(Id, 1_000)),
    sites: Type.Optional(many(Id, 50)),
    enteredFrom: Type.Optional(Year),
    enteredThrough: Type.Optional(Year),
    kinds: Type.Optional(many(Type.Enum([...personKinds]), 10)),
  }),
  at: many(Id, 50),
  from: DateOn,
  until: DateOn,
  /** How many desks hand cards over at each counter. */
  desks: Type.Integer({ minimum: 1, maximum: 100 }),
  onlyThen: Type.Optional(Type.Boolean()),
})

/** Who confirms a document that stands in for the old card and the app. */
export const confirmers = ['second-person', 'clerk-alone'] as const

/**
 * What can be shown. Gatehouse itself knows `old-card` and `app-proof`; everything else is a document that a clerk
 * sees. Of `kinds` the clerk says which it was; their ids are letters alone, so that no number is ever kept.
 */
const Evidence = closed({
  id: Id,
  name: Both,
  how: Both,
  kinds: Type.Optional(many(closed({ id: Type.String({ pattern: '^[a-z][a-z-]{0,62}$' }), name: Both }), 20)),
})

/** For how many minutes a signature is asked for elsewhere, where the programme says nothing. */
export const usualSignatureMinutes = 5

const Pickup = closed({
  accepts: Bring,
  /** For who has neither the old card nor a phone. */
  whenNeither: Bring,
  /** Whether another of the staff looks at it too, or the clerk's own word is enough. */
  whenNeitherConfirmedBy: Type.Enum([...confirmers]),
  /** How long after it was asked for a confirmation is good. */
  confirmationMinutes: Minutes,
  signs: Type.Literal(true),
  signatureText: Both,
  /** For how long somebody who is asked to sign on their phone or on a desk's tablet can do so; 5 unless said. */
  signatureMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** Whether the receipt names the clerk too, beside the counter; it does not unless said. */
  receiptNamesClerk: Type.Optional(Type.Boolean()),
  keepsOldCard: Type.Boolean(),
  /** For how many minutes a desk may take a handover back; 0 is never, and 2 unless said. */
  undoMinutes: Type.Optional(Type.Integer({ minimum: 0, maximum: 30 })),
  proxy: ProxyRules,
  /** Without it every card is collected one by one. */
  batches: Type.Optional(BatchRules),
})

const Sentence = closed({ id: Id, text: Both })
const Question = closed({ id: Id, question: Both, answer: Both })

/** Everything that a card office decides about one change of edition: data, dated, in both languages. */
export const ProgrammeShape = closed({
  id: Id,
  title: Both,
  startsOn: DateOn,
  /** Whether a new version is proposed by one officer and published by another (so unless said), or published by one alone. */
  publishing: Type.Optional(Type.Enum(['second-person', 'alone'])),
  campus: Campus,
  editions: many(Edition, 20),
  /** Which edition is given and reissued, and since when (notice's point 7). */
  issued: many(closed({ edition: Id, ...dated }), 20),
  deadline: Deadline,
  timetable: Timetable,
  /** After this, nothing an update has sent can still be under way, and the doors are read back. */
  quietSeconds: Type.Integer({ minimum: 0, maximum: 3_600 }),
  /** For how many years the doors are told a card that no date ends; 5 unless said. Renewed a year before. */
  cardYears: Type.Optional(Type.Integer({ minimum: 2, maximum: 20 })),
  /** Whatever takes access from more than so many people, and more than that share of them, waits for a second person. */
  guard: Type.Optional(
    closed({
      people: Type.Integer({ minimum: 1, maximum: 100_000 }),
      percent: Type.Integer({ minimum: 1, maximum: 100 }),
    }),
  ),
  /** A roster by which more than so many people, and more than that share of the enrolled, stop being enrolled waits too. */
  importGuard: Type.Optional(
    closed({
      people: Type.Integer({ minimum: 1, maximum: 100_000 }),
      percent: Type.Integer({ minimum: 1, maximum: 100 }),
    }),
  ),
  counters: many(Counter, 500),
  faculties: many(closed({ id: Id, name: Both }), 100),
  departments: many(Department, 1_000),
  /** Where a person is sent whose case no counter can settle alone. */
  askAt: many(Id, 50),
  cohorts: many(Cohort, 100),
  /** Without them everybody comes on any day on which they may. */
  waves: Type.Optional(many(WaveShape, 200, 0)),
  /** How many cards one desk hands over in an hour; 30 unless said. */
  handoversPerHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 240 })),
  evidence: many(Evidence, 20),
  pickup: Pickup,
  /** "App proof" is a live signed code, good for so long; a picture of a screen is not one. */
  appProof: closed({
    lifetimeSeconds: Type.Integer({ minimum: 10, maximum: 3_600 }),
    /** For so long after the page was last loaded the phone makes codes without signal. */
    withoutSignalHours: Type.Integer({ minimum: 1, maximum: 168 }),
  }),
  activation: Activation,
  doesNotMove: many(StaysBehind, 50, 0),
  reissue: Reissue,
  /** Without it one person pays back whatever is owed. */
  repayments: Type.Optional(Repayments),
  loss: Loss,
  /** Without it no counter lends a card. */
  temporaryCards: Type.Optional(TemporaryCards),
  /** Without it no photos are kept. */
  photos: Type.Optional(PhotoRules),
  /** Cards are ordered without a photo, too, unless said. */
  production: Type.Optional(Production),
  studentFare: StudentFare,
  fees: many(FeeRecord, 500),
  issuer: Issuer,
  contacts: many(closed({ id: Id, name: Both, phones: many(Phone, 20) }), 50, 0),
  remindDaysBefore: many(Type.Integer({ minimum: 1, maximum: 365 }), 20, 0),
  /** Between 09:00 and 18:00, to those whom it concerns, unless said. */
  messages: Type.Optional(Messages),
  /** 3, 10 and 14 days, a second look at more than 500 people, and uncollected cards are kept, unless said. */
  overview: Type.Optional(Overview),
  /** For how long what is kept of people is kept; each has a usual length where the programme does not say. */
  retention: Retention,
  /** The public notice, a sentence a point; values in braces come from the programme itself. */
  notice: many(Sentence, 50),
  faq: many(Question, 200, 0),
  /** Where the facts were read: a key and its address. */
  sources: Type.Record(Type.String(), Text),
  /** Pointers to values that no source gives and that the card office must fill in; an item of a list is named by its id, the whole document by ''. */
  invented: Type.Array(Type.String({ pattern: '^(/.*)?$', maxLength: 200 }), { maxItems: 1_000 }),
})

/** A programme as it is kept and edited: plain JSON, dates and wall times as text. */
export type Programme = Type.Static<typeof ProgrammeShape>
export type Timetable = Programme['timetable']
export type Counter = Programme['counters'][number]
export type Cohort = Programme['cohorts'][number]
export type CohortOutcome = Cohort['outcome']
export type Wave = NonNullable<Programme['waves']>[number]
export type Fee = Programme['fees'][number]

import { Type } from 'typebox'
import { PhotoAtDesk } from '../photo/at-desk.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { kinds } from './act-words.ts'
import { cardStates } from './card-states.ts'
import { dimensions, lists, stuckKinds } from './rules.ts'

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const counts = { eligible: Count, produced: Count, collected: Count, activated: Count, confirmed: Count }
/** The value of a dimension: an id of the programme's counters, departments or cohorts. */
const Value = Type.String({ minLength: 1, maxLength: 63 })

/** Of which counter, department or cohort; of all of them without. */
const part = { by: Type.Optional(Type.Enum([...dimensions])), value: Type.Optional(Value) }

export const OverviewQuery = Type.Object({ per: Type.Optional(Type.Enum([...dimensions])), ...part })

/** The dashboard: how far everybody is who is due a card, now and day by day. */
export const OverviewReply = Type.Object({
  title: Both,
  asOf: Moment,
  edition: Both,
  startsOn: Type.String({ format: 'date' }),
  deadlineOn: Type.String({ format: 'date' }),
  counts: Type.Object(counts, {
    description: 'People who have come as far as each step; what was undone does not count',
  }),
  parts: Type.Array(Type.Object({ ...counts, value: orNull(Value), name: Both })),
  days: Type.Array(
    Type.Object({
      on: Type.String({ format: 'date' }),
      collected: Count,
      activated: Count,
      confirmed: Count,
    }),
    { description: 'Each day on which somebody took a step, with all who had taken it by its end' },
  ),
  forecast: orNull(
    Type.Object({
      recent: Count,
      days: Count,
      daysLeft: Count,
      percent: Count,
      left: Count,
    }),
  ),
})
export type OverviewReply = Type.Static<typeof OverviewReply>

export const StuckReply = Type.Object({
  asOf: Moment,
  days: Type.Object({ notActivated: Count, notMade: Count, paused: Count }),
  stuck: Type.Array(Type.Object({ kind: Type.Enum([...stuckKinds]), people: Count, since: orNull(Moment) })),
})
export type StuckReply = Type.Static<typeof StuckReply>

/** Which list, and whose part of it. */
export const listPart = { list: Type.Enum([...lists]), ...part }
export const ListBody = Type.Object(
  { ...listPart, page: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })) },
  { additionalProperties: false },
)
export type ListBody = Type.Static<typeof ListBody>

export const ListReply = Type.Object({
  asOf: Moment,
  total: Count,
  page: Count,
  aPage: Count,
  part: orNull(Both),
  people: Type.Array(
    Type.Object({
      personId: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      department: Both,
      cohort: orNull(Both),
      counter: orNull(Both),
      box: orNull(Type.String()),
      fetched: Type.Boolean({ description: 'A class representative has fetched the card at this counter' }),
      since: orNull(Moment),
      buildings: Type.Array(Both),
      hasAddress: Type.Boolean(),
    }),
  ),
})
export type ListReply = Type.Static<typeof ListReply>

const LetterText = Type.Object(
  {
    'zh-TW': Type.String({ maxLength: 4_000 }),
    en: Type.String({ maxLength: 4_000 }),
  },
  { additionalProperties: false },
)
const LetterSubject = Type.Object(
  { 'zh-TW': Type.String({ maxLength: 150 }), en: Type.String({ maxLength: 150 }) },
  { additionalProperties: false },
)

/** A letter as it is written: to which list, and what it says in both languages. */
export const LetterBody = Type.Object(
  { ...listPart, subject: LetterSubject, body: LetterText },
  { additionalProperties: false },
)
export type LetterBody = Type.Static<typeof LetterBody>

export const LetterPreview = Type.Object({
  people: Count,
  seal: Type.String({ description: 'Names exactly these people and this text; only that is sent' }),
  secondLook: Type.Boolean({ description: 'So many that the number must be said again' }),
  withoutAddress: Type.Array(Type.Object({ studentNumber: Type.String(), name: Both }), {
    description: 'They find it in My card alone; at most 1,000',
  }),
  withoutAddressInAll: Count,
  as: Type.Object(
    {
      studentNumber: Type.String(),
      language: Type.Enum(['zh-TW', 'en']),
      subject: Type.String(),
      body: Type.String(),
    },
    { description: 'The letter as one of them gets it' },
  ),
})
export type LetterPreview = Type.Static<typeof LetterPreview>

export const SendBody = Type.Object(
  {
    ...LetterBody.properties,
    draft: Type.String({
      pattern: '^[0-9a-f-]{36}$',
      description: 'One a page on which a letter is written',
    }),
    seal: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    people: Type.Optional(
      Type.Integer({
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'The number once more, where a second look is asked for',
      }),
    ),
  },
  { additionalProperties: false },
)
export type SendBody = Type.Static<typeof SendBody>
export const SentReply = Type.Object({
  letter: Type.Integer(),
  people: Count,
  withoutAddress: Count,
  writtenAt: Moment,
  again: Type.Boolean({ description: 'It was sent before, by this very page' }),
})
export type SentReply = Type.Static<typeof SentReply>

export const PeopleReply = Type.Object({
  more: Type.Boolean({ description: 'There are more than these' }),
  people: Type.Array(
    Type.Object({
      personId: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      department: Both,
      status: Type.String(),
      card: Type.Enum([...cardStates]),
      counter: orNull(Both),
      box: orNull(Type.String()),
    }),
  ),
})
export type PeopleReply = Type.Static<typeof PeopleReply>

export const TimelineReply = Type.Object({
  personId: Type.Integer(),
  studentNumber: Type.String(),
  name: Both,
  department: Both,
  photo: orNull(PhotoAtDesk),
  asOf: Moment,
  answer: Type.Array(Type.String(), {
    description: 'What holds now, a sentence a line, to be pasted into an answer',
  }),
  lines: Type.Array(
    Type.Object({
      at: Moment,
      kind: Type.Enum([...kinds]),
      text: Type.String(),
      who: orNull(Type.String()),
      more: Type.Array(Type.String()),
      signature: orNull(
        Type.Integer({
          description:
            'Of a handover, undone or not: its number, under which, with this moment, what was signed is read',
        }),
      ),
    }),
  ),
  cut: Type.Boolean({ description: 'Older entries are left out; the export has them' }),
})
export type TimelineReply = Type.Static<typeof TimelineReply>

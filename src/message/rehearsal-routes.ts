import { Type } from 'typebox'
import { sayDate } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import { publishWords } from '../programme/publish-words.ts'
import { words as programmeWords } from '../programme/words.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { type Counted, losingAtDeadline, type Rehearsal, rehearseDeadline, standings } from './rehearsal.ts'
import { rehearsalWords } from './rehearsal-words.ts'

const Standing = Type.Enum([...standings])
const counts = {
  people: Type.Integer(),
  'not-activated': Type.Integer(),
  'with-representative': Type.Integer(),
  'card-waits': Type.Integer(),
  'no-card': Type.Integer(),
}
const Row = Type.Object({ name: Type.String(), ...counts })

/** What would happen at the deadline. */
export const RehearsalReply = Type.Object({
  deadline: Type.String({ format: 'date' }),
  endsAt: orNull(Moment),
  all: Type.Object(counts),
  cohorts: Type.Array(Row),
  halls: Type.Array(Row),
  exceptions: Type.Array(Type.Object({ status: Type.String(), people: Type.Integer() })),
  reminders: Type.Array(
    Type.Object({ days: Type.Integer(), on: Type.String(), over: Type.Boolean(), people: Type.Integer() }),
  ),
  moved: orNull(
    Type.Object({
      on: Type.String(),
      endsEarlier: Type.Integer(),
      endsLater: Type.Integer(),
      refusals: Type.Array(Type.String(), { description: 'Why it could not be published so now' }),
    }),
  ),
})
export type RehearsalReply = Type.Static<typeof RehearsalReply>

/** People who would lose campus access. */
export const LosingReply = Type.Object({
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      nameZh: Type.String(),
      nameEn: Type.String(),
      standing: Standing,
    }),
  ),
  after: orNull(Type.Integer()),
})
export type LosingReply = Type.Static<typeof LosingReply>

function reply({ programme, moved, ...found }: Rehearsal, language: Language): RehearsalReply {
  const row =
    (called: (id: string) => string) =>
    ({ id, ...count }: Counted) => ({ name: called(id), ...count })
  const cohort = (id: string) => nameOf(programme.cohorts, id)[language]
  const hall = (id: string) =>
    id === '' ? rehearsalWords[language].noHall : nameOf(found.hallsCalled, id)[language]
  return {
    deadline: programme.deadline.on,
    endsAt: found.endsAt?.toString() ?? null,
    all: row(() => '')(found.all),
    cohorts: found.cohorts.map(row(cohort)),
    halls: found.halls.map(row(hall)),
    exceptions: found.exceptions,
    reminders: found.reminders.map(each => ({ ...each, on: sayDate(each.on, language) })),
    moved: moved && {
      on: sayDate(moved.on, language),
      endsEarlier: moved.brings.endsEarlier,
      endsLater: moved.brings.endsLater,
      refusals: [
        ...moved.problems.map(({ rule, facts }) => programmeWords[language].problems[rule](facts)),
        ...moved.refusals.map(({ refusal, facts }) => publishWords[language][refusal](facts)),
      ],
    },
  }
}

/** The office's routes of the deadline rehearsal. */
export function rehearsalRoutes(server: Server, { register }: { register: Register }): void {
  const config = { policy: 'office', purpose: 'planning', shows: 'list' } as const
  server.get(
    '/api/v1/programme/rehearsal',
    {
      config,
      schema: {
        tags: ['programme'],
        summary: 'What would happen at the deadline as things stand now, and if it were moved by some days',
        querystring: Type.Object({
          moveByDays: Type.Optional(Type.Integer({ minimum: -400, maximum: 400, default: 0 })),
        }),
        response: { 200: RehearsalReply },
      },
    },
    request =>
      register.look(request.actor, async act =>
        reply(await rehearseDeadline(act, request.query.moveByDays ?? 0), request.language),
      ),
  )

  server.post(
    '/api/v1/programme/rehearsal/people',
    {
      config,
      schema: {
        tags: ['programme'],
        summary: 'Who would lose campus access at the deadline, by pages; each that is shown is journalled',
        body: Type.Object(
          { after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }) },
          { additionalProperties: false },
        ),
        response: { 200: LosingReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const people = await losingAtDeadline(act, request.body.after)
        return { people, after: people.at(-1)?.id ?? null }
      }),
  )
}

import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { Problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { orNull } from '../server/shapes.ts'
import { countCohorts, countWaves, factsOfStudent, peopleOfCohort, whichPeople } from './cohort-people.ts'
import { sayConditions, sayOutcome, sayUnmet } from './cohort-sentence.ts'
import { cohortWords } from './cohort-words.ts'
import { cohortOf, whyNot } from './cohorts.ts'
import { nameOf } from './name-of.ts'
import { longestProgrammeText, readProgramme } from './read.ts'
import type { Programme } from './shape.ts'
import { programmeOrNull } from './store.ts'
import { WavesReply, waveReply } from './wave-api.ts'

const tags = ['programme']
const config = { policy: 'office', purpose: 'planning', shows: 'list', readsItself: 'source' } as const
const bodyLimit = longestProgrammeText * 6 + 4_096

const Source = Type.String({ maxLength: longestProgrammeText, description: 'The text of a draft' })
const Id = Type.String({ maxLength: 63 })

/** Groups of people with their sentences and how many they are. */
export const CohortsReply = Type.Object({
  cohorts: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      conditions: Type.String({ description: 'Who, as a sentence' }),
      outcome: Type.String({ description: 'What they do, as a sentence' }),
      people: Type.Integer(),
      joins: Type.Integer({ description: 'Who comes to it, compared with what is in force' }),
      leaves: Type.Integer(),
    }),
  ),
})
export type CohortsReply = Type.Static<typeof CohortsReply>

/** People behind a count. */
export const CohortPeopleReply = Type.Object({
  people: Type.Array(
    Type.Object({
      studentNumber: Type.String(),
      nameZh: Type.String(),
      nameEn: Type.String(),
      other: Type.String({ description: 'The group by the other version' }),
    }),
  ),
  after: orNull(Type.Integer({ description: 'Where the next page begins' })),
})
export type CohortPeopleReply = Type.Static<typeof CohortPeopleReply>

/** Why a group does not decide about a student. */
export const WhyNotReply = Type.Object({ decides: Type.String(), said: Type.String() })
export type WhyNotReply = Type.Static<typeof WhyNotReply>

/** The office's routes of rules as sentences: of a draft, or of what is in force. */
export function cohortRoutes(server: Server, { register }: { register: Register }): void {
  const path = '/api/v1/programme/cohorts'

  /** A look with the draft that was sent and the programme in force. */
  const look = <T>(
    request: FastifyRequest,
    source: string,
    work: (act: Act, both: { programme: Programme; before: Programme | null }) => Promise<T>,
  ): Promise<T> => {
    const reading = readProgramme(source)
    const w = cohortWords[request.language]
    if (!reading.ok)
      throw new Problem(409, reading.refusal, w.problems(reading.problems.length), reading.facts)
    return register.look(request.actor, async act =>
      work(act, { programme: reading.programme, before: await programmeOrNull(act) }),
    )
  }
  const cohortIn = (programme: Programme, id: string, request: FastifyRequest) => {
    const cohort = programme.cohorts.find(each => each.id === id)
    if (!cohort) throw new Problem(409, 'unknown-cohort', cohortWords[request.language].noCohort, { id })
    return cohort
  }

  server.post(
    path,
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'The groups of a programme as sentences, and how many people each decides about',
        body: Type.Object({ source: Source }, { additionalProperties: false }),
        response: { 200: CohortsReply },
      },
    },
    request =>
      look(request, request.body.source, async (act, both) => {
        const counts = await countCohorts(act, both)
        const { programme } = both
        const { language } = request
        return {
          cohorts: programme.cohorts.map((cohort, at) => ({
            ...counts[at]!,
            name: cohort.name[language],
            conditions: sayConditions(programme, cohort.when, language),
            outcome: sayOutcome(programme, cohort, language),
          })),
        }
      }),
  )

  server.post(
    '/api/v1/programme/waves',
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'The waves of a programme: their people against what the desks can do, day by day',
        body: Type.Object({ source: Source }, { additionalProperties: false }),
        response: { 200: WavesReply },
      },
    },
    request =>
      look(request, request.body.source, async (act, { programme }) => {
        const counts = await countWaves(act, programme)
        return {
          waves: (programme.waves ?? []).map(wave =>
            waveReply(programme, wave, { people: counts.get(wave.id) ?? 0, language: request.language }),
          ),
        }
      }),
  )

  server.post(
    `${path}/people`,
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'People of a group, by pages; each that is shown is journalled',
        body: Type.Object(
          {
            source: Source,
            cohort: Id,
            which: Type.Enum([...whichPeople]),
            after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
          },
          { additionalProperties: false },
        ),
        response: { 200: CohortPeopleReply },
      },
    },
    request =>
      look(request, request.body.source, async (act, { programme, before }) => {
        const { cohort, which, after } = request.body
        const people = await peopleOfCohort(act, { programme, before, cohort, which, after })
        const all = [...programme.cohorts, ...(before?.cohorts ?? [])]
        return {
          people: people.map(({ studentNumber, nameZh, nameEn, other }) => ({
            studentNumber,
            nameZh,
            nameEn,
            other: nameOf(all, other)[request.language],
          })),
          after: people.at(-1)?.id ?? null,
        }
      }),
  )

  server.post(
    `${path}/why`,
    {
      config,
      bodyLimit,
      schema: {
        tags,
        summary: 'Which group decides about a student, and why another one does not; journalled',
        body: Type.Object(
          { source: Source, cohort: Id, studentNumber: Type.String({ maxLength: 40 }) },
          { additionalProperties: false },
        ),
        response: { 200: WhyNotReply },
      },
    },
    request =>
      look(request, request.body.source, async (act, { programme }) => {
        const { language } = request
        const w = cohortWords[language]
        const cohort = cohortIn(programme, request.body.cohort, request)
        const person = await factsOfStudent(act, request.body.studentNumber)
        if (person === null) throw new Problem(409, 'unknown-person', w.unknown, {})
        const why = whyNot(programme, cohort, person)
        const said =
          why.kind === 'decides'
            ? w.does
            : why.kind === 'taken-before'
              ? w.takenBefore(why.by.name[language])
              : sayUnmet(why.condition, { programme, when: cohort.when, person, language })
        return { decides: w.decides(cohortOf(programme, person).name[language]), said }
      }),
  )
}

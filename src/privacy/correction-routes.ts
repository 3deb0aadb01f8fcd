import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import { correctionAnswers } from '../lib/own-headings.ts'
import { whoName } from '../reissue/who.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Both, orNull } from '../server/shapes.ts'
import { answerCorrection, prolongCorrection } from './correction.ts'
import { longestCorrection, mostDaysLonger } from './correction-rules.ts'
import { CorrectionShown, correctionShown, sayCorrection, todayOn } from './correction-shown.ts'
import { type ListedCorrection, listCorrections, mostCorrections } from './correction-store.ts'

const tags = ['privacy']
const looking = { purpose: 'correction', shows: 'list' } as const
/** For how long what ended stays on the list. */
const endedDays = 30

const Listed = Type.Object({
  ...CorrectionShown.properties,
  personId: Type.Integer(),
  studentNumber: Type.String(),
  name: Both,
  answeredBy: orNull(Both),
})

/** What waits for an answer, and what ended in the last 30 days; `most` is how many there are of each at most. */
export const CorrectionsReply = Type.Object({
  waiting: Type.Array(Listed),
  ended: Type.Array(Listed),
  most: Type.Integer(),
})
export type CorrectionsReply = Type.Static<typeof CorrectionsReply>

const listed = (row: ListedCorrection, today: Temporal.PlainDate): Type.Static<typeof Listed> => ({
  ...correctionShown(row, today),
  personId: row.personId,
  studentNumber: row.studentNumber,
  name: bothNames(row),
  answeredBy:
    row.answeredBy === null
      ? null
      : whoName(row.answeredBy, { nameZh: row.answererZh, nameEn: row.answererEn }),
})

/** The office's list of corrections that people asked for, and its answers. */
export function correctionRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/corrections',
    {
      config: { policy: ['office', 'auditor'], ...looking },
      schema: {
        tags,
        summary:
          'Corrections that people asked for: what waits, the nearest last day first; what ended in 30 days',
        description: `At most ${mostCorrections} of each. Journalled.`,
        response: { 200: CorrectionsReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { waiting, ended } = await listCorrections(act, act.now.subtract({ hours: 24 * endedDays }))
        await act.note({
          act: 'corrections read',
          facts: { waiting: waiting.length, ended: ended.length },
        })
        const today = await todayOn(act)
        const reply = (row: ListedCorrection) => listed(row, today)
        return { waiting: waiting.map(reply), ended: ended.map(reply), most: mostCorrections }
      }),
  )

  server.post(
    '/api/v1/corrections/:id/answer',
    {
      config: { policy: 'office', ...looking },
      schema: {
        tags,
        summary: 'Answer who asked for a correction, once; they are told',
        description:
          '`corrected`; `passed-on`, with to whom; `not-changed`, with why. Never one’s own. The correction itself is made where ' +
          'the data come from.',
        params: Type.Object({ id: RowId }),
        body: Type.Object(
          {
            answer: Type.Enum([...correctionAnswers]),
            reason: Type.String({ maxLength: longestCorrection }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ id: Type.Integer(), answer: Type.Enum([...correctionAnswers]) }) },
      },
    },
    request =>
      perform({ register, request, say: sayCorrection, changesAccess: false }, async act => {
        const done = await answerCorrection(act, { id: request.params.id, ...request.body })
        if (done === null) throw problem(404, 'not-found', request.language)
        return done
      }),
  )

  server.post(
    '/api/v1/corrections/:id/prolongation',
    {
      config: { policy: 'office', ...looking },
      schema: {
        tags,
        summary: 'Take longer to answer who asked for a correction, once; they are told why',
        description: `Before its last day is over, by ${mostDaysLonger} days at most (PDPA art. 13 (2)). Never one’s own.`,
        params: Type.Object({ id: RowId }),
        body: Type.Object(
          {
            // Of too many it is told how many there may be.
            days: Type.Integer({ minimum: 0, maximum: 999_999_999_999 }),
            reason: Type.String({ maxLength: longestCorrection }),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ id: Type.Integer(), dueOn: Type.String({ format: 'date' }) }),
        },
      },
    },
    request =>
      perform({ register, request, say: sayCorrection, changesAccess: false }, async act => {
        const done = await prolongCorrection(act, { id: request.params.id, ...request.body })
        if (done === null) throw problem(404, 'not-found', request.language)
        return done
      }),
  )
}

import { Type } from 'typebox'
import type { Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import type { Register } from '../server/register.ts'
import { orNull } from '../server/shapes.ts'
import type { ImportRefusal } from './import.ts'
import { Will } from './import-api.ts'
import { answerImport, askSecondPerson, takeBackQuestion } from './question.ts'
import type { QuestionRefusal } from './question-rules.ts'
import { words } from './words.ts'

const tags = ['roster']
const config = { policy: 'office', purpose: 'roster', shows: 'record' } as const
const params = Type.Object({ id: RowId })
const Seal = Type.String({ maxLength: 64 })

const say = (refused: Refused<ImportRefusal | QuestionRefusal>, language: Language): string =>
  words[language].file[refused.refusal](refused.facts)

/** A file by which many would stop being enrolled: a second person is asked, answers, or the question is taken back. */
export function importQuestionRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/roster/uploads/:id/question',
    {
      config,
      schema: {
        tags,
        summary: 'Ask a second person of the office to let an upload go',
        description: 'Needed where an upload would end the enrolment of many (`needsSecond` of its preview).',
        params,
        body: Type.Object({ seal: Seal }, { additionalProperties: false }),
        response: { 200: Type.Object({ questionId: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        askSecondPerson(act, { uploadId: request.params.id, seal: request.body.seal }),
      ),
  )

  server.post(
    '/api/v1/roster/uploads/:id/answer',
    {
      config,
      schema: {
        tags,
        summary: 'Answer as the second person: let it go (it is applied) or decline it with a reason',
        description: 'Never who asked, and exactly the difference that was asked about (its `seal`).',
        params,
        body: Type.Object(
          { seal: Seal, letGo: Type.Boolean(), reason: Type.Optional(Type.String({ maxLength: 500 })) },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ applied: orNull(Will) }) },
      },
    },
    request => {
      const { seal, letGo, reason = null } = request.body
      return perform({ register, request, say }, act =>
        answerImport(act, { uploadId: request.params.id, seal, letGo, reason }),
      )
    },
  )

  server.post(
    '/api/v1/roster/uploads/:id/question/withdrawal',
    {
      config,
      schema: {
        tags,
        summary: 'Take your own question about an upload back',
        params,
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say, changesAccess: false }, act =>
        takeBackQuestion(act, request.params.id),
      ),
  )
}

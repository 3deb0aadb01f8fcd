import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { Problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { factsOfStudent } from './cohort-people.ts'
import { cohortWords } from './cohort-words.ts'
import { previewOf } from './preview.ts'
import { longestProgrammeText, readProgramme } from './read.ts'
import { viewsOf } from './views.ts'

const Piece = Type.Object({
  text: Type.String(),
  exact: Type.Optional(Type.Boolean()),
  unconfirmed: Type.Optional(Type.Boolean({ description: 'A value that the office has not confirmed' })),
})
const Sentence = Type.Object({
  id: Type.String(),
  question: Type.Union([Type.String(), Type.Null()]),
  pieces: Type.Array(Piece),
  concerns: Type.Boolean({ description: 'Whether it concerns the student who was named' }),
})

/** A draft's notice and questions in both languages, as they would be read today. */
export const PreviewReply = Type.Object({
  'zh-TW': Type.Array(Sentence),
  en: Type.Array(Sentence),
  values: Type.Array(Type.Object({ name: Type.String(), 'zh-TW': Type.String(), en: Type.String() })),
  views: Type.Integer({ description: 'How often the public notice was read; nobody is followed' }),
  faqViews: Type.Integer({ description: 'How often the questions were read, likewise' }),
})
export type PreviewReply = Type.Static<typeof PreviewReply>

/** The office's route of a draft's notice, as anybody or a given student would read it. */
export function previewRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/programme/notice/preview',
    {
      config: { policy: 'office', purpose: 'planning', shows: 'record', readsItself: 'source' },
      bodyLimit: longestProgrammeText * 6 + 4_096,
      schema: {
        tags: ['programme'],
        summary:
          'A draft’s notice and questions as they would be read today, by anybody or by a given student',
        body: Type.Object(
          {
            source: Type.String({ maxLength: longestProgrammeText }),
            studentNumber: Type.Optional(Type.String({ maxLength: 40 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: PreviewReply },
      },
    },
    request => {
      const { source, studentNumber } = request.body
      const reading = readProgramme(source)
      const w = cohortWords[request.language]
      if (!reading.ok)
        throw new Problem(409, reading.refusal, w.problems(reading.problems.length), reading.facts)
      const { programme } = reading
      return register.look(request.actor, async act => {
        const person = studentNumber === undefined ? null : await factsOfStudent(act, studentNumber)
        if (person === null && studentNumber !== undefined)
          throw new Problem(409, 'unknown-person', w.unknown, {})
        const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
        const [zh, en] = [
          previewOf(programme, { language: 'zh-TW', today, person }),
          previewOf(programme, { language: 'en', today, person }),
        ]
        return {
          'zh-TW': zh.sentences,
          en: en.sentences,
          values: zh.values.map(({ name, now }) => ({
            name,
            'zh-TW': now,
            en: en.values.find(each => each.name === name)?.now ?? '',
          })),
          views: await viewsOf(act, 'notice'),
          faqViews: await viewsOf(act, 'faq'),
        }
      })
    },
  )
}

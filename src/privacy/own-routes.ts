import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { programmeInForce } from '../programme/store.ts'
import { sayCounters } from '../programme/template.ts'
import { hallsCalled, personById } from '../roster/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { refusalProblem, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { copyData } from './copy-data.ts'
import { correctionDaysOf } from './correction-rules.ts'
import { ownCorrections } from './correction-shown.ts'
import { howLong } from './how-long.ts'
import { keptBack, reasons } from './kept-back.ts'
import type { CorrectionsProps } from './own-corrections.tsx'
import { ownData } from './own-data.ts'
import { asDocument, asZip, type OwnCopy, OwnDataDocument } from './own-file.ts'
import type { OwnDataPage, OwnPageProps } from './own-page.tsx'
import { parts } from './own-parts.ts'
import { sayRow } from './own-said.ts'
import { ownWords } from './words.ts'

/** Entries of one kind on the page; the file has all. */
const mostShown = 10

const page = '/my-card/data'
const tags = ['privacy']
const say = sayFrom({ 'zh-TW': ownWords['zh-TW'].refusal, en: ownWords.en.refusal })

/** What is not given, by its reason: tables that are kept back, and the tables of which a part is. */
const notGiven: OwnPageProps['notGiven'] = Object.entries(reasons).map(([why, says]) => ({
  why: says,
  whole: keptBack.filter(table => table.why === why).map(table => table.says),
  inPart: parts.filter(part => why in part.keepsBack).map(part => part.says),
}))

/** The page as its reader reads it now; with why something was refused just now, where it was. */
export async function ownPageOf(
  act: Act,
  request: FastifyRequest,
  {
    refused = null,
    copyRefused = null,
  }: { refused?: CorrectionsProps['refused']; copyRefused?: string | null } = {},
): Promise<OwnPageProps> {
  const { language } = request
  const personId = request.actor.personId!
  const programme = await programmeInForce(act)
  const { zone } = programme.campus
  const today = act.now.toZonedDateTimeISO(zone).toPlainDate().toString()
  const reading = { here: { language, zone, today }, programme, halls: await hallsCalled(act) }
  const data = await ownData(act, personId, mostShown)
  return {
    parts: data
      .filter(({ of }) => of > 0)
      .map(({ part: { table, heading, says }, rows, of }) => ({
        table,
        heading,
        says,
        of,
        rows: rows.map(row => sayRow(table, row, reading)),
      })),
    nothingOf: data.filter(({ of }) => of === 0).map(({ part }) => part.says),
    notGiven,
    howLong: howLong(programme),
    askAt: sayCounters(programme, programme.askAt, language),
    copyRefused,
    corrections: { asked: await ownCorrections(act, personId), days: correctionDaysOf(programme), refused },
  }
}

const sendZip = (reply: FastifyReply, copy: OwnCopy, name: string) =>
  reply
    .type('application/zip')
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(asZip(copy))

/** What is kept of somebody: for them to read and to take along, and for the office to hand over to who has no phone. */
export function ownDataRoutes(server: Server, { register }: { register: Register }): void {
  const config = { policy: 'student' } as const

  server.get(page, { config, schema: { hide: true } }, async (request, reply) => {
    const props = await register.look(request.actor, act => ownPageOf(act, request))
    void reply.header('cache-control', 'no-store')
    return reply.page<typeof OwnDataPage>('own-data', props)
  })

  server.get(`${page}.zip`, { config, schema: { hide: true } }, async (request, reply) => {
    const done = await register.aside(request.actor, act => copyData(act, request.actor.personId!))
    if (done.ok) return sendZip(reply, done.copy, 'my-data.zip')
    const copyRefused = say(done, request.language)
    const props = await register.look(request.actor, act => ownPageOf(act, request, { copyRefused }))
    void reply.code(429).header('cache-control', 'no-store')
    return reply.page<typeof OwnDataPage>('own-data', props)
  })

  server.get(
    '/api/v1/me/data',
    {
      config: { ...config, scope: 'card:data' },
      schema: {
        tags: ['me'],
        summary: 'Everything that is kept of me; a few times a day',
        description: 'Photos are in `files`. What is not given is named in `keptBack`, with why.',
        response: { 200: OwnDataDocument },
      },
    },
    async (request, reply) => {
      const done = await register.aside(request.actor, act => copyData(act, request.actor.personId!))
      if (!done.ok) throw refusalProblem(say, request.language, done)
      void reply.header('cache-control', 'no-store')
      return asDocument(done.copy)
    },
  )

  server.get(
    '/api/v1/people/:id/data',
    {
      config: { policy: ['office'], purpose: 'own-data', shows: 'everything' },
      schema: {
        tags,
        summary:
          'Everything that is kept of a person, as a zip to hand over to them; journalled, a few times a day',
        description:
          'For who asks at the office. data.json is the answer of `/api/v1/me/data`; photos lie beside it.',
        params: Type.Object({ id: RowId }),
        produces: ['application/zip'],
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const done = await register.aside(request.actor, async act =>
        (await personById(act, id)) === null ? null : copyData(act, id),
      )
      if (done === null) throw problem(404, 'not-found', request.language)
      if (!done.ok) throw refusalProblem(say, request.language, done)
      request.peopleShown.ids.add(id)
      return sendZip(reply, done.copy, `data-of-person-${id}.zip`)
    },
  )
}

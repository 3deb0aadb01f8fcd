import { Type } from 'typebox'
import { yes } from '../lib/decision.ts'
import type { Policy, Server } from '../server/http.ts'
import { ControllerId, RowId } from '../server/ids.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { Replaced, Strangers } from './board-shapes.ts'
import { boardWords } from './board-words.ts'
import { lookedAt, replaceBoard, type Stranger, strangersNow } from './boards.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** Strangers that one answer lists. */
const mostListed = 200

const say = sayFrom({ 'zh-TW': boardWords['zh-TW'].refusal, en: boardWords.en.refusal })

function strangerReply(stranger: Stranger): Strangers['strangers'][number] {
  const { serial, mac, firmware, madeOn, firstAt, lastAt, knownSince, ...rest } = stranger
  const { expectedSerial, expectedMac, expectedFirmware, expectedMadeOn, ...where } = rest
  return {
    ...where,
    seen: { serial, mac, firmware, madeOn: madeOn?.toString() ?? null },
    expected: {
      serial: expectedSerial,
      mac: expectedMac,
      firmware: expectedFirmware,
      madeOn: expectedMadeOn?.toString() ?? null,
    },
    knownSince: knownSince?.toString() ?? null,
    firstAt: firstAt.toString(),
    lastAt: lastAt.toString(),
  }
}

/** Whoever answers in place of the controllers' boards, and what is done about it. */
export function boardRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  server.get(
    '/api/v1/strange-boards',
    {
      config: { policy: readers },
      schema: {
        tags,
        summary:
          'Whoever answers in place of a controller: another board at its address, or its number from elsewhere',
        response: { 200: Strangers },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const found = await strangersNow(act, mostListed + 1)
        return {
          now: act.now.toString(),
          strangers: found.slice(0, mostListed).map(strangerReply),
          more: found.length > mostListed,
        }
      }),
  )

  server.post(
    '/api/v1/controllers/:serial/board',
    {
      config: { policy: 'access' },
      schema: {
        tags,
        summary: 'Say that the board which stands at a controller’s address took the other one’s place',
        description:
          'Only the very one that was looked at. All that the board before had confirmed is read back and put again, in ' +
          'the usual order, and its whole list is read. One whose serial number is another controller’s is refused.',
        params: Type.Object({ serial: ControllerId }),
        body: Replaced,
        response: { 200: Type.Object({ serial: Type.Integer() }) },
      },
    },
    request =>
      perform({ register, request, say }, async act => {
        const done = await replaceBoard(act, { controllerId: request.params.serial, seen: request.body })
        if (done === null) throw problem(404, 'not-found', request.language)
        return done
      }),
  )

  server.post(
    '/api/v1/strange-boards/:id/looked-at',
    {
      config: { policy: 'access' },
      schema: {
        tags,
        summary: 'Say that replies which came from elsewhere were looked after',
        description: 'Where they come again, they are told again.',
        params: Type.Object({ id: RowId }),
        response: { 200: Type.Object({}) },
      },
    },
    request =>
      perform({ register, request, say }, async act => {
        const done = await lookedAt(act, request.params.id)
        return done.ok ? yes({}) : done
      }),
  )
}

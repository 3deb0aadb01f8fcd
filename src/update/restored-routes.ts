import { Type } from 'typebox'
import type { Policy, Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import type { Act, Register } from '../server/register.ts'
import { afterRestore, noticeRestore, releaseRestored } from './restored.ts'
import { AfterRestore, Release, RestoredPeople } from './restored-shapes.ts'
import { restoredWords } from './restored-words.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** People that one answer names. */
const mostNamed = 100

const say = sayFrom({ 'zh-TW': restoredWords['zh-TW'].refusal, en: restoredWords.en.refusal })

async function report(act: Act): Promise<AfterRestore> {
  const { waiting, difference, seal } = await afterRestore(act)
  const byController = Map.groupBy(difference, each => each.controllerId)
  const [first] = waiting
  return {
    now: act.now.toString(),
    noticedAt: first?.noticedAt.toString() ?? null,
    sign: first?.sign ?? null,
    waiting: waiting.length,
    read: waiting.filter(each => each.read).length,
    controllers: waiting.map(({ noticedAt: _at, noticedBy: _by, sign: _sign, ...controller }) => {
      const own = byController.get(controller.controllerId) ?? []
      const many = (deed: string) => own.filter(each => each.deed === deed).length
      return { ...controller, puts: many('put'), changes: many('change'), removals: many('remove') }
    }),
    seal,
  }
}

/** What is done after the database was brought back from an older copy. */
export function restoredRoutes(server: Server, { register }: { register: Register }): void {
  const tags = ['update']
  server.get(
    '/api/v1/restores/current',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'The controllers that wait because the database was brought back from an older copy',
        description: 'None is the usual case. What would be sent is told of those whose list was read since.',
        response: { 200: AfterRestore },
      },
    },
    request => register.look(request.actor, report),
  )

  server.get(
    '/api/v1/restores/current/people',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Whose cards would be sent to them; reads are journalled',
        description: `A card that is put again was taken away after the copy was made: it may have been lost. At most ${mostNamed}.`,
        response: { 200: RestoredPeople },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { difference } = await afterRestore(act)
        const named = difference.slice(0, mostNamed)
        const ids = new Set(named.map(({ personId }) => personId))
        await act.note(...[...ids].map(personId => ({ act: 'restored cards read', personId })))
        return {
          people: named.map(({ studentNumber, controllerId, deed, decidedAt }) => ({
            studentNumber,
            controllerId,
            deed,
            decidedAt: decidedAt.toString(),
          })),
          more: difference.length > mostNamed,
        }
      }),
  )

  server.post(
    '/api/v1/restores',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Say that the database was brought back from an older copy',
        description:
          'From now on nothing is sent to any controller, also no lost card; every list is read. Gatehouse mostly notices ' +
          'it by itself.',
        response: { 200: Type.Object({ controllers: Type.Integer() }) },
      },
    },
    request => perform({ register, request, say }, act => noticeRestore(act, 'said')),
  )

  server.post(
    '/api/v1/restores/current/release',
    {
      config: { policy: 'access', purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'Let the controllers go whose lists were read since',
        description:
          'Only with the difference that was looked at (`seal`). Those that were not read go on waiting.',
        body: Release,
        response: { 200: Type.Object({ released: Type.Integer(), waiting: Type.Integer() }) },
      },
    },
    request => perform({ register, request, say }, act => releaseRestored(act, request.body)),
  )
}

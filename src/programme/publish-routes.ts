import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { perform, sayFrom } from '../server/perform.ts'
import { Problem, problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { differenceWords } from './difference-words.ts'
import { lookAtProgramme, publishNewProgramme } from './publish.ts'
import {
  CheckReply,
  checkReply,
  DifferenceReply,
  differenceReply,
  VersionReply,
  versionReply,
} from './publish-api.ts'
import { publishWords } from './publish-words.ts'
import { longestProgrammeText, readProgramme } from './read.ts'
import { newestVersions, sourceOf, versionOf } from './store.ts'

const tags = ['programme']
const config = { policy: 'office' } as const

/** JSON may write a character as six: a text of the longest length always gets here, and is then counted and said. */
const bodyLimit = longestProgrammeText * 6 + 4_096

const versionsListed = 100

const VersionNumber = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })

const Source = Type.String({
  description: `The programme’s YAML (or JSON), at most ${longestProgrammeText} characters`,
})

/** The office's routes of the programme: a text is looked at, and only what was looked at is published. */
export function publishRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/programme/versions',
    {
      config,
      schema: {
        tags,
        summary: `The newest ${versionsListed} versions: the first is in force`,
        response: { 200: Type.Object({ versions: Type.Array(VersionReply) }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        versions: (await newestVersions(act, versionsListed)).map(versionReply),
      })),
  )

  server.get(
    '/api/v1/programme/differences',
    {
      config,
      schema: {
        tags,
        summary: 'What differs between two published versions, whichever they are, and who published each',
        querystring: Type.Object({ from: VersionNumber, to: VersionNumber }),
        response: { 200: DifferenceReply },
      },
    },
    request => {
      const { query, language } = request
      return register.look(request.actor, async act => {
        const [from, to] = [await versionOf(act, query.from), await versionOf(act, query.to)]
        if (from === null || to === null) {
          const version = from === null ? query.from : query.to
          throw new Problem(404, 'no-such-version', differenceWords[language].noSuchVersion(version), {
            version,
          })
        }
        return differenceReply(from, to, language)
      })
    },
  )

  server.get(
    '/api/v1/programme/versions/:version/source',
    {
      config: { ...config, shows: 'nobody' },
      schema: {
        tags,
        summary: 'The text a version was published from, with its comments',
        params: Type.Object({ version: VersionNumber }),
        produces: ['application/yaml'],
      },
    },
    async (request, reply) => {
      const { version } = request.params
      const found = await register.look(request.actor, act => sourceOf(act, version))
      if (found === null) throw problem(404, 'not-found', request.language)
      void reply.header('content-type', 'application/yaml; charset=utf-8')
      const name = `${found.programmeId}-version-${version}.yaml`
      void reply.header('content-disposition', `attachment; filename="${name}"`)
      void reply.header('cache-control', 'no-store')
      return reply.send(found.source)
    },
  )

  server.post(
    '/api/v1/programme/checks',
    {
      config: { ...config, readsItself: 'source' },
      bodyLimit,
      schema: {
        tags,
        summary: 'Look at a programme: all its problems, or what publishing it would change and bring',
        description: 'Nothing is changed. Publishing asks for `comparedWith` and `seal` of this answer.',
        body: Type.Object({ source: Source }, { additionalProperties: false }),
        response: { 200: CheckReply },
      },
    },
    request => {
      const { source } = request.body
      const reading = readProgramme(source)
      return register.look(request.actor, async act =>
        checkReply(await lookAtProgramme(act, { source, reading }), request.language),
      )
    },
  )

  server.post(
    '/api/v1/programme/versions',
    {
      config: { ...config, readsItself: 'source' },
      bodyLimit,
      schema: {
        tags,
        summary: 'Publish a programme that was looked at: from then on it is in force',
        description:
          'Only the text that was looked at (`seal`), and only in place of the version it was compared with. What is ' +
          'decided already is not contradicted. Where the deadline moves, campus access moves with it in the same ' +
          'act, and the doors follow with the next update.',
        body: Type.Object(
          {
            source: Source,
            comparedWith: Type.Union([VersionNumber, Type.Null()]),
            seal: Type.String({ maxLength: 64 }),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ version: Type.Integer() }) },
      },
    },
    request => {
      const reading = readProgramme(request.body.source)
      return perform({ register, request, say: sayFrom(publishWords), alone: true }, act =>
        publishNewProgramme(act, { ...request.body, reading }),
      )
    },
  )
}

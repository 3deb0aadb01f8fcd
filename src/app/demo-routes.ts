import { Type } from 'typebox'
import type { Refused } from '../lib/decision.ts'
import type { Server } from '../server/http.ts'
import { refusalProblem, type Say } from '../server/perform.ts'
import { Moment } from '../server/shapes.ts'
import { type ClockRefusal, type DemoClock, type DemoTime, demoTargets } from './demo-clock.ts'
import type { DemoPage } from './demo-page.tsx'
import { words } from './demo-words.ts'

const DemoTimeShape = Type.Object({
  now: Moment,
  nextUpdate: Moment,
  deadline: Type.Union([Moment, Type.Null()]),
  moving: Type.Union([Type.Object({ to: Moment, done: Type.Integer(), of: Type.Integer() }), Type.Null()]),
})
const Target = Type.Object({ to: Type.Enum([...demoTargets]) }, { additionalProperties: false })

const timeReply = ({ now, nextUpdate, deadline, moving }: DemoTime) => ({
  now: now.toString(),
  nextUpdate: nextUpdate.toString(),
  deadline: deadline?.toString() ?? null,
  moving: moving && { ...moving, to: moving.to.toString() },
})

const sayClock: Say<ClockRefusal> = ({ refusal }: Refused<ClockRefusal>, language) =>
  words[language].refusal[refusal]

/** The clock of the campus to try, for programs and as a page; only where the demo runs. */
export function demoRoutes(server: Server, clock: DemoClock): void {
  server.get(
    '/api/v1/demo/clock',
    {
      config: { policy: 'demo' },
      schema: {
        tags: ['demo'],
        summary: 'The campus’s time, and how far a move of it has come',
        response: { 200: DemoTimeShape },
      },
    },
    async () => timeReply(await clock.look()),
  )

  server.post(
    '/api/v1/demo/clock',
    {
      config: { policy: 'demo' },
      schema: {
        tags: ['demo'],
        summary: 'Move the campus’s time forward',
        description:
          'Stops at every update window and every date on the way. Answers at once; GET tells how far it has come.',
        body: Target,
        response: { 202: DemoTimeShape },
      },
    },
    async (request, reply) => {
      const moved = await clock.move(request.body.to)
      if (!moved.ok) throw refusalProblem(sayClock, request.language, moved)
      return reply.code(202).send(timeReply(await clock.look()))
    },
  )

  server.get('/demo', { config: { policy: 'demo' }, schema: { hide: true } }, async (request, reply) => {
    const time = timeReply(await clock.look())
    const refused = words.en.refusal
    const asked = (request.query as Record<string, unknown>).refused
    // Without scripts, too, the page shows how the move goes on.
    if (time.moving) reply.header('refresh', '1; url=/demo')
    return reply.page<typeof DemoPage>('demo', {
      ...time,
      refused: typeof asked === 'string' && asked in refused ? (asked as ClockRefusal) : null,
    })
  })

  server.post(
    '/demo',
    { config: { policy: 'demo' }, schema: { hide: true, body: Target } },
    async (request, reply) => {
      const moved = await clock.move(request.body.to)
      return reply.redirect(moved.ok ? '/demo' : `/demo?refused=${moved.refusal}`, 303)
    },
  )
}

import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Moment } from '../server/shapes.ts'
import type { FaqPage } from './faq.tsx'
import { faqOf, joined, noticeOf } from './notice.ts'
import type { NoticePage } from './notice.tsx'
import type { Programme } from './shape.ts'
import { ProgrammeShape } from './shape.ts'
import { programmeOrNull } from './store.ts'
import { windowAtOrBefore, windowsBetween } from './timetable.ts'
import { countView, viewsOf } from './views.ts'

const WindowReply = Type.Object({
  on: Type.String({ format: 'date', description: 'The local date on the campus' }),
  at: Type.String({ description: 'The wall time on the campus' }),
  startsAt: Moment,
  usuallyEndsAt: Moment,
  endsBy: Type.String({ format: 'date-time', description: 'The promise: done by then' }),
})

const NoticePoint = Type.Object({
  id: Type.String(),
  text: Type.String(),
  unconfirmed: Type.Array(Type.String(), {
    description: 'Values in the text that the card office has not confirmed yet',
  }),
})
/** One point of the notice as the API says it. */
export type NoticePoint = Type.Static<typeof NoticePoint>

/** How many days of the timetable are told ahead. */
const daysAhead = 7

/** A page that somebody reads, not a look ahead by their browser and not a look at the headers alone. */
function isReading(request: FastifyRequest): boolean {
  const { headers } = request
  const purpose = [headers['sec-purpose'], headers.purpose, headers['x-purpose'], headers['x-moz']].join(' ')
  return request.method === 'GET' && !/prefetch|prerender|preview/iu.test(purpose)
}

/** The routes of the programme: the public notice, its questions, and what they are made of. */
export function programmeRoutes(server: Server, { register }: { register: Register }): void {
  const page = { config: { policy: 'public' }, schema: { hide: true } } as const

  server.get('/', page, async (request, reply) => {
    const { language } = request
    const props = await register.look(request.actor, async act => {
      const programme = await programmeOrNull(act)
      if (programme === null) return { notice: null, views: 0 }
      const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
      const views = isReading(request) ? await countView(act, 'notice', today) : await viewsOf(act, 'notice')
      return { notice: noticeOf(programme, language, act.now), views }
    })
    return reply.page<typeof NoticePage>('notice', props)
  })

  server.get('/faq', page, async (request, reply) => {
    const faq = await register.look(request.actor, async act => {
      const programme = await programmeOrNull(act)
      if (programme === null) return null
      const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
      if (isReading(request)) await countView(act, 'faq', today)
      return faqOf(programme, request.language, act.now)
    })
    return reply.page<typeof FaqPage>('faq', { faq })
  })

  /** What the programme in force says; 404 on a campus that has published none. */
  const inForce = <T>(request: FastifyRequest, work: (programme: Programme, act: Act) => Promise<T> | T) =>
    register.look(request.actor, async act => {
      const programme = await programmeOrNull(act)
      if (programme === null) throw problem(404, 'not-found', request.language)
      return work(programme, act)
    })

  server.get(
    '/api/v1/programme',
    {
      config: { policy: 'public' },
      schema: { tags: ['programme'], summary: 'The programme in force', response: { 200: ProgrammeShape } },
    },
    request => inForce(request, programme => programme),
  )

  server.get(
    '/api/v1/programme/notice',
    {
      config: { policy: 'public' },
      schema: {
        tags: ['programme'],
        summary: 'The public notice, sentence by sentence, in the language asked for',
        response: {
          200: Type.Object({
            language: Type.Enum(['zh-TW', 'en']),
            title: Type.String(),
            points: Type.Array(NoticePoint),
            views: Type.Integer(),
          }),
        },
      },
    },
    request =>
      inForce(request, async (programme, act) => {
        const { title, points } = noticeOf(programme, request.language, act.now)
        return {
          language: request.language,
          title,
          points: points.map(({ id, pieces }) => ({
            id,
            text: joined(pieces),
            unconfirmed: pieces.filter(piece => piece.unconfirmed).map(piece => piece.text),
          })),
          views: await viewsOf(act, 'notice'),
        }
      }),
  )

  server.get(
    '/api/v1/programme/timetable',
    {
      config: { policy: 'public' },
      schema: {
        tags: ['programme'],
        summary: `When the doors are updated: the next ${daysAhead} days, and the update that may be running`,
        response: {
          200: Type.Object({
            zone: Type.String(),
            now: Moment,
            running: Type.Union([WindowReply, Type.Null()]),
            windows: Type.Array(WindowReply),
          }),
        },
      },
    },
    request =>
      inForce(request, ({ timetable, campus: { zone } }, { now }) => {
        const last = windowAtOrBefore(timetable, zone, now)
        const until = now.add({ hours: 24 * daysAhead })
        // What starts at this very moment has begun: it carries nothing that is decided now.
        const ahead = windowsBetween(timetable, zone, now.add({ nanoseconds: 1 }), until)
        return {
          zone,
          now: now.toString(),
          running: Temporal.Instant.compare(now, last.endsBy) < 0 ? asReply(last) : null,
          windows: ahead.map(asReply),
        }
      }),
  )
}

const asReply = (window: ReturnType<typeof windowAtOrBefore>) => ({
  on: window.on.toString(),
  at: window.at.toString({ smallestUnit: 'minute' }),
  startsAt: window.startsAt.toString(),
  usuallyEndsAt: window.usuallyEndsAt.toString(),
  endsBy: window.endsBy.toString(),
})

import { bothNames } from '../lib/both.ts'
import { editionIssuedOn } from '../programme/rules.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { ListBody, ListReply, OverviewQuery, OverviewReply, StuckReply } from './api.ts'
import { decideGroups } from './decided.ts'
import { funnelOf, type Only } from './funnel.ts'
import { aPage, pageOf, stuckOf } from './lists.ts'
import { nameOf } from './names.ts'
import { type Dimension, overviewOf } from './rules.ts'

const tags = ['overview']
/** The office acts; an auditor reads. */
const config = { policy: ['office', 'auditor'], purpose: 'lists', shows: 'list' } as const

/** Whose part of a list or of the numbers was asked for; both or neither are said. */
export const onlyOf = ({ by, value }: { by?: Dimension; value?: string }): Only | null =>
  by === undefined || value === undefined ? null : { by, value }

/** The overview's routes: the numbers, who is stuck, and the people of any list. */
export function overviewRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/overview',
    {
      config,
      schema: {
        tags,
        summary: 'How far the programme is, now and day by day, taken apart by counter, department or group',
        description: 'Everything is counted from committed rows at `asOf`; what was undone does not count.',
        querystring: OverviewQuery,
        response: { 200: OverviewReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { per = 'department' } = request.query
        const decided = await decideGroups(act)
        const { programme, today } = decided
        const funnel = await funnelOf(act, decided, { by: per, only: onlyOf(request.query) })
        const edition = editionIssuedOn(programme, today) ?? programme.editions.at(-1)!
        return {
          title: programme.title,
          asOf: act.now.toString(),
          edition: edition.name,
          startsOn: programme.startsOn,
          deadlineOn: programme.deadline.on,
          ...funnel,
          parts: funnel.parts.map(part => ({ ...part, name: nameOf(programme, per, part.value) })),
        }
      }),
  )

  server.get(
    '/api/v1/overview/stuck',
    {
      config,
      schema: {
        tags,
        summary: 'Who is stuck and why: how many of each kind, and since when the longest',
        description: 'Most people first; a kind that concerns nobody is left out.',
        response: { 200: StuckReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const decided = await decideGroups(act)
        const { notActivatedDays, notMadeDays, pausedDays } = overviewOf(decided.programme)
        const stuck = await stuckOf(act, decided)
        return {
          asOf: act.now.toString(),
          days: { notActivated: notActivatedDays, notMade: notMadeDays, paused: pausedDays },
          stuck: stuck.map(({ kind, people, since }) => ({ kind, people, since: since?.toString() ?? null })),
        }
      }),
  )

  server.post(
    '/api/v1/overview/list',
    {
      config,
      schema: {
        tags,
        summary: 'The people of a list, who waits longest first; the read is journalled',
        description: `${aPage} a page. A POST, because who is asked for stands in no address.`,
        body: ListBody,
        response: { 200: ListReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { list, page = 0 } = request.body
        const only = onlyOf(request.body)
        const decided = await decideGroups(act)
        const { programme } = decided
        const { total, people } = await pageOf(act, decided, { list, only, page })
        await act.note({ act: 'list of people read', facts: { list, page, people: people.length, ...only } })
        return {
          asOf: act.now.toString(),
          total,
          page,
          aPage,
          part: only && nameOf(programme, only.by, only.value),
          people: people.map(row => ({
            personId: row.personId,
            studentNumber: row.studentNumber,
            name: bothNames(row),
            department: nameOf(programme, 'department', row.department),
            cohort: row.cohort === null ? null : nameOf(programme, 'cohort', row.cohort),
            counter: row.counter === null ? null : nameOf(programme, 'counter', row.counter),
            box: row.box,
            fetched: row.fetched,
            since: row.since?.toString() ?? null,
            buildings: row.building ?? [],
            hasAddress: row.hasAddress,
          })),
        }
      })
    },
  )
}

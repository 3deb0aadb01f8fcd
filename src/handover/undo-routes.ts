import type { FastifyRequest } from 'fastify'
import { bothNames } from '../lib/both.ts'
import { yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { perform } from '../server/perform.ts'
import type { Act, Register } from '../server/register.ts'
import { undoHandover } from './undo.ts'
import { LatestReply, UndoBody, UndoneReply } from './undo-api.ts'
import { undoEnds, usualUndoMinutes } from './undo-rules.ts'
import { type LatestRow, latestOfClerk } from './undo-store.ts'
import { sayUndo } from './undo-words.ts'

const tags = ['desk']
const shows = 5

/** A handover as the clerk's list shows it, with until when it may be undone. */
function asListed(row: LatestRow, { pickup }: Programme, now: Temporal.Instant) {
  const until = undoEnds(row.at, pickup.undoMinutes ?? usualUndoMinutes)
  const over = row.undoneAt !== null || row.activated || Temporal.Instant.compare(now, until) >= 0
  return {
    cardId: row.cardId,
    studentNumber: row.studentNumber,
    name: bothNames(row),
    ending: row.ending,
    at: row.at.toString(),
    undoneAt: row.undoneAt?.toString() ?? null,
    undoUntil: over ? null : until.toString(),
  }
}

/** The clerk's own last handovers of today. They read nobody anew: each is an act of this clerk's, in today's journal. */
async function latest(act: Act): Promise<LatestReply> {
  const programme = await programmeInForce(act)
  const since = act.now.toZonedDateTimeISO(programme.campus.zone).startOfDay().toInstant()
  const rows = await latestOfClerk(act, since, shows)
  return { now: act.now.toString(), handovers: rows.map(row => asListed(row, programme, act.now)) }
}

/** Taking a handover back, and the list from which it is done. */
export function undoRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/desk/handovers',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'My last five handovers of today, and until when each can be undone',
        response: { 200: LatestReply },
      },
    },
    request => register.look(request.actor, latest),
  )

  server.post(
    '/api/v1/desk/undone-handovers',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Undo a handover within the programme’s minutes',
        description:
          'By any clerk of the counter where it was done, or by the office; refused once the card is activated, lost, or ' +
          'something else was done with it. The handover is kept as an undone one, with its signature. What it ended is ' +
          'open again: a reissue, a proxy’s code, a second person’s word; a live code of the app stays used up. `faulty` ' +
          'also retires the card as damaged, for good; of one that was made for this person another one is made.',
        body: UndoBody,
        response: { 200: UndoneReply },
      },
    },
    (request: FastifyRequest<{ Body: UndoBody }>) => {
      let programme: Programme | undefined
      return perform({ register, request, say: sayUndo(() => programme!) }, async act => {
        programme = await programmeInForce(act)
        const { cardId, at, why } = request.body
        const undone = await undoHandover(act, { cardId, at: Temporal.Instant.from(at), why })
        return undone.ok ? yes({ ...undone, at: undone.at.toString() }) : undone
      })
    },
  )
}

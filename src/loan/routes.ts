import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { endingOf } from '../card/numbers.ts'
import { deskFormats, usualDeskFormat } from '../card/read-scan.ts'
import { EvidenceShape } from '../handover/evidence-api.ts'
import { type Decision, type Refused, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import { nameOf } from '../programme/name-of.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { perform } from '../server/perform.ts'
import type { Act, Register } from '../server/register.ts'
import { Both } from '../server/shapes.ts'
import { BridgeShape, bridgeOf } from './bridge.ts'
import { lendCard, noteLoanLost, returnCard } from './lend.ts'
import { lendingReasons } from './rules.ts'
import { countLoans, type OpenLoan, openLoans } from './store.ts'
import { type BridgeRefusal, sayBridge } from './words.ts'

const tags = ['desk']

/** Loans that one page of the list shows. */
const loansAPage = 100

const Scan = {
  scan: Type.String({
    minLength: 1,
    maxLength: 4096,
    description: 'What the reader typed for the temporary card',
  }),
  readerFormat: Type.Optional(Type.Enum([...deskFormats])),
}

export const LendBody = Type.Object(
  {
    studentNumber: Type.String({ minLength: 1, maxLength: 20 }),
    ...Scan,
    reason: Type.Enum([...lendingReasons]),
    lastDay: Type.Optional(
      Type.String({
        format: 'date',
        description: 'The last day; as many days as allowed where it is left out',
      }),
    ),
    evidence: Type.Array(EvidenceShape, { maxItems: 12, description: 'What proves who stands there' }),
  },
  { additionalProperties: false },
)
export type LendBody = Type.Static<typeof LendBody>

export const LentReply = Type.Object({
  loan: Type.Integer(),
  lastDay: Type.String({ format: 'date' }),
  opensUntil: Type.String({ format: 'date-time' }),
})

export const LoansReply = Type.Object({
  loans: Type.Array(
    Type.Object({
      id: Type.Integer(),
      studentNumber: Type.String(),
      name: Both,
      ending: Type.Union([Type.String(), Type.Null()]),
      reason: Type.Enum([...lendingReasons]),
      counter: Type.String(),
      lentAt: Type.String({ format: 'date-time' }),
      lastDay: Type.String({ format: 'date' }),
      overdue: Type.Boolean({ description: 'Its last day has passed, and it opens no door' }),
      lost: Type.Boolean(),
    }),
  ),
  more: Type.Boolean(),
})
export type LoansReply = Type.Static<typeof LoansReply>

export const LoanCounts = Type.Object({
  counters: Type.Array(
    Type.Object({
      counter: Type.String(),
      name: Both,
      out: Type.Integer({ description: 'Not back, lost or not' }),
      overdue: Type.Integer(),
      lost: Type.Integer(),
    }),
  ),
})
export type LoanCounts = Type.Static<typeof LoanCounts>

const loanReply = (loan: OpenLoan, today: Temporal.PlainDate): LoansReply['loans'][number] => ({
  id: loan.id,
  studentNumber: loan.studentNumber,
  name: loan.name,
  ending: endingOf(loan.printedNumber),
  reason: loan.reason,
  counter: loan.counter,
  lentAt: loan.lentAt.toString(),
  lastDay: loan.lastDay.toString(),
  overdue: Temporal.PlainDate.compare(loan.lastDay, today) < 0,
  lost: loan.lost,
})

/** The routes of temporary cards: lent and taken back at a desk, and the student's own. */
export function lendRoutes(
  server: Server,
  { register, proofKeys }: { register: Register; proofKeys: Keys },
): void {
  function answer<Yes extends object>(
    request: FastifyRequest,
    work: (act: Act) => Promise<Decision<Yes, BridgeRefusal>>,
  ): Promise<Omit<Yes, 'ok'>> {
    let programme: Programme | undefined
    const say = (refused: Refused<BridgeRefusal>, language: Language) =>
      sayBridge(refused, programme!, language)
    return perform({ register, request, say }, async act => {
      programme = await programmeInForce(act)
      return work(act)
    })
  }

  server.post(
    '/api/v1/desk/loans',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Lend a temporary card to a student who stands here',
        description:
          'Identity is proved as at a handover; a document counts on the clerk’s own word. The doors of the student’s ' +
          'groups are told at once, with its last day; no door that was granted one by one. Send an Idempotency-Key.',
        body: LendBody,
        response: { 200: LentReply },
      },
    },
    (request: FastifyRequest<{ Body: LendBody }>) =>
      answer(request, async act => {
        const { lastDay, readerFormat = usualDeskFormat, ...body } = request.body
        const asked = lastDay === undefined ? null : Temporal.PlainDate.from(lastDay)
        const done = await lendCard(act, { ...body, readerFormat, lastDay: asked }, proofKeys)
        if (!done.ok) return done
        return yes({ loan: done.loanId, lastDay: done.lastDay.toString(), opensUntil: done.until.toString() })
      }),
  )

  server.post(
    '/api/v1/desk/loans/return',
    {
      config: { policy: 'desk', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Take a temporary card back',
        description:
          'Its campus access ends at once. Also one that has ended by its date, or was noted as lost.',
        body: Type.Object(Scan, { additionalProperties: false }),
        response: { 200: Type.Object({ loan: Type.Integer(), at: Type.String({ format: 'date-time' }) }) },
      },
    },
    request =>
      answer(request, async act => {
        const { scan, readerFormat = usualDeskFormat } = request.body
        const done = await returnCard(act, { scan, readerFormat })
        return done.ok ? yes({ loan: done.loanId, at: done.at.toString() }) : done
      }),
  )

  server.post(
    '/api/v1/desk/loans/:id/lost',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'Note that a temporary card is lost',
        description:
          'Its campus access ends at once, and it is not lent again before it is back. A desk’s own loans alone.',
        params: Type.Object({ id: RowId }),
        response: { 200: Type.Object({ again: Type.Boolean() }) },
      },
    },
    request => answer(request, act => noteLoanLost(act, request.params.id)),
  )

  server.get(
    '/api/v1/desk/loans',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'The temporary cards that are not back: of my counter, for the office of every counter',
        description: `Oldest first, ${loansAPage} at a time; \`after\` is the last id seen. The read is journalled.`,
        querystring: Type.Object({
          overdue: Type.Optional(Type.Boolean({ description: 'Only those whose last day has passed' })),
          lost: Type.Optional(Type.Boolean({ description: 'Only those noted as lost' })),
          counter: Type.Optional(Type.String({ maxLength: 40, description: 'For the office: of this one' })),
          after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
        }),
        response: { 200: LoansReply },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const { zone } = (await programmeInForce(act)).campus
        const today = act.now.toZonedDateTimeISO(zone).toPlainDate()
        const { overdue = false, lost = false, counter = null, after = 0 } = request.query
        const found = await openLoans(act, {
          counter: request.actor.counter ?? counter,
          endedBefore: overdue ? today : null,
          lost,
          after,
          limit: loansAPage + 1,
        })
        const loans = found.slice(0, loansAPage)
        await act.note(
          ...loans.map(({ id, personId }) => ({ act: 'loan read', personId, facts: { loan: id } })),
        )
        return { loans: loans.map(loan => loanReply(loan, today)), more: found.length > loansAPage }
      }),
  )

  server.get(
    '/api/v1/desk/loans/counts',
    {
      config: { policy: 'office', purpose: 'desk', shows: 'card' },
      schema: {
        tags,
        summary: 'How many temporary cards are out, overdue and lost, at each counter',
        response: { 200: LoanCounts },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const programme = await programmeInForce(act)
        const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
        const named = (id: string) => nameOf(programme.counters, id)
        const counters = await countLoans(act, today)
        return { counters: counters.map(each => ({ ...each, name: named(each.counter) })) }
      }),
  )

  server.get(
    '/api/v1/me/temporary-card',
    {
      config: { policy: 'student', scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'The temporary card that I have not brought back',
        response: { 200: Type.Object({ temporaryCard: BridgeShape }) },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        temporaryCard: await bridgeOf(act, request.actor.personId!),
      })),
  )
}

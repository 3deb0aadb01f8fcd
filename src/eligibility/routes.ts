import { Type } from 'typebox'
import type { Language } from '../lib/words.ts'
import { counterNow } from '../programme/notice.ts'
import { counterOf } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { personById } from '../roster/store.ts'
import type { Server } from '../server/http.ts'
import { problem } from '../server/problem.ts'
import type { Register } from '../server/register.ts'
import { orNull } from '../server/shapes.ts'
import { type Eligibility, refusalOrder } from './rules.ts'
import { eligibilityOf } from './store.ts'
import { sayEligibility, sayErrand } from './words.ts'

/** Whether a person may collect, or the first reason why not; where, from when and with what. */
export const EligibilityShape = Type.Object({
  mayCollect: Type.Boolean(),
  refusal: orNull(Type.Enum([...refusalOrder])),
  message: Type.String({
    description: 'The same as a sentence with the next step, in the language asked for',
  }),
  why: Type.String({ description: 'The rule that concerns me, as the programme says it' }),
  from: Type.String({ format: 'date', description: 'The first day on which the person may collect' }),
  counters: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      place: Type.String(),
      mapCode: orNull(Type.String()),
      map: orNull(Type.String({ description: 'Address of a page that shows where it is' })),
      phones: Type.Array(Type.String()),
      hours: Type.Array(Type.Object({ days: Type.String(), times: Type.String() })),
      hoursUnconfirmed: Type.Boolean(),
      open: Type.Boolean(),
      until: orNull(Type.String({ format: 'date-time' })),
      opensAt: orNull(Type.String({ format: 'date-time' })),
      because: orNull(Type.String()),
    }),
  ),
  bring: Type.String(),
  whenNeither: orNull(Type.String({ description: 'Accepted from who has nothing of what to bring' })),
})
export type EligibilityReply = Type.Static<typeof EligibilityShape>

/** An answer about collecting as the API and the page say it, with its counters as they are at this moment. */
export function eligibilityReply(
  decision: Eligibility,
  programme: Programme,
  now: Temporal.Instant,
  language: Language,
): EligibilityReply {
  const errand = decision.ok ? decision : decision.errand
  const { bring, whenNeither } = sayErrand(errand, programme, language)
  return {
    mayCollect: decision.ok,
    refusal: decision.ok ? null : decision.refusal,
    message: sayEligibility(decision, programme, language),
    why: programme.cohorts.find(cohort => cohort.id === errand.cohort)?.why[language] ?? '',
    from: errand.from.toString(),
    counters: errand.where.flatMap(id => {
      const counter = counterOf(programme, id)
      return counter ? [counterNow(programme, counter, now, language)] : []
    }),
    bring,
    whenNeither: whenNeither || null,
  }
}

/** The routes of eligibility: the person's own answer. */
export function eligibilityRoutes(server: Server, { register }: { register: Register }): void {
  server.get(
    '/api/v1/me/eligibility',
    {
      config: { policy: 'student', scope: 'card:read' },
      schema: {
        tags: ['me'],
        summary: 'Whether I may collect the new card today, where and with what',
        response: { 200: EligibilityShape },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const person = await personById(act, request.actor.personId!)
        if (person === null) throw problem(404, 'not-found', request.language)
        const { decision, programme } = await eligibilityOf(act, person)
        return eligibilityReply(decision, programme, act.now, request.language)
      }),
  )
}

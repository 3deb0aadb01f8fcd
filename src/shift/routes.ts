import type { FastifyRequest } from 'fastify'
import { usualDeskFormat } from '../card/read-scan.ts'
import { both } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import { counterOf } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Server } from '../server/http.ts'
import { perform, refusalProblem, sayFrom } from '../server/perform.ts'
import type { Act, Actor, Register } from '../server/register.ts'
import { ComparedReply, CountBody, ShiftQuery, ShiftReply } from './api.ts'
import { countShift, morningOf, shiftOf } from './shift.ts'
import { type ShiftCard, todaysCounts } from './store.ts'
import { shiftWords } from './words.ts'

/** The fees that were paid at a counter since a moment; the room of reissues comes later in the flow, and hands it in. */
export type FeesAtCounter = (
  act: Act,
  counter: string,
  since: Temporal.Instant,
) => Promise<{ taken: number; amount: number; receipts: number }>

const tags = ['desk']
/** How refusals about a counter's shift are said. */
export const sayShift = sayFrom({ 'zh-TW': shiftWords['zh-TW'].refusals, en: shiftWords.en.refusals })

/** Whose shift it is: a clerk's own counter, whatever is asked for; of the office the counter that it names. */
export function counterFor(
  actor: Actor,
  asked: string | null,
  programme: Programme,
): Decision<{ counter: string | null }, 'no-such-counter'> {
  const counter = actor.counter ?? asked
  if (counter === null) return yes({ counter: null })
  return counterOf(programme, counter) ? yes({ counter }) : no('no-such-counter')
}

const asCard = ({ nameZh, nameEn, ...card }: ShiftCard) => ({
  ...card,
  name: nameZh === null ? null : both(nameZh, nameEn ?? nameZh),
})

/** The end of a shift: what should lie at a counter, what was counted, and the fees that were taken. */
export function shiftRoutes(
  server: Server,
  { register, feesAtCounter }: { register: Register; feesAtCounter: FeesAtCounter },
): void {
  async function answerShift(request: FastifyRequest<{ Querystring: ShiftQuery }>): Promise<ShiftReply> {
    const asked = request.query.counter ?? null
    const answer = await register.look(request.actor, async act => {
      const programme = await programmeInForce(act)
      const may = counterFor(request.actor, asked, programme)
      if (!may.ok) return may
      const { counter } = may
      const named = programme.counters.map(({ id, name }) => ({ id, name }))
      const reply: ShiftReply = {
        counter: named.find(({ id }) => id === counter) ?? null,
        counters: request.actor.counter === undefined ? named : [],
        now: act.now.toString(),
        counts: null,
        cards: [],
        fees: null,
        counted: [],
      }
      if (counter === null) return yes({ reply })
      const { counts, cards } = await shiftOf(act, counter, programme)
      const morning = morningOf(programme, act.now)
      const { amount, ...fees } = await feesAtCounter(act, counter, morning)
      const counted = await todaysCounts(act, counter, morning)
      return yes({
        reply: {
          ...reply,
          counts,
          cards: cards.map(asCard),
          fees: { ...fees, said: sayMoney(amount, programme.campus.currency) },
          counted: counted.map(({ byZh, byEn, ...each }) => ({
            ...each,
            by: both(byZh, byEn),
            at: each.at.toString(),
          })),
        },
      })
    })
    if (answer.ok) return answer.reply
    throw refusalProblem(sayShift, request.language, answer)
  }

  server.get(
    '/api/v1/shift',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'list' },
      schema: {
        tags,
        summary: 'What should lie at a counter now, and what happened there today',
        querystring: ShiftQuery,
        response: { 200: ShiftReply },
      },
    },
    request => answerShift(request),
  )

  server.post(
    '/api/v1/shift/counts',
    {
      config: { policy: ['desk', 'office'], purpose: 'desk', shows: 'list' },
      schema: {
        tags,
        summary: 'Count a counter at the end of a shift',
        description:
          'A number, or every card scanned. The count is kept as it is and changes nothing; a difference is answered with the ' +
          'cards that it is, or, where only a number was counted, those that it could be.',
        body: CountBody,
        response: { 200: ComparedReply },
      },
    },
    (request: FastifyRequest<{ Body: CountBody }>) =>
      perform({ register, request, say: sayShift, changesAccess: false }, async act => {
        const programme = await programmeInForce(act)
        const { readerFormat = usualDeskFormat, ...counting } = request.body
        const may = counterFor(request.actor, counting.counter, programme)
        if (!may.ok) return may
        if (may.counter === null) return no('no-such-counter')
        const { at, missing, surplus, ...compared } = await countShift(
          act,
          may.counter,
          { ...counting, readerFormat },
          programme,
        )
        return yes({
          ...compared,
          at: at.toString(),
          missing: missing.map(asCard),
          surplus: surplus.map(asCard),
        })
      }),
  )
}

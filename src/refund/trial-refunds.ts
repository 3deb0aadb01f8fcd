import type { TestCampus } from '../../test/campus.ts'
import type { Actor } from '../server/register.ts'
import { caseNumber } from './answer-file.ts'
import { askRefund } from './ask-refund.ts'
import type { TypedDestination } from './destination.ts'
import { readAnswer } from './read-answer.ts'
import { sendRefunds } from './send-refunds.ts'

export const office: Actor = { kind: 'office', id: 'office' }
export const account: TypedDestination = { way: 'bank', bank: '004', branch: '0037', account: '12345678901' }

/** Somebody with an old card, and whose they are. */
export interface Holder {
  personId: number
  cardId: number
  actor: Actor
}

/** A student whose old card has no campus access any more, as after the deadline. */
export async function holderOf(campus: TestCampus, number: string): Promise<Holder> {
  const personId = await campus.personId(number)
  const { rows } = await campus.owner.pool.query<{ card_id: number }>(
    `update card_use set during = tstzrange(lower(during), campus_now()) where person_id = $1 and upper_inf(during)
       or person_id = $1 and upper(during) > campus_now() returning card_id`,
    [personId],
  )
  return { personId, cardId: rows[0]!.card_id, actor: { kind: 'student', id: String(personId), personId } }
}

export const ask = (
  campus: TestCampus,
  { personId, cardId, actor }: Holder,
  to: TypedDestination = account,
) => campus.gatehouse.register.aside(actor, act => askRefund(act, { personId, cardId, to }))

export const send = (campus: TestCampus) => campus.gatehouse.register.aside(office, sendRefunds)

/** The issuer's answer with these lines. */
export const answer = (campus: TestCampus, ...lines: string[]) =>
  campus.gatehouse.register.aside(office, act =>
    readAnswer(act, {
      fileName: 'answer.csv',
      file: Buffer.from(['case,outcome,date,amount,reference,reason', ...lines].join('\n')),
    }),
  )

/** The number under which the issuer knows a card's case. */
export async function numberOf(campus: TestCampus, { cardId }: Holder, round = 1): Promise<string> {
  const { rows } = await campus.owner.pool.query<{ id: number }>(
    'select id from refund_case where card_id = $1',
    [cardId],
  )
  return caseNumber(rows[0]!.id, round)
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proofKeys } from '../../test/campus.ts'
import { csie, type Student } from '../../test/people.ts'
import type { Actor } from '../server/register.ts'
import { answerSecondPerson, askSecondPerson, type SecondPersonsAnswer } from './confirm.ts'
import { handOver } from './hand-over.ts'
import { colleague, given, openTrialDesk, passport, type TrialDesk } from './trial-desk.ts'

const office: Actor = { kind: 'office', id: 'office' }
const yesIt = { confirmed: true, reason: null }
const noItIsnt = { confirmed: false, reason: 'The photo shows another face.' }

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const withPassport = (student: Student) => given(student, { evidence: [passport] })

/** The office's answer is held open; a colleague's yes waits for it. What each was told. */
async function answeredAtOnce(id: number, says: SecondPersonsAnswer) {
  const { register } = desk.campus.gatehouse
  const [held, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const first = register.act(office, async act => {
    const done = await answerSecondPerson(act, id, says)
    answered.resolve()
    await held.promise
    return done
  })
  await answered.promise
  const second = register.act(colleague, act => answerSecondPerson(act, id, yesIt))
  await desk.campus.someoneWaits().finally(() => held.resolve())
  return [await first, await second]
}

describe('raced', () => {
  it('two confirm at once: the second waits, and is told that it is done', async () => {
    const id = await desk.asked(await desk.student('41047017S'))
    const [first, second] = await answeredAtOnce(id, yesIt)
    expect(first).toEqual({ ok: true })
    expect(second).toMatchObject({ refusal: 'confirmed-already' })
  })

  it('a yes against a no: the first one stands', async () => {
    const student = await desk.student('41047018S')
    const id = await desk.asked(student)
    const [first, second] = await answeredAtOnce(id, noItIsnt)
    expect(first).toEqual({ ok: true })
    expect(second).toMatchObject({ refusal: 'declined-already' })
    expect((await desk.post('desk-csie', withPassport(student))).json()).toMatchObject({
      refusal: 'second-person-declined',
    })
  })

  it('handed over twice at once on one confirmation: it is used once', async () => {
    const { register } = desk.campus.gatehouse
    const student = await desk.student('41047019S')
    const id = await desk.asked(student)
    expect((await desk.answers('office', id, yesIt)).statusCode).toBe(200)
    const both = await Promise.all(
      [0, 1].map(() => register.act(csie, act => handOver(act, withPassport(student), proofKeys))),
    )
    expect(both.filter(done => done.ok)).toHaveLength(1)
    expect(both.find(done => !done.ok)).toMatchObject({ refusal: 'already-collected' })
    const used = await desk.campus.owner.db
      .selectFrom('journal')
      .select('facts')
      .where('act', '=', 'confirmation used')
      .where('person_id', '=', await desk.campus.personId(student.number))
      .execute()
    expect(used).toEqual([{ facts: { confirmation: id } }])
  })

  it('asked twice at once: one question', async () => {
    const { register } = desk.campus.gatehouse
    const { number } = await desk.student('41047020S')
    const both = await Promise.all(
      [0, 1].map(() =>
        register.act(csie, act =>
          askSecondPerson(act, { studentNumber: number, evidence: [passport] }, proofKeys),
        ),
      ),
    )
    expect(both[0]).toMatchObject({ ok: true })
    expect(both[1]).toEqual(both[0])
  })
})

describe('who may', () => {
  it('another counter neither sees a question nor answers it', async () => {
    const id = await desk.asked(await desk.student('41047021S'))
    expect((await desk.waitingFor('desk-math')).map(question => question.id)).not.toContain(id)
    expect((await desk.answers('desk-math', id, yesIt)).statusCode).toBe(404)
    expect((await desk.answers('office', 999_999, yesIt)).statusCode).toBe(404)
  })

  it('nobody confirms what they asked, nor sees it in their list', async () => {
    const id = await desk.asked(await desk.student('41047022S'))
    expect((await desk.waitingFor('desk-csie')).map(question => question.id)).not.toContain(id)
    const own = await desk.answers('desk-csie', id, yesIt)
    expect(own.statusCode).toBe(409)
    expect(own.json()).toMatchObject({
      refusal: 'asked-by-yourself',
      message: expect.stringContaining('Somebody else'),
    })
  })

  it('a no needs its reason', async () => {
    const id = await desk.asked(await desk.student('41047023S'))
    expect((await desk.answers('office', id, { confirmed: false, reason: null })).json()).toMatchObject({
      refusal: 'no-reason-given',
    })
    expect((await desk.answers('office', id, { confirmed: false, reason: 'x'.repeat(201) })).statusCode).toBe(
      400,
    )
  })

  it.each([
    ['nobody signed in', null, 401],
    ['a student', '41047001S', 404],
    ['the access keeper', 'access', 404],
  ])('%s neither asks, nor looks, nor answers', async (_, who, status) => {
    const ask = { studentNumber: '41047024S', evidence: [passport] }
    expect((await desk.send(who, '/desk/confirmations', ask)).statusCode).toBe(status)
    expect((await desk.send(who, '/confirmations')).statusCode).toBe(status)
    expect((await desk.answers(who as string, 1, yesIt)).statusCode).toBe(status)
  })

  it.each([
    ['nothing shown', [], 'evidence-missing'],
    ['the old card shown', [{ kind: 'old-card-seen' }, passport], 'no-second-person-needed'],
    ['a document without its kind', [{ ...passport, documentKind: null }], 'document-unknown'],
  ])('nobody is asked with %s', async (_, evidence, refusal) => {
    const reply = await desk.send('desk-csie', '/desk/confirmations', {
      studentNumber: '41047024S',
      evidence,
    })
    expect(reply.statusCode).toBe(409)
    expect(reply.json()).toMatchObject({ refusal })
  })
})

it('a repeated answer under one Idempotency-Key is one answer', async () => {
  const id = await desk.asked(await desk.student('41047025S'))
  const key = { 'idempotency-key': 'answer-1' }
  const replies = await Promise.all(
    [0, 1, 2].map(() => desk.send('office', `/confirmations/${id}/answer`, yesIt, key)),
  )
  for (const reply of replies) expect(reply.json()).toEqual({ id, confirmed: true })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Student } from '../../test/people.ts'
import type { Actor } from '../server/register.ts'
import { answerSecondPerson, askSecondPerson } from './confirm.ts'
import type { WaitingReply } from './confirmation-api.ts'
import type { ViewReply } from './desk-api.ts'
import { handOver } from './hand-over.ts'
import { csie, given, healthProof, openTrialDesk, passport, proofKey, type TrialDesk } from './trial-desk.ts'

const office: Actor = { kind: 'office', id: 'office' }
const colleague: Actor = { kind: 'desk', id: 'desk-csie-second', counter: 'dept-csie' }
const yesIt = { confirmed: true, reason: null }
const noItIsnt = { confirmed: false, reason: 'The photo shows another face.' }

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
  await desk.campus.owner.db
    .insertInto('staff')
    .values({
      id: colleague.id,
      name_zh: '櫃檯庚',
      name_en: 'Desk Clerk G',
      role: 'desk',
      counter: 'dept-csie',
    })
    .execute()
}, 60_000)
afterAll(() => desk.campus.close())

const withPassport = (student: Student) => given(student, { evidence: [passport] })

/** Asks over HTTP; answers with the question's id. */
async function asked(student: Student, evidence: object[] = [passport]): Promise<number> {
  const reply = await desk.send('desk-csie', '/desk/confirmations', {
    studentNumber: student.number,
    evidence,
  })
  expect(reply.statusCode).toBe(200)
  return reply.json<{ confirmation: number }>().confirmation
}

const answers = (who: string, id: number, body: object) => desk.send(who, `/confirmations/${id}/answer`, body)

const waitingFor = async (who: string) =>
  (await desk.send(who, '/confirmations')).json<WaitingReply>().confirmations

const look = async (student: Student, evidence: object[]) =>
  (
    await desk.send('desk-csie', '/desk/look-up', {
      scan: null,
      beside: { studentNumber: student.number, chip: student.new, evidence },
    })
  ).json<ViewReply>()

const journalOf = async (student: Student) =>
  (
    await desk.campus.owner.db
      .selectFrom('journal')
      .select(['act', 'actor', 'facts'])
      .where('person_id', '=', await desk.campus.personId(student.number))
      .orderBy('id')
      .execute()
  ).filter(row => row.act !== 'old card recorded' && row.act !== 'person added')

describe('who has neither the old card nor a phone', () => {
  it('is served with an identity document that a second person confirms, and the journal says who did what', async () => {
    const student = await desk.student('41047012S')
    const before = await look(student, [])
    expect(before).toMatchObject({ next: 'evidence', second: null })
    expect(before.offers.map(offer => offer.evidence)).toEqual(['old-card', 'id-document'])
    expect(before.offers[1]!.kinds.map(kind => kind.id)).toContain('passport')
    expect(before.missing!.en).toContain('another of the staff confirms')

    expect(await look(student, [passport])).toMatchObject({
      next: 'second-person',
      second: { state: 'to-ask' },
    })
    const id = await asked(student)
    expect(await look(student, [passport])).toMatchObject({
      next: 'second-person',
      second: { state: 'waits' },
    })
    expect((await desk.post('desk-csie', withPassport(student))).json()).toMatchObject({
      refusal: 'second-person-missing',
    })

    const [waiting] = await waitingFor('office')
    expect(waiting).toMatchObject({
      id,
      studentNumber: student.number,
      askedBy: { en: 'Desk Clerk A' },
      counter: { en: 'Department of Computer Science office' },
      documents: [{ kindName: { en: 'passport', 'zh-TW': '護照' } }],
    })
    await waitingFor('office')
    expect((await answers('office', id, yesIt)).json()).toEqual({ id, confirmed: true })
    expect(await look(student, [passport])).toMatchObject({
      next: 'signature',
      second: { state: 'confirmed' },
      missing: null,
      offers: [],
    })

    expect((await desk.post('desk-csie', withPassport(student))).statusCode).toBe(200)
    const [kept] = await desk.handoversOf(student)
    expect(kept).toMatchObject({
      evidence: { 'id-document': 'passport' },
      evidence_card_id: null,
      confirmation_id: id,
      clerk: 'desk-csie',
    })
    const facts = { confirmation: id, evidence: 'id-document:passport', counter: 'dept-csie' }
    expect(await journalOf(student)).toEqual([
      { act: 'second person asked', actor: 'desk:desk-csie', facts },
      { act: 'confirmation read', actor: 'office:office', facts: { confirmation: id } },
      { act: 'identity confirmed', actor: 'office:office', facts },
      { act: 'confirmation used', actor: 'desk:desk-csie', facts: { confirmation: id } },
      {
        act: 'card handed over',
        actor: 'desk:desk-csie',
        facts: { evidence: 'id-document:passport', counter: 'dept-csie' },
      },
    ])
  })

  it('is not served once it was declined, and the clerk reads why; the old card still helps', async () => {
    const student = await desk.student('41047013S')
    const id = await asked(student)
    expect((await answers(colleague.id, id, noItIsnt)).statusCode).toBe(200)
    const view = await look(student, [passport])
    expect(view).toMatchObject({ next: null, stop: { refusal: 'second-person-declined' } })
    expect(view.stop!.message.en).toContain('“The photo shows another face.”')
    expect((await desk.post('desk-csie', withPassport(student))).json()).toMatchObject({
      refusal: 'second-person-declined',
    })
    const again = await desk.send('desk-csie', '/desk/confirmations', {
      studentNumber: student.number,
      evidence: [passport],
    })
    expect(again.json()).toMatchObject({ refusal: 'second-person-declined' })
    expect((await desk.post('desk-csie', given(student))).statusCode).toBe(200)
    const [kept] = await desk.handoversOf(student)
    expect(kept).toMatchObject({ evidence: { 'old-card': 'read' }, confirmation_id: null })
    const declined = (await journalOf(student)).find(row => row.act === 'identity declined')
    expect(declined).toMatchObject({ actor: `desk:${colleague.id}` })
    expect(JSON.stringify(declined)).not.toContain('face')
  })

  it('is asked about once: asking again while it is awaited is the same question, other documents are another', async () => {
    const student = await desk.student('41047014S')
    const first = await asked(student)
    expect(await asked(student)).toBe(first)
    const other = await asked(student, [{ ...passport, documentKind: 'national-id' }])
    expect(other).not.toBe(first)
    expect((await waitingFor(colleague.id)).map(question => question.id)).toContain(other)
    expect((await waitingFor(colleague.id)).map(question => question.id)).not.toContain(first)
    expect((await answers('office', first, yesIt)).json()).toMatchObject({ refusal: 'asked-anew' })
  })

  it('waits fifteen minutes of campus time, and not longer', async () => {
    const student = await desk.student('41047015S')
    const { register } = desk.campus.gatehouse
    const id = await asked(student)
    const { goodUntil, askedAt } = (await waitingFor('office')).find(question => question.id === id)!
    const minutes = Temporal.Instant.from(askedAt).until(goodUntil).total('minutes')
    expect(minutes).toBe(15)
    const late = await register.act(office, act =>
      answerSecondPerson({ ...act, now: Temporal.Instant.from(goodUntil) }, id, yesIt),
    )
    expect(late).toMatchObject({ refusal: 'asked-too-long-ago' })
    expect((await answers('office', id, yesIt)).statusCode).toBe(200)
    const after = await register.act(csie, act =>
      handOver({ ...act, now: Temporal.Instant.from(goodUntil) }, withPassport(student), proofKey),
    )
    expect(after).toMatchObject({ refusal: 'second-person-missing' })
    expect(await desk.handoversOf(student)).toEqual([])
  })

  it('counts for the clerk who asked, at the counter where it was asked', async () => {
    const student = await desk.student('41047016S')
    const id = await asked(student)
    expect((await answers('office', id, yesIt)).statusCode).toBe(200)
    const other = await desk.post(colleague.id, withPassport(student))
    expect(other.json()).toMatchObject({ refusal: 'second-person-missing' })
  })
})

describe('the freshman who missed the health examination', () => {
  it('is served with an identity document and the health proof, and nobody has to confirm', async () => {
    const student = await desk.student('41200037E')
    const chip = student.new
    const evidence = [healthProof, passport]
    const half = await desk.send('desk-registry', '/desk/look-up', {
      scan: null,
      seen: healthProof,
      beside: { studentNumber: student.number, chip, evidence: [] },
    })
    expect(half.json()).toMatchObject({
      scanned: 'document',
      next: 'evidence',
      missing: { en: 'Still missing: an original identity document with a photo.' },
      offers: [{ evidence: 'id-document' }, { evidence: 'health-proof' }],
    })
    const reply = await desk.post('desk-registry', given(student, { evidence }))
    expect(reply.statusCode).toBe(200)
    const [kept] = await desk.handoversOf(student)
    expect(kept).toMatchObject({
      evidence: { 'id-document': 'passport', 'health-proof': null },
      confirmation_id: null,
    })
  })
})

describe('raced', () => {
  it('two confirm at once: the second waits, and is told that it is done', async () => {
    const { register } = desk.campus.gatehouse
    const id = await asked(await desk.student('41047017S'))
    const [held, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = register.act(office, async act => {
      const done = await answerSecondPerson(act, id, yesIt)
      answered.resolve()
      await held.promise
      return done
    })
    await answered.promise
    const second = register.act(colleague, act => answerSecondPerson(act, id, yesIt))
    await desk.someoneWaitsForARow().finally(() => held.resolve())
    expect(await first).toEqual({ ok: true })
    expect(await second).toMatchObject({ refusal: 'confirmed-already' })
  })

  it('a yes against a no: the first one stands', async () => {
    const { register } = desk.campus.gatehouse
    const student = await desk.student('41047018S')
    const id = await asked(student)
    const [held, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = register.act(office, async act => {
      const done = await answerSecondPerson(act, id, noItIsnt)
      answered.resolve()
      await held.promise
      return done
    })
    await answered.promise
    const second = register.act(colleague, act => answerSecondPerson(act, id, yesIt))
    await desk.someoneWaitsForARow().finally(() => held.resolve())
    expect(await first).toEqual({ ok: true })
    expect(await second).toMatchObject({ refusal: 'declined-already' })
    expect((await desk.post('desk-csie', withPassport(student))).json()).toMatchObject({
      refusal: 'second-person-declined',
    })
  })

  it('handed over twice at once on one confirmation: it is used once', async () => {
    const { register } = desk.campus.gatehouse
    const student = await desk.student('41047019S')
    const id = await asked(student)
    expect((await answers('office', id, yesIt)).statusCode).toBe(200)
    const both = await Promise.all(
      [0, 1].map(() => register.act(csie, act => handOver(act, withPassport(student), proofKey))),
    )
    expect(both.filter(done => done.ok)).toHaveLength(1)
    expect(both.find(done => !done.ok)).toMatchObject({ refusal: 'already-collected' })
    expect((await journalOf(student)).filter(row => row.act === 'confirmation used')).toHaveLength(1)
  })

  it('asked twice at once: one question', async () => {
    const { register } = desk.campus.gatehouse
    const { number } = await desk.student('41047020S')
    const both = await Promise.all(
      [0, 1].map(() =>
        register.act(csie, act =>
          askSecondPerson(act, { studentNumber: number, evidence: [passport] }, proofKey),
        ),
      ),
    )
    expect(both[0]).toMatchObject({ ok: true })
    expect(both[1]).toEqual(both[0])
  })
})

describe('who may', () => {
  it('another counter neither sees a question nor answers it', async () => {
    const id = await asked(await desk.student('41047021S'))
    expect((await waitingFor('desk-math')).map(question => question.id)).not.toContain(id)
    expect((await answers('desk-math', id, yesIt)).statusCode).toBe(404)
    expect((await answers('office', 999_999, yesIt)).statusCode).toBe(404)
  })

  it('nobody confirms what they asked, nor sees it in their list', async () => {
    const id = await asked(await desk.student('41047022S'))
    expect((await waitingFor('desk-csie')).map(question => question.id)).not.toContain(id)
    const own = await answers('desk-csie', id, yesIt)
    expect(own.statusCode).toBe(409)
    expect(own.json()).toMatchObject({
      refusal: 'asked-by-yourself',
      message: expect.stringContaining('Somebody else'),
    })
  })

  it('a no needs its reason', async () => {
    const id = await asked(await desk.student('41047023S'))
    expect((await answers('office', id, { confirmed: false, reason: null })).json()).toMatchObject({
      refusal: 'no-reason-given',
    })
    expect((await answers('office', id, { confirmed: false, reason: 'x'.repeat(201) })).statusCode).toBe(400)
  })

  it.each([
    ['nobody signed in', null, 401],
    ['a student', '41047001S', 404],
    ['the access keeper', 'access', 404],
  ])('%s neither asks, nor looks, nor answers', async (_, who, status) => {
    const ask = { studentNumber: '41047024S', evidence: [passport] }
    expect((await desk.send(who, '/desk/confirmations', ask)).statusCode).toBe(status)
    expect((await desk.send(who, '/confirmations')).statusCode).toBe(status)
    expect((await answers(who as string, 1, yesIt)).statusCode).toBe(status)
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
  const id = await asked(await desk.student('41047025S'))
  const key = { 'idempotency-key': 'answer-1' }
  const replies = await Promise.all(
    [0, 1, 2].map(() => desk.send('office', `/confirmations/${id}/answer`, yesIt, key)),
  )
  for (const reply of replies) expect(reply.json()).toEqual({ id, confirmed: true })
})

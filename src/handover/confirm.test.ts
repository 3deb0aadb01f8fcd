import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proofKeys } from '../../test/campus.ts'
import type { Student } from '../../test/people.ts'
import { csie } from '../../test/people.ts'
import type { ViewReply } from '../desk/api.ts'
import type { Actor } from '../server/register.ts'
import { answerSecondPerson } from './confirm.ts'
import { handOver } from './hand-over.ts'
import { colleague, given, healthProof, openTrialDesk, passport, type TrialDesk } from './trial-desk.ts'

const office: Actor = { kind: 'office', id: 'office' }
const yesIt = { confirmed: true, reason: null }
const noItIsnt = { confirmed: false, reason: 'The photo shows another face.' }

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const withPassport = (student: Student) => given(student, { evidence: [passport] })

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
  ).filter(row => !['card taken into stock', 'old card recorded', 'person added'].includes(row.act))

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
    const id = await desk.asked(student)
    expect(await look(student, [passport])).toMatchObject({
      next: 'second-person',
      second: { state: 'waits' },
    })
    expect((await desk.post('desk-csie', withPassport(student))).json()).toMatchObject({
      refusal: 'second-person-missing',
    })

    const [waiting] = await desk.waitingFor('office')
    expect(waiting).toMatchObject({
      id,
      studentNumber: student.number,
      askedBy: { en: 'Desk Clerk A' },
      counter: { en: 'Department of Computer Science office' },
      documents: [{ kindName: { en: 'passport', 'zh-TW': '護照' } }],
    })
    await desk.waitingFor('office')
    expect((await desk.answers('office', id, yesIt)).json()).toEqual({ id, confirmed: true })
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
      { act: 'person looked up', actor: 'desk:desk-csie', facts: { by: 'nothing' } },
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
    const id = await desk.asked(student)
    expect((await desk.answers(colleague.id, id, noItIsnt)).statusCode).toBe(200)
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

  it('stays declined with another paper beside it, and for a colleague who asks instead', async () => {
    const student = await desk.student('41047017S')
    const first = await desk.asked(student)
    expect((await desk.answers('office', first, noItIsnt)).statusCode).toBe(200)
    const asks = (who: string, evidence: object[]) =>
      desk.send(who, '/desk/confirmations', { studentNumber: student.number, evidence })
    for (const [who, evidence] of [
      ['desk-csie', [passport, healthProof]],
      [colleague.id, [passport]],
    ] as const)
      expect((await asks(who, [...evidence])).json()).toMatchObject({ refusal: 'second-person-declined' })
    expect((await asks(colleague.id, [{ ...passport, documentKind: 'national-id' }])).statusCode).toBe(200)
  })

  it('is asked about once: asking again while it is awaited is the same question, other documents are another', async () => {
    const student = await desk.student('41047014S')
    const first = await desk.asked(student)
    expect(await desk.asked(student)).toBe(first)
    const other = await desk.asked(student, [{ ...passport, documentKind: 'national-id' }])
    expect(other).not.toBe(first)
    expect((await desk.waitingFor(colleague.id)).map(question => question.id)).toContain(other)
    expect((await desk.waitingFor(colleague.id)).map(question => question.id)).not.toContain(first)
    expect((await desk.answers('office', first, yesIt)).json()).toMatchObject({ refusal: 'asked-anew' })
  })

  it('waits fifteen minutes of campus time, and not longer', async () => {
    const student = await desk.student('41047015S')
    const { register } = desk.campus.gatehouse
    const id = await desk.asked(student)
    const { goodUntil, askedAt } = (await desk.waitingFor('office')).find(question => question.id === id)!
    const minutes = Temporal.Instant.from(askedAt).until(goodUntil).total('minutes')
    expect(minutes).toBe(15)
    const late = await register.act(office, act =>
      answerSecondPerson({ ...act, now: Temporal.Instant.from(goodUntil) }, id, yesIt),
    )
    expect(late).toMatchObject({ refusal: 'asked-too-long-ago' })
    expect((await desk.answers('office', id, yesIt)).statusCode).toBe(200)
    const after = await register.act(csie, act =>
      handOver({ ...act, now: Temporal.Instant.from(goodUntil) }, withPassport(student), proofKeys),
    )
    expect(after).toMatchObject({ refusal: 'second-person-missing' })
    expect(await desk.handoversOf(student)).toEqual([])
  })

  it('counts for the clerk who asked, at the counter where it was asked', async () => {
    const student = await desk.student('41047016S')
    const id = await desk.asked(student)
    expect((await desk.answers('office', id, yesIt)).statusCode).toBe(200)
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

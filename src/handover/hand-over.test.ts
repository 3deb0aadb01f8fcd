import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proofKeys } from '../../test/campus.ts'
import { csie, people } from '../../test/people.ts'
import { handOver } from './hand-over.ts'
import { given, openTrialDesk, type TrialDesk } from './trial-desk.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

describe('an ordinary handover', () => {
  it('with the old card is kept with its signature, its journal entry and a message', async () => {
    const { aEarly } = people
    const reply = await desk.post('desk-csie', given(aEarly))
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toMatchObject({ studentNumber: aEarly.number })
    const [kept, ...more] = await desk.handoversOf(aEarly)
    expect(more).toEqual([])
    expect(kept).toMatchObject({
      evidence: { 'old-card': 'read' },
      counter: 'dept-csie',
      clerk: 'desk-csie',
    })
    const { db } = desk.campus.owner
    const signed = await db
      .selectFrom('signature')
      .selectAll()
      .where('card_id', '=', kept!.card_id)
      .executeTakeFirstOrThrow()
    expect(signed.text).toBe(
      '本人已領取 4K 學生證悠遊卡（百年紀念版），並已核對卡面資料。舊卡不收回；新卡須啟用後才能在校園使用。',
    )
    expect(signed.erase_on.toString()).toBe('2024-10-17')
    const noted = await db
      .selectFrom('journal')
      .selectAll()
      .where('card_id', '=', kept!.card_id)
      .orderBy('id')
      .execute()
    expect(noted.map(row => [row.act, row.actor])).toEqual([
      ['card taken into stock', 'system:set-up'],
      ['card handed over', 'desk:desk-csie'],
    ])
    const told = await db
      .selectFrom('message')
      .select('kind')
      .where('person_id', '=', kept!.person_id)
      .execute()
    expect(told).toEqual([{ kind: 'card-handed-over' }])
  })

  it('with the app’s live proof, signed with the name', async () => {
    const { bOnTheStroke } = people
    const proof = await desk.proofOf(bOnTheStroke)
    const signature = { manner: 'typed', picture: 'sample student a17', language: 'en' } as const
    const reply = await desk.post(
      'desk-csie',
      given(bOnTheStroke, { evidence: [{ kind: 'app-proof', proof }], signature }),
    )
    expect(reply.statusCode).toBe(200)
    const [kept] = await desk.handoversOf(bOnTheStroke)
    expect(kept).toMatchObject({ evidence: { 'app-proof': 'live' }, evidence_card_id: null })
  })

  it('with the old card shown to the clerk’s eyes, which the journal tells apart', async () => {
    const { cDuringTheRun } = people
    const reply = await desk.post(
      'desk-csie',
      given(cDuringTheRun, { evidence: [{ kind: 'old-card-seen' }] }),
    )
    expect(reply.statusCode).toBe(200)
    const [kept] = await desk.handoversOf(cDuringTheRun)
    expect(kept!.evidence_card_id).not.toBeNull()
    const { facts } = await desk.campus.owner.db
      .selectFrom('journal')
      .select('facts')
      .where('card_id', '=', kept!.card_id)
      .where('act', '=', 'card handed over')
      .executeTakeFirstOrThrow()
    expect(facts).toMatchObject({ evidence: 'old-card:seen' })
  })
})

describe('what cannot happen twice', () => {
  it('a proof that was used, with another card of the same person or again', async () => {
    const { dLosesCard } = people
    const proof = await desk.proofOf(dLosesCard)
    await desk.campus.gatehouse.register.act(csie, async act => {
      await act.db
        .insertInto('used_proof')
        .values({
          nonce: proof.split('.')[4]!,
          person_id: await desk.campus.personId(dLosesCard.number),
          at: act.now,
        })
        .execute()
    })
    const reply = await desk.post(
      'desk-csie',
      given(dLosesCard, { evidence: [{ kind: 'app-proof', proof }] }),
    )
    expect(reply.json()).toMatchObject({ refusal: 'proof-used' })
    expect(await desk.handoversOf(dLosesCard)).toEqual([])
  })

  it('two clerks at once: the second waits, and is told that the card is collected', async () => {
    const { eLastEvening } = people
    const { register } = desk.campus.gatehouse
    const [held, handedOver] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const first = register.act(csie, async act => {
      const done = await handOver(act, given(eLastEvening), proofKeys)
      handedOver.resolve()
      await held.promise
      return done
    })
    await handedOver.promise
    const second = register.act(csie, act => handOver(act, given(eLastEvening), proofKeys))
    await desk.campus.someoneWaits().finally(() => held.resolve())
    expect(await first).toMatchObject({ ok: true })
    expect(await second).toMatchObject({ ok: false, refusal: 'already-collected' })
    expect(await desk.handoversOf(eLastEvening)).toHaveLength(1)
  })

  it('the same Idempotency-Key gets the same answer; with another body it is refused', async () => {
    const { fNeverCame } = people
    const key = { 'idempotency-key': 'handover-1' }
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => desk.post('desk-csie', given(fNeverCame), key)),
    )
    expect(replies[0]!.statusCode).toBe(200)
    for (const reply of replies) expect(reply.body).toBe(replies[0]!.body)
    expect(await desk.handoversOf(fNeverCame)).toHaveLength(1)
    const other = await desk.post(
      'desk-csie',
      given(fNeverCame, { evidence: [{ kind: 'old-card-seen' }] }),
      key,
    )
    expect(other.statusCode).toBe(422)
  })

  it('an act that fails leaves nothing behind', async () => {
    const { gOnTheSecond } = people
    const failed = desk.campus.gatehouse.register.act(csie, async act => {
      expect(await handOver(act, given(gOnTheSecond), proofKeys)).toMatchObject({ ok: true })
      throw new Error('the power goes')
    })
    await expect(failed).rejects.toThrow('the power goes')
    expect(await desk.handoversOf(gOnTheSecond)).toEqual([])
  })
})

describe('who may', () => {
  it.each([
    ['nobody signed in', null, 401],
    ['a student', '41047001S', 404],
    ['the office', 'office', 404],
  ])('%s cannot hand a card over', async (_, who, status) => {
    expect((await desk.post(who, given(people.gOnTheSecond))).statusCode).toBe(status)
    expect(await desk.handoversOf(people.gOnTheSecond)).toEqual([])
  })

  it.each([
    [
      'a drawing that is more than lines',
      { signature: { manner: 'drawn', picture: 'M1 1L9 9<script>', language: 'en' } },
    ],
    ['a chip that is none', { chip: '12' }],
    ['a witnessed picture', { signature: { manner: 'witnessed', picture: 'M1 1L9 9', language: 'en' } }],
    ['something more', { counter: 'dept-math' }],
  ])('%s is refused before anything is read', async (_, change) => {
    expect((await desk.post('desk-csie', { ...given(people.gOnTheSecond), ...change })).statusCode).toBe(400)
  })
})

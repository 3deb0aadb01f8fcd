import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, openCampus, type TestCampus } from '../../test/campus.ts'
import { people, type Student } from '../../test/people.ts'
import type { Actor } from '../server/register.ts'
import { type AtDesk, handOver } from './hand-over.ts'
import { makeProof } from './proof.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const csie: Actor = { kind: 'desk', id: 'desk-csie', counter: 'dept-csie' }
const proofKey = Buffer.alloc(32, 9)
const witnessed = { manner: 'witnessed', picture: '', language: 'zh-TW' } as const

/** What a clerk sends for a student: the new card, the old card as evidence, and a witnessed signature. */
const given = (student: Pick<Student, 'number' | 'old' | 'new'>, change: Partial<AtDesk> = {}) => ({
  studentNumber: student.number,
  chip: student.new,
  evidence: { kind: 'old-card', chip: student.old } as const,
  signature: witnessed,
  ...change,
})

const post = async (who: string | null, payload: object, headers: Record<string, string> = {}) =>
  campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/desk/handovers',
    payload,
    headers: {
      'accept-language': 'en',
      ...(who ? { cookie: await campus.signIn(who) } : {}),
      ...headers,
    },
  })

const handoversOf = async (student: Pick<Student, 'number'>) =>
  campus.owner.db
    .selectFrom('handover')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .selectAll('handover')
    .where('student_number', '=', student.number)
    .where('how', '=', 'desk')
    .execute()

const proofOf = async (student: Pick<Student, 'number'>, ageSeconds = 0) =>
  makeProof(proofKey, {
    personId: await campus.personId(student.number),
    now: (await campus.gatehouse.register.look(csie, async act => act.now)).subtract({ seconds: ageSeconds }),
    lifetimeSeconds: 120,
  })

/** Another student of the department, whose cards are read from the register. */
async function student(number: string): Promise<Student> {
  const cards = await campus.owner.db
    .selectFrom('card')
    .innerJoin('person', 'person.id', 'card.made_for')
    .select(['card.chip', 'card.printed_number'])
    .where('student_number', '=', number)
    .where('edition', '=', '4k-centenary')
    .execute()
  const old = await campus.owner.db
    .selectFrom('handover')
    .innerJoin('card', 'card.id', 'handover.card_id')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .select('chip')
    .where('student_number', '=', number)
    .where('how', '=', 'before-gatehouse')
    .executeTakeFirst()
  const hex = (chip: Buffer | undefined) => chip?.toString('hex').toUpperCase() ?? ''
  const printed = cards[0]?.printed_number ?? ''
  return { number, old: hex(old?.chip), new: hex(cards[0]?.chip), digits: printed.slice(-4) }
}

describe('an ordinary handover', () => {
  it('with the old card is kept with its signature, its journal entry and a message', async () => {
    const { aEarly } = people
    const reply = await post('desk-csie', given(aEarly))
    expect(reply.statusCode).toBe(200)
    expect(reply.json()).toMatchObject({ studentNumber: aEarly.number })
    const [kept, ...more] = await handoversOf(aEarly)
    expect(more).toEqual([])
    expect(kept).toMatchObject({ evidence: 'old-card', counter: 'dept-csie', clerk: 'desk-csie' })
    const { db } = campus.owner
    const signed = await db
      .selectFrom('signature')
      .selectAll()
      .where('card_id', '=', kept!.card_id)
      .executeTakeFirstOrThrow()
    expect(signed.text).toBe(
      '本人已領取4K 學生證悠遊卡（百年紀念版），並已核對卡面資料。舊卡不收回；新卡須啟用後才能在校園使用。',
    )
    expect(signed.erase_on.toString()).toBe('2024-10-17')
    const noted = await db.selectFrom('journal').selectAll().where('card_id', '=', kept!.card_id).execute()
    expect(noted.map(row => [row.act, row.actor])).toEqual([['card handed over', 'desk:desk-csie']])
    const told = await db
      .selectFrom('message')
      .select('kind')
      .where('person_id', '=', kept!.person_id)
      .execute()
    expect(told).toEqual([{ kind: 'card-handed-over' }])
  })

  it('with the app’s live proof, signed with the name', async () => {
    const { bOnTheStroke } = people
    const proof = await proofOf(bOnTheStroke)
    const signature = { manner: 'typed', picture: 'sample student a17', language: 'en' } as const
    const reply = await post(
      'desk-csie',
      given(bOnTheStroke, { evidence: { kind: 'app-proof', proof }, signature }),
    )
    expect(reply.statusCode).toBe(200)
    const [kept] = await handoversOf(bOnTheStroke)
    expect(kept).toMatchObject({ evidence: 'app-proof', evidence_card_id: null })
  })

  it('with the old card shown to the clerk’s eyes, which the journal tells apart', async () => {
    const { cDuringTheRun } = people
    const reply = await post('desk-csie', given(cDuringTheRun, { evidence: { kind: 'old-card-seen' } }))
    expect(reply.statusCode).toBe(200)
    const [kept] = await handoversOf(cDuringTheRun)
    expect(kept!.evidence_card_id).not.toBeNull()
    const { facts } = await campus.owner.db
      .selectFrom('journal')
      .select('facts')
      .where('card_id', '=', kept!.card_id)
      .executeTakeFirstOrThrow()
    expect(facts).toMatchObject({ evidence: 'old-card-seen' })
  })
})

describe('what cannot happen twice', () => {
  it('a proof that was used, with another card of the same person or again', async () => {
    const { dLosesCard } = people
    const proof = await proofOf(dLosesCard)
    await campus.gatehouse.register.act(csie, async act => {
      await act.db
        .insertInto('used_proof')
        .values({
          nonce: proof.split('.')[3]!,
          person_id: await campus.personId(dLosesCard.number),
          at: act.now,
        })
        .execute()
    })
    const reply = await post('desk-csie', given(dLosesCard, { evidence: { kind: 'app-proof', proof } }))
    expect(reply.json()).toMatchObject({ refusal: 'proof-used' })
    expect(await handoversOf(dLosesCard)).toEqual([])
  })

  it('two clerks at once: the second waits, and is told that the card is collected', async () => {
    const { eLastEvening } = people
    const { register } = campus.gatehouse
    let letGo = () => {}
    const held = new Promise<void>(resolve => {
      letGo = resolve
    })
    const first = register.act(csie, async act => {
      const done = await handOver(act, given(eLastEvening), proofKey)
      await held
      return done
    })
    await campus.someoneWaits('ClientRead')
    const second = register.act(csie, act => handOver(act, given(eLastEvening), proofKey))
    await campus.someoneWaits('transactionid')
    letGo()
    expect(await first).toMatchObject({ ok: true })
    expect(await second).toMatchObject({ ok: false, refusal: 'already-collected' })
    expect(await handoversOf(eLastEvening)).toHaveLength(1)
  })

  it('the same Idempotency-Key gets the same answer; with another body it is refused', async () => {
    const { fNeverCame } = people
    const key = { 'idempotency-key': 'handover-1' }
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => post('desk-csie', given(fNeverCame), key)),
    )
    expect(replies[0]!.statusCode).toBe(200)
    for (const reply of replies) expect(reply.body).toBe(replies[0]!.body)
    expect(await handoversOf(fNeverCame)).toHaveLength(1)
    const other = await post('desk-csie', given(fNeverCame, { evidence: { kind: 'old-card-seen' } }), key)
    expect(other.statusCode).toBe(422)
  })

  it('an act that fails leaves nothing behind', async () => {
    const { gOnTheSecond } = people
    const failed = campus.gatehouse.register.act(csie, async act => {
      expect(await handOver(act, given(gOnTheSecond), proofKey)).toMatchObject({ ok: true })
      throw new Error('the power goes')
    })
    await expect(failed).rejects.toThrow('the power goes')
    expect(await handoversOf(gOnTheSecond)).toEqual([])
  })
})

describe('what is refused, with what to do next', () => {
  it.each<[string, string, () => Promise<object> | object, string, string]>([
    [
      'someone else’s old card',
      'desk-csie',
      () => given(people.gOnTheSecond, { evidence: { kind: 'old-card', chip: people.aEarly.old } }),
      'old-card-of-somebody-else',
      'own old card',
    ],
    [
      'a card of another pack',
      'desk-csie',
      () => given({ ...people.gOnTheSecond, new: people.dLosesCard.new }),
      'another-persons-pack',
      'take the right card',
    ],
    [
      'a card that was given to another',
      'desk-csie',
      () => given({ ...people.gOnTheSecond, new: people.aEarly.new }),
      'already-handed-to-somebody-else',
      'Check whether',
    ],
    [
      'a card nobody knows',
      'desk-csie',
      () => given({ ...people.gOnTheSecond, new: 'DEADBEEF' }),
      'unknown-card',
      'card office',
    ],
    [
      'the old card in place of the new',
      'desk-csie',
      () => given({ ...people.gOnTheSecond, new: people.gOnTheSecond.old }),
      'own-old-card',
      'tap the new card',
    ],
    [
      'a proof of two minutes ago',
      'desk-csie',
      async () =>
        given(people.gOnTheSecond, {
          evidence: { kind: 'app-proof', proof: await proofOf(people.gOnTheSecond, 120) },
        }),
      'proof-too-old',
      'refresh',
    ],
    [
      'a friend’s proof',
      'desk-csie',
      async () =>
        given(people.gOnTheSecond, { evidence: { kind: 'app-proof', proof: await proofOf(people.aEarly) } }),
      'proof-of-somebody-else',
      'own code',
    ],
    [
      'no signature',
      'desk-csie',
      () => given(people.gOnTheSecond, { signature: { manner: 'typed', picture: ' ', language: 'en' } }),
      'not-signed',
      'witness',
    ],
    [
      'a scan in place of the name',
      'desk-csie',
      () =>
        given(people.gOnTheSecond, { signature: { manner: 'typed', picture: '0713233758', language: 'en' } }),
      'name-differs',
      'as shown',
    ],
    [
      'the wrong counter',
      'desk-math',
      () => given(people.gOnTheSecond),
      'another-counter',
      'Department of Computer Science',
    ],
    [
      'on leave before 1 March',
      'desk-registry',
      () => given(people.onLeaveHeping),
      'wait-until',
      '1 March 2024',
    ],
    [
      'nobody of that number',
      'desk-csie',
      () => given({ ...people.gOnTheSecond, number: '99999999Z' }),
      'unknown-person',
      'Registration Division',
    ],
    [
      'no old card that could have been seen',
      'desk-registry',
      async () => given(await student('41200037E'), { evidence: { kind: 'old-card-seen' } }),
      'no-old-card',
      'pickup code',
    ],
  ])('%s', async (_, clerk, payload, refusal, next) => {
    const reply = await post(clerk, await payload())
    expect(reply.statusCode).toBe(409)
    expect(reply.json()).toMatchObject({ refusal })
    expect(reply.json<{ message: string }>().message).toContain(next)
  })

  it('two people do not get one blank card', async () => {
    const db = campus.owner.db
    const [one, other, third] = [
      await student('41047008S'),
      await student('41047009S'),
      await student('41047010S'),
    ]
    const chip = Buffer.from(third.new, 'hex')
    await db.updateTable('card').set({ made_for: null }).where('chip', '=', chip).execute()
    const { register } = campus.gatehouse
    const results = await Promise.all(
      [one, other].map(who =>
        register.act(csie, act => handOver(act, given({ ...who, new: third.new }), proofKey)),
      ),
    )
    expect(results.map(result => result.ok).toSorted()).toEqual([false, true])
    expect(results.find(result => !result.ok)).toMatchObject({ refusal: 'already-handed-to-somebody-else' })
  })

  it('a retired card, and one reported lost', async () => {
    const { gOnTheSecond } = people
    const { db } = campus.owner
    const chip = Buffer.from(gOnTheSecond.new, 'hex')
    const at = campusTime('2023-10-18T10:00')
    await db
      .updateTable('card')
      .set({ retired_at: at, retired_for: 'damaged' })
      .where('chip', '=', chip)
      .execute()
    const retired = await post('desk-csie', given(gOnTheSecond))
    expect(retired.json<{ message: string }>().message).toContain('(damaged)')
    await db
      .updateTable('card')
      .set({ retired_at: null, retired_for: null })
      .where('chip', '=', chip)
      .execute()
  })
})

describe('who may', () => {
  it.each([
    ['nobody signed in', null, 401],
    ['a student', '41047001S', 404],
    ['the office', 'office', 404],
  ])('%s cannot hand a card over', async (_, who, status) => {
    expect((await post(who, given(people.gOnTheSecond))).statusCode).toBe(status)
    expect(await handoversOf(people.gOnTheSecond)).toEqual([])
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
    expect((await post('desk-csie', { ...given(people.gOnTheSecond), ...change })).statusCode).toBe(400)
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { campusTime, openCampus, type TestCampus } from '../../test/campus.ts'
import { people, type Student } from '../../test/people.ts'
import type { Actor } from '../server/register.ts'
import { type AtDesk, handOver } from './hand-over.ts'
import { makeProof } from './proof.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  expect((await post('desk-csie', given(people.aEarly))).statusCode).toBe(200)
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
  expect(results.filter(result => result.ok)).toHaveLength(1)
  expect(results.find(result => !result.ok)).toMatchObject({ refusal: 'already-handed-to-somebody-else' })
})

it('a retired card, and one reported lost', async () => {
  const { fNeverCame, gOnTheSecond } = people
  const { db } = campus.owner
  const chip = Buffer.from(gOnTheSecond.new, 'hex')
  const at = campusTime('2023-10-18T10:00')
  const damaged = db.updateTable('card').where('chip', '=', Buffer.from(fNeverCame.new, 'hex'))
  await damaged.set({ retired_at: at, retired_for: 'damaged' }).execute()
  const retired = await post('desk-csie', given({ ...gOnTheSecond, new: fNeverCame.new }))
  expect(retired.json()).toMatchObject({ refusal: 'retired' })
  expect(retired.json<{ message: string }>().message).toContain('(damaged)')
  // Whose own card was retired is told before any card is looked at that another one is being made.
  expect((await post('desk-csie', given(fNeverCame))).json()).toMatchObject({ refusal: 'card-misprinted' })
  await damaged.set({ retired_at: null, retired_for: null }).execute()

  const { id } = await db.selectFrom('card').select('id').where('chip', '=', chip).executeTakeFirstOrThrow()
  const personId = await campus.personId(gOnTheSecond.number)
  await db
    .insertInto('loss_report')
    .values({ card_id: id, person_id: personId, at, reported_by: 'test' })
    .execute()
  expect((await post('desk-csie', given(gOnTheSecond))).json()).toMatchObject({ refusal: 'reported-lost' })
})

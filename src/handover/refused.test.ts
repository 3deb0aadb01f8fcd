import { afterAll, beforeAll, expect, it } from 'vitest'
import { campusTime, proofKeys } from '../../test/campus.ts'
import { csie, people } from '../../test/people.ts'
import { handOver } from './hand-over.ts'
import { given, healthProof, openTrialDesk, passport, type TrialDesk } from './trial-desk.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
  expect((await desk.post('desk-csie', given(people.aEarly))).statusCode).toBe(200)
}, 60_000)
afterAll(() => desk.campus.close())

it.each<[string, string, () => Promise<object> | object, string, string]>([
  [
    'someone else’s old card',
    'desk-csie',
    () => given(people.gOnTheSecond, { evidence: [{ kind: 'old-card', chip: people.aEarly.old }] }),
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
        evidence: [{ kind: 'app-proof', proof: await desk.proofOf(people.gOnTheSecond, 120) }],
      }),
    'proof-too-old',
    'refresh',
  ],
  [
    'a friend’s proof',
    'desk-csie',
    async () =>
      given(people.gOnTheSecond, {
        evidence: [{ kind: 'app-proof', proof: await desk.proofOf(people.aEarly) }],
      }),
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
    async () => given(await desk.student('41200037E'), { evidence: [{ kind: 'old-card-seen' }] }),
    'no-old-card',
    'Ask for an original identity document with a photo and the proof of the health examination.',
  ],
  [
    'nothing shown at all',
    'desk-csie',
    () => given(people.gOnTheSecond, { evidence: [] }),
    'evidence-missing',
    'Ask for the old card or the pickup code in the app. Who has none of these shows an original identity document with a photo, and another of the staff confirms.',
  ],
  [
    'a health proof alone, of who brings it with an identity document',
    'desk-registry',
    async () => given(await desk.student('41200037E'), { evidence: [healthProof] }),
    'evidence-missing',
    'an original identity document with a photo and the proof of the health examination',
  ],
  [
    'an identity document, and nobody was asked to confirm it',
    'desk-csie',
    () => given(people.gOnTheSecond, { evidence: [passport] }),
    'second-person-missing',
    'another clerk of this counter or the card office',
  ],
  [
    'a document that the programme does not name',
    'desk-csie',
    () =>
      given(people.gOnTheSecond, {
        evidence: [{ kind: 'document', evidence: 'library-card', documentKind: null }],
      }),
    'document-unknown',
    'library-card',
  ],
  [
    'an identity document without its kind',
    'desk-csie',
    () => given(people.gOnTheSecond, { evidence: [{ ...passport, documentKind: null }] }),
    'document-unknown',
    'id-document',
  ],
  [
    'a document that calls itself the old card',
    'desk-csie',
    () =>
      given(people.gOnTheSecond, {
        evidence: [{ kind: 'document', evidence: 'old-card', documentKind: null }],
      }),
    'document-unknown',
    'choose one that is offered',
  ],
])('%s', async (_, clerk, payload, refusal, next) => {
  const reply = await desk.post(clerk, await payload())
  expect(reply.statusCode).toBe(409)
  expect(reply.json()).toMatchObject({ refusal })
  expect(reply.json<{ message: string }>().message).toContain(next)
})

it('two people do not get one blank card', async () => {
  const db = desk.campus.owner.db
  const [one, other, third] = [
    await desk.student('41047008S'),
    await desk.student('41047009S'),
    await desk.student('41047010S'),
  ]
  const chip = Buffer.from(third.new, 'hex')
  await db.updateTable('card').set({ made_for: null }).where('chip', '=', chip).execute()
  const { register } = desk.campus.gatehouse
  const results = await Promise.all(
    [one, other].map(who =>
      register.act(csie, act => handOver(act, given({ ...who, new: third.new }), proofKeys)),
    ),
  )
  expect(results.filter(result => result.ok)).toHaveLength(1)
  expect(results.find(result => !result.ok)).toMatchObject({ refusal: 'already-handed-to-somebody-else' })
})

it('a retired card, and one reported lost', async () => {
  const { fNeverCame, gOnTheSecond } = people
  const { db } = desk.campus.owner
  const chip = Buffer.from(gOnTheSecond.new, 'hex')
  const at = campusTime('2023-10-18T10:00')
  const damaged = db.updateTable('card').where('chip', '=', Buffer.from(fNeverCame.new, 'hex'))
  await damaged.set({ retired_at: at, retired_for: 'damaged' }).execute()
  const retired = await desk.post('desk-csie', given({ ...gOnTheSecond, new: fNeverCame.new }))
  expect(retired.json()).toMatchObject({ refusal: 'retired' })
  expect(retired.json<{ message: string }>().message).toContain('(damaged)')
  // Whose own card was retired is told before any card is looked at that another one is being made.
  expect((await desk.post('desk-csie', given(fNeverCame))).json()).toMatchObject({
    refusal: 'card-misprinted',
  })
  await damaged.set({ retired_at: null, retired_for: null }).execute()

  const { id } = await db.selectFrom('card').select('id').where('chip', '=', chip).executeTakeFirstOrThrow()
  const personId = await desk.campus.personId(gOnTheSecond.number)
  await db
    .insertInto('loss_report')
    .values({ card_id: id, person_id: personId, at, reported_by: 'test', send_at: at })
    .execute()
  expect((await desk.post('desk-csie', given(gOnTheSecond))).json()).toMatchObject({
    refusal: 'reported-lost',
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { letRepresentativesFetch } from '../programme/trial-publishing.ts'
import type { BatchesReply, CardsReply } from './batch-api.ts'

const signature = { manner: 'witnessed', picture: '', language: 'en' } as const

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
  expect(await letRepresentativesFetch(desk.campus, 3)).toMatchObject({ status: 200 })
}, 120_000)
afterAll(() => desk.campus.close())

it('a fetched card that its holder handed in for another one is out no longer', async () => {
  const holder = await desk.student('41047029S')
  const fetched = await desk.send('desk-csie', '/desk/batches', {
    studentNumber: people.aEarly.number,
    checked: 'old-card',
    chips: [holder.new],
    signature,
  })
  expect(fetched.statusCode, fetched.body).toBe(200)
  const made = '0A0B0C29'
  await desk.campus.owner.pool.query(
    `with fetched as (
       select h.*, c.printed_number from handover h join card c on c.id = h.card_id where c.chip = decode($1, 'hex')),
     made as (
       insert into card (edition, chip, printed_number, made_for, counter, stocked_at)
       select edition, decode($2, 'hex'), '9' || substr(printed_number, 2), person_id, 'registry', campus_now() from fetched
       returning id)
     insert into reissue (person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at, settled_at,
       settled_as, card_id, produced_at)
     select person_id, card_id, 'damaged', edition, 'reissue', 200, campus_now(), 'test', campus_now() + interval '30 days',
       campus_now(), 'paid', made.id, campus_now()
     from fetched, made`,
    [holder.new, made],
  )
  const listed = async () => (await desk.send('desk-csie', '/desk/batches')).json<BatchesReply>().batches
  expect(await listed()).toMatchObject([{ cards: 1, arrived: 0, out: 1 }])
  const collected = await desk.post('desk-registry', {
    studentNumber: holder.number,
    chip: made,
    evidence: [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' }],
    signature,
  })
  expect(collected.statusCode, collected.body).toBe(200)
  // It lies in the office now: nobody waits for its representative, who may go on fetching.
  const [batch] = await listed()
  expect(batch).toMatchObject({ cards: 1, arrived: 1, out: 0 })
  const { cards } = (await desk.send('office', `/desk/batches/${batch!.id}`)).json<CardsReply>()
  expect(cards.map(({ state }) => state)).toEqual(['handed-in'])
  expect((await desk.send(holder.number, '/me/card')).json()).toMatchObject({
    story: 'collected',
    representative: null,
    newCard: { collectedAt: expect.any(String) },
  })
})

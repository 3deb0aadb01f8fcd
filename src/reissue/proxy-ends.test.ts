import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { withdrawReissue } from './apply.ts'
import { applied, as, freshNumber, type Holder } from './trial-reissue.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus()
}, 60_000)
afterAll(() => campus.close())

/** The holder had named somebody for a card of that kind. */
const named = async ({ personId, actor }: Holder, errand: string) => {
  const [now] = await as(campus, actor, async act => [act.now])
  await campus.owner.pool.query(
    `insert into proxy_authorization (person_id, errand, proxy_name, proxy_email, language, nonce, code_hash, named_at, named_by, good_until)
     values ($1, $2, 'Example Proxy', 'proxy@example.org', 'en', $3, $4, $5::timestamptz, 'student:1', $5::timestamptz + interval '7 days')`,
    [personId, errand, randomBytes(16), randomBytes(32), now.toString()],
  )
}
const namings = ({ personId }: Holder) =>
  campus.owner.db
    .selectFrom('proxy_authorization')
    .select(['ended_as', 'errand'])
    .where('person_id', '=', personId)
    .execute()

it('who was to collect the card of a reissue has no errand once that is cancelled, and is told so', async () => {
  const holder = await applied(campus, freshNumber())
  await named(holder, 'reissue')
  for (const _twice of [1, 2])
    expect(await as(campus, holder.actor, act => withdrawReissue(act, holder))).toMatchObject({ ok: true })
  expect(await namings(holder)).toEqual([{ ended_as: 'cancelled', errand: 'reissue' }])
  const told = await campus.owner.db
    .selectFrom('message')
    .select('recipient')
    .where('kind', '=', 'proxy-ended')
    .execute()
  expect(told).toEqual([{ recipient: 'proxy@example.org' }])
})

it('a naming for a first card is not the reissue’s to end', async () => {
  const holder = await applied(campus, freshNumber())
  await named(holder, 'first-card')
  await as(campus, holder.actor, act => withdrawReissue(act, holder))
  expect(await namings(holder)).toEqual([{ ended_as: null, errand: 'first-card' }])
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { Reply } from '../roster/trial-uploads.ts'
import type { RetiringReply, UncollectedReply } from './uncollected-routes.ts'

let campus: TestCampus

async function ask<Value>(url: string, payload: object): Promise<Reply<Value>> {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1/overview/${url}`,
    headers: { cookie: await campus.signIn('office'), 'accept-language': 'en' },
    payload,
  })
  return { status: reply.statusCode, body: reply.json() }
}

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
})
afterAll(() => campus.close())

describe('cards that nobody collected', () => {
  it('are listed by counter and box, and not retired before the deadline', async () => {
    const { body } = await ask<UncollectedReply>('uncollected', {})
    expect(body).toMatchObject({ mayRetire: false, over: false, todo: 'keep' })
    const all = body.boxes.reduce((sum, { cards }) => sum + cards, 0)
    expect(all).toBeGreaterThan(500)
    expect(body.cards.length).toBe(body.aPage)
    const { body: second } = await ask<UncollectedReply>('uncollected', { page: 1 })
    expect(second.cards.length).toBe(Math.min(body.aPage, all - body.aPage))
    expect(body.cards.map(({ cardId }) => cardId)).not.toContain(second.cards[0]!.cardId)
    const cards = [body.cards[0]!.cardId]
    const early = await ask('uncollected/retirement', { cards, count: 1, reason: 'Nobody came' })
    expect([early.status, early.body.refusal]).toEqual([409, 'before-deadline'])
  })

  it('say the day on the campus on which each came into stock', async () => {
    const evening = '2023-10-10T20:00Z'
    await campus.owner.pool.query('update card set stocked_at = $1 where made_for is not null', [evening])
    const { body } = await ask<UncollectedReply>('uncollected', {})
    expect(body.cards[0]!.sinceOn).toBe('2023-10-11')
  })

  it('stay where the programme keeps them; else a selection is retired, card by card, with its count', async () => {
    await campus.moveTo('2024-03-02T10:00')
    const { body } = await ask<UncollectedReply>('uncollected', { counter: 'dept-math' })
    expect(body).toMatchObject({ mayRetire: false, over: true })
    const cards = body.cards.slice(0, 3).map(({ cardId }) => cardId)
    const kept = await ask('uncollected/retirement', { cards, count: 3, reason: 'Nobody came' })
    expect([kept.status, kept.body.refusal]).toEqual([409, 'are-kept'])
    // Another rule of the same programme, as an office would publish it.
    await campus.owner.pool.query(`
      insert into programme_version (programme_id, document, source, published_at, published_by, replaces, replaced_asks)
      select programme_id, jsonb_set(document, '{overview,uncollected}', '"destroy"'), source, campus_now(), 'set-up', version,
             asks_second_person
      from programme_version order by version desc limit 1`)
    const wrong = await ask('uncollected/retirement', { cards, count: 2, reason: 'Nobody came' })
    expect([wrong.status, wrong.body.refusal]).toEqual([409, 'count-differs'])
    const done = await ask<RetiringReply>('uncollected/retirement', {
      cards,
      count: 3,
      reason: 'Nobody came',
    })
    expect(done.body).toMatchObject({ retired: 3 })
    const again = await ask<RetiringReply>('uncollected/retirement', {
      cards,
      count: 3,
      reason: 'Nobody came',
    })
    expect(again.body.retired).toBe(0)
    expect(again.body.rows[0]!.message).toMatch(/retired for good .* \(not collected in time\)/)
    const after = await ask<UncollectedReply>('uncollected', { counter: 'dept-math' })
    expect(after.body.cards.map(({ cardId }) => cardId)).not.toContain(cards[0])
  })
})

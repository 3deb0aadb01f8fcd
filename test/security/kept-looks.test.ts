import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeServer } from '../../src/server/http.ts'
import { people } from '../people.ts'
import { openLooks, scanned, type TrialLooks } from './trial-looks.ts'

/* What is kept of a look, and what a route must say before it may show anybody; and that the comparison can fail. */

let trial: TrialLooks
beforeAll(async () => {
  trial = await openLooks()
}, 120_000)
afterAll(() => trial.campus.close())
beforeEach(async () => void (await trial.keptSince()))

describe('a look', () => {
  it('says who in which role, at which counter, what, what for, and the reader’s reason', async () => {
    const reason = encodeURIComponent('電話詢問：卡片在哪裡')
    await trial.ask('office', 'GET', '/api/v1/people/1/timeline', { headers: { 'look-reason': reason } })
    await trial.ask('desk', 'POST', '/api/v1/desk/people/card', {
      payload: { studentNumber: people.bOnTheStroke.number },
    })
    expect(await trial.keptSince()).toEqual([
      {
        actor: 'office:office',
        counter: null,
        purpose: 'question',
        shown: 'story',
        route: 'GET /api/v1/people/:id/timeline',
        reason: '電話詢問：卡片在哪裡',
        people: 1,
        who: [1],
      },
      {
        actor: 'desk:desk-registry',
        counter: 'registry',
        purpose: 'desk',
        shown: 'card',
        route: 'POST /api/v1/desk/people/card',
        reason: null,
        people: 1,
        who: [trial.idOf(people.bOnTheStroke.number)],
      },
    ])
  })

  it.each([
    ['nothing', '', null],
    ['what cannot be read', '%E0%A4%A', null],
    ['lines', 'a%0Ab%00c', 'a b c'],
    ['far too much', 'x'.repeat(900), 'x'.repeat(200)],
  ])('keeps of a reason that is %s what can be kept', async (_, given, reason) => {
    await trial.ask('office', 'GET', '/api/v1/people/2/timeline', { headers: { 'look-reason': given } })
    expect(await trial.keptSince()).toMatchObject([{ reason }])
  })

  it('of a screen that asks again by itself is one in a quarter of an hour, and of somebody else another', async () => {
    const look = () => trial.ask('desk', 'POST', '/api/v1/desk/look-up', { payload: scanned })
    await trial.campus.moveTo('2023-10-18T12:00')
    await trial.keptSince()
    for (let times = 0; times < 5; times++) expect((await look()).statusCode).toBe(200)
    expect(await trial.keptSince()).toHaveLength(1)
    await trial.ask('office', 'POST', '/api/v1/desk/people/card', {
      payload: { studentNumber: people.aEarly.number },
    })
    expect(await trial.keptSince()).toMatchObject([{ actor: 'office:office' }])
    await trial.campus.moveTo('2023-10-18T12:16')
    await look()
    expect(await trial.keptSince()).toHaveLength(1)
  })

  it('that cannot be kept shows nothing', async () => {
    await trial.campus.owner.pool.query(
      `alter table look add constraint full_disk check (purpose <> 'question') not valid`,
    )
    const answer = await trial.ask('office', 'GET', '/api/v1/people/1/timeline')
    await trial.campus.owner.pool.query('alter table look drop constraint full_disk')
    expect(answer.statusCode).toBe(500)
    expect(trial.recognized(answer.body)).toEqual([])
  })

  it('is kept of a page, too, which is no answer in JSON', async () => {
    const page = await trial.ask('office', 'GET', `/staff/present/${trial.idOf(people.aEarly.number)}`)
    expect(trial.recognized(page.body)).toEqual([trial.idOf(people.aEarly.number)])
    expect(await trial.keptSince()).toMatchObject([
      { purpose: 'desk', who: [trial.idOf(people.aEarly.number)] },
    ])
  })

  it('is no look of a student at themselves', async () => {
    const cookie = await trial.campus.signIn(people.aEarly.number)
    await trial.campus.gatehouse.server.inject({ url: '/api/v1/me/card', headers: { cookie } })
    await trial.campus.gatehouse.server.inject({ url: '/my-card', headers: { cookie } })
    expect(await trial.keptSince()).toEqual([])
  })

  it('is added to and never changed, and the application removes none', async () => {
    const role = trial.campus.gatehouse.database.pool
    await expect(role.query(`update look set actor = 'x'`)).rejects.toThrow('permission denied')
    await expect(role.query('delete from looked_at')).rejects.toThrow('permission denied')
    await expect(role.query('delete from look')).rejects.toThrow('permission denied')
    await expect(trial.campus.owner.pool.query(`update look set actor = 'x'`)).rejects.toThrow(
      'only ever added to',
    )
  })
})

describe('the control: where the wall is away', () => {
  it('a person who is not counted is seen by the same comparison', async () => {
    await trial.campus.owner.pool.query(`
      create function pass_over() returns trigger language plpgsql as $$ begin return null; end $$;
      create trigger passes_over before insert on looked_at for each row when (new.person_id = 2) execute function pass_over()`)
    const answer = await trial.ask('office', 'GET', '/api/v1/people/export?format=csv&ids=1,2,3')
    const kept = await trial.keptSince()
    await trial.campus.owner.pool.query('drop trigger passes_over on looked_at; drop function pass_over')
    expect(trial.recognized(answer.body)).toEqual([1, 2, 3])
    expect(kept.flatMap(({ who }) => who)).not.toEqual(trial.recognized(answer.body))
  })

  const bare = () =>
    makeServer({ whoIs: async () => ({ kind: 'office', id: 'a' }), demo: false, logLevel: 'silent' })
  const shows = {
    properties: {
      people: { type: 'array', items: { type: 'object', properties: { studentNumber: { type: 'string' } } } },
    },
  }
  const route = (config: object, response: object | null) => ({
    config: { policy: 'office' as const, ...config },
    schema: response ? { response: { 200: { type: 'object', ...response } } } : {},
  })

  it.each([
    ['shows people and declares no purpose', {}, shows],
    ['declares no purpose, and no schema', {}, null],
    ['but not both', { purpose: 'lists' }, shows],
  ])('a route that %s stops the start', async (said, config, response) => {
    const server = await bare()
    expect(() => server.get('/api/v1/list', route(config, response), async () => ({}))).toThrow(said)
  })

  it.each([
    ['without people', {}, { properties: { many: { type: 'integer' } } }],
    ['that says so', { purpose: 'lists', shows: 'list' }, shows],
    ['of a file with nobody in it', { shows: 'nobody' }, null],
  ])('a route %s does not', async (_, config, response) => {
    const server = await bare()
    server.get('/api/v1/list', route(config, response), async () => ({}))
  })

  it('an answer that names somebody, though its route says it shows nobody, is not sent', async () => {
    const server = await bare()
    server.get('/api/v1/odd', route({ shows: 'nobody' }, null), async () => ({ studentNumber: '41047001S' }))
    const answer = await server.inject({ url: '/api/v1/odd', cookies: { session: 'x' } })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('41047001S')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../campus.ts'
import { freshmanOf } from '../people.ts'
import { openAnother } from '../two-processes.ts'

/*
 * The same request again and again, ten at once, as a phone in a tunnel and its double tap send it: one effect, one answer
 * (reliability.md D2). Two thousand requests of five kinds, twenty thousand calls.
 */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

/** One request: what it asks, as whom, and the journal's word for what it does. */
interface Once {
  url: string
  cookie: string
  body: object
}

// Each request comes from an address of its own: what is tried here is one effect, not the limit of an address.
const send = ({ url, cookie, body }: Once, key: string | null, from = 0) =>
  campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1/${url}`,
    remoteAddress: `127.1.${Math.floor(from / 200)}.${from % 200}`,
    headers: { cookie, 'accept-language': 'en', ...(key === null ? {} : { 'idempotency-key': key }) },
    payload: body,
  })

const acts = async (): Promise<number> => {
  const { rows } = await campus.owner.pool.query<{ acts: number }>(
    `select count(*)::int as acts from journal where act !~ '(read|looked|searched|seen)'`,
  )
  return rows[0]!.acts
}

/** Sends each request ten times at once; how many calls there were, how many acts, and which answers differed. */
async function tenAtOnce(requests: readonly Once[]) {
  const before = await acts()
  const different: string[] = []
  for (const [at, request] of requests.entries()) {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(request, `replay-${at}-${request.url}`, at)),
    )
    const said = new Set(answers.map(answer => `${answer.statusCode} ${answer.body}`))
    if (said.size > 1 || answers[0]!.statusCode !== 200) different.push([...said].join(' | ').slice(0, 300))
  }
  return { calls: requests.length * 10, acts: (await acts()) - before, different }
}

/** Students who hold a card that waits to be activated. */
async function holders(many: number) {
  const { rows } = await campus.owner.pool.query<{ number: string }>(
    `select p.student_number as number from person p
     where exists (select from handover h where h.person_id = p.id and h.how = 'health-check') order by p.id limit $1`,
    [many],
  )
  return Promise.all(
    rows.map(async ({ number }) => ({
      ...(await freshmanOf(campus, number)),
      number,
      cookie: await campus.signIn(number),
    })),
  )
}

/** Sessions of an account in turn, a new one for each hundred requests: none comes near its own limit. */
async function sessions(who: string, requests: number): Promise<(at: number) => string> {
  const cookies: string[] = []
  for (let begun = 0; begun < requests; begun += 100) cookies.push(await campus.signIn(who))
  return at => cookies[Math.floor(at / 100)]!
}

describe('twenty thousand calls of two thousand requests', { timeout: 300_000 }, () => {
  it('two hundred activate their cards: each card once', async () => {
    const done = await tenAtOnce(
      (await holders(200)).map(({ cookie, lastDigits }) => ({
        url: 'me/card/activation',
        cookie,
        body: { lastDigits },
      })),
    )
    expect(done).toMatchObject({ calls: 2_000, different: [] })
    const { rows } = await campus.owner.pool.query<{ cards: number; times: number }>(
      `select count(distinct card_id)::int as cards, count(*)::int as times from journal where act = 'card activated'`,
    )
    expect(rows).toEqual([{ cards: 200, times: 200 }])
  })

  it('and pause their campus access, and take it up again', async () => {
    const people = await holders(200)
    for (const [url, act] of [
      ['me/card/pause', 'campus access paused'],
      ['me/card/resume', 'campus access resumed'],
    ] as const) {
      const done = await tenAtOnce(people.map(({ cookie, cardId }) => ({ url, cookie, body: { cardId } })))
      expect(done).toMatchObject({ calls: 2_000, different: [] })
      const { rows } = await campus.owner.pool.query<{ times: number }>(
        'select count(*)::int as times from journal where act = $1',
        [act],
      )
      expect(rows).toEqual([{ times: 200 }])
    }
  })

  it('two doors are granted to almost seven hundred cards each', async () => {
    const { rows: people } = await campus.owner.pool.query<{ number: string }>(
      `select p.student_number as number from person p join card_use u on u.person_id = p.id
       where p.status = 'enrolled' and u.during @> campus_now() order by p.id limit 690`,
    )
    expect(people.length).toBe(690)
    const cookie = await sessions('access', 2 * people.length)
    const done = await tenAtOnce(
      ['admin-archive', 'admin-server-room'].flatMap((door, floor) =>
        people.map(({ number }, at) => ({
          url: `doors/${door}/grants`,
          cookie: cookie(floor * people.length + at),
          body: { studentNumber: number },
        })),
      ),
    )
    expect(done).toMatchObject({ calls: 13_800, different: [] })
    const { rows } = await campus.owner.pool.query<{ cards: number; grants: number }>(
      `select count(distinct card_id)::int as cards, count(*)::int as grants from individual_grant
       where door_id in ('admin-archive', 'admin-server-room') and granted_at > campus_now() - interval '1 hour'`,
    )
    expect(rows).toEqual([{ cards: 690, grants: 1_380 }])
  })

  it('twenty drafts are begun, and without a key each call begins one: the control', async () => {
    const cookie = await campus.signIn('office')
    const begin = (at: number): Once => ({
      url: 'programme/drafts',
      cookie,
      body: { name: `Draft ${at}`, version: 1 },
    })
    const done = await tenAtOnce(Array.from({ length: 20 }, (_, at) => begin(at)))
    expect(done).toMatchObject({ calls: 200, different: [] })
    const count = async () =>
      (
        await campus.owner.pool.query<{ drafts: number }>(
          'select count(*)::int as drafts from programme_draft',
        )
      ).rows[0]!.drafts
    expect(await count()).toBe(20)
    await Promise.all(Array.from({ length: 10 }, () => send(begin(99), null)))
    expect(await count()).toBe(30)
  })
})

describe('a key', () => {
  const grant = (number: string, cookie: string): Once => ({
    url: 'doors/library-stacks/grants',
    cookie,
    body: { studentNumber: number },
  })

  it('belongs to who used it: nobody else is answered by it', async () => {
    const [keeper, building] = await Promise.all([campus.signIn('access'), campus.signIn('access-library')])
    const first = await send(grant('41047001S', keeper), 'shared-key')
    expect(first.statusCode).toBe(200)
    const other = await send(grant('41047001S', building), 'shared-key')
    expect([other.statusCode, other.body === first.body]).toEqual([409, false])
  })

  it('belongs to what was asked: another body is 422, and nothing is done', async () => {
    const cookie = await campus.signIn('access')
    expect((await send(grant('41047002S', cookie), 'one-body')).statusCode).toBe(200)
    const before = await acts()
    expect((await send(grant('41047003S', cookie), 'one-body')).statusCode).toBe(422)
    expect(await acts()).toBe(before)
  })

  it('is known by every process, and after a restart', async () => {
    const cookie = await campus.signIn('access')
    const once = grant('41047005S', cookie)
    const first = await send(once, 'two-processes')
    const second = await openAnother(campus)
    const again = await second.server.inject({
      method: 'POST',
      url: `/api/v1/${once.url}`,
      headers: { cookie, 'accept-language': 'en', 'idempotency-key': 'two-processes' },
      payload: once.body,
    })
    await second.close()
    expect([again.statusCode, again.body]).toEqual([200, first.body])
  })
})

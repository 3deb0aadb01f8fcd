import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import type { ExtraItem, ExtrasList } from './list-extras.ts'
import { markExtra } from './mark-extra.ts'

const { aEarly, freshman } = people

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

async function send(who: string, method: 'GET' | 'PUT' | 'POST', url: string, payload?: object) {
  const reply = await campus.gatehouse.server.inject({
    method,
    url,
    ...(payload ? { payload } : {}),
    headers: { 'accept-language': 'en', cookie: await campus.signIn(who) },
  })
  return { status: reply.statusCode, to: reply.headers.location, body: reply.body }
}
const put = async (path: string, payload: object, who = aEarly.number) => {
  const { status, body } = await send(who, 'PUT', `/api/v1/me/extras/${path}`, payload)
  return { status, body: JSON.parse(body) as Record<string, unknown> }
}
const list = async (who = aEarly.number) =>
  (JSON.parse((await send(who, 'GET', '/api/v1/me/extras')).body) as ExtrasList).items
const item = async (id: string): Promise<ExtraItem> => (await list()).find(each => each.id === id)!
const rows = () => campus.owner.db.selectFrom('extra_mark').selectAll().orderBy('id').execute()

describe('what a holder says of what does not move', () => {
  it('a tick is a row with its time, said twice it is one, and taken back it stays on record', async () => {
    expect(await put('national-library/mark', { mark: 'done' })).toEqual({
      status: 200,
      body: { again: false },
    })
    expect(await put('national-library/mark', { mark: 'done' })).toEqual({
      status: 200,
      body: { again: true },
    })
    expect((await item('national-library')).state).toBe('done')
    expect(await put('national-library/mark', { mark: 'not-mine' })).toMatchObject({ body: { again: false } })
    expect(await put('national-library/mark', { mark: null })).toMatchObject({ body: { again: false } })
    expect(await item('national-library')).toMatchObject({ state: 'ask-yourself', markedAt: null })
    expect((await rows()).map(row => [row.mark, row.taken_back_at !== null])).toEqual([
      ['done', true],
      ['not-mine', true],
    ])
  })

  it('the last day of a pass is kept, changed, and erased for good', async () => {
    expect(await put('commuter-pass/runs-until', { until: '2023-11-05' })).toMatchObject({ status: 200 })
    expect(await item('commuter-pass')).toMatchObject({ runsUntil: '2023-11-05', state: 'ask-yourself' })
    expect(await put('commuter-pass/runs-until', { until: '2023-11-06' })).toMatchObject({ status: 200 })
    expect(await put('commuter-pass/runs-until', { until: null })).toMatchObject({ body: { again: false } })
    expect((await item('commuter-pass')).runsUntil).toBeNull()
    expect(JSON.stringify(await rows())).not.toContain('2023-11-0')
    const noted = await campus.owner.db
      .selectFrom('journal')
      .select('facts')
      .where('act', '=', 'pass noted')
      .execute()
    expect(noted.map(entry => entry.facts)).toEqual([
      { item: 'commuter-pass', noted: true },
      { item: 'commuter-pass', noted: true },
      { item: 'commuter-pass', noted: false },
    ])
  })

  it.each<[string, string, object, string, RegExp]>([
    ['an item that there is not', 'sauna/mark', { mark: 'done' }, 'unknown-item', /no such item/],
    [
      'doors that tell themselves',
      'individual-access/mark',
      { mark: 'done' },
      'doors-tell-themselves',
      /followed here/,
    ],
    [
      'a last day of a library card',
      'national-library/runs-until',
      { until: '2023-11-05' },
      'no-pass',
      /Only a commuter pass/,
    ],
    [
      'a pass that is over',
      'commuter-pass/runs-until',
      { until: '2023-10-01' },
      'pass-has-ended',
      /has passed/,
    ],
  ])('%s: refused with words', async (_, path, payload, refusal, sentence) => {
    const { status, body } = await put(path, payload)
    expect({ status, refusal: body.refusal }).toEqual({ status: 409, refusal })
    expect(body.message).toMatch(sentence)
  })

  it('who has no earlier card has nothing to move', async () => {
    expect(await list(freshman.number)).toEqual([])
    expect((await put('commuter-pass/mark', { mark: 'done' }, freshman.number)).body).toMatchObject({
      refusal: 'nothing-to-move',
    })
  })

  it('two phones at once: one mark', async () => {
    const personId = await campus.personId(aEarly.number)
    const say = (mark: 'done' | 'not-mine') =>
      campus.gatehouse.register.aside({ kind: 'student', id: String(personId), personId }, act =>
        markExtra(act, { personId, item: 'commuter-pass', mark }),
      )
    await Promise.all([say('done'), say('not-mine'), say('done')])
    expect((await rows()).filter(row => row.taken_back_at === null)).toHaveLength(1)
  })

  it('the form answers with the page again, at the item, with what was refused', async () => {
    const form = (path: string, payload: object) => send(aEarly.number, 'POST', path, payload)
    expect(await form('/my-card/extras', { item: 'national-library', mark: 'done' })).toMatchObject({
      status: 303,
      to: '/my-card/extras#extra-national-library',
    })
    expect(await form('/my-card/extras/runs-until', { item: 'commuter-pass', until: 'soon' })).toMatchObject({
      status: 303,
      to: '/my-card/extras?item=commuter-pass&refused=not-a-date#extra-commuter-pass',
    })
  })
})

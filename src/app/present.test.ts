import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, freshmanOf, people } from '../../test/people.ts'
import { call } from '../access/trial.ts'
import { encode } from '../card/formats.ts'
import { type MissingTrial, missingTrial } from '../loss/trial-missing.ts'

/* What a clerk does for somebody who stands at the desk without a phone: by the student's rules, and written down as such. */
let campus: TestCampus
let trial: MissingTrial
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  trial = missingTrial(campus)
}, 60_000)
afterAll(() => campus.close())

const checked = 'id-document:passport'
const here = (studentNumber: string, more: object = {}) => ({ studentNumber, checked, ...more })
const desk = (path: string, body: object, key?: string) => trial.post('desk-csie', path, body, key)

/** What the journal says that a clerk did for somebody, the newest first. */
const didFor = async (personId: number, act: string) =>
  (await trial.actsOf(personId)).filter(each => each.act === act)
const facts = { forPersonPresent: true, checked }
const byTheClerk = { actor: 'desk:desk-csie', facts: expect.objectContaining(facts) as object }

describe('activation', () => {
  const path = '/desk/people/activation'

  it('with the digits on the card, once, and the journal says who did it for whom and how they were checked', async () => {
    const number = '41200001E'
    const { personId, lastDigits } = await freshmanOf(campus, number)
    const wrong = lastDigits === '0000' ? '0001' : '0000'
    expect(await desk(path, here(number, { lastDigits: wrong }))).toMatchObject({
      status: 409,
      body: { refusal: 'wrong-digits' },
    })
    const first = await desk(path, here(number.toLowerCase(), { lastDigits }), 'one tap')
    expect(first).toMatchObject({ status: 200, body: { again: false } })
    expect(await desk(path, here(number.toLowerCase(), { lastDigits }), 'one tap')).toEqual(first)
    expect(await desk(path, here(number, { lastDigits }))).toMatchObject({
      body: { again: true, promise: first.body.promise },
    })
    expect(await didFor(personId, 'card activated')).toEqual([expect.objectContaining(byTheClerk)])
    expect(await didFor(personId, 'person looked up')).toHaveLength(1)
  })

  it('not without saying how they were checked, nor for nobody, nor before it was collected, nor without end', async () => {
    const { lastDigits } = await freshmanOf(campus, '41200002E')
    const refused = async (body: object) => (await desk(path, body)).body.refusal
    expect(await refused({ ...here('41200002E', { lastDigits }), checked: 'a nod' })).toBe('not-checked')
    expect(await refused(here('99999999X', { lastDigits }))).toBe('unknown-person')
    expect(await refused(here(people.aEarly.number, { lastDigits }))).toBe('not-collected-yet')
    for (let guess = 0; guess < 5; guess += 1)
      expect(await refused(here('41200002E', { carrierCode: '7K0M41XQ2V' }))).toBe('wrong-carrier-code')
    expect(await refused(here('41200002E', { lastDigits }))).toBe('too-many-tries')
    expect((await desk(path, { studentNumber: '41200002E', lastDigits })).status).toBe(400)
  })
})

describe('a refund', () => {
  const path = '/desk/people/refund'
  const account = { way: 'bank', bank: '004', branch: '0037', account: '12345678901' }

  it('is asked where the student may ask, to where they say, once; and no account is in the journal', async () => {
    const { number, digits } = people.aEarly
    const personId = await campus.personId(number)
    await collect(campus, people.aEarly)
    const standing = async () =>
      (await desk(`${path}/standing`, { studentNumber: number })).body as unknown as {
        cards: { cardId: number; mayAsk: boolean; case: { to: string; stage: string } | null }[]
      }
    const [one] = (await standing()).cards
    const asked = (more: object = account) => here(number, { cardId: one!.cardId, ...more })
    expect(await desk(path, asked())).toMatchObject({ status: 409, body: { refusal: 'still-in-use' } })
    await desk('/desk/people/activation', here(number, { lastDigits: digits }))
    const [old] = (await standing()).cards
    const to = (more: object = {}) => here(number, { cardId: old!.cardId, ...account, ...more })
    expect(await desk(path, to({ account: '1' }))).toMatchObject({
      status: 409,
      body: { facts: { field: 'account' } },
    })
    expect(await desk(path, to())).toMatchObject({ status: 200, body: { again: false } })
    expect(await desk(path, to())).toMatchObject({ status: 200, body: { again: true } })
    expect(JSON.stringify(await standing())).not.toContain(account.account)
    expect(await desk(`${path}/change`, to({ account: '22345678901' }))).toMatchObject({
      body: { again: false },
    })
    const back = here(number, { cardId: old!.cardId })
    expect(await desk(`${path}/withdrawal`, back)).toMatchObject({ body: { again: false } })
    expect(await desk(`${path}/withdrawal`, back)).toMatchObject({ body: { again: true } })
    for (const act of ['refund asked', 'refund changed', 'refund withdrawn'])
      expect(await didFor(personId, act)).toEqual([expect.objectContaining({ actor: byTheClerk.actor })])
    expect((await didFor(personId, 'refund asked'))[0]!.facts).toMatchObject(facts)
    expect(JSON.stringify(await trial.actsOf(personId))).not.toContain(account.account)
  })
})

describe('what does not move', () => {
  const path = '/desk/people/extras'
  const { number } = people.bOnTheStroke

  it('is ticked off, once, where the student could', async () => {
    const personId = await campus.personId(number)
    const mark = (item: string, said: string | null) =>
      desk(`${path}/mark`, here(number, { item, mark: said }))
    expect(await mark('a-hat', 'done')).toMatchObject({ status: 409, body: { refusal: 'unknown-item' } })
    expect(await mark('national-library', 'done')).toEqual({ status: 200, body: { again: false } })
    expect(await mark('national-library', 'done')).toEqual({ status: 200, body: { again: true } })
    const [marked, ...others] = await didFor(personId, 'extra marked')
    expect([marked, others]).toEqual([
      expect.objectContaining({
        actor: byTheClerk.actor,
        facts: { item: 'national-library', mark: 'done', ...facts },
      }),
      [],
    ])
  })

  it('no desk reads until when a pass runs: that was said to nobody', async () => {
    const put = { until: '2023-11-05' }
    await call(campus, 'PUT', '/me/extras/commuter-pass/runs-until', put, { who: number })
    const read = await desk(path, { studentNumber: number })
    expect(read).toMatchObject({ status: 200 })
    expect(JSON.stringify(read.body)).toContain('commuter-pass')
    expect(JSON.stringify(read.body)).not.toContain(put.until)
  })
})

describe('a reissue', () => {
  it('is applied for, disputed and taken back, each once', async () => {
    const number = '41200003E'
    const { personId } = await freshmanOf(campus, number)
    const damaged = { reason: 'damaged', photoIsRight: true }
    expect(await desk('/reissues', here(number, { ...damaged, photoIsRight: false }))).toMatchObject({
      body: { refusal: 'photo-first' },
    })
    expect(await desk('/reissues', { ...here(number, damaged), checked: '' })).toMatchObject({
      body: { refusal: 'not-checked' },
    })
    expect(await desk('/reissues', here(number, damaged))).toMatchObject({
      status: 200,
      body: { again: false },
    })
    expect(await desk('/reissues', here(number, damaged))).toMatchObject({
      status: 200,
      body: { again: true },
    })
    expect(await desk('/reissues/receipt', here(number, { number: 'x' }))).toMatchObject({
      body: { refusal: 'not-a-receipt-number' },
    })
    const said = here(number, { said: 'It broke by itself.' })
    expect(await desk('/reissues/disputes', said)).toMatchObject({ body: { again: false } })
    expect(await desk('/reissues/disputes', said)).toMatchObject({ body: { again: true } })
    const back = await desk('/reissues/withdrawal', here(number))
    expect(back.status).toBe(200)
    expect(await desk('/reissues/withdrawal', here(number))).toEqual(back)
    for (const act of ['reissue applied for', 'reissue fee disputed', 'reissue cancelled'])
      expect(await didFor(personId, act)).toEqual([expect.objectContaining(byTheClerk)])
  })
})

describe('who may', () => {
  it.each(['access', people.aEarly.number])('%s finds no such page or act', async who => {
    const personId = await campus.personId('41200004E')
    const cookie = await campus.signIn(who)
    const { server } = campus.gatehouse
    const page = `/staff/present/${personId}`
    for (const url of [page, `${page}/loss/report?card=1`])
      expect((await server.inject({ url, headers: { cookie } })).statusCode).toBe(404)
    const payload = { checked, who: '41200004E', cardId: '1', possession: '0000' }
    for (const url of ['/staff/present/find', `${page}/activation`, `${page}/pause`, `${page}/loss`])
      expect((await server.inject({ method: 'POST', url, payload, headers: { cookie } })).statusCode).toBe(
        404,
      )
    for (const path of ['card', 'activation', 'extras/mark', 'refund', 'pause'])
      expect((await trial.post(who, `/desk/people/${path}`, here('41200004E'))).status).toBe(404)
    expect(await didFor(personId, 'person looked up')).toEqual([])
  })

  it('what My card says to somebody is read at a desk, and that it was read is kept', async () => {
    const personId = await campus.personId('41200005E')
    const read = await trial.post('office', '/desk/people/card', { studentNumber: '41200005E' })
    expect(read).toMatchObject({ status: 200, body: { story: 'collected-alone', next: 'activate' } })
    expect(await didFor(personId, 'person looked up')).toMatchObject([{ actor: 'office:office' }])
    expect(await trial.post('office', '/desk/people/card', { studentNumber: '9' })).toMatchObject({
      body: { refusal: 'unknown-person' },
    })
  })

  it('nobody is on a page of an id that nobody has', async () => {
    const cookie = await campus.signIn('desk-csie')
    const reply = await campus.gatehouse.server.inject({ url: '/staff/present/999999', headers: { cookie } })
    expect(reply.statusCode).toBe(404)
  })
})

describe('the page', () => {
  const asked = async (who: string, url: string, payload?: Record<string, string>) => {
    const headers = { cookie: await campus.signIn(who), 'accept-language': 'en' }
    const reply = await campus.gatehouse.server.inject({
      method: payload ? 'POST' : 'GET',
      url,
      ...(payload ? { payload: new URLSearchParams(payload).toString() } : {}),
      headers: payload ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
    })
    return { status: reply.statusCode, to: reply.headers.location ?? '', body: reply.body }
  }
  const find = (who: string) => asked('desk-csie', '/staff/present/find', { who, checked })

  it('finds who is here by number, by a card on the reader, by the number printed on one; else says so', async () => {
    const { number, old } = people.cDuringTheRun
    const personId = await campus.personId(number)
    const found = { status: 303, to: `/staff/present/${personId}?checked=id-document%3Apassport` }
    expect(await find(` ${number.toLowerCase()} `)).toMatchObject(found)
    for (const format of ['le-dec-10', 'be-hex', 'be-dec-10'] as const)
      expect(await find(encode(Uint8Array.fromHex(old), format)!)).toMatchObject(found)
    const { rows } = await campus.owner.pool.query<{ printed_number: string; made_for: number }>(
      'select printed_number, made_for from card where made_for = $1 and printed_number is not null',
      [personId],
    )
    expect(await find(rows[0]!.printed_number)).toMatchObject(found)
    const nobody = await find('99999999X')
    expect([nobody.status, nobody.body]).toEqual([
      200,
      expect.stringContaining('Nobody has this student number'),
    ])
    const unsaid = await asked('desk-csie', '/staff/present/find', { who: number, checked: '' })
    expect([unsaid.status, unsaid.body]).toEqual([200, expect.stringContaining('Say how you checked')])
  })

  it('a form sent twice does nothing twice, and without a way of checking it does nothing at all', async () => {
    const { personId, cardId, lastDigits } = await freshmanOf(campus, '41200006E')
    const page = `/staff/present/${personId}`
    const pause = { cardId: String(cardId), checked }
    expect((await asked('desk-csie', `${page}/activation`, { possession: lastDigits, checked })).status).toBe(
      303,
    )
    const unsaid = await asked('desk-csie', `${page}/pause`, { ...pause, checked: 'a nod' })
    expect([unsaid.status, unsaid.body]).toEqual([200, expect.stringContaining('Say first how you checked')])
    for (const _ of [1, 2])
      expect(await asked('desk-csie', `${page}/pause`, pause)).toMatchObject({
        status: 303,
        to: `${page}?checked=id-document%3Apassport&part=missing#done`,
      })
    expect(await didFor(personId, 'campus access paused')).toEqual([expect.objectContaining(byTheClerk)])
  })

  it('a refund that is refused is told at its field, with what was typed on the page and in no address', async () => {
    const { number } = people.aEarly
    const personId = await campus.personId(number)
    const { body } = await desk('/desk/people/refund/standing', { studentNumber: number })
    const [old] = body.cards as { cardId: number }[]
    const typed = {
      way: 'bank',
      bank: '004',
      branch: '0037',
      account: '12',
      cardId: String(old!.cardId),
      checked,
    }
    const refused = await asked('desk-csie', `/staff/present/${personId}/refund`, typed)
    expect([refused.status, refused.to]).toEqual([200, ''])
    expect(refused.body).toMatch(/id="account-error"/u)
    expect(refused.body).toMatch(/value="0037"/u)
  })

  it('takes a fee of who pays at a counter, at such a counter, and of nobody else’s application', async () => {
    const [one, other] = [await freshmanOf(campus, '41200007E'), await freshmanOf(campus, '41200008E')]
    const damaged = { reason: 'damaged', photoIsRight: true }
    await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [one.personId])
    const { body } = await desk('/reissues', here('41200007E', damaged))
    const fee = { reissueId: String(body.reissueId), checked }
    const page = (personId: number) => `/staff/present/${personId}/reissue/fee`
    expect((await asked('desk-csie', page(one.personId), fee)).body).toContain(
      'This counter takes no reissue fees',
    )
    expect((await asked('desk-registry', page(other.personId), fee)).status).toBe(200)
    expect((await asked('desk-registry', page(one.personId), fee)).status).toBe(303)
    expect(await didFor(one.personId, 'reissue paid')).toEqual([
      expect.objectContaining({ actor: 'desk:desk-registry', facts: expect.objectContaining(facts) }),
    ])
    expect(await didFor(other.personId, 'reissue paid')).toEqual([])
  })

  it('names who collects, and shows the code to the clerk who named and at no other desk', async () => {
    const personId = await campus.personId(people.dLosesCard.number)
    const page = `/staff/present/${personId}`
    const naming = { name: 'Example Proxy', email: '', language: 'en', checked }
    const done = await asked('desk-csie', `${page}/proxy`, naming)
    expect(done).toMatchObject({ status: 303 })
    const code = /GHP[0-9A-Z -]{12,}/u
    expect((await asked('desk-csie', done.to)).body).toMatch(code)
    const elsewhere = await asked('desk-registry', done.to)
    expect(elsewhere.body).toContain('Example Proxy')
    expect(elsewhere.body).not.toMatch(code)
    expect(await didFor(personId, 'proxy named')).toEqual([expect.objectContaining(byTheClerk)])
    expect((await asked('desk-csie', `${page}/proxy/withdraw`, { checked })).status).toBe(303)
  })
})

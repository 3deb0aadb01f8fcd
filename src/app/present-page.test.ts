import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, freshmanOf, people } from '../../test/people.ts'
import { encode } from '../card/formats.ts'
import { type MissingTrial, missingTrial } from '../loss/trial-missing.ts'
import { lockReceipt } from '../reissue/receipt-store.ts'

/* The page on which a clerk acts for somebody who stands at the desk, over HTTP and without scripts. */
let campus: TestCampus
let trial: MissingTrial
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  trial = missingTrial(campus)
}, 60_000)
afterAll(() => campus.close())

const checked = 'id-document:passport'
const here = (studentNumber: string, more: object = {}) => ({ studentNumber, checked, ...more })
const desk = (path: string, body: object) => trial.post('desk-csie', path, body)
const didFor = async (personId: number, act: string) =>
  (await trial.actsOf(personId)).filter(each => each.act === act)
const facts = { forPersonPresent: true, checked }
const byTheClerk = { actor: 'desk:desk-csie', facts: expect.objectContaining(facts) as object }

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
    const { number, digits } = people.aEarly
    const personId = await campus.personId(number)
    await collect(campus, people.aEarly)
    expect((await desk('/desk/people/activation', here(number, { lastDigits: digits }))).status).toBe(200)
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
    const shown = `/staff/present/${one.personId}?${new URLSearchParams({ checked })}`
    // Where no fee is taken, nobody is told to take one first.
    expect((await asked('desk-csie', shown)).body).not.toContain('NT$200 taken')
    expect((await asked('desk-registry', shown)).body).toContain('NT$200 taken')
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
    expect(elsewhere.body).toContain('The code is not shown here: only who named sees it')
    expect(await didFor(personId, 'proxy named')).toEqual([expect.objectContaining(byTheClerk)])
    expect((await asked('desk-csie', `${page}/proxy/withdraw`, { checked })).status).toBe(303)
  })

  it('who applies with a receipt waits for the kiosk that tells of it, and holds up nobody', async () => {
    const { personId, cardId } = await freshmanOf(campus, '41200010E')
    const receipt = 'TM0112345678'
    const application = { cardId: String(cardId), reason: 'damaged', photoIsRight: 'yes', receipt, checked }
    const kiosk = { kind: 'system', id: 'kiosk' } as const
    const sent = await campus.gatehouse.register.aside(kiosk, async act => {
      await lockReceipt(act, receipt)
      const sending = asked('desk-registry', `/staff/present/${personId}/reissue`, application)
      await campus.someoneWaits()
      // The kiosk's act locks the person next: it must not find them held by who waits for it.
      const sql = 'select id from person where id = $1 for update nowait'
      expect(await act.statement('test_person', sql, [personId])).toHaveLength(1)
      return { sending }
    })
    expect(await sent.sending).toMatchObject({ status: 303 })
    expect(await didFor(personId, 'reissue applied for')).toHaveLength(1)
  })

  it('what was refused is said although its part of the page is gone meanwhile', async () => {
    const personId = await campus.personId('41200009E')
    const naming = { name: 'Example Proxy', email: '', language: 'en', checked }
    const { status, body } = await asked('desk-csie', `/staff/present/${personId}/proxy`, naming)
    expect(status).toBe(200)
    expect(body).toMatch(/role="alert"[\s\S]*?<p>[^<]+<\/p>/u)
    expect(body).not.toContain('id="proxy"')
  })

  it('the address of a form leads back to the page, for who opens it again', async () => {
    const personId = await campus.personId('41200009E')
    const page = `/staff/present/${personId}`
    for (const form of ['activation', 'pause', 'reissue/receipt', 'refund/withdraw'])
      expect(await asked('desk-csie', `${page}/${form}`)).toMatchObject({ status: 303, to: page })
    expect(await asked('desk-csie', '/staff/present/find')).toMatchObject({
      status: 303,
      to: '/staff/present',
    })
  })

  it.each(['/staff/present/999999', '/staff/present/999999/loss/report?card=1'])(
    'nobody is at %s, and nobody is noted as read',
    async url => {
      expect((await asked('desk-csie', url)).status).toBe(404)
      expect(await didFor(999999, 'person looked up')).toEqual([])
    },
  )
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { switches } from '../../test/browser/switching.ts'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, people } from '../../test/people.ts'
import { call } from '../access/trial.ts'
import type { Content, Openers } from './history-shapes.ts'
import type { Unreachable } from './unreachable-routes.ts'
import type { Why } from './why-shapes.ts'

/*
 * What an access keeper asks of a campus, with its controllers played over real UDP: who could open a door, and why it
 * stays shut to somebody. One day, told in order: each test goes on from the one before.
 */
let campus: TestCampus
const gates = 423_100_001
const student = people.aEarly
const other = people.bOnTheStroke

beforeAll(async () => {
  campus = await openCampus({ doors: '127.66.31', from: '2023-10-18T09:48' })
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
}, 120_000)
afterAll(() => campus.close())

async function why(who: string, door = 'gate-main', language = 'en'): Promise<Why> {
  const { status, body } = await call(campus, 'POST', `/doors/${door}/why`, { who }, { language })
  expect(status, JSON.stringify(body)).toBe(200)
  return body as unknown as Why
}
const reasonsOf = ({ reason, cards }: Why) => [reason, ...cards.map(card => card.reason)]

/** All pages of who could open a door. */
async function openersOf(door: string, at?: string): Promise<Openers['openers']> {
  const all: Openers['openers'] = []
  for (let page = 1; page < 100; page += 1) {
    const query = new URLSearchParams({ page: String(page), ...(at && { at }) })
    const { status, body } = await call(campus, 'GET', `/doors/${door}/openers?${query}`)
    expect(status, JSON.stringify(body)).toBe(200)
    const reply = body as unknown as Openers
    all.push(...reply.openers)
    if (page === reply.pages) {
      expect(all.length).toBe(reply.both + reply.onlyShould + reply.onlyDid)
      return all
    }
  }
  throw new Error('more than a hundred pages')
}
const ofStudent = (list: Openers['openers'], { number }: { number: string }) =>
  list
    .filter(({ person }) => person?.studentNumber === number)
    .map(({ card, should, did }) =>
      [card!.edition, should && 'should', did && 'did'].filter(Boolean).join(' '),
    )

describe('a day at the doors, as an access keeper asks about it', () => {
  it('before anything: the old card opens, by its number in the readers’ format, read back', async () => {
    const said = await why(student.number)
    expect(reasonsOf(said)).toEqual(['opens', 'opens'])
    expect(said.message).toMatch(/^The card opens it: the reader sends number \d+ \(.+\)\. Check the reader/)
    const { number } = said.cards[0]!.numbers.find(({ here }) => here)!
    expect(said.message).toContain(String(number))
    const there = await campus.emulator!.cards(gates)
    expect(there.some(card => card.number === number)).toBe(true)
    expect((await why(student.number, 'gate-main', 'zh-TW')).message).toContain(`讀卡機應送出號碼 ${number}`)
  })

  it('the door of another faculty is nobody’s by group or grant, and that is the sentence', async () => {
    const said = await why(student.number, 'education-seminar')
    expect(said).toMatchObject({
      reason: 'nothing-opens',
      opensTo: [{ id: 'faculty-education', theirs: false }],
    })
  })

  it('a card that is collected and not activated: the old one still opens', async () => {
    expect(await collect(campus, student)).toMatchObject({ ok: true })
    expect(reasonsOf(await why(student.number))).toEqual(['opens', 'not-activated', 'opens'])
  })

  it('activated: the window that carries it is named, with its promised end; the old one still opens', async () => {
    const answer = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/me/card/activation',
      headers: { cookie: await campus.signIn(student.number) },
      payload: { lastDigits: student.digits },
    })
    expect(answer.statusCode).toBe(200)
    const said = await why(student.number)
    expect(reasonsOf(said)).toEqual(['window-to-come', 'window-to-come', 'replaced'])
    expect(said.message).toBe(
      'It is decided; the update of Wed 18 Oct 15:00 brings it, by Wed 18 Oct 16:00 at the latest.',
    )
    expect(said.cards[1]!.message).toContain('This door still opens to it')
    expect(said.cards[1]!.did).toMatchObject({ opens: true })
    expect(said.cards[0]!.should).toMatchObject({
      due: false,
      because: [{ kind: 'group', id: 'campus', name: { en: expect.any(String) as string } }],
    })
  })

  it('individual access stays behind with the old card', async () => {
    const said = await why(student.number, 'csie-systems-lab')
    expect(said.cards[0]).toMatchObject({ reason: 'grant-stays-behind' })
    expect(said.cards[0]!.message).toContain('Lab Keeper D')
  })

  it('a controller that is silent when the window comes: since when; what was confirmed still opens', async () => {
    await campus.emulator!.faults(gates, { silent: true })
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    const said = await why(student.number)
    expect(reasonsOf(said)).toEqual(['silent', 'silent', 'replaced'])
    expect(said.message).toContain('is silent since Wed 18 Oct 15:00')
    expect(said.controller.silentSince).not.toBeNull()
    expect(ofStudent(await openersOf('gate-main'), student)).toEqual(['4k-centenary should', 'easycard did'])
    expect(reasonsOf(await why(student.number, 'library-entrance'))).toEqual(['opens', 'opens', 'replaced'])
    expect(ofStudent(await openersOf('library-entrance'), student)).toEqual(['4k-centenary should did'])
  })

  it('which is listed with what waits there, whom it concerns, and when it is tried again', async () => {
    const { body } = await call(campus, 'GET', '/controllers/unreachable')
    const { now, controllers } = body as unknown as Unreachable
    expect(controllers).toMatchObject([{ id: gates, waiting: 2, people: 1, urgent: 0 }])
    expect(controllers[0]!.clockSetAt).toMatch(/^2023-10-18T02:00/)
    expect(controllers[0]!.nextTryAt! > now).toBe(true)
    const waiting = await call(campus, 'GET', `/controllers/${gates}/waiting-people`)
    expect(waiting.body).toMatchObject({
      people: [{ studentNumber: student.number, puts: true, removals: true, urgent: false }],
      more: false,
    })
  })

  it('a controller that refuses the card: since when', async () => {
    await campus.emulator!.faults(gates, { silent: false, refuse: true })
    await campus.rested()
    await campus.settle()
    expect(await why(student.number)).toMatchObject({
      reason: 'rejected',
      cards: [{ answer: { answer: 'rejected' } }, { reason: 'replaced' }],
    })
    await campus.emulator!.faults(gates, { refuse: false })
    await campus.rested()
    await campus.settle()
    expect(reasonsOf(await why(student.number))).toEqual(['clock-unset', 'clock-unset', 'replaced'])
  })

  it('who could open the door at each moment, with which card, and why', async () => {
    expect(ofStudent(await openersOf('gate-main', '2023-10-18T14:59'), student)).toEqual([
      'easycard should did',
    ])
    const now = await openersOf('gate-main')
    expect(ofStudent(now, student)).toEqual(['4k-centenary should did'])
    expect(now.every(({ because, person }) => because.length > 0 && person !== null)).toBe(true)
    expect(await openersOf('gate-main', '2023-10-18T09:59:00+08:00')).toEqual([])
    const memory = await campus.emulator!.cards(gates)
    const opened = now.filter(({ did }) => did).map(({ number }) => number)
    const inMemory = memory.filter(({ doors }) => doors[0] !== 0).map(({ number }) => number)
    expect(new Set(inMemory)).toEqual(new Set(opened))
  })

  it('what stands there without having been sent, as what was taken over does, is confirmed all the same', async () => {
    const door = 'library-entrance'
    const { number } = (await openersOf(door)).find(({ should, did }) => should && did)!
    await campus.owner.pool.query('delete from sent where controller_id = $1 and number = $2', [
      423_100_002,
      number,
    ])
    const then = (await openersOf(door)).find(opener => opener.number === number)
    expect(then).toMatchObject({ should: true, did: true })
  })

  it('what the controller held: as its memory has it now', async () => {
    const { body } = await call(campus, 'GET', `/controllers/${gates}/content`)
    const reply = body as unknown as Content
    expect(reply.both).toBe((await campus.emulator!.cards(gates)).length)
    expect(reply).toMatchObject({ onlyShould: 0, onlyDid: 0, page: 1 })
    expect(reply.numbers).toHaveLength(50)
    expect(reply.numbers.every(({ agrees }) => agrees)).toBe(true)
  })

  it('a lost card is told as lost, at once; the old one goes on, since the doors had not switched yet', async () => {
    await switches(campus, other)
    const { cardId } = (await why(other.number)).cards[0]!
    expect((await call(campus, 'POST', '/me/card/loss', { cardId }, { who: other.number })).status).toBe(200)
    const reasons = (await why(other.number)).cards.map(({ reason }) => reason)
    expect(reasons[0]).toBe('lost')
    expect(reasons).not.toContain('replaced')
  })

  it('a card may be shown in place of a student number; what nobody knows is refused in words', async () => {
    expect((await why(student.new)).person.studentNumber).toBe(student.number)
    for (const [who, refusal] of [
      ['99999999Z', 'unknown-person'],
      ['DEADBEEF', 'unknown-card'],
    ]) {
      const { status, body } = await call(campus, 'POST', '/doors/gate-main/why', { who: who! })
      expect([status, body.refusal]).toEqual([409, refusal])
      expect(body.message).toMatch(/\w/)
    }
  })

  it('refuses a door that is not there, a moment that is none, and one that has not come', async () => {
    expect((await call(campus, 'GET', '/doors/nowhere/openers')).status).toBe(404)
    expect((await call(campus, 'POST', '/doors/nowhere/why', { who: student.number })).status).toBe(404)
    expect((await call(campus, 'GET', '/controllers/7/content')).status).toBe(404)
    for (const [at, refusal] of [
      ['yesterday', 'no-moment'],
      ['2030-01-01T00:00:00Z', 'not-yet'],
    ]) {
      const { status, body } = await call(campus, 'GET', `/doors/gate-main/openers?at=${at}`)
      expect([status, body.refusal]).toEqual([409, refusal])
    }
  })

  it('says how far back can be asked, and refuses what was before and is forgotten', async () => {
    expect((await call(campus, 'GET', '/retention')).body).toMatchObject({ historyFrom: null, last: null })
    await campus.owner.pool.query(
      `insert into retention_run (on_date, began_at, events_before, history_before, months)
       values ('2023-10-18', '2023-10-18 03:30+8', '2023-04-18 00:00+8', '2021-10-18 00:00+8', '{tap_2023_02,tap_2023_03}')`,
    )
    // Two years ago there was nothing to forget.
    expect((await call(campus, 'GET', '/retention')).body).toMatchObject({ historyFrom: null })
    await campus.owner.pool.query(
      `update retention_run set began_at = '2023-10-18 10:00+8', history_before = '2023-10-18 09:55+8'`,
    )
    const old = await call(campus, 'GET', '/doors/gate-main/openers?at=2023-10-17T10:00')
    expect([old.status, old.body.refusal, old.body.facts]).toEqual([409, 'forgotten', { from: '2023-10-18' }])
    expect(old.body.message).toContain('Ask about a moment from 2023-10-18 on')
    const since = await call(campus, 'GET', `/controllers/${gates}/content?at=2023-10-18T10:30`)
    expect(since).toMatchObject({ status: 200, body: { answersFrom: '2023-10-18T01:55:00Z' } })
    expect((await call(campus, 'GET', '/retention')).body).toMatchObject({
      eventMonths: 3,
      historyMonths: 24,
      eventsFrom: '2023-04-01T00:00:00Z',
      historyFrom: '2023-10-18T01:55:00Z',
      last: { on: '2023-10-18', endedAt: null, months: ['2023-02', '2023-03'], wanted: 0 },
    })
    await campus.owner.pool.query('delete from retention_run')
  })

  it('is the keepers’ and the office’s alone, and whom they looked at is in the journal', async () => {
    for (const who of [student.number, 'desk-csie']) {
      expect((await call(campus, 'GET', '/doors/gate-main/openers', undefined, { who })).status).toBe(404)
      expect((await call(campus, 'POST', '/doors/gate-main/why', { who: '1' }, { who })).status).toBe(404)
    }
    const { rows } = await campus.owner.pool.query<{ act: string }>(
      `select distinct act from journal where person_id = $1 and actor = 'access:access' order by 1`,
      [await campus.personId(student.number)],
    )
    expect(rows.map(({ act }) => act)).toEqual([
      'card looked up',
      'door refusal looked into',
      'openers of a door read',
      'people waiting for a controller read',
    ])
  })
})

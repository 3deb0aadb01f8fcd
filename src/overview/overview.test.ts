import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { csie, freshmanOf, handingOverTo, people } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'
import { activateCard } from '../activation/activate.ts'
import { retireCard } from '../card/retire-card.ts'
import type { Reply } from '../roster/trial-uploads.ts'
import type { LetterPreview, ListReply, OverviewReply, SentReply, StuckReply } from './api.ts'

let campus: TestCampus

async function ask<Value>(
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  who = 'office',
): Promise<Reply<Value>> {
  const reply = await campus.gatehouse.server.inject({
    method,
    url: `/api/v1${url}`,
    headers: { cookie: await campus.signIn(who), 'accept-language': 'en' },
    ...(payload ? { payload } : {}),
  })
  return { status: reply.statusCode, body: reply.json() }
}

const overview = async (query = '') => (await ask<OverviewReply>('GET', `/overview${query}`)).body
const list = async (body: object) => (await ask<ListReply>('POST', '/overview/list', body)).body
const stuck = async () => (await ask<StuckReply>('GET', '/overview/stuck')).body.stuck

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  await employ(campus.owner.db, { id: 'auditor', nameZh: '稽核壬', nameEn: 'Auditor I', role: 'auditor' })
})
afterAll(() => campus.close())

describe('how far the programme is', () => {
  it('counts each step from rows, and what happens next counts at once', async () => {
    const { counts: first } = await overview()
    const { rows } = await campus.owner.pool.query<{ id: string }>(
      `select id from card where made_for = $1 and edition = '4k-centenary'`,
      [await campus.personId(people.fNeverCame.number)],
    )
    await campus.gatehouse.register.act({ kind: 'office', id: 'office' }, act =>
      retireCard(act, { cardId: Number(rows[0]!.id), reason: 'misprint' }),
    )
    // Another one has to be made, so the person is due a card still.
    const { counts } = await overview()
    expect(counts).toEqual({ ...first, produced: first.produced - 1 })
    expect(counts.produced).toBeGreaterThan(counts.collected)
    await campus.gatehouse.register.act(csie, handingOverTo(people.aEarly))
    expect((await overview()).counts.collected).toBe(counts.collected + 1)
    const { actor, personId, lastDigits } = await freshmanOf(campus, people.freshman.number)
    const activated = await campus.gatehouse.register.act(actor, act =>
      activateCard(act, { personId, lastDigits }),
    )
    expect(activated.ok).toBe(true)
    const after = await overview()
    expect(after.counts.activated).toBe(counts.activated + 1)
    // Activated is not confirmed: no window has carried it.
    expect(after.counts.confirmed).toBe(counts.confirmed)
    expect(after.days.at(-1)).toMatchObject({
      on: '2023-10-18',
      collected: after.counts.collected,
      activated: after.counts.activated,
    })
    expect(after.forecast).toMatchObject({ recent: 1, daysLeft: 135 })
  })

  it('agrees with itself, by whatever it is taken apart', async () => {
    const { counts } = await overview()
    for (const per of ['counter', 'department', 'cohort']) {
      const { parts } = await overview(`?per=${per}`)
      for (const step of ['eligible', 'produced', 'collected', 'activated', 'confirmed'] as const)
        expect([per, step, parts.reduce((sum, part) => sum + part[step], 0)]).toEqual([
          per,
          step,
          counts[step],
        ])
    }
    const only = await overview('?per=department&by=department&value=math')
    const parts = (await overview('?per=department')).parts
    expect(only.counts.eligible).toBe(parts.find(({ value }) => value === 'math')!.eligible)
  })

  it('opens the list behind each number, for who may read it, and writes down that it was read', async () => {
    const { counts } = await overview()
    for (const step of ['eligible', 'produced', 'collected', 'activated', 'confirmed'] as const)
      expect((await list({ list: step })).total).toBe(counts[step])
    const gap = await list({ list: 'not-collected', by: 'department', value: 'math' })
    expect(gap.part?.en).toMatch(/Mathematics/)
    expect(gap.people.length).toBe(Math.min(gap.total, gap.aPage))
    expect(new Set(gap.people.map(({ department }) => department.en)).size).toBe(1)
    const { rows } = await campus.owner.pool.query(
      `select facts from journal where act = 'list of people read' order by id desc limit 1`,
    )
    expect(rows[0]!.facts).toMatchObject({ list: 'not-collected', people: gap.people.length })
    expect((await ask('POST', '/overview/list', { list: 'eligible' }, 'auditor')).status).toBe(200)
    expect((await ask('POST', '/overview/list', { list: 'eligible' }, 'desk-csie')).status).toBe(404)
  })
})

describe('who is stuck', () => {
  it('names who collected and did not activate, once the days are over', async () => {
    const late = async () => (await stuck()).find(({ kind }) => kind === 'not-activated-long')?.people ?? 0
    const many = await late()
    await campus.moveTo('2023-10-23T12:00')
    // Who collected on the 18th has waited for more than three days.
    expect(await late()).toBe(many + 1)
    const { people: named } = await list({ list: 'not-activated-long', by: 'counter', value: 'dept-csie' })
    expect(named.map(({ studentNumber }) => studentNumber)).toContain(people.aEarly.number)
  })

  it('names whose doors are not confirmed though the promised time has come', async () => {
    const waiting = await list({ list: 'doors-waiting' })
    expect(waiting.people.map(({ studentNumber }) => studentNumber)).toEqual([people.freshman.number])
    expect(waiting.people[0]!.buildings.length).toBeGreaterThan(0)
  })

  it('names whose card lies at a counter to which they are not sent, and who has none', async () => {
    const kinds = await stuck()
    for (const { kind, people: many } of kinds)
      expect([kind, (await list({ list: kind })).total]).toEqual([kind, many])
    expect(kinds.map(({ kind }) => kind)).toContain('no-card')
  })

  it('counts and names once who has two reasons, by the one that has waited longest', async () => {
    const { rowCount } = await campus.owner.pool.query(
      `insert into access_pause (card_id, person_id, during, paused_by)
       select card_id, person_id, tstzrange('2023-09-01Z'::timestamptz - card_id * interval '1 minute', null), 'test'
       from handover where person_id = (select id from person where student_number = $1)`,
      [people.aEarly.number],
    )
    expect(rowCount).toBe(2)
    expect((await stuck()).find(({ kind }) => kind === 'paused-long')?.people).toBe(1)
    const { total, people: paused } = await list({ list: 'paused-long' })
    expect([total, paused.map(({ studentNumber }) => studentNumber)]).toEqual([1, [people.aEarly.number]])
  })
})

describe('a letter to exactly these people', () => {
  const letter = {
    list: 'not-collected',
    by: 'department',
    value: 'math',
    subject: { 'zh-TW': '{name}，請來領卡', en: '{name}, please collect' },
    body: { 'zh-TW': '{deadline} 前請到{where}領取。', en: 'Please collect at {where} before {deadline}.' },
  }
  const draft = '00000000-0000-4000-8000-000000000001'
  const written = async () =>
    (await campus.owner.pool.query(`select recipient, body from message where kind = 'office-letter'`))
      .rows as {
      recipient: string
      body: string
    }[]

  it('refuses half of the languages, and a value that nobody knows', async () => {
    const half = await ask<{ refusal: string }>('POST', '/overview/letters/preview', {
      ...letter,
      body: { ...letter.body, en: ' ' },
    })
    expect([half.status, half.body.refusal]).toEqual([409, 'language-missing'])
    const hole = await ask<{ refusal: string; message: string }>('POST', '/overview/letters/preview', {
      ...letter,
      body: { ...letter.body, en: 'Come on {dedline}.' },
    })
    expect([hole.status, hole.body.refusal]).toEqual([409, 'unknown-value'])
    expect(hole.body.message).toContain('{dedline}')
  })

  it('is previewed as one of them, and sent once to each, with their own values', async () => {
    await campus.owner.pool.query(`update person set email = null where student_number = '41040001S'`)
    const { body: shown } = await ask<LetterPreview>('POST', '/overview/letters/preview', letter)
    expect(shown.people).toBe((await list({ list: 'not-collected', by: 'department', value: 'math' })).total)
    expect(shown.as.body).not.toMatch(/[{}]/)
    expect(shown.as.body).toContain(shown.as.language === 'en' ? 'Mathematics' : '數學系')
    expect(await written()).toEqual([])

    const send = (seal: string) => ask<SentReply>('POST', '/overview/letters', { ...letter, draft, seal })
    expect((await send('0'.repeat(64))).status).toBe(409)
    const first = await send(shown.seal)
    expect(first.body).toMatchObject({
      people: shown.people,
      withoutAddress: shown.withoutAddressInAll,
      again: false,
    })
    const without = await campus.gatehouse.server.inject({
      method: 'GET',
      url: `/api/v1/overview/letters/${first.body.letter}/addressees/export?format=csv&withoutAddress=true`,
      headers: { cookie: await campus.signIn('office'), 'accept-language': 'en' },
    })
    expect(without.body.trimEnd().split('\r\n').length - 1).toBe(shown.withoutAddressInAll)
    expect(without.body).toContain('41040001S')
    const second = await send(shown.seal)
    expect(second.body).toMatchObject({ letter: first.body.letter, people: shown.people, again: true })
    const messages = await written()
    expect(messages.length).toBe(shown.people)
    expect(messages.filter(({ recipient }) => recipient === '').length).toBe(shown.withoutAddressInAll)
    const { rows } = await campus.owner.pool.query(
      `select count(*)::int as many from journal where act = 'letter sent' and facts ->> 'letter' = $1`,
      [String(first.body.letter)],
    )
    expect(rows[0]!.many).toBe(shown.people)
  })

  it('is not sent to a list that has changed since, and asks for the number where there are many', async () => {
    const many = { ...letter, list: 'eligible', by: undefined, value: undefined }
    const { body: shown } = await ask<LetterPreview>('POST', '/overview/letters/preview', many)
    expect([shown.people > 500, shown.secondLook]).toEqual([true, true])
    const other = { ...many, draft: draft.replace(/1$/, '2'), seal: shown.seal }
    const silent = await ask<{ refusal: string }>('POST', '/overview/letters', other)
    expect([silent.status, silent.body.refusal]).toEqual([409, 'number-again'])
    const text = { ...other, people: shown.people, subject: { ...letter.subject, en: 'Something else' } }
    const changed = await ask<{ refusal: string }>('POST', '/overview/letters', text)
    expect([changed.status, changed.body.refusal]).toEqual([409, 'list-changed'])
    expect((await ask('POST', '/overview/letters/preview', many, 'auditor')).status).toBe(404)
  })
})

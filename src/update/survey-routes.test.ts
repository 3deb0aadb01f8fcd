import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { plantForeignCards } from '../../test/doors.ts'
import { people } from '../../test/people.ts'
import { employ } from '../../test/staff.ts'
import type { Adoption, SurveyCards, Surveys } from './survey-shapes.ts'

/* What stands on the controllers, over HTTP: who may see it, who may act, and what the answers say. */
let campus: TestCampus
const gates = 423_100_001

beforeAll(async () => {
  campus = await openCampus({ doors: '127.62.71' })
  await plantForeignCards(campus.emulator!)
  await employ(campus.owner.db, {
    id: 'auditor',
    nameZh: '稽核示例',
    nameEn: 'Auditor Sample',
    role: 'auditor',
  })
}, 60_000)
afterAll(() => campus.close())

async function call(
  who: string | null,
  method: 'GET' | 'POST',
  path: string,
  { body, key, language = 'en' }: { body?: object; key?: string; language?: string } = {},
) {
  const cookie = who === null ? {} : { cookie: await campus.signIn(who) }
  return campus.gatehouse.server.inject({
    method,
    url: `/api/v1${path}`,
    headers: { ...cookie, 'accept-language': language, ...(key ? { 'idempotency-key': key } : {}) },
    ...(body ? { payload: body } : {}),
  })
}

describe('who may', () => {
  it.each(['/surveys', `/controllers/${gates}/cards`])('read %s: access, office, auditor', async path => {
    expect((await call(null, 'GET', path)).statusCode).toBe(401)
    for (const who of [people.aEarly.number, 'desk-csie'])
      expect((await call(who, 'GET', path)).statusCode).toBe(404)
    for (const who of ['access', 'office', 'auditor'])
      expect((await call(who, 'GET', path)).statusCode).toBe(200)
  })

  it('ask, preview and adopt: access alone', async () => {
    const seal = { seal: 'x' }
    for (const who of [people.aEarly.number, 'desk-csie', 'office', 'auditor']) {
      expect((await call(who, 'POST', '/surveys', { body: { controllers: [gates] } })).statusCode).toBe(404)
      expect((await call(who, 'GET', `/controllers/${gates}/adoption`)).statusCode).toBe(404)
      expect((await call(who, 'POST', `/controllers/${gates}/adoption`, { body: seal })).statusCode).toBe(404)
    }
    expect((await call(null, 'POST', '/surveys', { body: { controllers: [gates] } })).statusCode).toBe(401)
    expect(await campus.owner.db.selectFrom('controller_survey').selectAll().execute()).toEqual([])
  })
})

describe('asking', () => {
  it('is done once however often it is sent, and refused with words while it is under way', async () => {
    const key = randomUUID()
    const body = { controllers: [gates, gates] }
    const first = await call('access', 'POST', '/surveys', { body, key })
    expect([first.statusCode, first.json()]).toEqual([200, { asked: 1 }])
    expect((await call('access', 'POST', '/surveys', { body, key })).json()).toEqual({ asked: 1 })
    const again = await call('access', 'POST', '/surveys', { body })
    expect([again.statusCode, again.json().refusal]).toEqual([409, 'reading-already'])
    const zh = await call('access', 'POST', '/surveys', { body, language: 'zh-TW' })
    expect(zh.json().message).toContain('已經在讀取')
    const journal = await campus.owner.db
      .selectFrom('journal')
      .select(['actor', 'facts'])
      .where('act', '=', 'card list asked for')
      .execute()
    expect(journal).toEqual([{ actor: 'access:access', facts: { controller: gates } }])
  })

  it.each([
    [{ controllers: [] }, 400],
    [{ controllers: [0] }, 400],
    [{ controllers: [gates], everything: true }, 400],
    [{ controllers: [gates, 4] }, 409],
  ])('%o is %i', async (body, status) => {
    expect((await call('access', 'POST', '/surveys', { body })).statusCode).toBe(status)
  })
})

describe('what is told', () => {
  it('a reading under way, then what it found: numbers, doors and days, and no person', async () => {
    const before = (await call('office', 'GET', '/surveys')).json<Surveys>()
    expect(before.sum).toMatchObject({ controllers: 12, read: 0, reading: 1 })
    expect(before.controllers[0]).toMatchObject({ controllerId: gates, found: null, adoptedAt: null })
    expect(before.controllers[0]!.reading).toMatchObject({ placesRead: 0, beganAt: null, outcome: null })
    expect(before.controllers[1]!.reading).toBeNull()
    await campus.settle()
    const after = (await call('office', 'GET', '/surveys')).json<Surveys>()
    expect(after.sum).toMatchObject({ read: 1, reading: 0, others: 14, leftOver: 0, taken: 0 })
    const { cards, more } = (await call('auditor', 'GET', `/controllers/${gates}/cards`)).json<SurveyCards>()
    expect([cards.length, more]).toEqual([14, false])
    expect(Object.keys(cards[0]!).toSorted((x, y) => x.localeCompare(y))).toEqual([
      'adopted',
      'doors',
      'from',
      'number',
      'standing',
      'takenAt',
      'to',
      'withPin',
    ])
    expect(new Set(cards.map(card => card.standing))).toEqual(new Set(['foreign']))
  })

  it('a preview with nothing to adopt, and the refusal that goes with it', async () => {
    const preview = (await call('access', 'GET', `/controllers/${gates}/adoption`)).json<Adoption>()
    expect(preview.counts).toEqual({ confirmed: 0, changed: 0, leftOver: 0, taken: 0, foreign: 14 })
    const body = { seal: preview.seal }
    const refused = await call('access', 'POST', `/controllers/${gates}/adoption`, { body })
    expect([refused.statusCode, refused.json().refusal]).toEqual([409, 'nothing-to-adopt'])
    const other = await call('access', 'POST', `/controllers/${gates + 1}/adoption`, { body })
    expect(other.json().refusal).toBe('not-read-yet')
    expect((await call('access', 'GET', '/controllers/4/adoption')).statusCode).toBe(404)
    expect((await call('office', 'GET', '/controllers/4/cards')).statusCode).toBe(404)
    expect((await call('access', 'POST', '/controllers/4/adoption', { body })).json().refusal).toBe(
      'no-such-controller',
    )
  })
})

describe('a controller’s clock', () => {
  it('that could not be set with the newest window is named, until it could be', async () => {
    const unset = async () => {
      const { controllers } = (await call('office', 'GET', '/controllers')).json<{
        controllers: { id: number; clockUnset: boolean }[]
      }>()
      return controllers.filter(each => each.clockUnset).map(each => each.id)
    }
    expect(await unset()).toEqual([])
    await campus.emulator!.faults(gates, { silent: true })
    await campus.moveTo('2023-10-11T10:00')
    await campus.settle()
    await expect.poll(unset, { timeout: 10_000 }).toEqual([gates])
    await campus.emulator!.faults(gates, { silent: false })
    await campus.moveTo('2023-10-11T15:00')
    await campus.rested()
    await campus.settle()
    await expect.poll(unset, { timeout: 10_000 }).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { switches } from '../../test/browser/switching.ts'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { call } from '../access/trial.ts'
import { tellWhatDoorsConfirmed } from '../app/confirmations.ts'
import type { StaffMailNow } from './staff-mail-routes.ts'

/* An update meets a dead controller, another one a hold: who asked for it is told, once each, in their own language. */
let campus: TestCampus
const gates = 423_100_001
const library = 423_100_002

beforeAll(async () => {
  campus = await openCampus({ doors: '127.69.31', from: '2023-10-18T09:48' })
  await campus.moveTo('2023-10-18T10:00')
  await campus.settle()
}, 120_000)
afterAll(() => campus.close())

const set = (who: string, address: string | null, language: string) =>
  call(campus, 'POST', '/staff-mail', { address, language }, { who, language: 'en' })
const now = async (who: string) =>
  (await call(campus, 'GET', '/staff-mail', undefined, { who })).body as unknown as StaffMailNow
const written = async () => {
  const { rows } = await campus.owner.pool.query<{ recipient: string; subject: string; body: string }>(
    `select recipient, subject, body from message where kind = 'staff-notice' order by id`,
  )
  return rows
}
const look = () => tellWhatDoorsConfirmed(campus.gatehouse.register)

describe('mail about updates', () => {
  it('is asked for by those who keep the doors, each for themselves, at a real address', async () => {
    expect(await now('access')).toMatchObject({ mails: false, mine: null, told: [] })
    expect(await set('access', 'doors', 'en')).toMatchObject({
      status: 409,
      body: { refusal: 'not-an-address', message: expect.stringContaining('doors@school.example') },
    })
    expect((await set('desk-csie', 'desk@school.example', 'en')).status).toBe(404)
    expect((await set('access', ' doors@school.example ', 'en')).status).toBe(200)
    expect((await set('office', 'card-office@school.example', 'zh-TW')).status).toBe(200)
    expect(await now('access')).toMatchObject({
      mine: { address: 'doors@school.example', language: 'en', doorTasks: null },
      told: [{ name: { en: 'Access Keeper F' } }, { name: { en: 'Card Officer E' } }],
    })
  })

  it('tells of a dead controller and of a hold, where and how much is left, and names nobody', async () => {
    await switches(campus, people.aEarly)
    await campus.emulator!.faults(gates, { silent: true })
    const hold = { controllers: [library], reason: 'new cabling' }
    expect((await call(campus, 'POST', '/holds', hold)).status).toBe(200)
    await campus.moveTo('2023-10-18T15:00')
    await campus.settle()
    await Promise.all([look(), look()])
    await look()
    const [first, second, ...more] = await written()
    expect(more).toEqual([])
    expect(first).toMatchObject({
      recipient: 'doors@school.example',
      subject: 'Door update of 15:00 on Wed 18 October: not everything was done',
    })
    expect(first!.body).toContain('Dear Access Keeper F,')
    expect(first!.body).toMatch(/- .+ 423100001: the controller does not answer; .+, \d+ card numbers? left/u)
    expect(first!.body).toMatch(/- .+ 423100002: updates are held, \d+ card numbers? left/u)
    expect(second!.recipient).toBe('card-office@school.example')
    expect(second!.subject).toMatch(/^10月18日.+的門禁更新沒有全部完成$/u)
    expect(second!.body).toMatch(/423100001：控制器沒有回應，請檢查電源與網路，剩 \d+ 筆/u)
    for (const { body } of [first!, second!]) expect(body).not.toMatch(/41047001S|\d{9,10}S/u)
  })

  it('says nothing of what somebody takes care of already, nor of what was before, nor to who ended it', async () => {
    const { rows } = await campus.owner.pool.query<{ id: number }>('select id from staff_notice')
    for (const { id } of rows) await call(campus, 'POST', `/staff-notices/${id}/acknowledgement`, {})
    await campus.owner.pool.query('delete from message where staff_id is not null')
    await look()
    expect(await written()).toEqual([])
    await campus.owner.pool.query('update staff_notice set acknowledged_at = null, acknowledged_by = null')
    expect((await set('access', null, 'en')).status).toBe(200)
    await look()
    expect((await written()).map(({ recipient }) => recipient)).toEqual(['card-office@school.example'])
    expect((await set('access', 'later@school.example', 'en')).status).toBe(200)
    await look()
    expect(await written()).toHaveLength(1)
  })
})

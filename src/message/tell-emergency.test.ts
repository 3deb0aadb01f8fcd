import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { call } from '../access/trial.ts'
import { campusClock } from '../app/clock.ts'
import { makeEmergencyCodes, useEmergencyCode } from '../identity/break-glass.ts'
import { type Database, openDatabase } from '../server/database.ts'
import type { Actor } from '../server/register.ts'
import { openMailer } from './mailer.ts'
import { deliverDue } from './outgoing.ts'
import { tellStaff } from './staff-mail.ts'
import type { StaffMailNow } from './staff-mail-routes.ts'

/* Somebody comes in by an emergency code: every administrator who gave an address is written to, over a real mail server. */
let campus: TestCampus
let chores: Database
let codes: readonly string[]
const door: Actor = { kind: 'system', id: 'break-glass' }
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  chores = openDatabase(campus.url, 'chores', { connections: 2 })
  const { pool } = campus.owner
  for (const [id, zh, en] of [
    ['admin-2', '管理員乙', 'Administrator B'],
    ['admin-gone', '管理員丙', 'Administrator C'],
  ]) {
    await pool.query('insert into staff (id, name_zh, name_en) values ($1, $2, $3)', [id, zh, en])
    await pool.query(`insert into staff_role (staff_id, role) values ($1, 'admin')`, [id])
  }
  const made = await campus.gatehouse.register.aside({ kind: 'system', id: 'operator' }, act =>
    makeEmergencyCodes(act, { codes: 4, days: 30 }),
  )
  codes = made.codes
}, 60_000)
afterAll(async () => {
  await chores.close()
  await campus.close()
})

const set = (who: string, more: object) =>
  call(campus, 'POST', '/staff-mail', { address: `${who}@school.example`, language: 'en', ...more }, { who })
const enter = (code: string) =>
  campus.gatehouse.server.inject({
    url: '/sign-in/break-glass',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: new URLSearchParams({ code }).toString(),
  })
const written = async () =>
  (await campus.owner.pool.query(`select recipient from message where kind = 'emergency-used' order by id`))
    .rows

it('administrators give an address, for this alone: no doors of theirs are written of', async () => {
  expect((await set('admin', {})).status).toBe(200)
  expect((await set('admin-2', { language: 'zh-TW' })).status).toBe(200)
  expect((await set('admin-gone', {})).status).toBe(200)
  expect((await set('access', {})).status).toBe(200)
  await campus.owner.pool.query(`update staff set ended_at = now() where id = 'admin-gone'`)
  expect(await set('admin', { doorTasks: { owner: null } })).toMatchObject({
    status: 409,
    body: { refusal: 'keeps-no-doors', message: expect.stringContaining('keep no doors') },
  })
  const { body } = await call(campus, 'GET', '/staff-mail', undefined, { who: 'admin' })
  expect(body as unknown as StaffMailNow).toMatchObject({
    mine: { address: 'admin@school.example', language: 'en', doorTasks: null },
    owners: [],
  })
  expect((await set('desk-csie', {})).status).toBe(404)
})

it('a use that comes to nothing, and a wrong code, are told to nobody', async () => {
  const failing = campus.gatehouse.register.aside(door, async act => {
    await useEmergencyCode(act, codes[0]!)
    throw new Error('after it was used')
  })
  await expect(failing).rejects.toThrow('after it was used')
  expect((await enter('AAAA-AAAA-AAAA-AAAA')).statusCode).toBe(403)
  expect(await written()).toEqual([])
})

it('each administrator who is one now is mailed once for each use, in their language, without a code; nobody else is', async () => {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join()
        received.push(`${to}\n${readable(Buffer.concat(chunks).toString())}`)
        done()
      })
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as { port: number }
  const mailer = openMailer({ host: '127.0.0.1', port, from: 'Card Office <cards@example.org>' })
  try {
    // Two at once with one code: one is let in, and one use is told.
    const answers = await Promise.all([enter(codes[0]!), enter(codes[0]!)])
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([303, 403])
    expect(await deliverDue({ database: chores, clock: campusClock }, mailer)).toBe(2)
    expect(received.map(text => String(text.split('\n')[0])).toSorted()).toEqual([
      'admin-2@school.example',
      'admin@school.example',
    ])
    const all = received.join('\n')
    expect(all).toContain('An emergency code was used to sign in')
    expect(all).toContain('有人以緊急代碼登入')
    for (const code of codes) {
      expect(all).not.toContain(code)
      expect(all).not.toContain(code.replaceAll('-', ''))
    }
    expect((await enter(codes[1]!)).statusCode).toBe(303)
    expect(await deliverDue({ database: chores, clock: campusClock }, mailer)).toBe(2)
  } finally {
    mailer.close()
    await new Promise<void>(done => server.close(() => done()))
  }
})

/** A mail's text as its reader has it. */
function readable(mail: string): string {
  const [head = '', ...parts] = mail.split('\r\n\r\n')
  const body = parts.join('\n\n')
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString()
  const joined = body.replace(/=\r\n/g, '')
  return Buffer.from(
    joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
}

it('and an administrator is not told of updates of doors', async () => {
  const at = ['2023-10-18T11:30+08:00']
  const { pool } = campus.owner
  await pool.query(
    `insert into update_window (campus, on_date, at_time, starts_at) values ('x', '2023-10-18', '11:30', $1)`,
    at,
  )
  await pool.query(
    `insert into staff_notice (kind, starts_at, made_at, facts) values ('window-late', $1, $1, '{}')`,
    at,
  )
  await campus.moveTo('2023-10-18T12:00')
  await campus.gatehouse.register.aside({ kind: 'system', id: 'messages' }, tellStaff)
  const { rows: told } = await campus.owner.pool.query(
    `select recipient from message where kind = 'staff-notice' order by id`,
  )
  expect(told).toEqual([{ recipient: 'access@school.example' }])
})

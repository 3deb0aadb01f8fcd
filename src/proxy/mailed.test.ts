import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { proofKeys } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { campusClock } from '../app/clock.ts'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import type { Keys } from '../lib/keys.ts'
import { type Mailer, openMailer } from '../message/mailer.ts'
import { deliverDue } from '../message/outgoing.ts'
import { type Database, openDatabase } from '../server/database.ts'

let desk: TrialDesk
let chores: Database
let mailer: Mailer
const received: string[] = []
const server = new SMTPServer({
  authOptional: true,
  hideSTARTTLS: true,
  closeTimeout: 100,
  logger: false,
  onData(stream, _, done) {
    let text = ''
    stream.on('data', chunk => {
      text += String(chunk)
    })
    stream.on('end', () => {
      received.push(text)
      done()
    })
  },
})

beforeAll(async () => {
  desk = await openTrialDesk()
  chores = openDatabase(desk.campus.url, 'chores')
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as { port: number }
  mailer = openMailer({ host: '127.0.0.1', port, from: 'Card Office <cards@example.org>' })
}, 60_000)
afterAll(async () => {
  mailer.close()
  await new Promise<void>(done => server.close(done))
  await chores.close()
  await desk.campus.close()
})

const deliver = (codeKeys?: Keys) => deliverDue({ database: chores, clock: campusClock, codeKeys }, mailer)
const rows = () => desk.campus.owner.db.selectFrom('message').selectAll().orderBy('id').execute()
/** A mail's text as its reader sees it, and to whom it goes. */
const mailTo = (address: string): string | undefined => {
  const mail = received.find(text => text.includes(`To: ${address}`))
  const body = mail?.split('\r\n\r\n').slice(1).join('\r\n\r\n') ?? ''
  return mail && (/base64/i.test(mail) ? Buffer.from(body, 'base64').toString() : body)
}

it('the letter is mailed with its code, which stands in no row: no outbox, no kept reply, no journal', async () => {
  const key = { 'idempotency-key': 'naming-1' }
  const body = { name: 'Example Proxy', email: 'proxy@example.org', language: 'en' }
  const first = await desk.send(people.aEarly.number, '/me/proxy', body, key)
  const again = await desk.send(people.aEarly.number, '/me/proxy', body, key)
  const { code } = first.json<{ code: string }>()
  expect(again.json()).toEqual(first.json())

  await deliver()
  expect(mailTo('proxy@example.org')).toBeUndefined()
  expect((await rows()).at(-1)!.last_error).toBe('the key of proxy codes is another one now')
  await desk.campus.moveTo('2023-10-18T11:20')
  await deliver(proofKeys)
  const letter = mailTo('proxy@example.org')!.replace(/=\r\n/g, '')
  expect(letter).toContain(`Your proxy code: ${code}`)
  expect(letter).not.toContain('•')

  const plain = code.replaceAll('-', '').slice(3)
  const { rows: tables } = await desk.campus.owner.pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  )
  for (const { name } of tables) {
    const { rowCount } = await desk.campus.owner.pool.query(
      `select from ${name} t where t::text like any($1)`,
      [[`%${code}%`, `%${plain}%`]],
    )
    expect([name, rowCount]).toEqual([name, 0])
  }
  const kept = await desk.campus.owner.db.selectFrom('repeated_request').selectAll().execute()
  expect(kept.length).toBeGreaterThan(0)
})

it('a letter whose naming was withdrawn meanwhile is not mailed, and the outbox says so', async () => {
  const { number } = people.bOnTheStroke
  const body = { name: 'Other Proxy', email: 'other@example.org', language: 'en' }
  expect((await desk.send(number, '/me/proxy', body)).statusCode).toBe(200)
  expect((await desk.send(number, '/me/proxy/withdrawal', {})).statusCode).toBe(200)
  received.length = 0
  await deliver(proofKeys)
  expect(received.filter(text => text.includes('To: other@example.org'))).toHaveLength(1)
  expect(mailTo('other@example.org')).toContain('you need not go to the desk')
  const { messages } = (await desk.send('office', '/messages/search', {})).json<{
    messages: { kind: string; recipient: string; state: string }[]
  }>()
  const invited = messages.find(
    each => each.kind === 'proxy-invited' && each.recipient === 'other@example.org',
  )
  expect(invited?.state).toBe('not-needed')
  expect((await rows()).find(row => row.recipient === 'other@example.org')!.sent_at).toBeNull()
})

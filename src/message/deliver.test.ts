import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../server/database.ts'
import { startDelivery } from './deliver.ts'
import { openMailer } from './mailer.ts'
import { deliverDue } from './outgoing.ts'
import { type TrialCampus, trialCampus } from './trial-campus.ts'

let campus: TrialCampus
let chores: Database
beforeAll(async () => {
  campus = await trialCampus()
  chores = openDatabase(campus.url, 'chores')
})
afterAll(async () => {
  await chores.close()
  await campus.close()
})

let letGo: (() => unknown)[] = []
beforeEach(() => campus.sql('truncate message cascade'))
afterEach(async () => {
  for (const each of letGo.toReversed()) await each()
  letGo = []
})

interface MailServerOptions {
  port?: number
  /** What it answers to a message that it has read to its end; without it, yes. */
  answer?: (text: string) => Error | null
  onRcptTo?: SMTPServerOptions['onRcptTo']
}

/** A real mail server on a free (or the given) port; `received` are the messages that it read to their end. */
async function mailServer({ port = 0, answer = () => null, onRcptTo }: MailServerOptions = {}) {
  const received: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    closeTimeout: 100,
    logger: false,
    ...(onRcptTo ? { onRcptTo } : {}),
    onData(stream, _, done) {
      let text = ''
      stream.on('data', chunk => {
        text += String(chunk)
      })
      stream.on('end', () => {
        received.push(text)
        done(answer(text))
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(port, '127.0.0.1')
  await once(listening, 'listening')
  letGo.push(() => new Promise<void>(done => server.close(done)))
  const address = listening.address() as { port: number }
  return { received, smtp: settings(address.port) }
}

const settings = (port: number) => ({ host: '127.0.0.1', port, from: 'Card Office <cards@example.org>' })

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}

const deliver = async (smtp: ReturnType<typeof settings>) => {
  const mailer = openMailer(smtp)
  letGo.push(() => mailer.close())
  return deliverDue({ database: chores, clock: campus.clock }, mailer)
}

const write = (recipient = 'one@example.org', subject = '領卡收據', age = '0') =>
  campus.sql(
    `insert into message (person_id, kind, language, recipient, subject, body, made_at)
     values (1, 'card-handed-over', 'zh-TW', $1, $2, '您好：新卡。', $4::timestamptz - $3::interval)`,
    [recipient, subject, age, campus.now.toString()],
  )
const rows = () => campus.sql('select * from message order by id')
const saying = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })
const messageId = (text: string) => /^message-id: *(\S+)/imu.exec(text)?.[1]

it('a message arrives as it stands in the outbox, and is marked as sent', async () => {
  const { received, smtp } = await mailServer()
  await write()
  expect(await deliver(smtp)).toBe(1)
  const [row] = await rows()
  expect(row).toMatchObject({ tries: 1, last_error: null })
  expect(row!.sent_at).not.toBeNull()
  expect(received).toHaveLength(1)
  expect(received[0]).toContain('To: one@example.org')
  expect(received[0]).toContain(`Subject: =?UTF-8?B?${Buffer.from('領卡收據').toString('base64')}?=`)
  expect(received[0]).toContain(Buffer.from('您好：新卡。').toString('base64'))
  expect(received[0]).toContain('Auto-Submitted: auto-generated')
  expect(messageId(received[0]!)).toMatch(/^<gatehouse\.\d+\.\d+@example\.org>$/u)
})

it('refused once, then accepted: the same id both times, and one row sent', async () => {
  let refusals = 1
  const { received, smtp } = await mailServer({
    answer: () => (refusals-- > 0 ? saying(451, 'come back later') : null),
  })
  await write()
  expect(await deliver(smtp)).toBe(0)
  expect(await rows()).toMatchObject([
    { sent_at: null, tries: 1, last_error: expect.stringContaining('451') },
  ])
  expect(await deliver(smtp)).toBe(0)
  campus.now = campus.now.add({ seconds: 16 })
  expect(await deliver(smtp)).toBe(1)
  expect(await rows()).toMatchObject([{ tries: 2, last_error: null }])
  expect(received).toHaveLength(2)
  expect(messageId(received[1]!)).toBe(messageId(received[0]!))
})

it('one refused recipient holds nobody else up', async () => {
  const { received, smtp } = await mailServer({
    onRcptTo: ({ address }, _, done) => done(address.startsWith('gone') ? saying(550, 'no such user') : null),
  })
  await write('gone@example.org')
  await write('one@example.org')
  expect(await deliver(smtp)).toBe(1)
  expect(received).toHaveLength(1)
  expect(await rows()).toMatchObject([
    { sent_at: null, last_error: expect.stringContaining('550') },
    { tries: 1 },
  ])
})

it('without a mail server the messages stay, say why, and lose no try', async () => {
  await write()
  await write()
  await expect(deliver(settings(await freePort()))).rejects.toThrow('ECONNREFUSED')
  const reason = expect.stringContaining('ECONNREFUSED')
  expect(await rows()).toMatchObject([
    { sent_at: null, tries: 0, last_error: reason },
    { sent_at: null, tries: 0, last_error: reason },
  ])
})

it('who has no address is not mailed, nor what was written two days ago', async () => {
  const { received, smtp } = await mailServer()
  await write('')
  await write('one@example.org', 'old', '48 hours')
  await write('one@example.org', 'recent', '47 hours')
  expect(await deliver(smtp)).toBe(1)
  expect(received).toMatchObject([expect.stringContaining('Subject: recent')])
})

it('a recipient that holds two addresses is one address, and a bad one', async () => {
  const reached: string[] = []
  const { smtp } = await mailServer({
    onRcptTo: ({ address }, _, done) => {
      reached.push(address)
      done()
    },
  })
  await write('one@example.org, two@example.org')
  await deliver(smtp)
  expect(reached).not.toContain('two@example.org')
})

it('of two processes that deliver at once, one sends each message', async () => {
  const { received, smtp } = await mailServer()
  for (let n = 0; n < 20; n += 1) await write('one@example.org', `message ${n}`)
  const sent = await Promise.all([deliver(smtp), deliver(smtp)])
  expect(sent[0] + sent[1]).toBe(20)
  expect(new Set(received.map(messageId)).size).toBe(20)
  expect(received).toHaveLength(20)
})

it('killed after the server took it and before the mark: sent again, under the same id', async () => {
  let kill = () => {}
  const { received, smtp } = await mailServer({
    answer: () => {
      kill()
      return null
    },
  })
  await write()
  const url = (name: string) => JSON.stringify(new URL(name, import.meta.url).href)
  const script = `
    const { openDatabase } = await import(${url('../server/database.ts')})
    const { openMailer } = await import(${url('mailer.ts')})
    const { deliverDue } = await import(${url('outgoing.ts')})
    const now = async () => Temporal.Instant.from(process.argv[3])
    const outbox = { database: openDatabase(process.argv[1], 'chores'), clock: { now, actMoment: now } }
    await deliverDue(outbox, openMailer(JSON.parse(process.argv[2])))`
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, campus.url, JSON.stringify(smtp), campus.now.toString()],
    {
      stdio: 'inherit',
    },
  )
  kill = () => child.kill('SIGKILL')
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  expect(signal).toBe('SIGKILL')
  kill = () => {}
  expect(await rows()).toMatchObject([{ sent_at: null }])

  // The dead process's lock goes with its connection, which the database notices in a moment.
  await vi.waitUntil(async () => (await deliver(smtp)) === 1, { timeout: 10_000, interval: 100 })
  expect(received).toHaveLength(2)
  expect(messageId(received[1]!)).toBe(messageId(received[0]!))
})

it('the running delivery of three processes mails what is written, once, and goes on when the server is back', async () => {
  const port = await freePort()
  const log: string[] = []
  const three = [1, 2, 3].map(() =>
    startDelivery({
      databaseUrl: campus.url,
      smtp: settings(port),
      clock: campus.clock,
      log: line => log.push(line),
    }),
  )
  for (const each of await Promise.all(three)) letGo.push(() => each.stop())
  await write('one@example.org', 'while away')
  await vi.waitUntil(async () => (await rows())[0]!.last_error !== null, { timeout: 15_000 })
  expect(log.join()).toContain('ECONNREFUSED')

  const { received } = await mailServer({ port })
  await vi.waitUntil(async () => (await rows())[0]!.sent_at !== null, { timeout: 25_000 })
  await write('one@example.org', 'when back')
  await vi.waitUntil(async () => (await rows())[1]!.sent_at !== null, { timeout: 15_000 })
  expect(received).toMatchObject([
    expect.stringContaining('Subject: while away'),
    expect.stringContaining('Subject: when back'),
  ])
})

it('without a configured mail server nothing runs and nothing is touched', async () => {
  await write()
  const log: string[] = []
  const delivery = await startDelivery({
    databaseUrl: campus.url,
    smtp: null,
    clock: campus.clock,
    log: line => log.push(line),
  })
  await delivery.stop()
  expect(log).toEqual([expect.stringContaining('no mail server is configured')])
  expect(await rows()).toMatchObject([{ sent_at: null, tries: 0, last_error: null }])
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeServer, type Server } from '../server/http.ts'
import type { Actor } from '../server/register.ts'
import { messageRoutes, type OutboxMessage } from './routes.ts'
import { activate, system, type TrialCampus, trialCampus } from './trial-campus.ts'

let campus: TrialCampus
let server: Server

const known: Record<string, Actor> = {
  office: { kind: 'office', id: 'office-a' },
  desk: { kind: 'desk', id: 'clerk-a', counter: 'dept-math' },
  one: { kind: 'student', id: '1', personId: 1 },
  two: { kind: 'student', id: '2', personId: 2 },
}

beforeAll(async () => {
  campus = await trialCampus()
  await campus.register.act(system, act => act.note({ act: 'card handed over', personId: 1, cardId: 3 }))
  await activate(campus, 1)
  await activate(campus, 2)
  server = await makeServer({ whoIs: async token => known[token] ?? null, demo: true, logLevel: 'silent' })
  messageRoutes(server, { register: campus.register, mails: false })
})
afterAll(async () => {
  await server.close()
  await campus.close()
})

async function get(who: string, url: string) {
  const reply = await server.inject({ url: `/api/v1${url}`, cookies: { session: who } })
  return { status: reply.statusCode, messages: reply.json<{ messages: OutboxMessage[] }>().messages }
}

it('the office sees every message, the newest first, with its text and what became of it', async () => {
  const { status, messages } = await get('office', '/messages')
  expect(status).toBe(200)
  expect(messages.map(each => [each.kind, each.studentNumber, each.state])).toEqual([
    ['card-activated', '41047002S', 'no-address'],
    ['card-activated', '41047001S', 'no-mail-server'],
    ['card-handed-over', '41047001S', 'no-mail-server'],
  ])
  expect(messages[1]).toMatchObject({
    recipient: 'one@example.org',
    madeAt: campus.now.toString(),
    sentAt: null,
    tries: 0,
    body: expect.stringContaining('示例生 甲01 您好'),
  })
})

it.each([
  ['?student=41047001S', 2],
  ['?kind=card-activated', 2],
  ['?student=41047001S&kind=card-activated', 1],
  ['?student=99999999S', 0],
])('the office asks for %s and gets %i', async (query, count) => {
  expect((await get('office', `/messages${query}`)).messages).toHaveLength(count)
})

it('a kind that there is not is a mistake, not an empty list', async () => {
  expect((await get('office', '/messages?kind=card-lost')).status).toBe(400)
})

it('reading one student’s messages is written down, reading the list is not', async () => {
  const reads = async () =>
    (await campus.sql(
      `select actor, person_id from journal where act = 'messages read' order by id`,
    )) as unknown[]
  const before = (await reads()).length
  await get('office', '/messages')
  expect(await reads()).toHaveLength(before)
  await get('office', '/messages?student=41047002S')
  expect((await reads()).at(-1)).toEqual({ actor: 'office:office-a', person_id: 2 })
})

it('a student sees the own messages and nobody else’s, and no mail server’s words', async () => {
  const { status, messages } = await get('one', '/me/messages')
  expect(status).toBe(200)
  expect(messages.map(each => each.kind)).toEqual(['card-activated', 'card-handed-over'])
  expect(messages[0]).not.toHaveProperty('lastError')
  expect((await get('two', '/me/messages')).messages).toHaveLength(1)
})

it.each([
  ['one', '/messages', 404],
  ['desk', '/messages', 404],
  ['office', '/me/messages', 404],
  ['nobody', '/messages', 401],
  ['nobody', '/me/messages', 401],
])('%s may not read %s', async (who, url, status) => {
  expect((await get(who, url)).status).toBe(status)
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { asBrowser } from '../../test/as-browser.ts'
import { makeServer, type Server } from '../server/http.ts'
import { keepLook } from '../server/looks.ts'
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
  server = asBrowser(
    await makeServer({
      whoIs: async token => known[token] ?? null,
      keepLook: (actor, look) => campus.register.look(actor, act => keepLook(act, look)),
      demo: true,
      logLevel: 'silent',
    }),
  )
  messageRoutes(server, { register: campus.register, mails: false })
})
afterAll(async () => {
  await server.close()
  await campus.close()
})

async function answerOf(who: string, asked: { url: string; method: 'GET' | 'POST'; payload?: object }) {
  const reply = await server.inject({ ...asked, url: `/api/v1${asked.url}`, cookies: { session: who } })
  return { status: reply.statusCode, messages: reply.json<{ messages: OutboxMessage[] }>().messages }
}

const get = (who: string, url: string) => answerOf(who, { url, method: 'GET' })
const search = (who: string, payload: object = {}) =>
  answerOf(who, { url: '/messages/search', method: 'POST', payload })

it('the office sees every message, the newest first, with its text and what became of it', async () => {
  const { status, messages } = await search('office')
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
  [{ studentNumber: '41047001S' }, 2],
  [{ kind: 'card-activated' }, 2],
  [{ studentNumber: '41047001S', kind: 'card-activated' }, 1],
  [{ studentNumber: '99999999S' }, 0],
])('the office asks for %o and gets %i', async (asked, count) => {
  expect((await search('office', asked)).messages).toHaveLength(count)
})

it('a kind that there is not is a mistake, not an empty list', async () => {
  expect((await search('office', { kind: 'card-lost' })).status).toBe(400)
})

it('reading one student’s messages is written down, reading the list is not', async () => {
  const reads = async () =>
    (await campus.sql(
      `select actor, person_id from journal where act = 'messages read' order by id`,
    )) as unknown[]
  const before = (await reads()).length
  await search('office')
  expect(await reads()).toHaveLength(before)
  await search('office', { studentNumber: '41047002S' })
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
  ['one', 404],
  ['desk', 404],
  ['nobody', 401],
])('%s may not search the outbox', async (who, status) => {
  expect((await search(who)).status).toBe(status)
})

it.each([
  ['office', '/me/messages', 404],
  ['nobody', '/me/messages', 401],
])('%s may not read %s', async (who, url, status) => {
  expect((await get(who, url)).status).toBe(status)
})

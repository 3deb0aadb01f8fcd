import fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Api, makeApi } from './api.ts'

/** A server that answers as it is told and remembers what it was asked. */
const server = () => {
  const app = fastify()
  const asked: { key: unknown; language: unknown; body: unknown }[] = []
  let next: () => Promise<{ code: number; body: string }> = async () => ({ code: 200, body: '{"done":true}' })
  app.route({
    method: ['GET', 'POST'],
    url: '/api/v1/*',
    handler: async (request, reply) => {
      const { headers, body } = request
      asked.push({ key: headers['idempotency-key'], language: headers['accept-language'], body })
      const answer = await next()
      return reply.code(answer.code).type('application/json').send(answer.body)
    },
  })
  return {
    app,
    asked,
    answering: (answer: typeof next) => {
      next = answer
    },
  }
}

let campus: ReturnType<typeof server>
let api: Api

beforeEach(async () => {
  campus = server()
  const origin = await campus.app.listen({ host: '127.0.0.1', port: 0 })
  api = makeApi({ language: 'en', base: `${origin}/api/v1` })
})

afterEach(() => campus.app.close())

describe('the API client', () => {
  it('sends an act as JSON, under a key, in the reader’s language', async () => {
    const answer = await api.post<{ done: boolean }>('/activations', { card: '3F7A' })
    expect(answer).toEqual({ ok: true, status: 200, value: { done: true } })
    expect(campus.asked).toEqual([
      { key: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/u), language: 'en', body: { card: '3F7A' } },
    ])
  })

  it('asks without a key', async () => {
    await api.get('/windows')
    expect(campus.asked[0]!.key).toBeUndefined()
  })

  it('sends one request for a double tap, and both taps get its answer', async () => {
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    campus.answering(async () => {
      await held
      return { code: 200, body: '{"done":true}' }
    })
    const taps = [api.post('/activations', { card: '3F7A' }), api.post('/activations', { card: '3F7A' })]
    release()
    const [first, second] = await Promise.all(taps)
    expect(second).toEqual(first)
    expect(campus.asked).toHaveLength(1)
  })

  it('sends another act under another key', async () => {
    await api.post('/activations', { card: '3F7A' })
    await api.post('/activations', { card: '3F7A' })
    expect(new Set(campus.asked.map(({ key }) => key)).size).toBe(2)
  })

  it.each([
    ['the server fell over', async () => ({ code: 500, body: '{"refusal":"fault","message":"Sorry"}' })],
    ['the answer was cut off', async () => ({ code: 200, body: '{"don' })],
  ])('repeats an act under the same key when %s', async (_, failing) => {
    campus.answering(failing)
    expect((await api.post('/activations', { card: '3F7A' })).ok).toBe(false)
    campus.answering(async () => ({ code: 200, body: '{"done":true}' }))
    expect((await api.post('/activations', { card: '3F7A' })).ok).toBe(true)
    expect(campus.asked).toHaveLength(2)
    expect(campus.asked[1]!.key).toBe(campus.asked[0]!.key)
  })

  it('gives a refusal as a value, with its reason and its sentence', async () => {
    campus.answering(async () => ({ code: 409, body: '{"refusal":"not-yours","message":"Another card."}' }))
    const refused = { ok: false, status: 409, refusal: 'not-yours', message: 'Another card.' }
    expect(await api.post('/activations', {})).toEqual(refused)
  })

  it('says so when nobody answers, and throws nothing', async () => {
    await campus.app.close()
    const answer = await api.post('/activations', {})
    expect(answer).toMatchObject({ ok: false, status: 0, refusal: 'network' })
  })
})

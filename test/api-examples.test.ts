import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pool, stockPool, typed } from '../src/loan/trial-pool.ts'
import { usualPushHosts } from '../src/message/push-hosts.ts'
import { openPushKey } from '../src/message/push-seal.ts'
import {
  curlRequests,
  differences,
  type Paths,
  readExamples,
  unknownRoutes,
  withIds,
  withoutExample,
} from './api-examples.ts'
import { ownPage } from './as-browser.ts'
import { openCampus, projectFolder, type TestCampus } from './campus.ts'
import { collect, csie, people } from './people.ts'

const documents = await Promise.all(
  ['api.md', 'api-examples.md'].map(name => readFile(`${projectFolder}docs/${name}`, 'utf8')),
)
const examples = documents.flatMap(readExamples)

let campus: TestCampus
let origin: string
let paths: Paths

/** As the campus to try is when its visitors come: one has collected the new card; another one was lent a card. */
beforeAll(async () => {
  const push = { key: openPushKey(Buffer.alloc(32, 5), 'mailto:cards@example.org'), hosts: usualPushHosts }
  campus = await openCampus({ from: '2023-10-18T10:30', push })
  origin = await campus.gatehouse.server.listen({ host: '127.0.0.1', port: 0 })
  paths = ((await (await fetch(`${origin}/api/openapi.json`)).json()) as { paths: Paths }).paths
  expect(await collect(campus, people.gOnTheSecond)).toMatchObject({ ok: true })
  await stockPool(campus)
  const { number, old } = people.hNeither
  const lent = await fetch(`${origin}/api/v1/desk/loans`, {
    method: 'POST',
    headers: { ...ownPage(await campus.signIn(csie.id)), 'content-type': 'application/json' },
    body: JSON.stringify({
      studentNumber: number,
      scan: typed(pool[0]),
      reason: 'forgotten',
      evidence: [{ kind: 'old-card', chip: old }],
    }),
  })
  expect(lent.status, await lent.text()).toBe(200)
  for (const { number: studentNumber, old: shown, new: chip } of [
    people.cDuringTheRun,
    people.eLastEvening,
  ]) {
    const asked = await fetch(`${origin}/api/v1/desk/signatures`, {
      method: 'POST',
      headers: { ...ownPage(await campus.signIn(csie.id)), 'content-type': 'application/json' },
      body: JSON.stringify({
        studentNumber,
        chip,
        evidence: [{ kind: 'old-card', chip: shown }],
        place: 'phone',
      }),
    })
    expect(asked.status, await asked.text()).toBe(200)
  }
}, 120_000)
afterAll(() => campus.close())

describe('the documented examples, from the top to the bottom', () => {
  const ids = new Map<number, number>()

  it.each(examples)('line $line: $method $path', async example => {
    const reply = await fetch(`${origin}${withIds(example.path, ids)}`, {
      method: example.method,
      headers: {
        'accept-language': 'en',
        ...ownPage(await campus.signIn(example.who)),
        ...(example.body && { 'content-type': 'application/json' }),
        ...example.headers,
      },
      ...(example.body && { body: withIds(example.body, ids) }),
    })
    const answer: unknown = await reply.json()
    const { status = 200, refusal } = example.answer as { status?: number; refusal?: string }
    const expected = refusal !== undefined && status !== 200 ? status : 200
    expect(reply.status, JSON.stringify(answer)).toBe(expected)
    expect(differences(example.answer, answer, ids), 'documented, and not so').toEqual([])
  })
})

describe('the documents and the routes', () => {
  it('each example is of a route in the OpenAPI document', () => {
    expect(unknownRoutes(examples, paths)).toEqual([])
    expect(unknownRoutes(documents.flatMap(curlRequests), paths)).toEqual([])
  })

  it('each of the student’s routes has an example', () => {
    expect(
      withoutExample(examples, paths),
      'give each of these routes an example (```http, then ```json) in docs/api-examples.md',
    ).toEqual([])
  })
})

describe('what is wrong is found', () => {
  it.each([
    [{ story: 'pending' }, 'answer.story is "collected"'],
    [{ storey: 'collected' }, 'answer.storey does not exist'],
    [{ newCard: { ending: null, ended: null } }, 'answer.newCard.ended does not exist'],
    [{ sentence: 'Your …' }, 'answer.sentence is "You have it."'],
    [{ doors: [{ id: 'b' }, { id: 'a' }] }, 'answer.doors[1] is not in the list: [{"id":"a"},{"id":"b"}]'],
    [{ oldCard: { cardId: 12 } }, 'answer.oldCard.cardId is another card than before'],
  ])('%j: %s', (documented, said) => {
    const actual = {
      story: 'collected',
      sentence: 'You have it.',
      newCard: { cardId: 7, ending: null },
      oldCard: { cardId: 8 },
      doors: [{ id: 'a' }, { id: 'b' }],
    }
    expect(differences(documented, actual, new Map([[12, 7]]))).toEqual([said])
  })

  it('a route that is not there, and one without an example', () => {
    const spelled = [{ method: 'GET', path: '/api/v1/me/cart' }]
    expect(unknownRoutes(spelled, paths)).toEqual(['GET /api/v1/me/cart'])
    const others = examples.filter(each => !each.path.endsWith('/mark'))
    expect(withoutExample(others, paths)).toEqual(['PUT /api/v1/me/extras/{item}/mark'])
    expect(curlRequests(documents[0]!)).toContainEqual({
      method: 'POST',
      path: '/api/v1/programme/versions',
    })
  })

  it('a request without an answer, a student or a card', () => {
    expect(() => readExamples('As 41047007S:\n```http\nGET /x\n```\n')).toThrow('has no ```json answer')
    expect(() => readExamples('```http\nGET /x\n```\n```json\n{}\n```')).toThrow('nobody is named')
    expect(() => withIds('{"cardId": 7}', new Map())).toThrow('no answer before has the cardId 7')
  })
})

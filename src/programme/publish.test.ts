import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { publishProposal } from './drafts.ts'
import type { VersionReply } from './publish-api.ts'
import {
  check,
  checkAndPublish,
  edited,
  everythingOf,
  programmeText,
  propose,
  publish,
  publishProposed,
} from './trial-publishing.ts'

let campus: TestCampus
let ntnu: string
let harbour: string
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  ntnu = await programmeText('ntnu-2023')
  harbour = await programmeText('sample-dst')
})
afterAll(() => campus.close())

const get = async (path: string, who: string | null = 'office') =>
  campus.gatehouse.server.inject({
    url: `/api/v1/programme/${path}`,
    headers: { 'accept-language': 'en', ...(who ? { cookie: await campus.signIn(who) } : {}) },
  })

const versions = async (): Promise<VersionReply[]> =>
  (await get('versions')).json<{ versions: VersionReply[] }>().versions

/** The programme with another code on the map: a change that nothing hangs on. */
const withMap = (code: string) => edited(ntnu, 'mapCode: H101', `mapCode: ${code}`)

describe('looking at a text', () => {
  it('says what would change and what that brings, and changes nothing', async () => {
    const before = await everythingOf(campus)
    const later = edited(withMap('H201'), '  on: 2024-03-01', '  on: 2024-03-08')
    const { body } = await check(campus, later)
    expect(body.changes).toEqual([
      {
        path: '/deadline/on',
        kind: 'changed',
        where: 'deadline, date',
        before: '1 March 2024',
        after: '8 March 2024',
      },
      {
        path: '/counters/registry/mapCode',
        kind: 'changed',
        where: 'counters, Registration Division, map code',
        before: 'H101',
        after: 'H201',
      },
    ])
    expect(body.brings).toMatchObject({
      endsEarlier: 0,
      endsLater: 974,
      moves: [{ edition: 'easycard', from: '2024-02-29T16:00:00Z', to: '2024-03-07T16:00:00Z' }],
      promisesBroken: 0,
      doorsLearnFrom: '2023-10-18T07:00:00Z',
      doorsLearnBy: '2023-10-18T08:00:00Z',
    })
    expect(body.refusals).toEqual([])
    const { body: zh } = await check(campus, later, { language: 'zh-TW' })
    expect(zh.changes[0]).toMatchObject({ where: '截止日／日期', before: '2024年3月1日' })
    expect(await everythingOf(campus)).toBe(before)
  })

  it('says why it would be refused, all of it at once', async () => {
    const { body } = await check(campus, harbour)
    expect(body.refusals.map(({ refusal }) => refusal)).toEqual([
      'another-campus',
      'edition-in-use',
      'counter-has-cards',
      'counter-has-clerks',
      'site-in-use',
      'faculty-in-use',
      'department-in-use',
      'changes-overtaken',
    ])
    expect(body.refusals[0]!.message).toContain('"ntnu" in Asia/Taipei')
    expect(await publish(campus, harbour, body)).toMatchObject({
      status: 409,
      body: { refusal: 'another-campus' },
    })
  })

  it('a programme of the same content has nothing to publish, whatever its comments say', async () => {
    const { body } = await check(campus, `# Looked through in October.\n${ntnu}`)
    expect(body).toMatchObject({ changeCount: 0, refusals: [{ refusal: 'nothing-changes' }] })
  })
})

describe('publishing', () => {
  it('puts the text in force, keeps its comments, and is done once however often it is asked', async () => {
    const source = `# Published in October.\n${withMap('H202')}`
    const { body: proposed } = await propose(campus, source)
    const first = await publishProposed(campus, proposed.proposalId, { key: 'publish-1' })
    const again = await publishProposed(campus, proposed.proposalId, { key: 'publish-1' })
    expect([first, again]).toEqual([
      { status: 200, body: { version: 2 } },
      { status: 200, body: { version: 2 } },
    ])
    const [newest, oldest] = await versions()
    expect(newest).toMatchObject({
      version: 2,
      programme: 'ntnu-2023',
      publishedBy: 'office-2',
      publisher: { en: 'Card Officer G' },
    })
    expect(oldest).toMatchObject({ version: 1, publishedBy: 'set-up', publisher: null })
    const inForce = await campus.gatehouse.server.inject({ url: '/api/v1/programme' })
    expect(inForce.body).toContain('H202')
    const file = await get('versions/2/source')
    expect(file.body).toBe(source)
    expect(file.headers['content-type']).toBe('application/yaml; charset=utf-8')
    expect(file.headers['content-disposition']).toBe('attachment; filename="ntnu-2023-version-2.yaml"')
    expect((await get('versions/1/source')).body).toBe(ntnu)
    const other = await publishProposed(campus, proposed.proposalId + 1, { key: 'publish-1' })
    expect(other.status).toBe(422)
  })

  it('takes only the text that was looked at, and only in place of what it was compared with', async () => {
    const source = withMap('H204')
    const { body: checked } = await check(campus, source)
    const other = await publish(campus, withMap('H205'), checked)
    expect(other).toMatchObject({ status: 409, body: { refusal: 'not-what-was-looked-at' } })
    expect((await checkAndPublish(campus, withMap('H206'))).status).toBe(200)
    const late = await publish(campus, source, checked)
    expect(late).toMatchObject({ status: 409, body: { refusal: 'changed-meanwhile', facts: { version: 3 } } })
    expect((await check(campus, source)).body).toMatchObject({ comparedWith: 3, refusals: [] })
  })

  it('of two officers at the same moment, the second waits and is told of the first', async () => {
    const { register } = campus.gatehouse
    const [mine, theirs] = [withMap('H207'), withMap('H208')]
    const [{ body }, { body: bodyToo }] = [await propose(campus, mine), await propose(campus, theirs)]
    let finish = () => {}
    const mayCommit = new Promise<void>(resolve => {
      finish = resolve
    })
    let began = () => {}
    const written = new Promise<void>(resolve => {
      began = resolve
    })
    const first = register.alone({ kind: 'office', id: 'office-2' }, async act => {
      const done = await publishProposal(act, body.proposalId)
      began()
      await mayCommit
      return done
    })
    await written
    const second = publishProposed(campus, bodyToo.proposalId)
    // PostgreSQL itself says that the second one waits for the timetable.
    await campus.timetable('awaited').finally(finish)
    expect(await first).toEqual({ ok: true, version: 4 })
    expect(await second).toMatchObject({
      status: 409,
      body: {
        refusal: 'changed-meanwhile',
        message: expect.stringContaining('Version 4 was published') as string,
      },
    })
    expect((await versions()).map(({ version }) => version)).toEqual([4, 3, 2, 1])
  })

  it('an act waits while a programme is being published, and then goes by the new one', async () => {
    const { register } = campus.gatehouse
    const source = withMap('H209')
    const { body } = await propose(campus, source)
    const order: string[] = []
    let acted: Promise<void> | undefined
    await register.alone({ kind: 'office', id: 'office-2' }, async act => {
      await publishProposal(act, body.proposalId)
      acted = register
        .act({ kind: 'office', id: 'office' }, async later => {
          const [row] = await later.statement<{ newest: number }>(
            'test_newest_version',
            'select max(version) as newest from programme_version',
            [],
          )
          order.push(`acts by ${row!.newest}`)
        })
        .finally(() => order.push('acted'))
      await campus.timetable('awaited')
      order.push('publishes')
    })
    await acted
    expect(order).toEqual(['publishes', 'acts by 5', 'acted'])
  })
})

describe('who may', () => {
  it.each([
    ['a clerk', 'desk-csie', 404],
    ['an access keeper', 'access', 404],
    ['a student', '41047001S', 404],
    ['nobody', null, 401],
  ])('%s neither reads versions, nor checks, nor publishes', async (_, who, status) => {
    expect((await get('versions', who)).statusCode).toBe(status)
    expect((await get('versions/1/source', who)).statusCode).toBe(status)
    expect((await check(campus, ntnu, { who })).status).toBe(status)
    expect((await publish(campus, ntnu, { comparedWith: 1, seal: 'x' }, { who })).status).toBe(status)
  })

  it('a version that there is not is 404', async () => {
    expect((await get('versions/4711/source')).statusCode).toBe(404)
    expect((await get('versions/0/source')).statusCode).toBe(400)
  })

  it('a request of another form is malformed', async () => {
    const reply = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/programme/versions',
      payload: { source: ntnu },
      headers: { cookie: await campus.signIn('office') },
    })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ refusal: 'malformed' })
  })

  it('the routes are in the API’s own description', async () => {
    const described = (await campus.gatehouse.server.inject({ url: '/api/openapi.json' })).json<{
      paths: Record<string, Record<string, { summary?: string }>>
    }>()
    expect(Object.keys(described.paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/programme/versions',
        '/api/v1/programme/versions/{version}/source',
        '/api/v1/programme/checks',
      ]),
    )
  })
})

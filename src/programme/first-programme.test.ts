import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Gatehouse } from '../app/gatehouse.ts'
import { accessEndsAt } from './deadline.ts'
import { carry } from './promise.ts'
import type { CheckReply } from './publish-api.ts'
import type { Programme } from './shape.ts'
import { type NewInstallation, openNewInstallation } from './trial-installation.ts'
import { programmeText } from './trial-publishing.ts'

let installation: NewInstallation
let gatehouse: Gatehouse
let cookie: string
beforeAll(async () => {
  installation = await openNewInstallation()
  gatehouse = installation.gatehouse
  cookie = `session=${installation.token}`
})
afterAll(() => installation.close())

const get = (url: string) => gatehouse.server.inject({ url, headers: { cookie, 'accept-language': 'en' } })
const post = (url: string, payload: object) =>
  gatehouse.server.inject({ method: 'POST', url, payload, headers: { cookie, 'accept-language': 'en' } })

it('has no programme, and says so without failing', async () => {
  expect((await get('/api/v1/programme/versions')).json()).toEqual({ versions: [] })
  expect((await get('/api/v1/programme')).statusCode).toBe(404)
  expect((await get('/staff/programme')).statusCode).toBe(200)
})

it('gets its first programme over the API', async () => {
  const source = await programmeText('sample-dst')
  const checked = (await post('/api/v1/programme/checks', { source })).json<CheckReply>()
  expect(checked).toMatchObject({ comparedWith: null, problems: [], refusals: [] })
  expect(checked.changes.map(({ path, kind }) => `${kind} ${path}`)).toContain('added /deadline')
  expect(checked.brings).toMatchObject({ endsEarlier: 0, endsLater: 0, moves: [] })
  const { comparedWith, seal } = checked
  const other = await programmeText('ntnu-2023')
  const mixed = await post('/api/v1/programme/versions', { source: other, comparedWith, seal })
  expect(mixed.json()).toMatchObject({ refusal: 'not-what-was-looked-at' })

  const published = await post('/api/v1/programme/versions', { source, comparedWith, seal })
  expect([published.statusCode, published.json()]).toEqual([200, { version: 1 }])
  const { versions } = (await get('/api/v1/programme/versions')).json<{ versions: object[] }>()
  expect(versions).toMatchObject([
    { version: 1, programme: 'sample-dst', publishedBy: 'officer', publisher: { en: 'Card Officer' } },
  ])
  expect((await get('/')).body).toContain('Harbour')
  await gatehouse.updates.settle()
  const windows = await gatehouse.database.db.selectFrom('update_window').selectAll().execute()
  expect(windows).toMatchObject([{ campus: 'harbour-point' }])
  const shown = (await get('/api/v1/windows')).json<{ windows: { state: string }[] }>()
  expect(shown.windows.map(({ state }) => state)).not.toContain('not-run')

  const late = await post('/api/v1/programme/versions', { source, comparedWith, seal })
  expect(late.json()).toMatchObject({ refusal: 'changed-meanwhile', facts: { version: 1 } })
})

it('promises across the hour that summer time skips, by that file alone', async () => {
  const programme = (await get('/api/v1/programme')).json<Programme>()
  const { timetable, campus } = programme
  const at = (local: string) => Temporal.ZonedDateTime.from(`${local}[${campus.zone}]`).toInstant()
  const promised = carry({
    timetable,
    zone: campus.zone,
    moment: at('2025-03-09T01:50'),
    oldAccessEndsAt: accessEndsAt(programme, 'blue'),
    handedIn: false,
  })
  // 02:30 does not exist on that night: its window runs at 03:30, an hour on by the clocks and 40 minutes by the world's.
  expect(promised.carriedBy.toString()).toBe('2025-03-09T07:30:00Z')
  expect(promised.newCertainlyFrom.equals(at('2025-03-09T04:15'))).toBe(true)
})

it('and, while nobody is registered, even the programme of another campus: a wrong first one is no trap', async () => {
  const source = await programmeText('ntnu-2023')
  const { comparedWith, seal, refusals } = (
    await post('/api/v1/programme/checks', { source })
  ).json<CheckReply>()
  expect([comparedWith, refusals]).toEqual([1, []])
  const published = await post('/api/v1/programme/versions', { source, comparedWith, seal })
  expect(published.json()).toEqual({ version: 2 })
})

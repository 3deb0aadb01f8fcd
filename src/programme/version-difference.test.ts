import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { DifferenceReply, VersionReply } from './publish-api.ts'
import { checkAndPublish, edited, programmeText, propose, publishProposed } from './trial-publishing.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
})
/** Three versions more than the first: another code, another day, and what the first said again. */
beforeAll(async () => {
  const ntnu = await programmeText('ntnu-2023')
  const code = edited(ntnu, 'mapCode: H101', 'mapCode: H201')
  const { body } = await propose(campus, code)
  await publishProposed(campus, body.proposalId)
  await checkAndPublish(campus, edited(code, '  on: 2024-03-01', '  on: 2024-03-08'))
  await checkAndPublish(campus, `# As in the beginning.\n${ntnu}`)
})
afterAll(() => campus.close())

async function difference(search: string, { who = 'office', language = 'en' } = {}) {
  const reply = await campus.gatehouse.server.inject({
    url: `/api/v1/programme/differences?${search}`,
    headers: { 'accept-language': language, cookie: await campus.signIn(who) },
  })
  return { status: reply.statusCode, body: reply.json<DifferenceReply & { message: string }>() }
}

it('any two versions are compared, in the words and values of the language asked for', async () => {
  const { body } = await difference('from=1&to=3')
  expect(body.changeCount).toBe(2)
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
  const zh = await difference('from=2&to=3', { language: 'zh-TW' })
  expect(zh.body.changes).toMatchObject([
    { where: '截止日／日期', before: '2024年3月1日', after: '2024年3月8日' },
  ])
})

it('backwards it says what going back would change', async () => {
  const { body } = await difference('from=3&to=1')
  expect(body.changes[0]).toMatchObject({ before: '8 March 2024', after: '1 March 2024' })
  expect([body.from.version, body.to.version]).toEqual([3, 1])
})

it('says who proposed and who confirmed each, and of the first that nobody did', async () => {
  const { body } = await difference('from=1&to=2')
  expect(body.from).toMatchObject({ version: 1, replaces: null, publisher: null, proposal: null })
  expect(body.to).toMatchObject<Partial<VersionReply>>({
    version: 2,
    replaces: 1,
    publishedBy: 'office-2',
  })
  expect(body.to.proposal).toMatchObject({ by: { en: 'Card Officer E' }, note: '' })
  const instant = /^2023-10-18T03:0\d:.*Z$/u
  expect([body.to.proposal!.at, body.to.publishedAt]).toEqual([
    expect.stringMatching(instant),
    expect.stringMatching(instant),
  ])
})

it('two versions of the same content differ in nothing, whatever their comments say', async () => {
  expect((await difference('from=1&to=4')).body).toMatchObject({ changeCount: 0, changes: [] })
})

it('a version that there is not is named', async () => {
  expect(await difference('from=1&to=99')).toMatchObject({
    status: 404,
    body: { message: 'There is no version 99. Choose one of the list.' },
  })
  const zh = await difference('from=98&to=1', { language: 'zh-TW' })
  expect(zh.body.message).toBe('沒有第 98 版。請從清單選擇。')
  expect((await difference('from=0&to=1')).status).toBe(400)
  expect((await difference('from=1')).status).toBe(400)
})

it.each(['desk-csie', 'access', '41047001S'])('%s is not shown it', async who => {
  expect((await difference('from=1&to=2', { who })).status).toBe(404)
})

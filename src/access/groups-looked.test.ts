import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { GroupsList } from './replies.ts'
import { call } from './trial.ts'

/* Two keepers look at one group: the second one to act sees first what the first one did. */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const path = '/access-groups/hall-7'
const hall7 = async () => {
  const { groups } = (await call(campus, 'GET', '/access-groups')).body as GroupsList
  const { people: _people, id: _id, ...group } = groups.find(each => each.id === 'hall-7')!
  return group
}
const look = (said: object) => call(campus, 'POST', `${path}/preview`, said)
const put = (said: object, seal: unknown, language = 'en') =>
  call(campus, 'PUT', path, { ...said, seal }, { language })

it('a door that another keeper added does not vanish by a change that did not show it', async () => {
  const group = await hall7()
  const [laundry, lounge] = [['hall-7-laundry'], ['hall-7-lounge']]
  const without = (doors: string[]) => ({
    ...group,
    doors: group.doors.filter(each => !doors.includes(each)),
  })
  const [one, other] = [without([...laundry, ...lounge]), without(laundry)]
  await put(one, (await look(one)).body.seal)
  const smaller = { ...one, doors: ['hall-7-entrance'] }
  const seen = await look(smaller)
  const byOther = await put(other, (await look(other)).body.seal)
  expect(byOther.status).toBe(200)

  const refused = await put(smaller, seen.body.seal)
  expect([refused.status, refused.body.refusal]).toEqual([409, 'changed-since'])
  expect(refused.body.message).toContain('Look at the preview again')
  expect((await put(smaller, seen.body.seal, 'zh-TW')).body.message).toContain('請再看一次預覽')
  expect((await hall7()).doors).toEqual(other.doors)
  expect(await put(smaller, (await look(smaller)).body.seal)).toMatchObject({ status: 200 })
})

it('a group is not removed by a preview that is older than what it is', async () => {
  const labs = {
    members: 'faculty',
    key: 'science',
    name: { 'zh-TW': '研究室', en: 'Labs' },
    doors: [] as string[],
  }
  const at = '/access-groups/labs'
  const record = async (said: object) => {
    const { seal } = (await call(campus, 'POST', `${at}/preview`, said)).body
    return call(campus, 'PUT', at, { ...said, seal })
  }
  await record(labs)
  const { seal } = (await call(campus, 'POST', `${at}/removal/preview`)).body
  await record({ ...labs, doors: ['math-research'] })
  const refused = await call(campus, 'DELETE', `${at}?seal=${String(seal)}`)
  expect([refused.status, refused.body.refusal]).toEqual([409, 'changed-since'])
  const again = (await call(campus, 'POST', `${at}/removal/preview`)).body.seal
  expect(await call(campus, 'DELETE', `${at}?seal=${String(again)}`)).toMatchObject({ status: 200 })
})

it('nothing is done that was not looked at, but what is so already may be said again', async () => {
  const group = await hall7()
  expect((await call(campus, 'PUT', path, group)).status).toBe(400)
  expect((await call(campus, 'DELETE', path)).status).toBe(400)
  expect(await put({ ...group, doors: [] }, 'x')).toMatchObject({ status: 409 })
  expect(await put(group, 'x')).toMatchObject({ status: 200, body: { follows: { persons: 0 } } })
})

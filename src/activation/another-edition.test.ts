import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import type { MyCard } from '../app/my-card-shape.ts'
import { checkAndPublish, edited, programmeText } from '../programme/trial-publishing.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

/** The programme with an edition that is given from tomorrow on, in place of the one that many have and not activated. */
async function withNextEdition(): Promise<string> {
  const ntnu = await programmeText('ntnu-2023')
  const named = edited(
    ntnu,
    '  - id: 4k-centenary\n',
    '  - { id: next, generation: 3, name: { zh-TW: 下一版, en: the next card } }\n  - id: 4k-centenary\n',
  )
  return edited(
    named,
    '  - { edition: 4k-centenary, from: 2023-09-11 }\n',
    '  - { edition: 4k-centenary, from: 2023-09-11, until: 2023-10-19 }\n  - { edition: next, from: 2023-10-19 }\n',
  )
}

it('a card that was collected can still be switched on when another edition is given', async () => {
  expect((await checkAndPublish(campus, await withNextEdition())).status).toBe(200)
  await campus.moveTo('2023-10-19T09:30')
  const { lastDigits } = await freshmanOf(campus, '41200001E')
  const headers = { cookie: await campus.signIn('41200001E'), 'accept-language': 'en' }
  const card = await campus.gatehouse.server.inject({ url: '/api/v1/me/card', headers })
  expect(card.json<MyCard>()).toMatchObject({ next: 'activate' })
  const activated = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/me/card/activation',
    payload: { lastDigits },
    headers,
  })
  expect([activated.statusCode, activated.json<{ again: boolean }>().again]).toEqual([200, false])
})

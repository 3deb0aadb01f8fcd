import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:05' })
}, 60_000)
afterAll(() => campus.close())

const page = async (url: string, language: string, who?: string) =>
  campus.gatehouse.server.inject({
    url,
    headers: { 'accept-language': language, ...(who ? { cookie: await campus.signIn(who) } : {}) },
  })
const links = (html: string) => html.match(/<a href="https:\/\/www\.openstreetmap\.org[^>]*>[^<]*/gu) ?? []

/* A link and nothing more: no picture, script or frame of a map is loaded, and the map does not hear from where one comes. */
it.each([
  ['the public notice', '/', undefined, 'zh-TW', '地圖'],
  ['the public notice', '/', undefined, 'en', 'Map'],
  ['My card, where the card waits', '/my-card', people.freshmanWhoMissed.number, 'zh-TW', '地圖'],
  ['My card, where the card waits', '/my-card', people.freshmanWhoMissed.number, 'en', 'Map'],
])('%s leads to a map of the counter (%s, %s, %s)', async (_, url, who, language, word) => {
  const { body, headers } = await page(url, language, who)
  const found = links(body)
  expect(found.length).toBeGreaterThan(0)
  for (const link of found) {
    expect(link).toContain('rel="noreferrer"')
    expect(link).not.toContain('target')
    expect(link.endsWith(`>${word}`)).toBe(true)
  }
  expect(body.split('openstreetmap')).toHaveLength(found.length + 1)
  expect(headers['content-security-policy']).not.toContain('openstreetmap')
})

it('a counter without one has no link', async () => {
  const { body } = await page('/', 'en')
  const [, graduate = ''] = body.split('Graduate Studies Division</h3>')
  expect(graduate.split('</section>')[0]).not.toContain('href="https')
})

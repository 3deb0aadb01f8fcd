import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { PreviewReply } from './preview-routes.ts'
import type { NoticePoint } from './routes.ts'
import { programmeText } from './trial-publishing.ts'

let campus: TestCampus

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:20' })
})
afterAll(() => campus.close())

const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
  campus.gatehouse.server.inject({ url, method, headers: { 'accept-language': 'en', ...headers } })

const views = async (): Promise<number> =>
  (await get('/api/v1/programme/notice')).json<{ views: number }>().views

describe('the view count', () => {
  it.each<{ reading: string; headers?: Record<string, string>; method?: 'HEAD'; adds: number }>([
    { reading: 'a page view', adds: 1 },
    { reading: 'another one', adds: 1 },
    { reading: 'a look at the headers', method: 'HEAD', adds: 0 },
    { reading: 'a browser that looks ahead', headers: { 'sec-purpose': 'prefetch' }, adds: 0 },
    { reading: 'one that renders ahead', headers: { 'sec-purpose': 'prefetch;prerender' }, adds: 0 },
    { reading: 'an older one', headers: { purpose: 'prefetch' }, adds: 0 },
  ])('$reading adds $adds', async ({ headers, method, adds }) => {
    const before = await views()
    const answer = await get('/', headers, method)
    expect(answer.statusCode).toBe(200)
    if (method !== 'HEAD') expect(answer.body).toContain(`View count: ${before + adds}`)
    expect(await views()).toBe(before + adds)
  })

  it('is not raised by the API or by the questions', async () => {
    const before = await views()
    await get('/faq')
    await get('/api/v1/programme')
    expect(await views()).toBe(before)
  })

  it('of the questions is one of its own, and both are only numbers of a day', async () => {
    const counts = async () =>
      (await campus.owner.pool.query('select page, views from page_view order by page')).rows
    const [, notice] = await counts()
    await get('/faq')
    await get('/faq', { 'sec-purpose': 'prefetch' })
    await get('/faq', {}, 'HEAD')
    const [faq, ...rest] = await counts()
    expect(rest).toEqual([notice])
    const preview = await campus.gatehouse.server.inject({
      method: 'POST',
      url: '/api/v1/programme/notice/preview',
      payload: { source: await programmeText('ntnu-2023') },
      headers: { cookie: await campus.signIn('office') },
    })
    const { faqViews, views: noticeViews } = preview.json<PreviewReply>()
    expect({ faq: String(faqViews), notice: String(noticeViews) }).toEqual({
      faq: String((faq as { views: unknown }).views),
      notice: String((notice as { views: unknown }).views),
    })
    expect(faqViews).toBe(2)
  })
})

describe('the notice over the API', () => {
  it.each([
    ['en', 'ends at 00:00 on 1 March 2024; 29 February 2024 is the last day'],
    ['zh-TW', '於 2024年3月1日 00:00 起終止，2024年2月29日 為最後一日'],
  ])('says point 6 in %s, and which value is not confirmed', async (language, says) => {
    const { points } = (await get('/api/v1/programme/notice', { 'accept-language': language })).json<{
      points: NoticePoint[]
    }>()
    const point = points.find(each => each.id === 'point-6')
    expect(point?.text).toContain(says)
    expect(point?.unconfirmed).toEqual(['00:00'])
  })

  it('has no value open anywhere', async () => {
    for (const page of ['/', '/faq']) {
      const [, said] = (await get(page)).body.split('</head>')
      expect(said).toContain('<main')
      expect(said).not.toMatch(/\{[a-z]/u)
    }
  })
})

describe('the timetable over the API', () => {
  it('has what runs now, and what comes next', async () => {
    const { running, windows } = (await get('/api/v1/programme/timetable')).json<{
      running: { at: string } | null
      windows: { on: string; at: string; startsAt: string; endsBy: string }[]
    }>()
    expect(running?.at).toBe('10:00')
    expect(windows).toHaveLength(21)
    expect(windows[0]).toMatchObject({
      on: '2023-10-18',
      at: '15:00',
      startsAt: '2023-10-18T07:00:00Z',
      endsBy: '2023-10-18T08:00:00Z',
    })
    expect(windows[1]).toMatchObject({ on: '2023-10-19', at: '01:00' })
  })
})

describe('the programme over the API', () => {
  it('is the whole programme in force', async () => {
    const answer = await get('/api/v1/programme')
    const programme = answer.json<{ id: string; cohorts: unknown[]; doesNotMove: { refund?: unknown }[] }>()
    expect(programme.id).toBe('ntnu-2023')
    expect(programme.cohorts.length).toBeGreaterThan(5)
    expect(programme.doesNotMove.some(each => each.refund)).toBe(true)
  })
})

describe('the counters', () => {
  it('are shown as closed in the lunch break, with when they open', async () => {
    await campus.moveTo('2023-10-18T12:10')
    const { body } = await get('/')
    expect(body).not.toContain('Open now')
    expect(body).toContain('13:30')
  })

  it('are shown as closed on a holiday, with its name', async () => {
    await campus.moveTo('2024-02-12T10:00')
    const { body } = await get('/')
    expect(body).not.toContain('Open now')
    expect(body).toContain('Lunar New Year')
    expect(body).toContain('Thu 15 Feb 08:30')
  })
})

it('is open to search engines, and the person’s own pages are not', async () => {
  expect((await get('/')).body).not.toContain('noindex')
  expect((await get('/faq')).body).not.toContain('noindex')
  expect((await get('/sign-in')).body).toContain('noindex')
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const asDesk = async (method: 'post', url: string) =>
  campus.gatehouse.server.inject({ method, url, headers: { cookie: await campus.signIn('desk-csie') } })

interface Shape {
  properties?: Record<string, Shape>
  items?: Shape
  anyOf?: Shape[]
}
const namesIn = (shape: Shape): string[] => [
  ...Object.entries(shape.properties ?? {}).flatMap(([name, of]) => [name, ...namesIn(of)]),
  ...(shape.items ? namesIn(shape.items) : []),
  ...(shape.anyOf ?? []).flatMap(namesIn),
]

it('no route pays a refund: none takes an amount or a balance, and a desk writes down no more than what a holder asks', async () => {
  await campus.gatehouse.server.ready()
  const { paths } = campus.gatehouse.server.swagger() as {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Shape }> } }>>
  }
  const unsafe = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) =>
      method === 'get'
        ? []
        : [
            {
              route: `${method} ${path}`,
              takes: Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => namesIn(schema)),
            },
          ],
    ),
  )
  expect(unsafe.filter(({ takes }) => takes.some(name => /balance|storedValue|purse/i.test(name)))).toEqual(
    [],
  )
  const ofRefunds = unsafe.filter(({ route }) => /refund/.test(route))
  expect(ofRefunds.map(({ route }) => route).sort()).toEqual([
    'delete /api/v1/me/refund',
    'post /api/v1/desk/people/refund',
    'post /api/v1/desk/people/refund/change',
    'post /api/v1/desk/people/refund/standing',
    'post /api/v1/desk/people/refund/withdrawal',
    'post /api/v1/me/refund',
    'post /api/v1/refunds/answers',
    'post /api/v1/refunds/files',
    'put /api/v1/me/refund',
  ])
  expect(ofRefunds.filter(({ takes }) => takes.some(name => /amount|sum|money|pay/i.test(name)))).toEqual([])
  const ofDesks = unsafe.filter(({ route }) => /\/(desk|handover)/.test(route))
  expect(ofDesks.length).toBeGreaterThan(0)
  expect(ofDesks.filter(({ takes }) => takes.some(name => /amount|refund|money/i.test(name)))).toEqual([])
  for (const { route } of ofRefunds.filter(each => !/\/(me|desk)\//.test(each.route))) {
    const [method, url] = route.split(' ') as ['post', string]
    expect((await asDesk(method, url)).statusCode).toBe(404)
  }
})

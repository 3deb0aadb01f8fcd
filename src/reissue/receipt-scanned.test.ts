import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import type { ViewReply } from '../desk/api.ts'
import { applied, begin, callback, freshNumber, post, receipt } from './trial-reissue.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const scan = async (text: string, studentNumber: string | null = null) => {
  const beside = { studentNumber, chip: null, evidence: [] }
  const { status, body } = await post(
    campus,
    '/api/v1/desk/look-up',
    { scan: text, beside },
    { who: 'desk-csie' },
  )
  return { status, ...(body as unknown as ViewReply & { refusal?: string }) }
}

it('a kiosk’s receipt brings up whose fee it paid, however it is written, and proves nothing', async () => {
  const holder = await applied(campus, freshNumber())
  await post(
    campus,
    '/api/v1/kiosk/receipts',
    await receipt(campus, { number: 'K20231018009', studentNumber: holder.number }),
  )
  for (const text of ['K20231018009', 'k2023-1018-009', 'Ｋ２０２３１０１８００９\r'])
    expect(await scan(text)).toMatchObject({
      scanned: 'receipt',
      person: { studentNumber: holder.number },
      evidence: [],
    })
  expect(await scan('K20231018010')).toMatchObject({ status: 409, refusal: 'not-recognised' })
})

it('so does the number of a payment made online; and of who lay there before it is said that they are gone', async () => {
  const holder = await applied(campus, freshNumber())
  const id = await begin(campus, holder)
  await callback(campus, { id })
  const view = await scan(id, people.aEarly.number)
  expect(view).toMatchObject({
    scanned: 'receipt',
    person: { studentNumber: holder.number },
    insteadOf: { en: 'Sample Student A01' },
  })
  expect(await scan(id)).toMatchObject({ insteadOf: null })
  expect(await scan(id, holder.number)).toMatchObject({ insteadOf: null })
})

it.each([
  ['ten thousand signs', 'A'.repeat(10_240), 400],
  ['four thousand', 'A'.repeat(4_096), 409],
  ['control characters', '4104\u001b[2J7001S', 409],
  ['a zero byte', '4104\u00007001S', 400],
  ['a link of somebody else’s QR code', 'https://example.org/pay?to=41047001S&amount=100', 409],
  ['a receipt that would be SQL', "K2023' or 1=1 --", 409],
])('%s is refused and brings up nobody', async (_, text, status) => {
  const said = await scan(text)
  expect(said.status).toBe(status)
  expect(said.person).toBeUndefined()
})

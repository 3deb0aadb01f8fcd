import { afterAll, beforeAll, expect, it } from 'vitest'
import { orderCards } from '../../src/production/order.ts'
import { foundCardAgain } from '../../src/reissue/found-again.ts'
import { applied, as, freshNumber, office, post, receipt } from '../../src/reissue/trial-reissue.ts'
import { expectAccessible, expectNoSideScroll, looks, screenshot } from './chromium.ts'
import { openSite, type Site } from './site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite({ from: '2023-10-18T11:00' })
}, 120_000)
afterAll(() => site.close())

let receipts = 0
/** A batch with one card, whose reissue ends while it is made. */
async function needlessBatch(): Promise<{ batchId: number; number: string }> {
  const { campus } = site
  const { number, reissueId } = await applied(campus, freshNumber())
  receipts += 1
  const told = await receipt(campus, { number: `K2023101800${receipts}`, studentNumber: number })
  expect((await post(campus, '/api/v1/kiosk/receipts', told)).body).toMatchObject({ matched: true })
  const ordered = await as(campus, office, act =>
    orderCards(act, {
      reasons: ['reissue'],
      department: null,
      kind: null,
      entryYear: null,
      seen: 1,
      except: [],
      leaveOutWithoutPhoto: false,
      maker: null,
    }),
  )
  if (!ordered.ok) throw new Error(ordered.refusal)
  expect(await as(campus, office, act => foundCardAgain(act, { reissueId }))).toMatchObject({ ok: true })
  return { batchId: ordered.batchId, number }
}

it.each(looks)(
  'a card needed no longer is given up with one key, at $width in $theme, $language',
  async seen => {
    const zh = seen.language === 'zh-TW'
    const { batchId, number } = await needlessBatch()
    const { page, troubles, close } = await site.as('office', seen)
    await page.goto('/staff/production')
    await page
      .getByText(zh ? '其中 1 張不再需要' : '1 needed no longer')
      .first()
      .waitFor()
    await expectNoSideScroll(page)
    await screenshot(page, `needless-list-${seen.width}-${seen.theme}-${seen.language}`)
    await page.getByRole('link', { name: new RegExp(`${batchId}$`) }).press('Enter')
    const named = page.getByRole('listitem').filter({ hasText: number })
    await named.getByText(zh ? /遺失的卡已找回/u : /the lost card was found/).waitFor()
    await expectAccessible(page)
    await expectNoSideScroll(page)
    await screenshot(page, `needless-batch-${seen.width}-${seen.theme}-${seen.language}`)
    await page.getByRole('button', { name: zh ? '取消這 1 張' : 'Cancel this card' }).press('Enter')
    await page.getByText(zh ? '已取消 1 張。' : 'Cancelled: 1.').waitFor()
    await page
      .getByText(zh ? '全部送回或取消，這個批次已結束' : 'All are back or cancelled: this batch is done')
      .waitFor()
    await expectAccessible(page)
    await screenshot(page, `needless-done-${seen.width}-${seen.theme}-${seen.language}`)
    expect(troubles).toEqual([])
    await close()
  },
)

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, proofKeys, type TestCampus } from '../../test/campus.ts'
import { handOver } from '../handover/hand-over.ts'
import { undoHandover } from '../handover/undo.ts'
import {
  applied,
  apply,
  as,
  freshNumber,
  type Holder,
  holderOf,
  messagesTo,
  office,
  post,
  receipt,
  registry,
  standing,
  stockFor,
} from './trial-reissue.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

async function paidAndMade(holder: Holder, at: number): Promise<string> {
  const told = await receipt(campus, {
    number: `K2023-1018-${at}`.replaceAll('-', ''),
    studentNumber: holder.number,
  })
  const paid = await post(campus, '/api/v1/kiosk/receipts', told)
  if (paid.body.matched !== true) throw new Error(JSON.stringify(paid.body))
  const chip = `04AA11BB22CC${40 + at}`
  await stockFor(campus, [{ number: holder.number, chip, printed: `99008888777755${50 + at}` }])
  return chip
}
const given = (holder: Holder, chip: string) =>
  campus.gatehouse.register.act(registry, act =>
    handOver(
      act,
      {
        studentNumber: holder.number,
        chip,
        evidence: [{ kind: 'document', evidence: 'id-document', documentKind: 'passport' }],
        signature: { manner: 'witnessed', picture: '', language: 'en' },
      },
      proofKeys,
    ),
  )
const undone = async (done: Awaited<ReturnType<typeof given>>) => {
  if (!done.ok) throw new Error(done.refusal)
  return campus.gatehouse.register.act(registry, act =>
    undoHandover(act, { cardId: done.cardId, at: done.at, why: 'by-mistake' }),
  )
}
const oldCard = async ({ cardId }: Holder) =>
  (
    await campus.owner.pool.query(
      'select retired_for, upper_inf(held) as held from card join handover on card_id = id where id = $1',
      [cardId],
    )
  ).rows

it('the reissue of a damaged card is open again, and the card that was handed in is its holder’s', async () => {
  const holder = await holderOf(campus, freshNumber())
  expect(await apply(campus, holder, { reason: 'damaged' })).toMatchObject({ ok: true })
  const chip = await paidAndMade(holder, 1)
  const done = await given(holder, chip)
  expect(await oldCard(holder)).toEqual([{ retired_for: 'damaged', held: false }])
  expect(await standing(campus, holder)).toBeNull()
  expect(await undone(done)).toMatchObject({ ok: true, box: 'R-1' })
  expect(await oldCard(holder)).toEqual([{ retired_for: null, held: true }])
  expect(await standing(campus, holder)).toMatchObject({ ended: null })
  // Handed over after all, everything ends as it would have.
  expect(await given(holder, chip)).toMatchObject({ ok: true })
  expect(await oldCard(holder)).toEqual([{ retired_for: 'damaged', held: false }])
  expect(await standing(campus, holder)).toBeNull()
  expect((await messagesTo(campus, holder)).slice(-3)).toEqual([
    'card-handed-over',
    'handover-undone',
    'card-handed-over',
  ])
})

it('places that heard that the holder of a lost card has another one, hear that it is not so, and then again', async () => {
  const holder = await applied(campus, freshNumber())
  const chip = await paidAndMade(holder, 2)
  expect(await undone(await given(holder, chip))).toMatchObject({ ok: true })
  expect(await given(holder, chip)).toMatchObject({ ok: true })
  const subjects = await as(campus, office, act =>
    act.statement<{ subject: string }>(
      'trial_subjects',
      `select subject from message where recipient = 'circulation@library.example' order by id`,
      [],
    ),
  )
  expect(subjects.map(({ subject }) => subject)).toEqual([
    '學生證掛失通知',
    '掛失學生證的本人已領取另一張卡',
    '掛失學生證的本人尚未領取另一張卡',
    '掛失學生證的本人已領取另一張卡',
  ])
})

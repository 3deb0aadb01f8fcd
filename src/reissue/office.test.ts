import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { beginDate } from '../app/boundaries.ts'
import { withdrawReissue } from './apply.ts'
import { foundCardAgain } from './found-again.ts'
import { decideDispute, disputeFee, waiveFee } from './office.ts'
import { listReissues } from './office-list.ts'
import { endCollected } from './produce.ts'
import { payBack } from './repay.ts'
import {
  applied,
  apply,
  as,
  begin,
  callback,
  freshNumber,
  ledgerSums,
  messagesTo,
  moved,
  office,
  post,
  registry,
  standing,
  stockFor,
} from './trial-reissue.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

describe('at a counter', () => {
  it('exchange students pay there, and nobody else; a second tap takes nothing twice', async () => {
    const regular = await applied(campus, freshNumber())
    const url = `/api/v1/reissues/${regular.reissueId}/payment`
    const refused = await post(campus, url, undefined, { who: 'desk-registry' })
    expect(refused).toMatchObject({ status: 409, body: { refusal: 'another-way' } })
    expect(refused.body.message).toContain('online or at an e-card kiosk')
    await campus.owner.pool.query(`update person set kind = 'exchange' where id = $1`, [regular.personId])
    expect(await post(campus, url, undefined, { who: 'desk-csie' })).toMatchObject({
      body: { refusal: 'not-at-this-counter' },
    })
    const sums = await moved(campus, async () => {
      const first = await post(campus, url, undefined, { who: 'desk-registry', key: 'one' })
      expect(first).toMatchObject({ status: 200, body: { amount: 200 } })
      expect(await post(campus, url, undefined, { who: 'desk-registry', key: 'one' })).toEqual(first)
      expect(await post(campus, url, undefined, { who: 'desk-registry' })).toMatchObject({
        body: { refusal: 'nothing-due' },
      })
    })
    expect(sums).toEqual({ counter: 200, due: -200 })
  })
})

describe('what the office decides', () => {
  it('a fee that is let go is due no more, one that was paid is owed and paid back', async () => {
    const [unpaid, paid] = [await applied(campus, freshNumber()), await applied(campus, freshNumber())]
    await callback(campus, { id: await begin(campus, paid) })
    const sums = await moved(campus, async () => {
      for (const { reissueId } of [unpaid, paid])
        expect(
          await as(campus, office, act => waiveFee(act, { reissueId, reason: 'bent in a reader' })),
        ).toMatchObject({ ok: true })
      expect(
        await as(campus, office, act => payBack(act, { reissueId: paid.reissueId, reason: '' })),
      ).toMatchObject({ amount: 200 })
      expect(
        await as(campus, office, act => payBack(act, { reissueId: paid.reissueId, reason: '' })),
      ).toMatchObject({ refusal: 'nothing-owed-back' })
    })
    expect(sums).toEqual({ due: -200, 'paid-back': -200, waived: 400 })
  })

  it('a dispute keeps the application from lapsing; refused, there is a month again; by another person', async () => {
    const holder = await applied(campus, freshNumber(), { reason: 'damaged' })
    const { personId, actor, reissueId } = holder
    expect(
      await as(campus, registry, act => disputeFee(act, { personId, said: 'it failed by itself' })),
    ).toMatchObject({ again: false })
    expect(await as(campus, actor, act => disputeFee(act, { personId, said: 'again' }))).toMatchObject({
      again: true,
    })
    const decide = (by: typeof office, granted: boolean) =>
      as(campus, by, act => decideDispute(act, { reissueId, granted, reason: 'it is cracked' }))
    expect(await decide(registry, true)).toMatchObject({ refusal: 'disputed-by-yourself' })
    expect(await decide(office, false)).toMatchObject({ granted: false })
    expect(await decide(office, true)).toMatchObject({ refusal: 'decided-already' })
    expect(await standing(campus, holder)).toMatchObject({ dispute: 'refused', due: 200 })
    const told = ['reissue-applied', 'reissue-disputed', 'reissue-dispute-decided']
    expect((await messagesTo(campus, holder)).slice(-3)).toEqual(told)
    const other = await applied(campus, freshNumber(), { reason: 'damaged' })
    await as(campus, other.actor, act => disputeFee(act, { personId: other.personId, said: 'it failed' }))
    const sums = await moved(campus, () =>
      as(campus, office, act =>
        decideDispute(act, { reissueId: other.reissueId, granted: true, reason: 'a fault' }),
      ),
    )
    expect(sums).toEqual({ due: -200, waived: 200 })
    expect((await messagesTo(campus, other)).slice(-2)).toEqual([
      'reissue-applied',
      'reissue-dispute-decided',
    ])
  })

  it('a dispute is decided also after the card was collected: what was paid is owed back', async () => {
    const holder = await applied(campus, freshNumber(), { reason: 'damaged' })
    const { personId, reissueId, number } = holder
    await callback(campus, { id: await begin(campus, holder) })
    await as(campus, holder.actor, act => disputeFee(act, { personId, said: 'it failed by itself' }))
    await stockFor(campus, [{ number, chip: '04DD11BB22CC33', printed: '9900888877772222' }])
    const { rows } = await campus.owner.pool.query<{ id: number }>(
      'select card_id as id from reissue where id = $1',
      [reissueId],
    )
    await as(campus, registry, act => endCollected(act, rows[0]!.id, 'desk:registry'))
    const listed = () =>
      as(campus, office, act => listReissues(act, { state: 'disputed', studentNumber: number }))
    expect(await listed()).toMatchObject([{ id: reissueId, disputed: 'it failed by itself' }])
    const sums = await moved(campus, () =>
      as(campus, office, act => decideDispute(act, { reissueId, granted: true, reason: 'a fault' })),
    )
    expect(sums).toEqual({ waived: 200, 'owed-back': -200 })
    expect(await listed()).toEqual([])
  })
})

describe('found again', () => {
  const found = (reissueId: number) =>
    campus.gatehouse.register.act(registry, act => foundCardAgain(act, { reissueId }))
  it('before the new card is made: no card, and the fee is kept', async () => {
    const holder = await applied(campus, freshNumber())
    await callback(campus, { id: await begin(campus, holder) })
    expect(await found(holder.reissueId)).toMatchObject({ ok: true, fee: 'kept' })
    expect(await found(holder.reissueId)).toMatchObject({ refusal: 'no-open-reissue' })
    expect(await standing(campus, holder)).toMatchObject({ ended: 'found-again', owedBack: 0 })
    const { rows } = await campus.owner.pool.query('select 1 from card_lost where card_id = $1', [
      holder.cardId,
    ])
    expect(rows).toEqual([])
  })

  it('after it is made: refused; and raced with the stock, whichever is first', async () => {
    const made = await applied(campus, freshNumber())
    await callback(campus, { id: await begin(campus, made) })
    const cards = [{ number: made.number, chip: '04BB11BB22CC01', printed: '9900888800000001' }]
    const [decision] = await Promise.all([found(made.reissueId), stockFor(campus, cards)])
    const now = await standing(campus, made)
    if (decision.ok) expect(now).toMatchObject({ ended: 'found-again', producedAt: null })
    else {
      expect(decision.refusal).toBe('produced-already')
      expect(now).toMatchObject({ ended: null, where: { counter: 'registry' } })
    }
    // By the page of missing cards, too: one of the two is refused, and neither fails.
    for (let round = 0; round < 4; round += 1) {
      const raced = await applied(campus, freshNumber())
      await callback(campus, { id: await begin(campus, raced) })
      const card = { number: raced.number, chip: `04BB11BB22CD0${round}`, printed: `990088880000002${round}` }
      const url = '/api/v1/me/card/found'
      const [answer] = await Promise.all([
        post(campus, url, { cardId: raced.cardId }, { who: raced.number }),
        stockFor(campus, [card]),
      ])
      const then = await standing(campus, raced)
      if (answer.status === 200) expect(then).toMatchObject({ ended: 'found-again', producedAt: null })
      else {
        expect(answer).toMatchObject({ status: 409, body: { refusal: 'replacement-produced' } })
        expect(then).toMatchObject({ ended: null, where: { counter: 'registry' } })
      }
    }
    const other = await applied(campus, freshNumber())
    await callback(campus, { id: await begin(campus, other) })
    await stockFor(campus, [{ number: other.number, chip: '04BB11BB22CC02', printed: '9900888800000002' }])
    expect(await found(other.reissueId)).toMatchObject({ refusal: 'produced-already' })
  })
})

describe('time passes', () => {
  it('who has not paid is reminded on its days, once, and it lapses after a month; late money is owed back', async () => {
    const { register } = campus.gatehouse
    const [late, raced, back] = [
      await applied(campus, freshNumber()),
      await applied(campus, freshNumber()),
      await applied(campus, freshNumber()),
    ]
    const [lateId, racedId] = [await begin(campus, late), await begin(campus, raced)]
    expect(await as(campus, back.actor, act => withdrawReissue(act, back))).toMatchObject({ ok: true })
    expect(await as(campus, back.actor, act => withdrawReissue(act, back))).toMatchObject({ ok: true })
    await campus.moveTo('2023-11-09T09:00')
    await beginDate(register, 'Asia/Taipei')
    await beginDate(register, 'Asia/Taipei')
    expect((await messagesTo(campus, late)).filter(kind => kind === 'reissue-reminder')).toHaveLength(1)
    await campus.moveTo('2023-11-19T00:00:01')
    const [, racing] = await Promise.all([
      beginDate(register, 'Asia/Taipei'),
      callback(campus, { id: racedId }),
    ])
    expect(racing.status).toBe(200)
    const after = (await standing(campus, raced))!
    expect([after.settled, after.ended, after.owedBack]).toEqual(
      after.ended === 'lapsed' ? [null, 'lapsed', 200] : ['paid', null, 0],
    )
    expect(await standing(campus, late)).toMatchObject({ ended: 'lapsed', due: 0 })
    expect(await callback(campus, { id: lateId })).toMatchObject({ status: 200, body: { outcome: 'paid' } })
    expect(await standing(campus, late)).toMatchObject({ ended: 'lapsed', owedBack: 200 })
    expect(await messagesTo(campus, late)).toEqual(
      expect.arrayContaining(['reissue-applied', 'reissue-lapsed', 'reissue-owed-back']),
    )
    expect(await apply(campus, late)).toMatchObject({ ok: true, again: false })
    const total = Object.values(await ledgerSums(campus)).reduce((sum, each) => sum + each, 0)
    expect(total).toBe(0)
  })
})

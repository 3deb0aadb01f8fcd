import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, csie, people } from '../../test/people.ts'
import { activateCard } from '../activation/activate.ts'
import { beginDate } from '../app/boundaries.ts'
import { reportLost } from '../loss/report-lost.ts'
import type { Actor } from '../server/register.ts'
import { changeRefund, withdrawRefund } from './change-refund.ts'
import { refundOf } from './refund-of.ts'
import { account, answer, ask, type Holder, holderOf, numberOf, send } from './trial-refunds.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
  (await campus.owner.pool.query<Row>(text, values)).rows
const standing = ({ actor, personId }: Holder) =>
  campus.gatehouse.register.look(actor, act => refundOf(act, personId, 'en'))
const caseOf = async (holder: Holder) =>
  (await standing(holder))!.cards.find(({ cardId }) => cardId === holder.cardId)!.case!
const told = async ({ personId }: Holder) =>
  (
    await sql<{ kind: string }>(
      `select kind from message where person_id = $1 and kind like 'refund-%' order by id`,
      [personId],
    )
  ).map(({ kind }) => kind)

it('who activates the new card may have what is on the old one paid back, and before that goes on spending', async () => {
  const { register } = campus.gatehouse
  const personId = await campus.personId(people.aEarly.number)
  const actor = { kind: 'student', id: String(personId), personId } as const
  await collect(campus, people.aEarly)
  const before = await standing({ actor, personId, cardId: 0 })
  expect(before!.cards.map(({ whyNot }) => whyNot?.refusal)).toEqual(['still-in-use', 'still-in-use'])
  await register.act(actor, act => activateCard(act, { personId, lastDigits: people.aEarly.digits }))
  const [old, fresh] = (await standing({ actor, personId, cardId: 0 }))!.cards
  expect([old!.mayAsk, old!.why, fresh!.whyNot!.refusal]).toEqual([true, 'old-card', 'still-in-use'])
  expect((await standing({ actor, personId, cardId: 0 }))!.passes[0]!.advice).toContain('fourth day')
  const holder = { actor, personId, cardId: old!.cardId }
  expect(await ask(campus, { ...holder, cardId: fresh!.cardId })).toMatchObject({ refusal: 'still-in-use' })
  expect(await ask(campus, holder)).toEqual({ ok: true, again: false })
})

it('twenty taps at once are one case, and another account is a change and no second case', async () => {
  const holder = await holderOf(campus, people.bOnTheStroke.number)
  const done = await Promise.all(Array.from({ length: 20 }, () => ask(campus, holder)))
  expect(done.filter(each => each.ok && !each.again)).toHaveLength(1)
  expect(done.filter(each => each.ok && each.again)).toHaveLength(19)
  expect(await sql('select from refund_case where card_id = $1', [holder.cardId])).toHaveLength(1)
  expect(await told(holder)).toEqual(['refund-asked'])
  expect(await ask(campus, holder, { ...account, account: '999999' })).toMatchObject({
    refusal: 'asked-already',
  })
})

it('somebody else’s card cannot be given up, nor one that nobody has', async () => {
  const [holder, other] = [
    await holderOf(campus, people.cDuringTheRun.number),
    await holderOf(campus, '41047010S'),
  ]
  for (const cardId of [other.cardId, 999_999_999])
    expect(await ask(campus, { ...holder, cardId })).toMatchObject({ refusal: 'not-your-card' })
})

it('a lost card waits for its report to reach the issuer; found after that, its stored value is dead all the same', async () => {
  const personId = await campus.personId(people.dLosesCard.number)
  const actor = { kind: 'student', id: String(personId), personId } as const
  const [card] = await sql<{ card_id: number }>('select card_id from handover where person_id = $1', [
    personId,
  ])
  const holder = { personId, actor, cardId: card!.card_id }
  await campus.gatehouse.register.act(actor, act => reportLost(act, holder))
  await sql('update loss_report set sent_at = null, file_id = null where card_id = $1', [holder.cardId])
  expect(await ask(campus, holder)).toMatchObject({ refusal: 'loss-not-sent' })
  await sql('update loss_report set sent_at = greatest(send_at, campus_now()) where card_id = $1', [
    holder.cardId,
  ])
  await sql(
    `update loss_report set ended_at = sent_at, ended_by = 'x', ended_as = 'found' where card_id = $1`,
    [holder.cardId],
  )
  expect(
    await ask(campus, holder, { way: 'registered-mail', address: '106 臺北市大安區和平東路一段162號' }),
  ).toMatchObject({ ok: true })
  const of = await caseOf(holder)
  expect(of).toMatchObject({ stage: 'asked', why: 'lost', to: '106…', mayChange: true, mayWithdraw: true })
  const fees = (await standing(holder))!.cards[0]!.fees.filter(({ way }) => way === 'registered-mail')
  expect(fees.map(({ said }) => said)).toEqual(['NT$20', 'NT$28'])
})

it('while it was not sent it can be changed, and withdrawn with all trace of the account; asked anew, the case goes on', async () => {
  const holder = await holderOf(campus, people.eLastEvening.number)
  const { personId, cardId, actor } = holder
  await ask(campus, holder)
  const change = (number: string) =>
    campus.gatehouse.register.aside(actor, act =>
      changeRefund(act, { personId, cardId, to: { ...account, account: number } }),
    )
  expect(await change('7654321')).toEqual({ ok: true, again: false })
  expect(await change('7654321')).toEqual({ ok: true, again: true })
  expect((await caseOf(holder)).to).toBe('004-…4321')
  const withdraw = (by: Actor = actor) =>
    campus.gatehouse.register.aside(by, act => withdrawRefund(act, { personId, cardId }))
  expect(await withdraw()).toEqual({ ok: true, again: false })
  expect(await withdraw()).toMatchObject({ ok: true, again: true })
  const kept = `select from refund_destination d join refund_case r on r.id = d.case_id where r.card_id = $1`
  expect(await sql(kept, [cardId])).toEqual([])
  expect(await change('1234567')).toMatchObject({ refusal: 'withdrawn' })
  expect((await caseOf(holder)).stage).toBe('withdrawn')
  expect(await ask(campus, holder)).toEqual({ ok: true, again: false })
  expect((await caseOf(holder)).stage).toBe('asked')
  // What the holder did is on their screen; what a desk did in their name they are told.
  expect(await told(holder)).toEqual(['refund-asked', 'refund-asked', 'refund-asked'])
  for (const again of [false, true]) expect(await withdraw(csie)).toMatchObject({ ok: true, again })
  expect((await told(holder)).slice(3)).toEqual(['refund-withdrawn'])
})

it('from asking to paid: sent once, received with a promise, paid what the issuer settled, each told once', async () => {
  const holder = await holderOf(campus, people.fNeverCame.number)
  await ask(campus, holder)
  const sent = await send(campus)
  expect(sent).toMatchObject({ ok: true, left: false })
  expect(await send(campus)).toMatchObject({ refusal: 'nothing-due' })
  const [file] = await sql<{ content: string }>('select content from issuer_file where id = $1', [
    sent.ok ? sent.fileId : 0,
  ])
  const number = await numberOf(campus, holder)
  expect(file!.content).toContain(`${number},`)
  expect(file!.content).toContain(',old-card,bank,0040037,00012345678901,,')
  const { personId, cardId, actor } = holder
  const withdrawn = await campus.gatehouse.register.aside(actor, act =>
    withdrawRefund(act, { personId, cardId }),
  )
  expect(withdrawn).toMatchObject({ refusal: 'sent-already' })

  await campus.moveTo('2023-10-20T09:00')
  await answer(campus, `${number},received,2023-10-19,,,`)
  expect(await caseOf(holder)).toMatchObject({ stage: 'received', promisedBy: '2023-11-16', late: false })
  await campus.moveTo('2023-11-08T09:00')
  expect(await answer(campus, `${number},paid,2023-11-06,330,EC-1,`)).toMatchObject({ counts: { paid: 1 } })
  const of = await caseOf(holder)
  expect(of).toMatchObject({ stage: 'paid', paid: { amount: 330, said: 'NT$330' }, promisedBy: null })
  expect(of.steps.map(({ on }) => on)).toEqual(['2023-10-18', '2023-10-18', '2023-10-19', '2023-11-06'])
  expect(await told(holder)).toEqual(['refund-asked', 'refund-sent', 'refund-received', 'refund-paid'])
  expect(await ask(campus, holder)).toMatchObject({ refusal: 'paid-already' })
})

it('an account that was wrong is corrected and sent again; a card that the issuer does not know is the end', async () => {
  const [holder, unknown] = [
    await holderOf(campus, people.hNeither.number),
    await holderOf(campus, people.gOnTheSecond.number),
  ]
  await ask(campus, holder)
  await ask(campus, unknown)
  await send(campus)
  const lines = [
    `${await numberOf(campus, holder)},refused,2023-11-08,,,account`,
    `${await numberOf(campus, unknown)},refused,2023-11-08,,,card-unknown`,
  ]
  expect(await answer(campus, ...lines)).toMatchObject({ counts: { refused: 2 } })
  expect(await caseOf(holder)).toMatchObject({ stage: 'refused', mayChange: true, mayWithdraw: false })
  expect(await caseOf(unknown)).toMatchObject({ stage: 'closed', mayChange: false })
  expect(await ask(campus, unknown)).toMatchObject({ refusal: 'closed-by-issuer' })
  const { personId, cardId, actor } = holder
  const to = { ...account, account: '555666777' }
  await campus.gatehouse.register.aside(actor, act => changeRefund(act, { personId, cardId, to }))
  expect((await caseOf(holder)).stage).toBe('asked')
  expect(await send(campus)).toMatchObject({ cases: 1 })
  const again = await numberOf(campus, holder, 2)
  // What the issuer says late of the first time is kept, and nobody is told of it.
  expect(await answer(campus, `${await numberOf(campus, holder)},received,2023-11-08,,,`)).toMatchObject({
    applied: true,
  })
  await answer(campus, `${again},paid,2023-11-08,0,EC-2,`)
  expect(await caseOf(holder)).toMatchObject({ stage: 'paid', paid: { amount: 0 } })
  expect(await told(holder)).toEqual([
    'refund-asked',
    'refund-sent',
    'refund-refused',
    'refund-asked',
    'refund-sent',
    'refund-paid',
  ])
  const [last] = await sql<{ subject: string }>(
    'select subject from message where person_id = $1 order by id desc limit 1',
    [personId],
  )
  expect(last!.subject).toBe('退費已結清：沒有可退的金額')
})

it('who waits for a refund that is late is told once', async () => {
  const holder = await holderOf(campus, '41047008S')
  await ask(campus, holder)
  await send(campus)
  await answer(campus, `${await numberOf(campus, holder)},received,2023-11-08,,,`)
  await campus.moveTo('2023-12-06T09:00')
  const onDate = () => beginDate(campus.gatehouse.register, 'Asia/Taipei')
  await onDate()
  expect(await caseOf(holder)).toMatchObject({ promisedBy: '2023-12-06', late: false })
  await campus.moveTo('2023-12-07T00:10')
  await Promise.all([onDate(), onDate()])
  await onDate()
  expect(await caseOf(holder)).toMatchObject({ stage: 'received', late: true })
  expect((await told(holder)).filter(kind => kind === 'refund-late')).toHaveLength(1)
})

it('where the money went is erased on its day, with the file in which nothing else stands', async () => {
  const before = await sql<{ case_id: number }>(
    'select case_id from refund_destination where erase_on is not null',
  )
  expect(before.length).toBeGreaterThan(2)
  await campus.moveTo('2024-02-07T00:10')
  await beginDate(campus.gatehouse.register, 'Asia/Taipei')
  expect(await sql('select from refund_destination where erase_on is not null')).toEqual([])
  // Those still under way keep theirs, and the file in which they stand its text.
  const open = await sql<{ content: string }>(
    `select distinct f.id, f.content from issuer_file f join refund_sending s on s.file_id = f.id
     join refund_destination d on d.case_id = s.case_id`,
  )
  expect(open.length).toBeGreaterThan(0)
  for (const { content } of open) expect(content).toContain('00012345678901')
  const ended = await sql<{ content: string }>(
    `select content from issuer_file f where kind = 'refund' and not exists (
       select from refund_sending s join refund_destination d on d.case_id = s.case_id where s.file_id = f.id)`,
  )
  expect(ended.length).toBeGreaterThan(0)
  for (const { content } of ended) expect(content).toBe('')
})

it('neither journal nor messages say where the money went', async () => {
  const said = await sql<{ said: string }>(
    `select facts::text as said from journal union all select subject || body from message where kind like 'refund-%'`,
  )
  for (const { said: text } of said) {
    expect(text).not.toContain('12345678901')
    expect(text).not.toContain('和平東路一段162號')
  }
})

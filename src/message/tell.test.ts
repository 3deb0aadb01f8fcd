import { afterAll, beforeAll, expect, it } from 'vitest'
import { activate, system, type TrialCampus, trialCampus } from './trial-campus.ts'

let campus: TrialCampus
beforeAll(async () => {
  campus = await trialCampus()
})
afterAll(() => campus.close())

const newest = async () =>
  (await campus.sql('select * from message where person_id is not null order by id desc limit 1'))[0]
const count = async () => Number((await campus.sql('select count(*) as n from message'))[0]!.n)
const note = (act: string, personId: number, cardId: number) =>
  campus.register.act(system, act_ => act_.note({ act, personId, cardId }))

it('who is handed a card gets a receipt, in their own language, that names the desk and not the clerk', async () => {
  await note('card handed over', 1, 3)
  const message = await newest()
  expect(message).toMatchObject({
    kind: 'card-handed-over',
    person_id: 1,
    language: 'zh-TW',
    recipient: 'one@example.org',
    made_at: campus.now,
    sent_at: null,
  })
  expect(message!.body).toContain('10月18日（三）10:40')
  expect(message!.body).toContain('數學系系辦公室')
  expect(message!.body).toContain('************0003')
  expect(message!.body).toContain('最遲到 2024年3月1日（五）00:00')
  expect(message!.body).not.toContain('櫃檯甲')
})

it('who activates gets the promise; without an address it is kept all the same', async () => {
  await activate(campus, 2)
  const message = await newest()
  expect(message).toMatchObject({ kind: 'card-activated', language: 'en', recipient: '' })
  expect(message!.body).toContain('Old card: opens doors until 15:00 on Wed 18 October.')
  expect(message!.body).toContain('New card: opens doors from 16:00 on Wed 18 October at the latest.')
  expect(message!.body).toContain('the commuter pass (TPASS): ask the information desk of a metro station')
})

it('who reports a card lost hears that access is over, and when the issuer of the stored value is told', async () => {
  await campus.sql(
    `insert into loss_report (card_id, person_id, at, reported_by, send_at) values (2, 2, $1, 'student:2', $1)`,
    [campus.now.toString()],
  )
  await note('card reported lost', 2, 2)
  const { body } = (await newest()) as { body: string }
  expect(body).toContain('it ended just now')
  expect(body).toContain('02-412-8880 or 02-2652-9782')
  expect(body).toContain('until 3 hours after EasyCard Corporation receives the report')
})

it('an act that is rolled back has told nobody', async () => {
  const before = await count()
  const undone = campus.register.act(system, async act => {
    await act.note({ act: 'card handed over', personId: 2, cardId: 4 })
    const [written] = await act.statement<{ n: number }>('written', 'select count(*) as n from message', [])
    expect(written!.n).toBe(before + 1)
    throw new Error('the printer is on fire')
  })
  await expect(undone).rejects.toThrow('on fire')
  expect(await count()).toBe(before)
})

it('of other acts nobody is told', async () => {
  const before = await count()
  await note('person changed', 1, 3)
  expect(await count()).toBe(before)
})

it('an act noted of a card that nothing was kept of is a fault, and is undone', async () => {
  const before = await campus.sql('select count(*) from journal')
  await expect(note('card activated', 1, 3)).rejects.toThrow('nothing was kept')
  expect(await campus.sql('select count(*) from journal')).toEqual(before)
})

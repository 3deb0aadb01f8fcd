import { afterAll, beforeAll, expect, it } from 'vitest'
import { csie, people } from '../../test/people.ts'
import { encode } from '../card/formats.ts'
import { given, openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { letRepresentativesFetch } from '../programme/trial-publishing.ts'
import type { ComparedReply, ShiftReply } from './api.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
  // The campus was set up this very morning; its cards lie there since yesterday.
  await desk.campus.owner.pool.query(`update card set stocked_at = stocked_at - interval '1 day'`)
}, 60_000)
afterAll(() => desk.campus.close())

const shift = async (who: string = csie.id, query = '') =>
  (await desk.send(who, `/shift${query}`)).json<ShiftReply & { refusal?: string }>()
const count = async (
  counted: number | null,
  scanned: readonly string[] = [],
  who = csie.id,
  counter: string | null = null,
) =>
  (await desk.send(who, '/shift/counts', { counter, counted, scanned, readerFormat: 'be-hex' })).json<
    ComparedReply & { refusal?: string }
  >()
const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard } = people
/** What lay there in the morning, and came, less what went. */
const summed = ({ counts }: ShiftReply) => {
  const { morning, stocked, movedIn, returned, undone, broughtBack, ...went } = counts!
  const came = stocked + movedIn + returned + undone + broughtBack
  return morning + came - went.handedOver - went.movedOut - went.retired - went.lent
}

it('what lay there in the morning, less what was handed over, is expected; an undone one lies there again', async () => {
  const before = await shift()
  const { morning } = before.counts!
  expect(before.counts).toMatchObject({ handedOver: 0, expected: morning, undone: 0 })
  expect(morning).toBeGreaterThan(5)
  const first = (await desk.post(csie.id, given(aEarly))).json<{ cardId: number; at: string }>()
  await desk.post(csie.id, given(cDuringTheRun))
  await desk.send(csie.id, '/desk/undone-handovers', { cardId: first.cardId, at: first.at, why: 'not-taken' })
  const { rows } = await desk.campus.owner.pool.query<{ id: string }>(
    `select id from card where chip = decode($1, 'hex')`,
    [dLosesCard.new],
  )
  const moved = await desk.send('office', `/cards/${rows[0]!.id}/place`, { counter: 'registry', box: null })
  expect(moved.statusCode).toBe(200)
  const after = await shift()
  expect(after.counts).toMatchObject({
    morning,
    handedOver: 2,
    undone: 1,
    movedOut: 1,
    expected: morning - 2,
  })
  expect(Object.fromEntries(after.cards.map(({ studentNumber, what }) => [studentNumber, what]))).toEqual({
    [aEarly.number]: 'undone',
    [cDuringTheRun.number]: 'handed-over',
    [dLosesCard.number]: 'moved-out',
  })
  expect((await shift('desk-registry')).counts).toMatchObject({ movedIn: 1 })
  for (const of of [before, after, await shift('desk-registry')]) expect(summed(of)).toBe(of.counts!.expected)
})

it('a number that differs is kept and told with the cards that it could be', async () => {
  const { expected } = (await shift()).counts!
  expect(await count(expected)).toMatchObject({ expected, counted: expected, missing: [], surplus: [] })
  const short = await count(expected - 1)
  expect(short.missing).toMatchObject([{ studentNumber: aEarly.number, what: 'undone' }])
  const over = await count(expected + 1)
  expect(over.surplus.map(({ what }) => what).sort()).toEqual(['handed-over', 'moved-out'])
  const { counted } = await shift()
  expect(counted.map(each => each.counted)).toEqual([expected + 1, expected - 1, expected])
  expect(counted[0]!.by.en).toMatch(/^Desk Clerk/)
})

it('cards that are scanned tell which one it is', async () => {
  const { rows } = await desk.campus.owner.pool.query<{ chip: string }>(
    `select upper(encode(chip, 'hex')) as chip from card c where counter = 'dept-csie' and retired_at is null
     and not exists (select from handover h where h.card_id = c.id)`,
  )
  const lying = rows.map(({ chip }) => chip)
  expect(await count(null, lying)).toMatchObject({
    exact: true,
    missing: [],
    surplus: [],
    unknown: 0,
    counted: lying.length,
  })
  const others = [...lying.filter(chip => chip !== aEarly.new), cDuringTheRun.new, 'AABBCCDD']
  const compared = await count(null, others)
  expect(compared).toMatchObject({ counted: lying.length + 1, expected: lying.length, unknown: 1 })
  expect(compared.missing).toMatchObject([{ studentNumber: aEarly.number }])
  expect(compared.surplus).toMatchObject([{ studentNumber: cDuringTheRun.number, what: 'handed-over' }])
})

it('a clerk has one counter, the office chooses, and nobody else counts', async () => {
  expect((await shift('desk-registry', '?counter=dept-csie')).counter?.id).toBe('registry')
  expect((await shift('office')).counts).toBeNull()
  expect((await shift('office', '?counter=dept-csie')).counter?.id).toBe('dept-csie')
  expect(await shift('office', '?counter=nowhere')).toMatchObject({ refusal: 'no-such-counter' })
  expect(await count(5, [], 'office', 'dept-csie')).toMatchObject({ counted: 5 })
  expect((await desk.send(aEarly.number, '/shift')).statusCode).toBe(404)
  expect(
    (await desk.send(csie.id, '/shift/counts', { counter: null, counted: -1, scanned: [] })).statusCode,
  ).toBe(400)
})

it('what a representative brings back on another day did not lie there in the morning, and the numbers add up', async () => {
  expect(await letRepresentativesFetch(desk.campus, 3)).toMatchObject({ status: 200 })
  const { eLastEvening } = people
  const [back, again] = [bOnTheStroke, eLastEvening]
  const give = (chips: readonly string[]) =>
    desk.send(csie.id, '/desk/batches', {
      studentNumber: aEarly.number,
      checked: 'old-card',
      chips,
      signature: { manner: 'witnessed', picture: '', language: 'en' },
    })
  expect((await give([back.new, again.new])).statusCode).toBe(200)
  const given = await shift()
  expect(given.counts).toMatchObject({ handedOver: 4, broughtBack: 0 })
  expect(summed(given)).toBe(given.counts!.expected)

  await desk.campus.moveTo('2023-10-19T10:00')
  const before = (await shift()).counts!
  expect(before).toMatchObject({ handedOver: 0, morning: given.counts!.expected })
  for (const { new: chip } of [back, again]) {
    const scan = encode(Uint8Array.fromHex(chip), 'le-dec-10')!
    expect((await desk.send(csie.id, '/desk/batches/brought-back', { scan })).statusCode).toBe(200)
  }
  expect((await give([again.new])).statusCode).toBe(200)
  const after = await shift()
  expect(after.counts).toMatchObject({
    morning: before.morning,
    broughtBack: 2,
    undone: 0,
    handedOver: 1,
    expected: before.expected + 1,
  })
  expect(summed(after)).toBe(after.counts!.expected)
  const short = await count(before.expected)
  expect(short.missing).toMatchObject([{ studentNumber: back.number, what: 'brought-back' }])
})

it('a card that came, was given, undone and moved on within one day leaves nothing behind in the numbers', async () => {
  const before = (await shift()).counts!
  const student = await desk.student('41047026S')
  const { rows } = await desk.campus.owner.pool.query<{ id: string }>(
    `update card set stocked_at = '2023-10-19 08:00+8' where chip = decode($1, 'hex') returning id`,
    [student.new],
  )
  const { cardId, at } = (await desk.post(csie.id, given(student))).json<{ cardId: number; at: string }>()
  await desk.send(csie.id, '/desk/undone-handovers', { cardId, at, why: 'not-taken' })
  const moved = await desk.send('office', `/cards/${rows[0]!.id}/place`, { counter: 'registry', box: null })
  expect(moved.statusCode).toBe(200)
  const after = await shift()
  // It lay there since yesterday until the test brought it in this morning.
  expect(after.counts).toMatchObject({ morning: before.morning - 1, movedOut: before.movedOut })
  expect(summed(after)).toBe(after.counts!.expected)
  expect(after.counts!.expected).toBe(before.expected - 1)
})

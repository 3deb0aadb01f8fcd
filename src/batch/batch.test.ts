import { afterAll, beforeAll, expect, it } from 'vitest'
import { people } from '../../test/people.ts'
import { encode } from '../card/formats.ts'
import { openTrialDesk, type TrialDesk } from '../handover/trial-desk.ts'
import { letRepresentativesFetch } from '../programme/trial-publishing.ts'
import type { BatchesReply, CardsReply, LookReply } from './batch-api.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
  expect(await letRepresentativesFetch(desk.campus, 3)).toMatchObject({ status: 200 })
}, 120_000)
afterAll(() => desk.campus.close())

const { aEarly: representative, bOnTheStroke, cDuringTheRun, dLosesCard, eLastEvening } = people
const checked = 'old-card'
const tapped = (chip: string) => encode(Uint8Array.fromHex(chip), 'le-dec-10')!
const witnessed = { manner: 'witnessed', picture: '', language: 'en' } as const

const look = async (chips: readonly string[], scan: string | null) =>
  (
    await desk.send('desk-csie', '/desk/batches/look-up', {
      representative: representative.number,
      checked,
      chips,
      scan,
    })
  ).json<LookReply & { refusal?: string }>()
const give = (chips: readonly string[], change: object = {}, key?: string) =>
  desk.send(
    'desk-csie',
    '/desk/batches',
    { studentNumber: representative.number, checked, chips, signature: witnessed, ...change },
    key === undefined ? {} : { 'idempotency-key': key },
  )
const broughtBack = (chip: string, who = 'desk-csie') =>
  desk.send(who, '/desk/batches/brought-back', { scan: tapped(chip) })
const myCard = async (number: string) =>
  (await desk.send(number, '/me/card')).json<{
    story: string
    next: string
    sentence: string
    representative: object | null
    newCard: object | null
    track: object[]
  }>()
/** A person as the office finds them, and how many of all have come how far. */
const found = async (text: string) =>
  (await desk.send('office', '/people/search', { text })).json<{ people: { card: string }[] }>().people
const funnel = async () =>
  (await desk.send('office', '/overview')).json<{ counts: { collected: number; activated: number } }>().counts
const lettersTo = async (number: string) => {
  const id = await desk.campus.personId(number)
  const rows = await desk.campus.owner.db
    .selectFrom('message')
    .select('kind')
    .where('person_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ kind }) => kind)
}

it('each card that is tapped says whose it is, and whether it goes', async () => {
  const one = await look([], tapped(bOnTheStroke.new))
  expect(one).toMatchObject({
    representative: { studentNumber: representative.number },
    backBy: '2023-10-20',
    cards: [{ studentNumber: bOnTheStroke.number, goes: true, message: null }],
    text: { en: expect.stringContaining('one student card') },
  })
  const own = await look([bOnTheStroke.new], tapped(representative.new))
  expect(own.cards[1]).toMatchObject({ goes: false, message: expect.stringContaining('own card') })
  expect(await look([], 'no such scan')).toMatchObject({ refusal: 'unknown-card' })
  expect((await look([bOnTheStroke.new], tapped(bOnTheStroke.new))).cards).toHaveLength(1)
})

it('all cards go against one signature, or none; twice sent, once given', async () => {
  expect((await give([])).json()).toMatchObject({ refusal: 'no-cards' })
  expect((await give([bOnTheStroke.new, representative.new])).json()).toMatchObject({
    refusal: 'card-not-in-batch',
    facts: { cards: 1 },
  })
  expect(
    (
      await give([bOnTheStroke.new], {
        signature: { manner: 'typed', picture: 'Somebody Else', language: 'en' },
      })
    ).json(),
  ).toMatchObject({ refusal: 'name-differs' })
  expect((await give([bOnTheStroke.new], { checked: 'a smile' })).json()).toMatchObject({
    refusal: 'not-checked',
  })
  const { collected, activated } = await funnel()
  const three = [bOnTheStroke.new, cDuringTheRun.new, dLosesCard.new]
  const replies = await Promise.all([1, 2].map(() => give(three, {}, 'one tap')))
  expect(replies.map(reply => reply.json())).toEqual([
    { batchId: expect.any(Number), cards: 3, backBy: '2023-10-20' },
    replies[0]!.json(),
  ])
  expect((await give(three)).json()).toMatchObject({ refusal: 'card-not-in-batch' })
  expect(await lettersTo(bOnTheStroke.number)).toEqual(['card-with-representative'])
  const view = await myCard(bOnTheStroke.number)
  expect(view).toMatchObject({
    story: 'collected',
    next: 'activate',
    representative: { backBy: '2023-10-20' },
  })
  expect(view.sentence).toContain('class representative')
  // Fetched is not collected: on the way to its holder, here and wherever the office counts.
  expect(view.newCard).toMatchObject({ collectedAt: null })
  expect(view.track.slice(0, 3)).toMatchObject([
    { step: 'can-collect', state: 'done' },
    { step: 'collected', state: 'current', at: null },
    { step: 'activated', state: 'waiting' },
  ])
  expect((await found(bOnTheStroke.number))[0]).toMatchObject({ card: 'fetched' })
  expect(await funnel()).toMatchObject({ collected, activated })
  // Nobody is told that they have collected what they do not have yet: neither at the desk, nor by the office's answer.
  const personId = await desk.campus.personId(bOnTheStroke.number)
  const { answer } = (await desk.send('office', `/people/${personId}/timeline`)).json<{ answer: string[] }>()
  expect(answer.join(' ')).toMatch(/with your class representative since .* by 20 October 2023/)
  expect(answer.join(' ')).not.toContain('You collected')
})

it('a card is activated by its holder alone, and what was not given comes back by its scan', async () => {
  const { collected, activated } = await funnel()
  const active = await desk.send(bOnTheStroke.number, '/me/card/activation', {
    lastDigits: bOnTheStroke.digits,
  })
  expect(active.statusCode).toBe(200)
  const view = await myCard(bOnTheStroke.number)
  expect(view).toMatchObject({ story: 'pending', representative: null })
  expect(view.track[1]).toMatchObject({ step: 'collected', state: 'done', at: expect.any(String) })
  expect(await funnel()).toMatchObject({ collected: collected + 1, activated: activated + 1 })
  expect((await broughtBack(bOnTheStroke.new)).json()).toMatchObject({ refusal: 'activated-since' })
  expect((await broughtBack(cDuringTheRun.new, 'desk-math')).json()).toMatchObject({
    refusal: 'back-at-its-counter',
  })
  // Of two scans of the same card one takes it back.
  const twice = await Promise.all([1, 2].map(() => broughtBack(cDuringTheRun.new)))
  expect(twice.map(reply => reply.json<{ refusal?: string }>().refusal ?? 'back').toSorted()).toEqual([
    'back',
    'brought-back-already',
  ])
  expect((await broughtBack(eLastEvening.new)).json()).toMatchObject({ refusal: 'not-in-a-batch' })
  expect(await lettersTo(cDuringTheRun.number)).toEqual(['card-with-representative', 'card-brought-back'])
  expect(await myCard(cDuringTheRun.number)).toMatchObject({ story: 'collectable', representative: null })
  const { batches } = (await desk.send('desk-csie', '/desk/batches')).json<BatchesReply>()
  expect(batches).toMatchObject([{ cards: 3, arrived: 1, back: 1, out: 1, overdue: false }])
  const { cards } = (await desk.send('office', `/desk/batches/${batches[0]!.id}`)).json<CardsReply>()
  expect(cards.map(({ state }) => state)).toEqual(['active', 'back', 'out'])
  expect((await desk.send('desk-math', `/desk/batches/${batches[0]!.id}`)).statusCode).toBe(404)
})

it('what came back is collected at the desk as ever, and can go out again', async () => {
  expect((await give([cDuringTheRun.new])).statusCode).toBe(200)
  expect((await broughtBack(cDuringTheRun.new)).statusCode).toBe(200)
  const given = await desk.post('desk-csie', {
    studentNumber: cDuringTheRun.number,
    chip: cDuringTheRun.new,
    evidence: [{ kind: 'old-card', chip: cDuringTheRun.old }],
    signature: { manner: 'witnessed', picture: '', language: 'zh-TW' },
  })
  expect(given.statusCode, given.body).toBe(200)
})

it('whose application for a reissue is open, of the old card too, collects in person, and is told why', async () => {
  const holder = await desk.student('41047027S')
  await desk.campus.owner.pool.query(
    `insert into reissue (person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at, settled_at,
       settled_as)
     select h.person_id, h.card_id, 'lost', '4k-centenary', 'reissue', 100, campus_now(), 'test', campus_now() + interval '30 days',
       campus_now(), 'paid'
     from handover h join person p on p.id = h.person_id join card c on c.id = h.card_id
     where p.student_number = $1 and c.edition = 'easycard'`,
    [holder.number],
  )
  const { cards } = await look([], tapped(holder.new))
  expect(cards).toMatchObject([{ goes: false, message: expect.stringContaining('open application') }])
  expect((await give([holder.new])).json()).toMatchObject({ refusal: 'card-not-in-batch' })
})

it('what a fetched card ends and replaces is as it was when the card comes back', async () => {
  const holder = await desk.student('41047026S')
  const personId = await desk.campus.personId(holder.number)
  const proxy = { name: 'Example Proxy', email: 'proxy@example.org', language: 'en' }
  expect((await desk.send(holder.number, '/me/proxy', proxy)).statusCode).toBe(200)
  await desk.campus.owner.pool.query(
    `insert into loss_report (card_id, person_id, at, reported_by, send_at)
     select h.card_id, h.person_id, campus_now(), 'test', campus_now() + interval '1 day' from handover h
     where h.person_id = $1`,
    [personId],
  )
  const noted = async () =>
    (
      await desk.campus.owner.db
        .selectFrom('journal')
        .select('act')
        .where('person_id', '=', personId)
        .where('act', 'in', [
          'lost card replaced',
          'lost card not replaced',
          'proxy not needed',
          'proxy needed again',
        ])
        .orderBy('id')
        .execute()
    ).map(({ act }) => act)
  const given = await give([holder.new])
  expect(given.statusCode, given.body).toBe(200)
  expect(await noted()).toEqual(['proxy not needed', 'lost card replaced'])
  expect((await broughtBack(holder.new)).statusCode).toBe(200)
  expect(await noted()).toEqual([
    'proxy not needed',
    'lost card replaced',
    'proxy needed again',
    'lost card not replaced',
  ])
})

it('a fetched card that its holder reported lost, and then not, is in the holder’s hands, wherever it is asked', async () => {
  const holder = await desk.student('41047028S')
  const personId = await desk.campus.personId(holder.number)
  const fetched = await give([holder.new])
  expect(fetched.statusCode, fetched.body).toBe(200)
  const asked = async () => {
    const { representative } = await myCard(holder.number)
    const found = await desk.send('office', '/people/search', { text: holder.number })
    const refused = await desk.send('desk-csie', '/desk/look-up', {
      scan: holder.number,
      beside: { studentNumber: null, chip: null, evidence: [] },
    })
    return {
      mine: representative !== null,
      found: found.body.includes('fetched'),
      refused: refused.body.includes('has been with your class representative'),
    }
  }
  expect(await asked()).toEqual({ mine: true, found: true, refused: true })
  await desk.campus.owner.pool.query(
    `insert into loss_report (card_id, person_id, at, reported_by, send_at, ended_at, ended_by, ended_as)
     select h.card_id, h.person_id, campus_now(), 'test', campus_now() + interval '1 day', campus_now(), 'test', 'withdrawn'
     from handover h join card c on c.id = h.card_id where h.person_id = $1 and h.how = 'representative'`,
    [personId],
  )
  expect(await asked()).toEqual({ mine: false, found: false, refused: false })
})

it('who has not brought back what is overdue fetches no more', async () => {
  await desk.campus.moveTo('2023-10-21T10:00')
  expect((await give([eLastEvening.new])).json()).toMatchObject({
    refusal: 'batch-not-back',
    facts: { cards: 1 },
  })
  expect((await desk.send('desk-csie', '/desk/batches')).json<BatchesReply>().batches.at(-1)).toMatchObject({
    overdue: true,
    out: 1,
  })
})

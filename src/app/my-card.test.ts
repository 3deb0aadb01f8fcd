import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, proofKeys, type TestCampus } from '../../test/campus.ts'
import { collect, people } from '../../test/people.ts'
import { readProof } from '../handover/proof.ts'
import { phoneCode } from '../lib/phone-code.ts'
import type { MyCard } from './my-card-shape.ts'

let campus: TestCampus

beforeAll(async () => {
  campus = await openCampus({ doors: '127.63.5', from: '2023-10-18T10:30' })
  await campus.settle()
}, 120_000)
afterAll(() => campus.close())

async function ask(who: string, url: string, form?: Record<string, string>) {
  return campus.gatehouse.server.inject({
    url,
    method: form ? 'POST' : 'GET',
    headers: {
      cookie: await campus.signIn(who),
      'accept-language': 'en',
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
    },
    ...(form ? { payload: new URLSearchParams(form).toString() } : {}),
  })
}

const card = async ({ number }: { number: string }): Promise<MyCard> =>
  (await ask(number, '/api/v1/me/card')).json<MyCard>()

describe('who is told what before anything happened', () => {
  it.each([
    { who: 'entered in 2021', number: '41047001S', story: 'collectable', next: 'collect' },
    { who: 'without an old card', number: '40820011L', story: 'collectable', next: 'collect' },
    { who: 'freshman with a card', number: '41200001E', story: 'collected-alone', next: 'activate' },
    {
      who: 'freshman who missed the examination',
      number: '41200037E',
      story: 'collectable',
      next: 'collect',
    },
    { who: 'on leave, main campus', number: '40900031E', story: 'not-eligible', next: 'come-later' },
    { who: 'on leave, Gongguan', number: '40940031S', story: 'not-eligible', next: 'come-later' },
    { who: 'back from leave', number: '41000034E', story: 'collectable', next: 'collect' },
    { who: 'exchange', number: '41100035E', story: 'collectable', next: 'collect' },
    { who: 'graduated', number: '40700001E', story: 'left', next: 'nothing' },
    { who: 'withdrawn', number: '40900033E', story: 'left', next: 'nothing' },
    { who: 'student and staff', number: '80900010E', story: 'collectable', next: 'collect' },
    { who: 'number begins with 0', number: '01000001E', story: 'collectable', next: 'collect' },
  ])('$who: $story, $next', async ({ number, story, next }) => {
    expect(await card({ number })).toMatchObject({ story, next })
  })

  it('who is on leave is told the day, and the own campus first', async () => {
    const { sentence, collect: errand } = await card(people.onLeaveGongguan)
    expect(sentence).toContain('from Fri 1 Mar 2024')
    expect(errand?.counters.map(counter => counter.id)).toEqual(['gongguan-academic', 'registry'])
    expect((await ask(people.onLeaveGongguan.number, '/api/v1/me/eligibility')).json()).toMatchObject({
      mayCollect: false,
      refusal: 'wait-until',
      from: '2024-03-01',
    })
  })

  it('a calendar gets the day of collecting, and the last day of the old card', async () => {
    const may = await ask(people.aEarly.number, '/my-card/calendar.ics')
    expect(may.headers['content-type']).toBe('text/calendar; charset=utf-8')
    expect(may.body).toContain('SUMMARY:Collect the student card\r\n')
    expect(may.body).toContain('LOCATION:Department of Computer Science office\\, ')
    expect(may.body).toContain('DTSTART;VALUE=DATE:20240229\r\n')
    const waits = await ask(people.onLeaveGongguan.number, '/my-card/calendar.ics')
    expect(waits.body).toContain('DTSTART;VALUE=DATE:20240301\r\n')
    // Who has left has no dates any more, and no link to any.
    expect((await ask('40700001E', '/my-card/calendar.ics')).statusCode).toBe(404)
    expect((await ask('40700001E', '/my-card')).body).not.toContain('calendar.ics')
  })

  it('the page carries a live proof of this very person, and what the phone makes more of without signal', async () => {
    const { body } = await ask(people.aEarly.number, '/my-card')
    const personId = await campus.personId(people.aEarly.number)
    const now = Temporal.Instant.from((await card(people.aEarly)).now)
    const proof = /<code[^>]*>(GH1\.[\w.-]+)/u.exec(body)![1]!
    expect(readProof(proofKeys, proof, now, 120)).toMatchObject({ ok: true, personId })
    const given = (name: string) => new RegExp(`data-${name}="([^"]+)"`, 'u').exec(body)![1]!
    const phone = { stem: given('stem'), key: given('key'), lifetimeSeconds: Number(given('seconds')) }
    const later = now.add({ hours: 11 })
    const made = await phoneCode(phone, later.epochMilliseconds)
    expect(readProof(proofKeys, made, later, 120)).toMatchObject({ ok: true, personId })
  })
})

describe('one card from desk to doors', () => {
  const { aEarly } = people

  it('collected: what an activation would change is worked out for this moment', async () => {
    expect(await collect(campus, aEarly)).toMatchObject({ ok: true })
    await campus.moveTo('2023-10-18T11:00')
    expect(await card(aEarly)).toMatchObject({
      story: 'collected',
      switch: {
        activated: false,
        carriedBy: '2023-10-18T07:00:00Z',
        oldOpensUntil: '2023-10-18T07:00:00Z',
        newOpensFrom: '2023-10-18T08:00:00Z',
      },
    })
  })

  it('the digits that are asked for are told nowhere', async () => {
    for (const url of ['/my-card', '/my-card/loss', '/api/v1/me/card'])
      expect((await ask(aEarly.number, url)).body).not.toContain(aEarly.digits)
  })

  it('wrong digits lead back to the field, with the sentence', async () => {
    const answer = await ask(aEarly.number, '/my-card/activation', { possession: '9999' })
    expect([answer.statusCode, answer.headers.location]).toEqual([
      303,
      '/my-card?refused=wrong-digits#possession',
    ])
    const { body } = await ask(aEarly.number, '/my-card?refused=wrong-digits')
    expect(body).toContain('These are not the last four digits')
    expect(body).toMatch(/<input[^>]*autofocus[^>]*name="possession"|name="possession"[^>]*autofocus/iu)
  })

  it('a made-up refusal in the address says nothing', async () => {
    const { statusCode, body } = await ask(aEarly.number, '/my-card?refused=your-bank-called')
    expect(statusCode).toBe(200)
    expect(body).not.toContain('aria-invalid="')
  })

  it('digits as phones type them activate: full width, with spaces', async () => {
    const answer = await ask(aEarly.number, '/my-card/activation', { possession: ' ０１ ４１' })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/my-card'])
    expect(await card(aEarly)).toMatchObject({
      story: 'pending',
      next: 'carry-both',
      switch: { activated: true, newOpensFrom: '2023-10-18T08:00:00Z' },
      newDoors: { done: 0 },
    })
  })

  it('a second tap is harmless', async () => {
    const before = await card(aEarly)
    const answer = await ask(aEarly.number, '/my-card/activation', { possession: '0141' })
    expect(answer.headers.location).toBe('/my-card')
    expect((await card(aEarly)).switch).toEqual(before.switch)
  })

  it('a paused card is promised to no door, until it is resumed', async () => {
    const doors = async () => (await card(aEarly)).track.find(({ step }) => step === 'doors')?.at
    const cardId = String((await card(aEarly)).newCard!.cardId)
    expect(await doors()).toBe('2023-10-18T08:00:00Z')
    await ask(aEarly.number, '/my-card/pause', { cardId })
    expect([(await card(aEarly)).story, await doors()]).toEqual(['paused', null])
    await ask(aEarly.number, '/my-card/resume', { cardId })
    expect(await doors()).toBe('2023-10-18T08:00:00Z')
  })

  it('the clock alone makes nothing work: the promised end passes, and no door has confirmed', async () => {
    await campus.moveTo('2023-10-18T16:00')
    const { story, sentence, newDoors } = await card(aEarly)
    expect(story).toBe('waiting')
    expect(sentence).toContain(`works at 0 of ${newDoors.controllers} door controllers`)
    expect((await ask(aEarly.number, '/my-card')).body).not.toContain('Doors use your new card')
  })

  it('with one controller silent, the others work and that one is named', async () => {
    await campus.emulator!.faults(423100007, { silent: true })
    await campus.settle()
    const { story, sentence, newDoors } = await card(aEarly)
    expect(story).toBe('waiting')
    expect(newDoors.done).toBe(newDoors.controllers - 1)
    expect(newDoors.buildings[0]).toMatchObject({ building: { en: 'Gymnasium' }, state: 'silent' })
    expect(sentence).toMatch(/waiting for Gymnasium\. The controllers of Gymnasium do not answer/)
  })

  it('works when that one is read back too', async () => {
    await campus.emulator!.faults(423100007, { silent: false })
    await campus.rested()
    await campus.settle()
    const { story, track, newDoors } = await card(aEarly)
    expect(story).toBe('works')
    expect(newDoors.done).toBe(newDoors.controllers)
    expect(track.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done'])
  })

  it('what did not move is listed with its owner', async () => {
    const { items } = (await ask(aEarly.number, '/api/v1/me/extras')).json<{ items: object[] }>()
    expect(items).toMatchObject([
      { id: 'commuter-pass' },
      {
        id: 'individual-access',
        state: 'requested',
        doors: [{ door: 'Systems laboratory', owner: 'Lab Keeper D', state: 'requested' }],
      },
      { id: 'national-library' },
    ])
  })
})

describe('reporting a card lost', () => {
  const { aEarly, bOnTheStroke } = people

  it('says what it costs, and that pausing may be enough', async () => {
    const { body } = await ask(aEarly.number, '/my-card/loss')
    for (const said of [
      'Pause campus access',
      'Once sent, it cannot be undone',
      'EasyCard Corporation',
      'NT$20',
    ])
      expect(body).toContain(said)
  })

  it('somebody else’s card is refused with words, and nothing happens', async () => {
    const { newCard } = await card(aEarly)
    const answer = await ask(bOnTheStroke.number, '/my-card/loss', { cardId: String(newCard!.cardId) })
    expect(answer.headers.location).toBe('/my-card/loss?refused=not-your-card')
    expect((await ask(bOnTheStroke.number, String(answer.headers.location))).body).toContain(
      'This card is not yours',
    )
    expect((await card(aEarly)).newCard?.lostReportedAt).toBeNull()
  })

  it('ends the new card’s access, and lists what was not reached', async () => {
    await campus.emulator!.faults(423100007, { silent: true })
    const { newCard } = await card(aEarly)
    const answer = await ask(aEarly.number, '/my-card/loss', { cardId: String(newCard!.cardId) })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/my-card/loss'])
    await campus.settle()
    const { story, next, lost, sentence } = await card(aEarly)
    expect([story, next]).toEqual(['lost-not-sent', 'find-or-apply'])
    expect(lost?.doors.done).toBe(lost!.doors.controllers - 1)
    expect(lost?.doors.buildings[0]).toMatchObject({ building: { en: 'Gymnasium' }, state: 'silent' })
    expect(sentence).toContain('not yet: Gymnasium')
  })

  it('a lost old card leaves the new one to be collected', async () => {
    const { oldCard } = await card(bOnTheStroke)
    await ask(bOnTheStroke.number, '/my-card/loss', { cardId: String(oldCard!.cardId) })
    expect(await card(bOnTheStroke)).toMatchObject({ story: 'collectable-old-lost', next: 'collect' })
  })
})

describe('the days around the deadline', () => {
  const { eLastEvening, fNeverCame } = people

  it('on the last evening the new card goes ahead, and the table says so before the button', async () => {
    await campus.moveTo('2024-02-29T15:59')
    await collect(campus, eLastEvening)
    await campus.moveTo('2024-02-29T20:00')
    expect((await card(eLastEvening)).switch).toMatchObject({
      atOnce: true,
      oldOpensUntil: '2024-02-29T16:00:00Z',
      newOpensFrom: expect.stringMatching(/^2024-02-29T12:15:00/),
    })
  })

  it('on 1 March who never came is told that no card opens doors', async () => {
    await campus.moveTo('2024-03-01T09:30')
    const { story, sentence } = await card(fNeverCame)
    expect(story).toBe('collectable-old-ended')
    expect(sentence).toContain('ended on Fri 1 Mar 00:00')
    expect(await card(eLastEvening)).toMatchObject({ story: 'collected-old-ended', next: 'activate' })
  })
})

describe('whose page it is', () => {
  it('nobody’s without a session: a person is led to sign in, a program is told', async () => {
    const person = await campus.gatehouse.server.inject({ url: '/my-card', headers: { accept: 'text/html' } })
    expect([person.statusCode, person.headers.location]).toEqual([303, '/sign-in'])
    const program = await campus.gatehouse.server.inject('/api/v1/me/card')
    expect(program.statusCode).toBe(401)
  })

  it('not the staff’s', async () => {
    expect((await ask('desk-csie', '/my-card')).statusCode).toBe(404)
    expect((await ask('office', '/api/v1/me/card')).statusCode).toBe(404)
  })

  it('kept by no cache', async () => {
    expect((await ask(people.aEarly.number, '/my-card')).headers['cache-control']).toBe('no-store')
  })
})

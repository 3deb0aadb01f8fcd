import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { gate } from '../access/trial.ts'
import { pauseAccess } from './pause.ts'
import { type MissingTrial, missingTrial } from './trial-missing.ts'

/* What a holder and a desk do about cards that are missing, on the evening of 18 October: each test has freshmen of its own. */
let campus: TestCampus
let trial: MissingTrial
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:05' })
  trial = missingTrial(campus)
  await campus.moveTo('2023-10-18T22:05')
}, 60_000)
afterAll(() => campus.close())

describe('pausing', () => {
  it('a double tap is one pause; resumed three times by oneself, then at a desk, which is written down', async () => {
    const number = '41200001E'
    const { cardId, personId } = await trial.active(number)
    const taps = await Promise.all([1, 2, 3].map(() => trial.own(number, 'pause', { cardId }, 'tap')))
    expect(new Set(taps.map(tap => JSON.stringify(tap)))).toEqual(new Set([JSON.stringify(taps[0])]))
    expect(taps[0]).toMatchObject({ status: 200, body: { again: false } })
    expect((await trial.missing(number)).cards[0]).toMatchObject({
      pausedSince: taps[0]!.body.since,
      resumesLeft: 3,
    })
    for (let time = 0; time < 3; time += 1) {
      expect(await trial.own(number, 'resume', { cardId })).toMatchObject({
        status: 200,
        body: { again: false },
      })
      expect(await trial.own(number, 'resume', { cardId })).toMatchObject({
        status: 200,
        body: { again: true },
      })
      expect(await trial.own(number, 'pause', { cardId })).toMatchObject({
        status: 200,
        body: { again: false },
      })
    }
    const refused = await trial.own(number, 'resume', { cardId })
    expect(refused).toMatchObject({
      status: 409,
      body: { refusal: 'resumed-too-often', facts: { times: 3 } },
    })
    expect(refused.body.message).toContain('Registration Division')
    const atDesk = { studentNumber: number.toLowerCase(), checked: 'id-document:passport', cardId }
    expect(await trial.post('desk-csie', '/desk/people/resume', atDesk)).toMatchObject({ status: 200 })
    expect((await trial.actsOf(personId))[0]).toMatchObject({
      act: 'campus access resumed',
      actor: 'desk:desk-csie',
      facts: { forPersonPresent: true },
    })
    expect((await trial.messagesOf(personId)).slice(1)).toEqual([
      'access-paused',
      'access-resumed',
      'access-paused',
      'access-resumed',
      'access-paused',
      'access-resumed',
      'access-paused',
      'access-resumed',
    ])
  })

  it('somebody else’s card, one that is not activated, one that nobody has', async () => {
    const { cardId } = await freshmanOf(campus, '41200002E')
    expect(await trial.own('41200001E', 'pause', { cardId })).toMatchObject({
      body: { refusal: 'not-your-card' },
    })
    expect(await trial.own('41200002E', 'pause', { cardId })).toMatchObject({
      body: { refusal: 'not-in-use' },
    })
    expect(await trial.own('41200002E', 'pause', { cardId: 999_999 })).toMatchObject({
      body: { refusal: 'not-your-card' },
    })
    expect(
      await trial.post('desk-csie', '/desk/people/pause', {
        studentNumber: '99999999X',
        checked: 'old-card',
        cardId,
      }),
    ).toMatchObject({
      body: { refusal: 'unknown-person' },
    })
    expect(await trial.own('office', 'pause', { cardId })).toMatchObject({ status: 404 })
  })

  it('two pauses at once are one, though the second one’s moment is the earlier', async () => {
    const { actor, card } = await trial.active('41200003E')
    const begun = gate()
    const goOn = gate()
    const early = campus.gatehouse.register.act(actor, async act => {
      begun.open()
      await goOn.opened
      return pauseAccess(act, card)
    })
    await begun.opened
    expect(await trial.own('41200003E', 'pause', card.cardId ? { cardId: card.cardId } : {})).toMatchObject({
      status: 200,
    })
    expect(await trial.own('41200003E', 'resume', { cardId: card.cardId })).toMatchObject({ status: 200 })
    goOn.open()
    expect(await early).toMatchObject({ ok: true, again: false })
    expect((await trial.missing('41200003E')).cards[0]?.pausedSince).not.toBeNull()
  })
})

describe('a loss report', () => {
  it('leaves at six in the morning; until then it is taken back, and everything is as before', async () => {
    const number = '41200004E'
    const { cardId, personId } = await trial.active(number)
    expect(await trial.own(number, 'loss', { cardId })).toMatchObject({
      status: 200,
      body: { again: false, sendAt: '2023-10-18T22:00:00Z', sentAt: null },
    })
    expect(await trial.own(number, 'loss', { cardId })).toMatchObject({
      body: { again: true, sendAt: '2023-10-18T22:00:00Z' },
    })
    expect((await trial.missing(number)).cards[0]?.loss).toMatchObject({
      found: 'withdraws',
      withdrawableUntil: '2023-10-18T22:00:00Z',
      riskUntil: null,
    })
    expect(await trial.own(number, 'pause', { cardId })).toMatchObject({ body: { refusal: 'reported-lost' } })
    const back = { custody: true, campusAccess: true, storedValue: true }
    expect(await trial.own(number, 'loss/withdrawal', { cardId })).toMatchObject({
      body: { again: false, ...back },
    })
    expect(await trial.own(number, 'loss/withdrawal', { cardId })).toMatchObject({ body: { again: true } })
    expect((await trial.missing(number)).cards[0]).toMatchObject({
      inUse: true,
      purseLocked: false,
      loss: null,
    })
    expect((await trial.messagesOf(personId)).slice(1)).toEqual(['card-reported-lost', 'loss-withdrawn'])
  })

  it('is put off to the first sending time at or after the moment chosen, within a week', async () => {
    const number = '41200005E'
    const { cardId } = await trial.active(number)
    for (const [sendAt, refusal] of [
      ['2023-10-18T13:00:00Z', 'time-has-passed'],
      ['2023-10-30T13:00:00Z', 'too-far-ahead'],
    ])
      expect(await trial.own(number, 'loss', { cardId, sendAt })).toMatchObject({
        status: 409,
        body: { refusal },
      })
    expect((await trial.missing(number)).putOffTimes[0]).toBe('2023-10-19T04:00:00Z')
    expect(await trial.own(number, 'loss', { cardId, sendAt: '2023-10-20T18:00:00+08:00' })).toMatchObject({
      body: { sendAt: '2023-10-20T22:00:00Z' },
    })
  })

  it('after leaving the university cannot report it, and says whom to call', async () => {
    const { rows } = await campus.owner.pool.query<{ number: string; card: number }>(
      `select p.student_number as number, h.card_id as card from person p join handover h on h.person_id = p.id
       where p.status = 'graduated' limit 1`,
    )
    const reply = await trial.own(rows[0]!.number, 'loss', { cardId: rows[0]!.card })
    expect(reply).toMatchObject({ status: 409, body: { refusal: 'left-the-university' } })
    expect(reply.body.message).toContain('02-412-8880')
    expect((await trial.missing(rows[0]!.number)).leftTheUniversity).toBe(true)
  })

  it('at a desk, for who is present', async () => {
    const { cardId, personId } = await freshmanOf(campus, '41200006E')
    const asked = { studentNumber: '41200006E', checked: 'id-document:passport', cardId }
    expect(await trial.post('desk-csie', '/desk/people/loss', asked)).toMatchObject({ status: 200 })
    expect(await trial.post('office', '/desk/people/missing', { studentNumber: '41200006E' })).toMatchObject({
      status: 200,
      body: { cards: [{ cardId, loss: { found: 'withdraws' } }] },
    })
    expect(await trial.post('desk-csie', '/desk/people/found', asked)).toMatchObject({
      body: { as: 'withdrawn', custody: true, campusAccess: false },
    })
    expect((await trial.actsOf(personId)).map(({ act }) => act)).toEqual(
      expect.arrayContaining(['missing card looked up', 'card reported lost', 'loss report withdrawn']),
    )
  })
})

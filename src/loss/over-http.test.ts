import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { call, gate } from '../access/trial.ts'
import { activateCard } from '../activation/activate.ts'
import { sendDueReports } from '../app/boundaries.ts'
import { withdrawLoss } from './found-again.ts'
import type { Missing } from './missing-shape.ts'
import { pauseAccess } from './pause.ts'
import { reportLost } from './report-lost.ts'
import { sendLossReports } from './send-reports.ts'

/*
 * What a holder, a desk and the office do about cards that are missing, from the evening of 18 October on: each test has
 * freshmen of its own.
 */
let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:05' })
  await campus.moveTo('2023-10-18T22:05')
}, 60_000)
afterAll(() => campus.close())

const calendar = { kind: 'system', id: 'calendar' } as const
const post = (who: string, path: string, body: object, key?: string) =>
  call(campus, 'POST', path, body, { who, ...(key && { key }) })
const own = (who: string, act: string, body: object, key?: string) => post(who, `/me/card/${act}`, body, key)
const missing = async (who: string): Promise<Missing> =>
  (await call(campus, 'GET', '/me/card/missing', undefined, { who })).body as unknown as Missing

async function active(number: string) {
  const who = await freshmanOf(campus, number)
  const { actor, personId, lastDigits } = who
  await campus.gatehouse.register.act(actor, act => activateCard(act, { personId, lastDigits }))
  return { ...who, card: { personId, cardId: who.cardId } }
}
const messagesOf = async (personId: number): Promise<string[]> => {
  const { rows } = await campus.owner.pool.query<{ kind: string }>(
    'select kind from message where person_id = $1 order by id',
    [personId],
  )
  return rows.map(({ kind }) => kind)
}
const actsOf = async (personId: number) => {
  const { rows } = await campus.owner.pool.query<{ act: string; actor: string; facts: object }>(
    'select act, actor, facts from journal where person_id = $1 order by id desc',
    [personId],
  )
  return rows
}
const idOfReport = async (cardId: number): Promise<number> => {
  const { rows } = await campus.owner.pool.query<{ id: number }>(
    'select max(id) as id from loss_report where card_id = $1',
    [cardId],
  )
  return Number(rows[0]!.id)
}

describe('pausing', () => {
  it('a double tap is one pause; resumed three times by oneself, then at a desk, which is written down', async () => {
    const number = '41200001E'
    const { cardId, personId } = await active(number)
    const taps = await Promise.all([1, 2, 3].map(() => own(number, 'pause', { cardId }, 'tap')))
    expect(new Set(taps.map(tap => JSON.stringify(tap)))).toEqual(new Set([JSON.stringify(taps[0])]))
    expect(taps[0]).toMatchObject({ status: 200, body: { again: false } })
    expect((await missing(number)).cards[0]).toMatchObject({
      pausedSince: taps[0]!.body.since,
      resumesLeft: 3,
    })
    for (let time = 0; time < 3; time += 1) {
      expect(await own(number, 'resume', { cardId })).toMatchObject({ status: 200, body: { again: false } })
      expect(await own(number, 'resume', { cardId })).toMatchObject({ status: 200, body: { again: true } })
      expect(await own(number, 'pause', { cardId })).toMatchObject({ status: 200, body: { again: false } })
    }
    const refused = await own(number, 'resume', { cardId })
    expect(refused).toMatchObject({
      status: 409,
      body: { refusal: 'resumed-too-often', facts: { times: 3 } },
    })
    expect(refused.body.message).toContain('Registration Division')
    const atDesk = { studentNumber: number.toLowerCase(), cardId }
    expect(await post('desk-csie', '/desk/people/resume', atDesk)).toMatchObject({ status: 200 })
    expect((await actsOf(personId))[0]).toMatchObject({
      act: 'campus access resumed',
      actor: 'desk:desk-csie',
      facts: { forPersonPresent: true },
    })
    expect((await messagesOf(personId)).slice(1)).toEqual([
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
    expect(await own('41200001E', 'pause', { cardId })).toMatchObject({ body: { refusal: 'not-your-card' } })
    expect(await own('41200002E', 'pause', { cardId })).toMatchObject({ body: { refusal: 'not-in-use' } })
    expect(await own('41200002E', 'pause', { cardId: 999_999 })).toMatchObject({
      body: { refusal: 'not-your-card' },
    })
    expect(
      await post('desk-csie', '/desk/people/pause', { studentNumber: '99999999X', cardId }),
    ).toMatchObject({
      body: { refusal: 'unknown-person' },
    })
    expect(await own('office', 'pause', { cardId })).toMatchObject({ status: 404 })
  })

  it('two pauses at once are one, though the second one’s moment is the earlier', async () => {
    const { actor, card } = await active('41200003E')
    const begun = gate()
    const goOn = gate()
    const early = campus.gatehouse.register.act(actor, async act => {
      begun.open()
      await goOn.opened
      return pauseAccess(act, card)
    })
    await begun.opened
    expect(await own('41200003E', 'pause', card.cardId ? { cardId: card.cardId } : {})).toMatchObject({
      status: 200,
    })
    expect(await own('41200003E', 'resume', { cardId: card.cardId })).toMatchObject({ status: 200 })
    goOn.open()
    expect(await early).toMatchObject({ ok: true, again: false })
    expect((await missing('41200003E')).cards[0]?.pausedSince).not.toBeNull()
  })
})

describe('a loss report', () => {
  it('leaves at six in the morning; until then it is taken back, and everything is as before', async () => {
    const number = '41200004E'
    const { cardId, personId } = await active(number)
    expect(await own(number, 'loss', { cardId })).toMatchObject({
      status: 200,
      body: { again: false, sendAt: '2023-10-18T22:00:00Z', sentAt: null },
    })
    expect(await own(number, 'loss', { cardId })).toMatchObject({
      body: { again: true, sendAt: '2023-10-18T22:00:00Z' },
    })
    expect((await missing(number)).cards[0]?.loss).toMatchObject({
      found: 'withdraws',
      withdrawableUntil: '2023-10-18T22:00:00Z',
      riskUntil: null,
    })
    expect(await own(number, 'pause', { cardId })).toMatchObject({ body: { refusal: 'reported-lost' } })
    const back = { custody: true, campusAccess: true, storedValue: true }
    expect(await own(number, 'loss/withdrawal', { cardId })).toMatchObject({
      body: { again: false, ...back },
    })
    expect(await own(number, 'loss/withdrawal', { cardId })).toMatchObject({ body: { again: true } })
    expect((await missing(number)).cards[0]).toMatchObject({ inUse: true, purseLocked: false, loss: null })
    expect((await messagesOf(personId)).slice(1)).toEqual(['card-reported-lost', 'loss-withdrawn'])
  })

  it('is put off to the first sending time at or after the moment chosen, within a week', async () => {
    const number = '41200005E'
    const { cardId } = await active(number)
    for (const [sendAt, refusal] of [
      ['2023-10-18T13:00:00Z', 'time-has-passed'],
      ['2023-10-30T13:00:00Z', 'too-far-ahead'],
    ])
      expect(await own(number, 'loss', { cardId, sendAt })).toMatchObject({ status: 409, body: { refusal } })
    expect((await missing(number)).putOffTimes[0]).toBe('2023-10-19T04:00:00Z')
    expect(await own(number, 'loss', { cardId, sendAt: '2023-10-20T18:00:00+08:00' })).toMatchObject({
      body: { sendAt: '2023-10-20T22:00:00Z' },
    })
  })

  it('after leaving the university cannot report it, and says whom to call', async () => {
    const { rows } = await campus.owner.pool.query<{ number: string; card: number }>(
      `select p.student_number as number, h.card_id as card from person p join handover h on h.person_id = p.id
       where p.status = 'graduated' limit 1`,
    )
    const reply = await own(rows[0]!.number, 'loss', { cardId: Number(rows[0]!.card) })
    expect(reply).toMatchObject({ status: 409, body: { refusal: 'left-the-university' } })
    expect(reply.body.message).toContain('02-412-8880')
    expect((await missing(rows[0]!.number)).leftTheUniversity).toBe(true)
  })

  it('at a desk, for who is present', async () => {
    const { cardId, personId } = await freshmanOf(campus, '41200006E')
    const asked = { studentNumber: '41200006E', cardId }
    expect(await post('desk-csie', '/desk/people/loss', asked)).toMatchObject({ status: 200 })
    expect(await post('office', '/desk/people/missing', { studentNumber: '41200006E' })).toMatchObject({
      status: 200,
      body: { cards: [{ cardId, loss: { found: 'withdraws' } }] },
    })
    expect(await post('desk-csie', '/desk/people/found', asked)).toMatchObject({
      body: { as: 'withdrawn', custody: true, campusAccess: false },
    })
    expect((await actsOf(personId)).map(({ act }) => act)).toEqual(
      expect.arrayContaining(['missing card looked up', 'card reported lost', 'loss report withdrawn']),
    )
  })
})

describe('what goes to the issuer', () => {
  it('raced: a report that is taken back while it is being sent is one or the other, never both', async () => {
    const { actor, card } = await active('41200007E')
    const { register } = campus.gatehouse
    await register.act(actor, act => reportLost(act, card))
    await campus.moveTo('2023-10-19T06:00')
    const sending = gate()
    const withdrawn = gate()
    const sent = register.aside(calendar, async act => {
      const many = await sendLossReports(act)
      sending.open()
      await withdrawn.opened
      return many
    })
    await sending.opened
    const back = register.act(actor, act => withdrawLoss(act, card))
    await campus.someoneWaits()
    withdrawn.open()
    expect(await sent).toBe(1)
    expect(await back).toMatchObject({ ok: false, refusal: 'already-sent' })
  })

  it('two processes at the same time send each once; a file each, with no name in it', async () => {
    const some = await Promise.all(['41200008E', '41200009E', '41200010E'].map(freshman => active(freshman)))
    const { register } = campus.gatehouse
    for (const { actor, card } of some) await register.act(actor, act => reportLost(act, card))
    await campus.moveTo('2023-10-21T07:00')
    await Promise.all([sendDueReports(register), sendDueReports(register), campus.gatehouse.dates.look()])
    const { rows } = await campus.owner.pool.query(
      `select count(*) filter (where sent_at is null) as left, count(distinct file_id) as files,
              (select count(*) from journal where act = 'loss report sent') as told
       from loss_report where ended_at is null`,
    )
    // With the one put off and the one raced: five reports.
    expect(rows).toEqual([{ left: 0, files: expect.any(Number), told: 5 }])
    for (const { personId } of some)
      expect((await messagesOf(personId)).slice(1)).toEqual(['card-reported-lost', 'loss-sent'])
    const { files } = (await call(campus, 'GET', '/loss-files', undefined, { who: 'office' })).body as {
      files: { id: number; reports: number }[]
    }
    expect(files.reduce((sum, { reports }) => sum + reports, 0)).toBe(5)
    const content = await campus.gatehouse.server.inject({
      url: `/api/v1/loss-files/${files[0]!.id}/content`,
      headers: { cookie: await campus.signIn('office') },
    })
    expect(content.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(content.body).toMatch(
      /^report_id,printed_number,reported_at\r\n(\d+,\d+,2023-10-\d\dT\d\d:\d\d:\d\d\+08:00\r\n)+$/,
    )
  })

  const answer = async (id: number, text: string) => {
    const form = new FormData()
    form.set('file', new File([text], 'answer.csv', { type: 'text/csv' }))
    const reply = await campus.gatehouse.server.inject({
      method: 'POST',
      url: `/api/v1/loss-files/${id}/answer`,
      payload: form,
      headers: { cookie: await campus.signIn('office'), 'accept-language': 'en' },
    })
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
  }
  const fileOf = async (cardId: number): Promise<number> => {
    const { rows } = await campus.owner.pool.query<{ file_id: number }>(
      'select file_id from loss_report where card_id = $1 and ended_at is null',
      [cardId],
    )
    return Number(rows[0]!.file_id)
  }

  it('its answer starts the clock; a wrong line keeps nothing; twice is once, otherwise is refused', async () => {
    const { cardId, personId } = await freshmanOf(campus, '41200007E')
    const [file, report] = [await fileOf(cardId), await idOfReport(cardId)]
    const header = 'report_id,received_at,result\n'
    const wrong = await answer(file, `${header}${report},2023-10-19 05:00,accepted\n7777777,,no\n`)
    expect(wrong).toMatchObject({
      status: 200,
      body: {
        applied: false,
        badLines: [
          { line: 2, fault: 'before-it-was-sent', message: expect.stringContaining('earlier') },
          { line: 3, fault: 'not-a-report-of-this-file' },
        ],
      },
    })
    expect((await missing('41200007E')).cards[0]?.loss?.riskUntil).toBeNull()
    const good = `${header}${report},2023-10-19 06:04,accepted\n`
    expect(await answer(file, good)).toMatchObject({ body: { applied: true, again: false, received: 1 } })
    expect(await answer(file, good)).toMatchObject({ body: { applied: true, again: true } })
    expect(await answer(file, good.replace('06:04', '06:05'))).toMatchObject({
      status: 409,
      body: { refusal: 'answered-otherwise' },
    })
    expect((await missing('41200007E')).cards[0]?.loss).toMatchObject({
      receivedAt: '2023-10-18T22:04:00Z',
      riskUntil: '2023-10-19T01:04:00Z',
    })
    expect((await messagesOf(personId)).at(-1)).toBe('loss-received')
    expect(await answer(999_999, good)).toMatchObject({ body: { refusal: 'no-such-file' } })
  })

  it('a card found after that gets its campus access back, and its stored value stays locked for ever', async () => {
    const number = '41200007E'
    const { cardId, personId } = await freshmanOf(campus, number)
    expect(await own(number, 'loss/withdrawal', { cardId })).toMatchObject({
      body: { refusal: 'already-sent' },
    })
    expect(await own(number, 'found', { cardId })).toMatchObject({
      body: { again: false, as: 'found', custody: true, campusAccess: true, storedValue: false },
    })
    expect(await own(number, 'found', { cardId })).toMatchObject({
      body: { again: true, storedValue: false },
    })
    expect((await missing(number)).cards[0]).toMatchObject({ inUse: true, purseLocked: true, loss: null })
    // Lost once more: the issuer is not told a second time.
    expect(await own(number, 'loss', { cardId })).toMatchObject({ body: { again: false } })
    await sendDueReports(campus.gatehouse.register)
    const { rows } = await campus.owner.pool.query('select file_id from loss_report where card_id = $1', [
      cardId,
    ])
    expect(rows.filter(row => row.file_id !== null)).toHaveLength(1)
    expect((await messagesOf(personId)).slice(-2)).toEqual(['card-found', 'card-reported-lost'])
  })
})

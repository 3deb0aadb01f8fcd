import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { call, gate } from '../access/trial.ts'
import { sendDueReports } from '../app/boundaries.ts'
import { withdrawLoss } from './found-again.ts'
import { reportLost } from './report-lost.ts'
import { sendLossReports } from './send-reports.ts'
import { type MissingTrial, missingTrial } from './trial-missing.ts'

/* What leaves for the issuer, and what it answers: from the evening of 18 October on, told in order. */
let campus: TestCampus
let trial: MissingTrial
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:05' })
  trial = missingTrial(campus)
  await campus.moveTo('2023-10-18T22:05')
}, 60_000)
afterAll(() => campus.close())

const calendar = { kind: 'system', id: 'calendar' } as const
const idOfReport = async (cardId: number): Promise<number> => {
  const { rows } = await campus.owner.pool.query<{ id: number }>(
    'select max(id) as id from loss_report where card_id = $1',
    [cardId],
  )
  return rows[0]!.id
}

describe('what goes to the issuer', () => {
  it('raced: a report that is taken back while it is being sent is one or the other, never both', async () => {
    const { actor, card } = await trial.active('41200007E')
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
    const back = register.act(actor, act =>
      withdrawLoss(act, { ...card, replacementProduced: async () => false }),
    )
    await campus.someoneWaits()
    withdrawn.open()
    expect(await sent).toBe(1)
    expect(await back).toMatchObject({ ok: false, refusal: 'already-sent' })
  })

  it('two processes at the same time send each once; a file each, with no name in it', async () => {
    const some = await Promise.all(
      ['41200008E', '41200009E', '41200010E'].map(freshman => trial.active(freshman)),
    )
    const { register } = campus.gatehouse
    for (const { actor, card } of some) await register.act(actor, act => reportLost(act, card))
    await campus.moveTo('2023-10-21T07:00')
    await Promise.all([sendDueReports(register), sendDueReports(register), campus.gatehouse.dates.look()])
    const { rows } = await campus.owner.pool.query(
      `select count(*) filter (where sent_at is null) as left, count(distinct file_id) as files,
              (select count(*) from journal where act = 'loss report sent') as told
       from loss_report where ended_at is null`,
    )
    // With the one that was raced: four reports.
    expect(rows).toEqual([{ left: 0, files: expect.any(Number), told: 4 }])
    for (const { personId } of some)
      expect((await trial.messagesOf(personId)).slice(1)).toEqual(['card-reported-lost', 'loss-sent'])
    const { files } = (await call(campus, 'GET', '/loss-files', undefined, { who: 'office' })).body as {
      files: { id: number; reports: number }[]
    }
    expect(files.reduce((sum, { reports }) => sum + reports, 0)).toBe(4)
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
    return rows[0]!.file_id
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
    expect((await trial.missing('41200007E')).cards[0]?.loss?.riskUntil).toBeNull()
    const good = `${header}${report},2023-10-19 06:04,accepted\n`
    expect(await answer(file, good)).toMatchObject({ body: { applied: true, again: false, received: 1 } })
    expect(await answer(file, good)).toMatchObject({ body: { applied: true, again: true } })
    expect(await answer(file, good.replace('06:04', '06:05'))).toMatchObject({
      status: 409,
      body: { refusal: 'answered-otherwise' },
    })
    expect((await trial.missing('41200007E')).cards[0]?.loss).toMatchObject({
      receivedAt: '2023-10-18T22:04:00Z',
      riskUntil: '2023-10-19T01:04:00Z',
    })
    expect((await trial.messagesOf(personId)).at(-1)).toBe('loss-received')
    expect(await answer(999_999, good)).toMatchObject({ body: { refusal: 'no-such-file' } })
  })

  it('a card found after that gets its campus access back, and its stored value stays locked for ever', async () => {
    const number = '41200007E'
    const { cardId, personId } = await freshmanOf(campus, number)
    expect(await trial.own(number, 'loss/withdrawal', { cardId })).toMatchObject({
      body: { refusal: 'already-sent' },
    })
    expect(await trial.own(number, 'found', { cardId })).toMatchObject({
      body: { again: false, as: 'found', custody: true, campusAccess: true, storedValue: false },
    })
    expect(await trial.own(number, 'found', { cardId })).toMatchObject({
      body: { again: true, storedValue: false },
    })
    expect((await trial.missing(number)).cards[0]).toMatchObject({
      inUse: true,
      purseLocked: true,
      loss: null,
    })
    // Lost once more: the issuer is not told a second time.
    expect(await trial.own(number, 'loss', { cardId })).toMatchObject({ body: { again: false } })
    await sendDueReports(campus.gatehouse.register)
    const { rows } = await campus.owner.pool.query('select file_id from loss_report where card_id = $1', [
      cardId,
    ])
    expect(rows.filter(row => row.file_id !== null)).toHaveLength(1)
    expect((await trial.messagesOf(personId)).slice(-2)).toEqual(['card-found', 'card-reported-lost'])
  })
})

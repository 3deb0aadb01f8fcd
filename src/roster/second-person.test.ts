import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { PreviewReply } from './import-api.ts'
import { apply, doUpload, rosterFile, upload } from './trial-uploads.ts'

/* A roster by which many would stop being enrolled: one officer asks, another answers, never the same. */

let campus: TestCampus
let rows: string[]
beforeAll(async () => {
  campus = await openCampus({ from: '2024-02-19T09:00' })
  rows = (await rosterFile('roster.csv')).toString().trimEnd().split('\n')
}, 60_000)
afterAll(() => campus.close())

/** The roster in which so many of the enrolled have left. */
function leaving(people: number, becomes = ',withdrawn,'): string {
  let left = 0
  return rows
    .map(row => (row.includes(',enrolled,') && left++ < people ? row.replace(',enrolled,', becomes) : row))
    .join('\n')
}
const enrolled = async () => {
  const { rows: counted } = await campus.owner.pool.query(
    `select count(*)::int as people from person where status = 'enrolled'`,
  )
  return (counted as { people: number }[])[0]!.people
}
const ask = (id: number, seal: string, who = 'office') =>
  doUpload(campus, `uploads/${id}/question`, { seal }, { who })
const answer = (id: number, body: object, who = 'office-2') =>
  doUpload(campus, `uploads/${id}/answer`, body, { who })
const takeBack = (id: number, who = 'office') =>
  doUpload(campus, `uploads/${id}/question/withdrawal`, {}, { who })
const lookAt = async (id: number, who: string): Promise<PreviewReply> => {
  const reply = await campus.gatehouse.server.inject({
    url: `/api/v1/roster/uploads/${id}`,
    headers: { cookie: await campus.signIn(who), 'accept-language': 'en' },
  })
  return reply.json()
}
const refusal = ({ body }: { body: Record<string, unknown> }) => body.refusal

describe('a file that ends thirty enrolments', () => {
  it('is not applied by one alone, nor let go by the one who asked, and is by a second person who sees the same', async () => {
    const before = await enrolled()
    const { body } = await upload(campus, leaving(30))
    const { uploadId, seal } = body
    expect(body).toMatchObject({ needsSecond: true, question: null })
    const alone = await apply(campus, body)
    expect([alone.status, refusal(alone)]).toEqual([409, 'second-person-needed'])
    expect(String(alone.body.message)).toContain('end the enrolment of 30 people')
    expect(refusal(await answer(uploadId, { seal, letGo: true }))).toBe('no-question')

    expect((await ask(uploadId, seal)).status).toBe(200)
    expect(refusal(await ask(uploadId, seal))).toBe('asked-already')
    expect(refusal(await answer(uploadId, { seal, letGo: true }, 'office'))).toBe('asked-by-yourself')
    expect((await answer(uploadId, { seal, letGo: true }, 'desk-csie')).status).toBe(404)
    expect(refusal(await takeBack(uploadId, 'office-2'))).toBe('asked-by-another')
    expect(await enrolled()).toBe(before)

    const seen = await lookAt(uploadId, 'office-2')
    expect(seen).toMatchObject({ seal, question: { people: 30, askedBy: 'office', yours: false } })
    expect((await lookAt(uploadId, 'office')).question?.yours).toBe(true)
    const done = await answer(uploadId, { seal, letGo: true })
    expect(done.body).toMatchObject({ applied: { losesEnrolment: 30 } })
    expect(await enrolled()).toBe(before - 30)
    expect(refusal(await answer(uploadId, { seal, letGo: true }))).toBe('no-question')
    const { rows: noted } = await campus.owner.pool.query(
      `select actor, act from journal where facts ->> 'upload' = $1 and act ~ '^(roster (uploaded|let go|applied)|second)' order by id`,
      [String(uploadId)],
    )
    expect(noted).toEqual([
      { actor: 'office:office', act: 'roster uploaded' },
      { actor: 'office:office', act: 'second person asked about a roster' },
      { actor: 'office:office-2', act: 'roster let go' },
      { actor: 'office:office-2', act: 'roster applied' },
    ])
    await back()
  })

  it('is declined with a reason, and may be asked about again or taken back', async () => {
    const { body } = await upload(campus, leaving(30))
    const { uploadId, seal } = body
    await ask(uploadId, seal)
    expect(refusal(await answer(uploadId, { seal, letGo: false }))).toBe('no-reason-given')
    const declined = await answer(uploadId, { seal, letGo: false, reason: 'last week’s file' })
    expect(declined.body).toEqual({ applied: null })
    expect((await lookAt(uploadId, 'office')).question).toMatchObject({
      letGo: false,
      reason: 'last week’s file',
    })
    expect((await ask(uploadId, seal)).status).toBe(200)
    expect((await takeBack(uploadId)).status).toBe(200)
    expect(refusal(await answer(uploadId, { seal, letGo: true }))).toBe('no-question')
  })

  it('is not let go when the register has changed since it was asked', async () => {
    const { body } = await upload(campus, leaving(30))
    await ask(body.uploadId, body.seal)
    const small = (await upload(campus, leaving(3))).body
    expect((await apply(campus, small)).status).toBe(200)
    const now = await lookAt(body.uploadId, 'office-2')
    expect(now.seal).not.toBe(body.seal)
    expect(refusal(await answer(body.uploadId, { seal: now.seal, letGo: true }))).toBe('another-difference')
    expect(refusal(await answer(body.uploadId, { seal: body.seal, letGo: true }))).toBe('register-changed')
    // The one who asked asks anew, about what is seen now.
    expect((await ask(body.uploadId, now.seal)).status).toBe(200)
    expect((await answer(body.uploadId, { seal: now.seal, letGo: true })).status).toBe(200)
    await back()
  })
})

it('announced ends of enrolment count, too, of those who are enrolled', async () => {
  const { body } = await upload(
    campus,
    `${rows[0]},next_status,next_status_on\n${rows
      .slice(1)
      .map((row, at) => `${row},${at < 60 ? 'withdrawn,2024-06-30' : ','}`)
      .join('\n')}`,
  )
  expect(body.will.losesEnrolment).toBe(48)
  expect(body.needsSecond).toBe(true)
})

it('a file that ends three enrolments needs nobody, and nobody is asked', async () => {
  const { body } = await upload(campus, leaving(3))
  expect(body.needsSecond).toBe(false)
  expect(refusal(await ask(body.uploadId, body.seal))).toBe('no-second-person-needed')
})

describe('a roster in parts, each of which would pass alone', () => {
  it('waits with the part that is one too many, whoever sends it, and is confirmed with it', async () => {
    await campus.moveTo('2024-02-21T09:00')
    for (const people of [9, 18]) {
      const { body } = await upload(campus, leaving(people))
      expect(body).toMatchObject({ needsSecond: false, endedLately: 0, will: { losesEnrolment: 9 } })
      expect((await apply(campus, body)).status).toBe(200)
    }
    const third = (await upload(campus, leaving(27), { who: 'office-2' })).body
    expect(third).toMatchObject({ needsSecond: true, endedLately: 18, will: { losesEnrolment: 9 } })
    const alone = await apply(campus, third)
    expect([alone.status, refusal(alone)]).toEqual([409, 'second-person-needed'])
    expect(String(alone.body.message)).toContain(
      'end the enrolment of 9 people, and files of the last 24 hours have ended that of 18 people without a second person',
    )
    expect((await ask(third.uploadId, third.seal, 'office-2')).status).toBe(200)
    expect((await lookAt(third.uploadId, 'office')).question).toMatchObject({ people: 9, lately: 18 })
    expect((await answer(third.uploadId, { seal: third.seal, letGo: true }, 'office')).status).toBe(200)

    // What a second person has let go is not asked about again; what comes after it is counted anew.
    const after = (await upload(campus, leaving(45))).body
    expect(after).toMatchObject({ needsSecond: false, will: { losesEnrolment: 18 } })
    expect((await apply(campus, after)).status).toBe(200)
    expect((await upload(campus, leaving(54))).body).toMatchObject({ needsSecond: true, endedLately: 18 })
  })

  it('is let go of a day later, and by a file that ends nobody never asked about', async () => {
    await campus.moveTo('2024-02-22T08:55')
    expect((await upload(campus, leaving(54))).body.needsSecond).toBe(true)
    expect((await upload(campus, rows.join('\n'))).body.needsSecond).toBe(false)
    await campus.moveTo('2024-02-22T09:30')
    expect((await upload(campus, leaving(54))).body.needsSecond).toBe(false)
    await back()
  })
})

describe('a wrong roster, and the right one within the day', () => {
  /** The roster in which those enrolled from one place to another have left, so that two of them end different people. */
  const leavingBetween = (from: number, to: number): string => {
    let at = 0
    return rows
      .map(row => {
        if (!row.includes(',enrolled,')) return row
        at += 1
        return at > from && at <= to ? row.replace(',enrolled,', ',withdrawn,') : row
      })
      .join('\n')
  }
  const seen = async (roster: string) => (await upload(campus, roster)).body

  it('ends only whom the right one ends: who is begun again does not count, by the file before or by this very one', async () => {
    await campus.moveTo('2024-02-26T09:00')
    expect((await apply(campus, await seen(leavingBetween(0, 15)))).status).toBe(200)
    // The right one begins the fifteen again and ends fifteen others, in one file.
    const right = await seen(leavingBetween(20, 35))
    expect(right).toMatchObject({ needsSecond: false, will: { losesEnrolment: 15 } })
    expect((await apply(campus, right)).status).toBe(200)
    // Or everybody is begun again first, and then others are ended.
    await back()
    expect(await seen(leavingBetween(40, 58))).toMatchObject({ needsSecond: false, endedLately: 0 })
  })

  it('counts who stays ended, once, though a file has said something else of them since, or ends them sooner', async () => {
    await campus.moveTo('2024-02-28T09:00')
    const planned = (day: string, people: number) =>
      `${rows[0]},next_status,next_status_on\n${rows
        .slice(1)
        .map((row, at) => `${row},${at < people ? `withdrawn,${day}` : ','}`)
        .join('\n')}`
    const first = await seen(planned('2024-06-30', 15))
    const ended = first.will.losesEnrolment
    expect(ended).toBeGreaterThan(5)
    expect((await apply(campus, first)).status).toBe(200)
    const sooner = await seen(planned('2024-05-31', 15))
    expect(sooner).toMatchObject({ needsSecond: false, will: { losesEnrolment: ended } })
    expect((await apply(campus, sooner)).status).toBe(200)
    // A part that ends others leaves those of the first ended, whatever else it says of them.
    const part = await seen(leavingBetween(60, 81).replaceAll('@', '@mail.'))
    expect(part).toMatchObject({ needsSecond: true, endedLately: ended, will: { losesEnrolment: 21 } })
  })
})

/** Everybody as they were. */
async function back(): Promise<void> {
  const { body } = await upload(campus, rows.join('\n'))
  expect((await apply(campus, body)).status).toBe(200)
}

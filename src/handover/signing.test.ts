import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { colleague, given, openTrialDesk, type TrialDesk } from './trial-desk.ts'

let desk: TrialDesk
beforeAll(async () => {
  desk = await openTrialDesk()
}, 60_000)
afterAll(() => desk.campus.close())

const here = csie.id
type Asking = Partial<{ place: string; chip: string; evidence: readonly object[] }>

/** What lies on the desk, and that somebody is to sign for it on their phone. */
const lies = (student: Student, change: Asking = {}) => {
  const { studentNumber, chip, evidence } = given(student)
  return { studentNumber, chip, evidence, place: 'phone', ...change }
}

/** Asks, and answers with the number of what was asked. */
async function ask(student: Student, change: Asking = {}, who = here): Promise<number> {
  const reply = await desk.send(who, '/desk/signatures', lies(student, change))
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json<{ request: number }>().request
}

const confirmed = (request: number) => ({ request, manner: 'confirmed', picture: '', language: 'zh-TW' })
const sign = (student: Student, body: object) => desk.send(student.number, '/me/signature', body)
const asked = async (student: Student) =>
  (await desk.send(student.number, '/me/signature')).json<{
    asked: { request: number; state: string } | null
  }>().asked
const elsewhere = (student: Student, request: number, change = {}) => ({
  ...given(student),
  signature: { manner: 'elsewhere', request },
  ...change,
})
const look = async (student: Student, who = here) => {
  const { studentNumber, chip, evidence } = given(student)
  const reply = await desk.send(who, '/desk/look-up', {
    scan: null,
    beside: { studentNumber, chip, evidence },
  })
  return reply.json<{ next: string; signing: { request: number; state: string; place: string } | null }>()
}
const refusalOf = (reply: Awaited<ReturnType<typeof sign>>) => reply.json<{ refusal?: string }>().refusal
const signatureOf = (student: Student) =>
  desk.campus.owner.db
    .selectFrom('signature')
    .innerJoin('handover', 'handover.card_id', 'signature.card_id')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .selectAll('signature')
    .where('student_number', '=', student.number)
    .execute()

describe('on the own phone', () => {
  it('is asked, signed with one button, seen at the desk, and handed over', async () => {
    const { aEarly } = people
    expect(await asked(aEarly)).toBeNull()
    expect((await look(aEarly)).signing).toBeNull()
    const request = await ask(aEarly)
    expect(await ask(aEarly), 'asked again it is the same').toBe(request)
    expect(await asked(aEarly)).toMatchObject({
      request,
      state: 'asked',
      counter: { en: 'Department of Computer Science office' },
      text: { en: expect.stringContaining('I have received the 4K') },
    })
    expect((await look(aEarly)).signing).toMatchObject({ request, state: 'asked', place: 'phone' })
    expect(refusalOf(await desk.post(here, elsewhere(aEarly, request)))).toBe('signature-awaited')

    expect((await sign(aEarly, confirmed(request))).json()).toEqual({ request, signed: true })
    expect(refusalOf(await sign(aEarly, confirmed(request)))).toBe('signed-already')
    expect((await look(aEarly)).signing).toMatchObject({ state: 'signed' })
    expect(await asked(aEarly)).toMatchObject({ state: 'signed' })
    expect((await desk.post(here, elsewhere(aEarly, request))).statusCode).toBe(200)

    const [kept] = await signatureOf(aEarly)
    expect(kept).toMatchObject({ place: 'phone', manner: 'confirmed', picture: '', request_id: request })
    expect(kept!.text).toMatch(/^本人已領取/)
    expect(await asked(aEarly)).toBeNull()
    const noted = await desk.campus.owner.db
      .selectFrom('journal')
      .select(['act', 'actor'])
      .where('card_id', '=', kept!.card_id)
      .orderBy('id')
      .execute()
    const student = `student:${await desk.campus.personId(aEarly.number)}`
    expect(noted.slice(1).map(({ act, actor }) => [act, actor])).toEqual([
      ['signature asked for', 'desk:desk-csie'],
      ['signature given', student],
      ['card handed over', 'desk:desk-csie'],
    ])
  })

  it('a name is compared, a drawing is looked at, and a clerk’s word is no student’s', async () => {
    const { bOnTheStroke: student } = people
    const request = await ask(student)
    const typed = (picture: string) => sign(student, { request, manner: 'typed', picture, language: 'en' })
    const drawn = (picture: string) => sign(student, { request, manner: 'drawn', picture, language: 'en' })
    expect(refusalOf(await typed('Somebody Else'))).toBe('name-differs')
    expect(refusalOf(await typed('  '))).toBe('not-signed')
    expect(refusalOf(await drawn('M1 1L2 2'))).toBe('not-signed')
    const witnessed = { request, manner: 'witnessed', picture: '', language: 'en' }
    expect((await sign(student, witnessed)).statusCode).toBe(400)
    expect((await drawn('M20 20L60 80L100 20')).statusCode).toBe(200)
    expect((await desk.post(here, elsewhere(student, request))).statusCode).toBe(200)
    const [kept] = await signatureOf(student)
    expect(kept).toMatchObject({ manner: 'drawn', picture: 'M20 20L60 80L100 20', place: 'phone' })
    const left = await desk.campus.owner.db
      .selectFrom('signature_request')
      .select(['picture'])
      .where('id', '=', request)
      .executeTakeFirstOrThrow()
    expect(left.picture).toBeNull()
  })

  it('“this is not my card” stops the desk, whatever is signed there, until they are asked anew', async () => {
    const { cDuringTheRun: student } = people
    const request = await ask(student)
    expect((await desk.send(student.number, '/me/signature/refusal', { request })).statusCode).toBe(200)
    expect((await look(student)).signing).toMatchObject({ state: 'refused' })
    for (const signature of [
      given(student).signature,
      { manner: 'typed', picture: 'Sample Student', language: 'en' },
      { manner: 'elsewhere', request },
    ])
      expect(refusalOf(await desk.post(here, { ...given(student), signature }))).toBe('refused-by-signer')
    expect(refusalOf(await desk.post(colleague.id, given(student)))).toBe('refused-by-signer')
    expect(refusalOf(await sign(student, confirmed(request)))).toBe('refused-already')
    const again = await ask(student)
    expect(again).toBeGreaterThan(request)
    await sign(student, confirmed(again))
    expect((await desk.post(here, elsewhere(student, again))).statusCode).toBe(200)
  })

  it('what somebody else is asked is nobody’s to answer', async () => {
    const request = await ask(people.dLosesCard)
    expect((await sign(people.eLastEvening, confirmed(request))).statusCode).toBe(404)
    expect(
      (await desk.send(people.eLastEvening.number, '/me/signature/refusal', { request })).statusCode,
    ).toBe(404)
    expect(await asked(people.eLastEvening)).toBeNull()
    expect((await sign(people.dLosesCard, confirmed(999_999))).statusCode).toBe(404)
  })

  it('nobody is asked while anything else is missing', async () => {
    const { eLastEvening, fNeverCame } = people
    const reply = await desk.send(here, '/desk/signatures', lies(eLastEvening, { evidence: [] }))
    expect(refusalOf(reply)).toBe('not-ready-to-sign')
    const wrong = await desk.send(here, '/desk/signatures', lies(eLastEvening, { chip: fNeverCame.new }))
    expect(refusalOf(wrong)).toBe('another-persons-pack')
    expect(await asked(eLastEvening)).toBeNull()
  })
})

describe('a signature is worth nothing for anything else', () => {
  it('for another clerk’s handover, or another person’s', async () => {
    const { dLosesCard, eLastEvening } = people
    const request = await ask(dLosesCard)
    await sign(dLosesCard, confirmed(request))
    expect(refusalOf(await desk.post(colleague.id, elsewhere(dLosesCard, request)))).toBe(
      'signature-not-asked',
    )
    expect(refusalOf(await desk.post(here, elsewhere(eLastEvening, request)))).toBe('signature-not-asked')
    expect(refusalOf(await desk.post(here, elsewhere(eLastEvening, 999_999)))).toBe('signature-not-asked')
  })

  it('for another card of the same person', async () => {
    const { eLastEvening: student } = people
    const request = await ask(student)
    await sign(student, confirmed(request))
    // A blank card, nobody's yet, is scanned in place of the one that was signed for.
    const chip = '0A0B0C0D'
    await desk.campus.owner.db
      .insertInto('card')
      .values({
        edition: '4k-centenary',
        chip: Buffer.from(chip, 'hex'),
        printed_number: null,
        stocked_at: Temporal.Instant.from('2023-10-01T00:00Z'),
      })
      .execute()
    expect(refusalOf(await desk.post(here, elsewhere(student, request, { chip })))).toBe(
      'signed-for-another-card',
    )
    // Asked about the other card, the former answer is withdrawn.
    const other = await ask(student, { chip })
    expect(refusalOf(await desk.post(here, elsewhere(student, request)))).toBe('signature-withdrawn')
    expect(await asked(student)).toMatchObject({ request: other, state: 'asked' })
  })

  it('once the desk has taken it back', async () => {
    const { fNeverCame: student } = people
    const request = await ask(student)
    const path = `/desk/signatures/${request}/withdrawal`
    expect((await desk.send(colleague.id, path, {})).statusCode).toBe(404)
    expect((await desk.send(here, path, {})).statusCode).toBe(200)
    expect((await desk.send(here, path, {})).statusCode).toBe(200)
    expect(await asked(student)).toBeNull()
    expect(refusalOf(await sign(student, confirmed(request)))).toBe('no-longer-asked')
    expect((await look(student)).signing).toBeNull()
  })

  it('and a second desk does not ask while the first one does', async () => {
    const { fNeverCame: student } = people
    const request = await ask(student)
    const second = await desk.send(colleague.id, '/desk/signatures', lies(student))
    expect(refusalOf(second)).toBe('asked-at-another-desk')
    expect(second.json<{ message: string }>().message).toMatch(
      /^the Department of Computer Science office .* until 11:05/,
    )
    expect((await look(student, colleague.id)).signing).toMatchObject({ state: 'elsewhere' })
    // Whoever really has them before them lets them sign there: the phone is then asked no longer.
    expect((await desk.post(colleague.id, given(student))).statusCode).toBe(200)
    expect(await asked(student)).toBeNull()
    expect(refusalOf(await sign(student, confirmed(request)))).toBe('no-longer-asked')
  })
})

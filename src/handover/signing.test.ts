import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { colleague, given } from './trial-desk.ts'
import {
  confirmed,
  elsewhere,
  lies,
  openTrialSigning,
  refusalOf,
  type TrialSigning,
} from './trial-signing.ts'

let trial: TrialSigning
beforeAll(async () => {
  trial = await openTrialSigning()
}, 60_000)
afterAll(() => trial.desk.campus.close())

const here = csie.id
const signatureOf = (student: Student) =>
  trial.desk.campus.owner.db
    .selectFrom('signature')
    .innerJoin('handover', 'handover.card_id', 'signature.card_id')
    .innerJoin('person', 'person.id', 'handover.person_id')
    .selectAll('signature')
    .where('student_number', '=', student.number)
    .execute()

describe('on the own phone', () => {
  it('is asked, signed with one button, seen at the desk, and handed over', async () => {
    const { aEarly } = people
    expect(await trial.asked(aEarly)).toBeNull()
    expect(await trial.look(aEarly)).toBeNull()
    const request = await trial.ask(aEarly)
    expect(await trial.ask(aEarly), 'asked again it is the same').toBe(request)
    expect(await trial.asked(aEarly)).toMatchObject({
      request,
      state: 'asked',
      counter: { en: 'Department of Computer Science office' },
      text: { en: expect.stringContaining('I have received the 4K') },
    })
    expect(await trial.look(aEarly)).toMatchObject({ request, state: 'asked', place: 'phone' })
    expect(refusalOf(await trial.desk.post(here, elsewhere(aEarly, request)))).toBe('signature-awaited')

    expect((await trial.sign(aEarly, confirmed(request))).json()).toEqual({ request, signed: true })
    expect(refusalOf(await trial.sign(aEarly, confirmed(request)))).toBe('signed-already')
    expect(await trial.look(aEarly)).toMatchObject({ state: 'signed' })
    expect(await trial.asked(aEarly)).toMatchObject({ state: 'signed' })
    expect((await trial.desk.post(here, elsewhere(aEarly, request))).statusCode).toBe(200)

    const [kept] = await signatureOf(aEarly)
    expect(kept).toMatchObject({ place: 'phone', manner: 'confirmed', picture: '', request_id: request })
    expect(kept!.text).toMatch(/^本人已領取/)
    expect(await trial.asked(aEarly)).toBeNull()
    const noted = await trial.desk.campus.owner.db
      .selectFrom('journal')
      .select(['act', 'actor'])
      .where('card_id', '=', kept!.card_id)
      .orderBy('id')
      .execute()
    const student = `student:${await trial.desk.campus.personId(aEarly.number)}`
    expect(noted.slice(1).map(({ act, actor }) => [act, actor])).toEqual([
      ['signature asked for', 'desk:desk-csie'],
      ['signature given', student],
      ['card handed over', 'desk:desk-csie'],
    ])
  })

  it('a name is compared, a drawing is looked at, and a clerk’s word is no student’s', async () => {
    const { bOnTheStroke: student } = people
    const request = await trial.ask(student)
    const typed = (picture: string) =>
      trial.sign(student, { request, manner: 'typed', picture, language: 'en' })
    const drawn = (picture: string) =>
      trial.sign(student, { request, manner: 'drawn', picture, language: 'en' })
    expect(refusalOf(await typed('Somebody Else'))).toBe('name-differs')
    expect(refusalOf(await typed('  '))).toBe('not-signed')
    expect(refusalOf(await drawn('M1 1L2 2'))).toBe('not-signed')
    const witnessed = { request, manner: 'witnessed', picture: '', language: 'en' }
    expect((await trial.sign(student, witnessed)).statusCode).toBe(400)
    expect((await drawn('M20 20L60 80L100 20')).statusCode).toBe(200)
    expect((await trial.desk.post(here, elsewhere(student, request))).statusCode).toBe(200)
    const [kept] = await signatureOf(student)
    expect(kept).toMatchObject({ manner: 'drawn', picture: 'M20 20L60 80L100 20', place: 'phone' })
    const left = await trial.desk.campus.owner.db
      .selectFrom('signature_request')
      .select(['picture'])
      .where('id', '=', request)
      .executeTakeFirstOrThrow()
    expect(left.picture).toBeNull()
  })

  it('“this is not my card” stops the desk, whatever is signed there, until they are asked anew', async () => {
    const { cDuringTheRun: student } = people
    const request = await trial.ask(student)
    expect((await trial.desk.send(student.number, '/me/signature/refusal', { request })).statusCode).toBe(200)
    expect(await trial.look(student)).toMatchObject({ state: 'refused' })
    for (const signature of [
      given(student).signature,
      { manner: 'typed', picture: 'Sample Student', language: 'en' },
      { manner: 'elsewhere', request },
    ])
      expect(refusalOf(await trial.desk.post(here, { ...given(student), signature }))).toBe(
        'refused-by-signer',
      )
    expect(refusalOf(await trial.desk.post(colleague.id, given(student)))).toBe('refused-by-signer')
    expect(refusalOf(await trial.sign(student, confirmed(request)))).toBe('refused-already')
    const again = await trial.ask(student)
    expect(again).toBeGreaterThan(request)
    await trial.sign(student, confirmed(again))
    expect((await trial.desk.post(here, elsewhere(student, again))).statusCode).toBe(200)
  })

  it('what somebody else is asked is nobody’s to answer', async () => {
    const request = await trial.ask(people.dLosesCard)
    expect((await trial.sign(people.eLastEvening, confirmed(request))).statusCode).toBe(404)
    expect(
      (await trial.desk.send(people.eLastEvening.number, '/me/signature/refusal', { request })).statusCode,
    ).toBe(404)
    expect(await trial.asked(people.eLastEvening)).toBeNull()
    expect((await trial.sign(people.dLosesCard, confirmed(999_999))).statusCode).toBe(404)
  })

  it('nobody is asked while anything else is missing', async () => {
    const { eLastEvening, fNeverCame } = people
    const reply = await trial.desk.send(here, '/desk/signatures', lies(eLastEvening, { evidence: [] }))
    expect(refusalOf(reply)).toBe('not-ready-to-sign')
    const wrong = await trial.desk.send(
      here,
      '/desk/signatures',
      lies(eLastEvening, { chip: fNeverCame.new }),
    )
    expect(refusalOf(wrong)).toBe('another-persons-pack')
    expect(await trial.asked(eLastEvening)).toBeNull()
  })
})

describe('a signature is worth nothing for anything else', () => {
  it('for another clerk’s handover, or another person’s', async () => {
    const { dLosesCard, eLastEvening } = people
    const request = await trial.ask(dLosesCard)
    await trial.sign(dLosesCard, confirmed(request))
    expect(refusalOf(await trial.desk.post(colleague.id, elsewhere(dLosesCard, request)))).toBe(
      'signature-not-asked',
    )
    expect(refusalOf(await trial.desk.post(here, elsewhere(eLastEvening, request)))).toBe(
      'signature-not-asked',
    )
    expect(refusalOf(await trial.desk.post(here, elsewhere(eLastEvening, 999_999)))).toBe(
      'signature-not-asked',
    )
  })

  it('for another card of the same person', async () => {
    const { eLastEvening: student } = people
    const request = await trial.ask(student)
    await trial.sign(student, confirmed(request))
    // A blank card, nobody's yet, is scanned in place of the one that was signed for.
    const chip = '0A0B0C0D'
    await trial.desk.campus.owner.db
      .insertInto('card')
      .values({
        edition: '4k-centenary',
        chip: Buffer.from(chip, 'hex'),
        printed_number: null,
        stocked_at: Temporal.Instant.from('2023-10-01T00:00Z'),
      })
      .execute()
    expect(refusalOf(await trial.desk.post(here, elsewhere(student, request, { chip })))).toBe(
      'signed-for-another-card',
    )
    // Asked about the other card, the former answer is withdrawn.
    const other = await trial.ask(student, { chip })
    expect(refusalOf(await trial.desk.post(here, elsewhere(student, request)))).toBe('signature-withdrawn')
    expect(await trial.asked(student)).toMatchObject({ request: other, state: 'asked' })
  })

  it('once the desk has taken it back', async () => {
    const { fNeverCame: student } = people
    const request = await trial.ask(student)
    const path = `/desk/signatures/${request}/withdrawal`
    expect((await trial.desk.send(colleague.id, path, {})).statusCode).toBe(404)
    expect((await trial.desk.send(here, path, {})).statusCode).toBe(200)
    expect((await trial.desk.send(here, path, {})).statusCode).toBe(200)
    expect(await trial.asked(student)).toBeNull()
    expect(refusalOf(await trial.sign(student, confirmed(request)))).toBe('no-longer-asked')
    expect(await trial.look(student)).toBeNull()
  })

  it('and a second desk does not ask while the first one does', async () => {
    const { fNeverCame: student } = people
    const request = await trial.ask(student)
    const second = await trial.desk.send(colleague.id, '/desk/signatures', lies(student))
    expect(refusalOf(second)).toBe('asked-at-another-desk')
    expect(second.json<{ message: string }>().message).toMatch(
      /^the Department of Computer Science office .* until 11:05/,
    )
    expect(await trial.look(student, colleague.id)).toMatchObject({ state: 'elsewhere' })
    // Whoever really has them before them lets them sign there: the phone is then asked no longer.
    expect((await trial.desk.post(colleague.id, given(student))).statusCode).toBe(200)
    expect(await trial.asked(student)).toBeNull()
    expect(refusalOf(await trial.sign(student, confirmed(request)))).toBe('no-longer-asked')
  })
})

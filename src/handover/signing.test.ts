import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { forgetSignatures } from './forget-signatures.ts'
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

describe('what is kept', () => {
  const keptOf = async (who: string, student: Student) => {
    const [{ card_id: card } = { card_id: 0 }] = await desk.handoversOf(student)
    return desk.send(who, `/handovers/${card}/signature`)
  }

  it('is shown to the office, fits its hash, and the reading is in the journal', async () => {
    const { aEarly } = people
    const reply = await keptOf('office', aEarly)
    expect(reply.json()).toMatchObject({
      studentNumber: aEarly.number,
      place: 'phone',
      manner: 'confirmed',
      clerk: here,
      text: expect.stringMatching(/^本人已領取/),
      shortHash: expect.stringMatching(/^[0-9A-F]{4}(-[0-9A-F]{4}){3}$/),
      fits: true,
      eraseOn: '2024-10-17',
    })
    for (const who of [here, people.bOnTheStroke.number, aEarly.number])
      expect((await keptOf(who, aEarly)).statusCode).toBe(404)
    const read = await desk.campus.owner.db
      .selectFrom('journal')
      .select('actor')
      .where('act', '=', 'signature read')
      .execute()
    expect(read).toEqual([{ actor: 'office:office' }])
  })

  it('fits no longer once anything of it is changed', async () => {
    const { bOnTheStroke } = people
    expect((await keptOf('office', bOnTheStroke)).json()).toMatchObject({ fits: true, manner: 'drawn' })
    await desk.campus.owner.db
      .updateTable('signature')
      .set({ picture: 'M20 20L60 81L100 20' })
      .where('picture', '=', 'M20 20L60 80L100 20')
      .execute()
    expect((await keptOf('office', bOnTheStroke)).json()).toMatchObject({ fits: false })
  })

  it('is told to the holder: what was signed, how, and by what it is verified', async () => {
    const { aEarly } = people
    const { shortHash } = (await keptOf('office', aEarly)).json<{ shortHash: string }>()
    const { body } = await desk.campus.owner.db
      .selectFrom('message')
      .select('body')
      .where('kind', '=', 'card-handed-over')
      .where('person_id', '=', await desk.campus.personId(aEarly.number))
      .executeTakeFirstOrThrow()
    expect(body).toContain('簽收內容：「本人已領取')
    expect(body).toContain('在本人的手機上按「我已領取」')
    expect(body).toContain(shortHash)
    expect(body).toContain('下一步：請在學校 APP 啟用新卡')
    expect(body).not.toContain('櫃檯甲')
  })
})

describe('who collects for somebody else', () => {
  it('signs at the desk or on its tablet, never on the holder’s phone', async () => {
    const { gOnTheSecond: holder } = people
    const proxy = { name: 'Example Proxy', email: '', language: 'en' }
    const { code } = (await desk.send(holder.number, '/me/proxy', proxy)).json<{ code: string }>()
    const evidence = [
      { kind: 'proxy-code', code: code.slice(3).replaceAll('-', '') },
      { kind: 'document', evidence: 'proxy-id', documentKind: 'passport' },
      { kind: 'document', evidence: 'authorization', documentKind: null },
      { kind: 'document', evidence: 'holder-id', documentKind: null },
    ] as const
    const onPhone = await desk.send(here, '/desk/signatures', lies(holder, { evidence }))
    expect(refusalOf(onPhone)).toBe('proxy-signs-here')

    // What the holder signed for themselves is worth nothing once a proxy stands there.
    const own = await ask(holder)
    await sign(holder, confirmed(own))
    expect(refusalOf(await desk.post(here, { ...elsewhere(holder, own), evidence }))).toBe(
      'signed-by-another',
    )

    const request = await ask(holder, { evidence, place: 'tablet' })
    const { text_en: text } = await desk.campus.owner.db
      .selectFrom('signature_request')
      .select('text_en')
      .where('id', '=', request)
      .executeTakeFirstOrThrow()
    expect(text).toMatch(/^I, Example Proxy, have received/)
    const cookie = await desk.campus.signIn(here)
    const tablet = (url: string, payload: object) =>
      desk.campus.gatehouse.server.inject({
        method: 'POST',
        url: `/api/v1${url}`,
        payload,
        headers: { cookie },
      })
    await tablet('/desk/tablet', {})
    const typed = { request, manner: 'typed', language: 'en' }
    const wrong = await tablet('/tablet/signature', { ...typed, picture: 'Sample Student' })
    expect(refusalOf(wrong), 'the holder’s name is not the proxy’s').toBe('name-differs')
    expect((await tablet('/tablet/signature', { ...typed, picture: 'example proxy' })).statusCode).toBe(200)
    expect((await desk.post(here, { ...elsewhere(holder, request), evidence })).statusCode).toBe(200)
  })
})

describe('time', () => {
  it('a live code that was good when the desk asked is good until it is signed', async () => {
    const student = await desk.student('41047026S')
    const proof = await desk.proofOf(student, 100)
    const evidence = [{ kind: 'app-proof', proof }] as const
    const request = await ask(student, { evidence })
    await desk.campus.moveTo('2023-10-18T11:02')
    const beside = { studentNumber: student.number, chip: student.new, evidence }
    const view = await desk.send(here, '/desk/look-up', { scan: null, beside })
    expect(view.json()).toMatchObject({
      next: 'signature',
      signing: { state: 'asked' },
      evidence: [{ holds: true, secondsLeft: null }],
    })
    const other = await desk.send(colleague.id, '/desk/look-up', { scan: null, beside })
    expect(other.json(), 'to no other desk').toMatchObject({ evidence: [{ holds: false }] })
    await sign(student, confirmed(request))
    expect((await desk.post(here, { ...elsewhere(student, request), evidence })).statusCode).toBe(200)
  })

  it('is short: what was not signed in time, or not used in time, is worth nothing', async () => {
    const [late, signed] = [await desk.student('41047027S'), await desk.student('41047028S')]
    const [first, second] = [await ask(late), await ask(signed)]
    await sign(signed, confirmed(second))
    await desk.campus.moveTo('2023-10-18T11:08')
    expect(await asked(late)).toBeNull()
    expect(refusalOf(await sign(late, confirmed(first)))).toBe('asked-too-long-ago')
    expect((await look(late)).signing).toMatchObject({ state: 'over' })
    expect(refusalOf(await desk.post(here, elsewhere(late, first)))).toBe('signature-too-late')
    expect((await look(signed)).signing).toMatchObject({ state: 'over' })
    expect(refusalOf(await desk.post(here, elsewhere(signed, second)))).toBe('signature-too-late')
    const again = await ask(late)
    expect(again).toBeGreaterThan(first)
    await sign(late, confirmed(again))
    expect((await desk.post(here, elsewhere(late, again))).statusCode).toBe(200)
  })

  it('ends what is kept: on its day the signature, a day later what was asked in vain', async () => {
    const { register } = desk.campus.gatehouse
    const calendar = { kind: 'system', id: 'calendar' } as const
    const count = async () => ({
      signatures: (await desk.campus.owner.db.selectFrom('signature').select('card_id').execute()).length,
      requests: (await desk.campus.owner.db.selectFrom('signature_request').select('id').execute()).length,
    })
    const before = await count()
    await desk.campus.moveTo('2023-10-19T12:00')
    expect(await register.aside(calendar, forgetSignatures)).toBeGreaterThan(0)
    expect(await register.aside(calendar, forgetSignatures)).toBe(0)
    const used = await desk.campus.owner.db
      .selectFrom('signature_request')
      .select('id')
      .where('used_at', 'is not', null)
      .execute()
    expect(await count()).toEqual({ signatures: before.signatures, requests: used.length })
    await desk.campus.moveTo('2024-10-18T12:00')
    expect(await register.aside(calendar, forgetSignatures)).toBeGreaterThan(0)
    expect(await count()).toEqual({ signatures: 0, requests: 0 })
  })
})

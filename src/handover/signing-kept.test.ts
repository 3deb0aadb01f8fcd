import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csie, people, type Student } from '../../test/people.ts'
import { forgetSignatures } from './forget-signatures.ts'
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

/** What two students signed on their phones, and was used: with a button, and with lines. */
beforeAll(async () => {
  const { aEarly, bOnTheStroke } = people
  const drawn = { manner: 'drawn', picture: 'M20 20L60 80L100 20', language: 'en' }
  for (const student of [aEarly, bOnTheStroke]) {
    const request = await trial.ask(student)
    await trial.sign(student, student === aEarly ? confirmed(request) : { request, ...drawn })
    expect((await trial.desk.post(here, elsewhere(student, request))).statusCode).toBe(200)
  }
})

/** Posts as whoever has a session's cookie, which a tablet keeps while it lies before somebody. */
const posting = (cookie: string) => (url: string, payload: object) =>
  trial.desk.campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1${url}`,
    payload,
    headers: { cookie },
  })

describe('what is kept', () => {
  const keptOf = async (who: string, student: Student) => {
    const [{ card_id: card } = { card_id: 0 }] = await trial.desk.handoversOf(student)
    return trial.desk.send(who, `/handovers/${card}/signature`)
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
    const read = await trial.desk.campus.owner.db
      .selectFrom('journal')
      .select('actor')
      .where('act', '=', 'signature read')
      .execute()
    expect(read).toEqual([{ actor: 'office:office' }])
  })

  it('fits no longer once anything of it is changed', async () => {
    const { bOnTheStroke } = people
    expect((await keptOf('office', bOnTheStroke)).json()).toMatchObject({ fits: true, manner: 'drawn' })
    await trial.desk.campus.owner.db
      .updateTable('signature')
      .set({ picture: 'M20 20L60 81L100 20' })
      .where('picture', '=', 'M20 20L60 80L100 20')
      .execute()
    expect((await keptOf('office', bOnTheStroke)).json()).toMatchObject({ fits: false })
  })

  it('of a handover that was undone is shown as such, with when, why and by whom, and each of a card’s handovers by itself', async () => {
    const student = people.cDuringTheRun
    const signature = { manner: 'typed', picture: 'Sample Student', language: 'en' } as const
    const hand = async () => {
      const reply = await trial.desk.post(here, given(student, { signature }))
      expect(reply.statusCode, reply.body).toBe(200)
      return reply.json<{ cardId: number; at: string }>()
    }
    const first = await hand()
    const undone = await trial.desk.send(here, '/desk/undone-handovers', {
      cardId: first.cardId,
      at: first.at,
      why: 'wrong-person',
    })
    expect(undone.statusCode, undone.body).toBe(200)
    const read = async (at = '') => {
      const asked = at === '' ? '' : `?at=${encodeURIComponent(at)}`
      return (await trial.desk.send('office', `/handovers/${first.cardId}/signature${asked}`)).json()
    }
    const asUndone = {
      studentNumber: student.number,
      picture: 'Sample Student',
      signedAt: first.at,
      fits: true,
      undone: { at: expect.any(String), why: 'wrong-person', by: { en: expect.stringMatching(/\S/) } },
    }
    expect(await read()).toMatchObject(asUndone)
    const second = await hand()
    expect(await read()).toMatchObject({ signedAt: second.at, undone: null })
    expect(await read(second.at)).toMatchObject({ signedAt: second.at, undone: null })
    expect(await read(first.at)).toMatchObject(asUndone)
    const none = await trial.desk.send(
      'office',
      `/handovers/${first.cardId}/signature?at=2023-10-18T00:00:00Z`,
    )
    expect(none.statusCode).toBe(404)
    // A story has both, each with its own; who did it and why stands with the first.
    const personId = await trial.desk.campus.personId(student.number)
    const story = async (language: string) =>
      (
        await trial.desk.send('office', `/people/${personId}/timeline`, undefined, {
          'accept-language': language,
        })
      ).json<{ lines: { at: string; text: string; more: string[]; signature: number | null }[] }>().lines
    const handed = (await story('en')).filter(({ text }) => text === 'Card handed over')
    expect(handed.map(({ at, signature }) => ({ at, signature }))).toEqual([
      { at: second.at, signature: first.cardId },
      { at: first.at, signature: first.cardId },
    ])
    expect(handed[0]!.more.join()).not.toContain('undone')
    expect(handed[1]!.more.at(-1)).toMatch(/^undone on .* \(Given to somebody else\)$/)
    const zh = await story('zh-TW')
    expect(zh.find(({ at, text }) => at === first.at && text === '交付卡片')!.more.at(-1)).toMatch(
      /^已於 .* 撤銷（交給了別人）$/u,
    )
    expect(zh.find(({ text }) => text === '撤銷交付')!.more).toContain('原因：交給了別人')
  })

  it('is told to the holder: what was signed, how, and by what it is verified', async () => {
    const { aEarly } = people
    const { shortHash } = (await keptOf('office', aEarly)).json<{ shortHash: string }>()
    const { body } = await trial.desk.campus.owner.db
      .selectFrom('message')
      .select('body')
      .where('kind', '=', 'card-handed-over')
      .where('person_id', '=', await trial.desk.campus.personId(aEarly.number))
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
    const { code } = (await trial.desk.send(holder.number, '/me/proxy', proxy)).json<{ code: string }>()
    const evidence = [
      { kind: 'proxy-code', code: code.slice(3).replaceAll('-', '') },
      { kind: 'document', evidence: 'proxy-id', documentKind: 'passport' },
      { kind: 'document', evidence: 'authorization', documentKind: null },
      { kind: 'document', evidence: 'holder-id', documentKind: null },
    ] as const
    const onPhone = await trial.desk.send(here, '/desk/signatures', lies(holder, { evidence }))
    expect(refusalOf(onPhone)).toBe('proxy-signs-here')

    // What the holder signed for themselves is worth nothing once a proxy stands there.
    const own = await trial.ask(holder)
    await trial.sign(holder, confirmed(own))
    expect(refusalOf(await trial.desk.post(here, { ...elsewhere(holder, own), evidence }))).toBe(
      'signed-by-another',
    )

    const request = await trial.ask(holder, { evidence, place: 'tablet' })
    const { text_en: text } = await trial.desk.campus.owner.db
      .selectFrom('signature_request')
      .select('text_en')
      .where('id', '=', request)
      .executeTakeFirstOrThrow()
    expect(text).toMatch(/^I, Example Proxy, have received/)
    const cookie = await trial.desk.campus.signIn(here)
    const tablet = posting(cookie)
    await tablet('/desk/tablet', {})
    const typed = { request, manner: 'typed', language: 'en' }
    const wrong = await tablet('/tablet/signature', { ...typed, picture: 'Sample Student' })
    expect(refusalOf(wrong), 'the holder’s name is not the proxy’s').toBe('name-differs')
    expect((await tablet('/tablet/signature', { ...typed, picture: 'example proxy' })).statusCode).toBe(200)
    expect((await trial.desk.post(here, { ...elsewhere(holder, request), evidence })).statusCode).toBe(200)
  })
})

describe('time', () => {
  it('a live code that was good when the desk asked is good until it is signed', async () => {
    const student = await trial.desk.student('41047026S')
    const proof = await trial.desk.proofOf(student, 100)
    const evidence = [{ kind: 'app-proof', proof }] as const
    const request = await trial.ask(student, { evidence })
    await trial.desk.campus.moveTo('2023-10-18T11:02')
    const beside = { studentNumber: student.number, chip: student.new, evidence }
    const view = await trial.desk.send(here, '/desk/look-up', { scan: null, beside })
    expect(view.json()).toMatchObject({
      next: 'signature',
      signing: { state: 'asked' },
      evidence: [{ holds: true, secondsLeft: null }],
    })
    const other = await trial.desk.send(colleague.id, '/desk/look-up', { scan: null, beside })
    expect(other.json(), 'to no other desk').toMatchObject({ evidence: [{ holds: false }] })
    await trial.sign(student, confirmed(request))
    expect((await trial.desk.post(here, { ...elsewhere(student, request), evidence })).statusCode).toBe(200)
  })

  it('and is good when it is asked on the tablet instead, minutes later', async () => {
    const student = await trial.desk.student('41047030S')
    const evidence = [{ kind: 'app-proof', proof: await trial.desk.proofOf(student, 100) }] as const
    await trial.ask(student, { evidence })
    await trial.desk.campus.moveTo('2023-10-18T11:05')
    const request = await trial.ask(student, { evidence, place: 'tablet' })
    const beside = { studentNumber: student.number, chip: student.new, evidence }
    const view = await trial.desk.send(here, '/desk/look-up', { scan: null, beside })
    expect(view.json()).toMatchObject({ next: 'signature', evidence: [{ holds: true }] })
    const cookie = await trial.desk.campus.signIn(here)
    const tablet = posting(cookie)
    expect((await tablet('/desk/tablet', {})).statusCode).toBe(200)
    const said = { request, manner: 'witnessed', picture: '', language: 'en' }
    expect((await tablet('/tablet/signature', said)).statusCode).toBe(200)
    expect((await trial.desk.post(here, { ...elsewhere(student, request), evidence })).statusCode).toBe(200)
  })

  it('is short: what was not signed in time, or not used in time, is worth nothing', async () => {
    const [late, signed] = [await trial.desk.student('41047027S'), await trial.desk.student('41047028S')]
    const [first, second] = [await trial.ask(late), await trial.ask(signed)]
    await trial.sign(signed, confirmed(second))
    await trial.desk.campus.moveTo('2023-10-18T11:14')
    expect(await trial.asked(late)).toBeNull()
    expect(refusalOf(await trial.sign(late, confirmed(first)))).toBe('asked-too-long-ago')
    expect(await trial.look(late)).toMatchObject({ state: 'over' })
    expect(refusalOf(await trial.desk.post(here, elsewhere(late, first)))).toBe('signature-too-late')
    expect(await trial.look(signed)).toMatchObject({ state: 'over' })
    expect(refusalOf(await trial.desk.post(here, elsewhere(signed, second)))).toBe('signature-too-late')
    const again = await trial.ask(late)
    expect(again).toBeGreaterThan(first)
    await trial.sign(late, confirmed(again))
    expect((await trial.desk.post(here, elsewhere(late, again))).statusCode).toBe(200)
  })

  it('so is a live code that was shown later in place of the first, asked again at the same place or on the tablet', async () => {
    const student = await trial.desk.student('41047029S')
    const shown = async () => [{ kind: 'app-proof', proof: await trial.desk.proofOf(student) }] as const
    await trial.desk.campus.moveTo('2023-10-18T11:30')
    const first = await trial.ask(student, { evidence: await shown() })
    await trial.desk.campus.moveTo('2023-10-18T11:32:30')
    const evidence = await shown()
    expect(await trial.ask(student, { evidence })).toBe(first)
    await trial.desk.campus.moveTo('2023-10-18T11:34:40')
    const beside = { studentNumber: student.number, chip: student.new, evidence }
    const look = async () => (await trial.desk.send(here, '/desk/look-up', { scan: null, beside })).json()
    expect(await look()).toMatchObject({ signing: { state: 'asked' }, evidence: [{ holds: true }] })
    await trial.ask(student, { evidence, place: 'tablet' })
    expect(await look()).toMatchObject({ signing: { state: 'asked' }, evidence: [{ holds: true }] })
  })

  it('ends what is kept: on its day the signature, a day later what was asked in vain', async () => {
    const { register } = trial.desk.campus.gatehouse
    const calendar = { kind: 'system', id: 'calendar' } as const
    const count = async () => ({
      signatures: (await trial.desk.campus.owner.db.selectFrom('signature').select('card_id').execute())
        .length,
      requests: (await trial.desk.campus.owner.db.selectFrom('signature_request').select('id').execute())
        .length,
    })
    const before = await count()
    await trial.desk.campus.moveTo('2023-10-19T12:00')
    expect(await register.aside(calendar, forgetSignatures)).toBeGreaterThan(0)
    expect(await register.aside(calendar, forgetSignatures)).toBe(0)
    const used = await trial.desk.campus.owner.db
      .selectFrom('signature_request')
      .select('id')
      .where('used_at', 'is not', null)
      .execute()
    expect(await count()).toEqual({ signatures: before.signatures, requests: used.length })
    await trial.desk.campus.moveTo('2024-10-18T12:00')
    expect(await register.aside(calendar, forgetSignatures)).toBeGreaterThan(0)
    expect(await count()).toEqual({ signatures: 0, requests: 0 })
  })
})

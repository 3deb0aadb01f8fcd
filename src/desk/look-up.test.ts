import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, openCampus, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'
import { encode } from '../card/formats.ts'
import type { ViewReply } from './api.ts'
import type { Beside } from './look-up.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const { aEarly, bOnTheStroke, cDuringTheRun, dLosesCard } = people
const empty: Beside = { studentNumber: null, chip: null, evidence: [] }

/** A chip as the desk's usual reader types it: decimal, bytes reversed, with Enter behind it. */
const tap = (chip: string) => `${encode(Uint8Array.fromHex(chip), 'le-dec-10')}\r`

async function scan(
  text: string | null,
  beside: Partial<Beside> = {},
  {
    clerk = 'desk-csie',
    language = 'en',
    readerFormat,
  }: { clerk?: string; language?: string; readerFormat?: string } = {},
) {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/desk/look-up',
    payload: { scan: text, beside: { ...empty, ...beside }, ...(readerFormat ? { readerFormat } : {}) },
    headers: { cookie: await campus.signIn(clerk), 'accept-language': language },
  })
  const body = reply.json<ViewReply & { refusal?: string; message?: string }>()
  return { status: reply.statusCode, ...body }
}

async function proofOf(student: string) {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/me/proof',
    headers: { cookie: await campus.signIn(student) },
  })
  return reply.json<{ proof: string; expiresAt: string; lifetimeSeconds: number }>()
}

describe('a scan at an empty desk', () => {
  it('of a student number says who it is, whether they may collect, and in which box the card lies', async () => {
    const view = await scan('41047001s\r\n')
    expect(view).toMatchObject({
      scanned: 'student-number',
      next: 'card',
      stop: null,
      person: {
        name: { 'zh-TW': '示例生甲零一', en: 'Sample Student A01' },
        department: { 'zh-TW': '資訊工程學系' },
        eligible: true,
        where: [{ here: true }],
        lies: { box: 'C-02', here: true, ending: '99006******70141' },
        photo: null,
      },
    })
    expect(view.person!.eligibility.en).toContain('Your 4K student ID EasyCard (centenary edition) is at')
    expect(view.person!.eligibility['zh-TW']).toContain('免費換發')
  })

  it.each([
    ['an old card', tap(aEarly.old), 'old-card', 'card'],
    ['the new card', tap(aEarly.new), 'new-card', 'evidence'],
    ['a seven-byte new card', tap(bOnTheStroke.new), 'new-card', 'evidence'],
    ['the new card in hexadecimal', `${bOnTheStroke.new.toLowerCase()}\n`, 'new-card', 'evidence'],
    ['the number printed on a new card', '9900 6300 0347 0141', 'printed-number', 'card'],
    ['the number printed on an old card', '2459664910', 'old-card', 'card'],
  ])('of %s says whose it is', async (_, text, scanned, next) => {
    const view = await scan(text)
    expect(view).toMatchObject({ status: 200, scanned, next })
    expect([aEarly.number, bOnTheStroke.number]).toContain(view.person?.studentNumber)
  })

  it('of a live proof says whose it is and how long it is good', async () => {
    const made = await proofOf(aEarly.number)
    expect(made.lifetimeSeconds).toBe(120)
    const view = await scan(made.proof)
    expect(view).toMatchObject({ scanned: 'proof', next: 'card', person: { studentNumber: aEarly.number } })
    expect(view.evidence[0]!.secondsLeft).toBeGreaterThan(100)
    expect(view.evidence[0]!.secondsLeft).toBeLessThanOrEqual(120)
  })

  it.each([
    ['be-dec-10', encode(Uint8Array.fromHex(aEarly.new), 'be-dec-10')!],
    ['le-hex', encode(Uint8Array.fromHex(aEarly.new), 'le-hex')!],
  ])('at a desk whose reader is set to %s', async (readerFormat, text) => {
    expect(await scan(text, {}, { readerFormat })).toMatchObject({ scanned: 'new-card' })
  })
})

describe('two scans in any order', () => {
  const orders: [string, string[]][] = [
    ['number, old card, new card', [aEarly.number, tap(aEarly.old), tap(aEarly.new)]],
    ['old card, new card', [tap(aEarly.old), tap(aEarly.new)]],
    ['new card, old card', [tap(aEarly.new), tap(aEarly.old)]],
    ['new card, number, old card', [tap(aEarly.new), aEarly.number, tap(aEarly.old)]],
  ]
  it.each(orders)('%s', async (_, scans) => {
    let beside = empty
    let view: ViewReply | null = null
    for (const text of scans) {
      view = await scan(text, beside)
      const { person, card, evidence } = view
      beside = {
        studentNumber: person?.studentNumber ?? null,
        chip: card?.chip ?? null,
        evidence: evidence.map(each => ({ kind: 'old-card', chip: each.chip! })),
      }
    }
    expect(view).toMatchObject({
      next: 'signature',
      stop: null,
      person: { studentNumber: aEarly.number },
      card: { chip: aEarly.new, madeForThem: true, box: 'C-02' },
      evidence: [{ kind: 'old-card', chip: aEarly.old, holds: true }],
    })
  })

  it('evidence that ran out gives way to a new one; person and card stay', async () => {
    const beside = { studentNumber: aEarly.number, chip: aEarly.new }
    const stale = { ...beside, evidence: [{ kind: 'app-proof', proof: 'GH1.1.1.000000000000.x' } as const] }
    expect(await scan(null, stale)).toMatchObject({ next: null, stop: { refusal: 'proof-not-ours' } })
    const { proof } = await proofOf(aEarly.number)
    expect(await scan(proof, stale)).toMatchObject({ next: 'signature', card: { chip: aEarly.new } })
  })

  it('who cannot be served makes room for the next', async () => {
    const view = await scan(tap(aEarly.old), { studentNumber: people.onLeaveHeping.number })
    expect(view).toMatchObject({ person: { studentNumber: aEarly.number }, next: 'card' })
  })
})

describe('who cannot be served is shown with the reason', () => {
  it.each([
    ['on leave before 1 March', people.onLeaveHeping.number, 'desk-registry', 'wait-until', '1 March 2024'],
    ['a graduate', '40700001E', 'desk-registry', 'graduated', 'ordinary stored-value card'],
    ['a freshman', people.freshman.number, 'desk-registry', 'has-card-already', 'no need to get another one'],
    ['at the wrong counter', aEarly.number, 'desk-math', 'another-counter', 'Computer Science'],
  ])('%s', async (_, number, clerk, refusal, sentence) => {
    const view = await scan(number, {}, { clerk })
    expect(view).toMatchObject({ status: 200, next: null, stop: { refusal } })
    expect(view.stop!.message.en).toContain(sentence)
    expect(view.stop!.message['zh-TW']).not.toBe('')
  })
})

describe('a scan that is of no use is refused, and changes nothing', () => {
  const served = { studentNumber: aEarly.number }
  it.each<[string, string, Partial<Beside>, string, string]>([
    ['nobody’s number', '99999999Z', {}, 'unknown-person', 'Registration Division'],
    ['an unknown card', tap('DEADBEEF'), {}, 'unknown-card', 'card office'],
    [
      'an unknown old card',
      tap('DEADBEEF'),
      { ...served, chip: aEarly.new },
      'old-card-unknown',
      'pickup code',
    ],
    ['another’s old card', tap(cDuringTheRun.old), served, 'old-card-of-somebody-else', 'press Esc'],
    ['another’s new card', tap(cDuringTheRun.new), served, 'another-persons-pack', 'right card'],
    ['a phone or privacy card', '08AABBCC', {}, 'random-chip', 'another at each tap'],
    [
      'a code that is no proof of ours',
      'GH1.1.zzzzzz.000000000000.aaaaaaaaaaaaaaaaaaaaaaaaaaa',
      {},
      'proof-not-ours',
      'open the code again',
    ],
    ['Chinese letters', '學生證', {}, 'not-ascii', 'input method'],
    ['a word', 'hello', {}, 'not-recognised', 'pickup code, and no chip number'],
    ['an empty scan', '\r\n', {}, 'nothing-scanned', 'Scan again'],
  ])('%s', async (_, text, beside, refusal, sentence) => {
    const answer = await scan(text, beside)
    expect(answer).toMatchObject({ status: 409, refusal })
    expect(answer.message).toContain(sentence)
    expect((await scan(text, beside, { language: 'zh-TW' })).message).not.toContain(sentence)
  })

  it.each([
    ['ten kilobytes', '7'.repeat(10_240), 400, 'malformed'],
    ['all that a reader may send', '7'.repeat(4_096), 409, 'scan-too-long'],
    ['a control character in the middle', '4104\u00017001S', 409, 'control-character'],
    ['a poster’s QR', 'https://elsewhere.example/win?card=41047001S', 409, 'not-recognised'],
    ['a proof of another system', `GH1.1.1.1.${'0'.repeat(12)}.${'A'.repeat(27)}`, 409, 'proof-not-ours'],
  ] as const)('%s', async (_, text, status, refusal) => {
    const answer = await scan(text, served)
    expect({ status: answer.status, refusal: answer.refusal ?? null }).toEqual({ status, refusal })
    expect(JSON.stringify(answer)).not.toContain('7'.repeat(100))
  })

  it('a friend’s live proof', async () => {
    const { proof } = await proofOf(cDuringTheRun.number)
    expect(await scan(proof, served)).toMatchObject({ status: 409, refusal: 'proof-of-somebody-else' })
  })

  it('an old card that was reported lost, and a card of another school', async () => {
    const { db } = campus.owner
    const chip = Buffer.from(dLosesCard.old, 'hex')
    const { id } = await db.selectFrom('card').select('id').where('chip', '=', chip).executeTakeFirstOrThrow()
    const at = campusTime('2023-10-18T10:00')
    const personId = await campus.personId(dLosesCard.number)
    await db
      .insertInto('loss_report')
      .values({ card_id: id, person_id: personId, at, reported_by: 'test', send_at: at })
      .execute()
    expect(await scan(tap(dLosesCard.old))).toMatchObject({ status: 409, refusal: 'old-card-reported-lost' })
    await db
      .insertInto('card')
      .values({ edition: 'another-school', chip: Buffer.from('11223344', 'hex'), stocked_at: at })
      .execute()
    expect(await scan(tap('11223344'))).toMatchObject({ status: 409, refusal: 'foreign-card' })
  })
})

it('reading a person is written in the journal once, with the clerk; a refused scan is not', async () => {
  const personId = await campus.personId('41047011S')
  const reads = () =>
    campus.owner.db
      .selectFrom('journal')
      .select(['act', 'actor', 'facts'])
      .where('person_id', '=', personId)
      .where('act', '=', 'person looked up')
      .execute()
  await scan('41047011S')
  await scan('41047011S', { studentNumber: '41047011S' })
  await scan('hello', { studentNumber: '41047011S' })
  expect(await reads()).toEqual([
    { act: 'person looked up', actor: 'desk:desk-csie', facts: { by: 'student-number' } },
  ])
})

it('the screen is told its counter and the sentence that is signed', async () => {
  const reply = await campus.gatehouse.server.inject({
    url: '/api/v1/desk',
    headers: { cookie: await campus.signIn('desk-csie') },
  })
  expect(reply.json()).toMatchObject({ counter: { id: 'dept-csie' }, usualReaderFormat: 'le-dec-10' })
  const { signatureText } = reply.json<{ signatureText: { en: string } }>()
  expect(signatureText.en).toContain('I have received the 4K student ID EasyCard (centenary edition)')
})

it.each([
  ['POST', '/api/v1/desk/look-up', aEarly.number, 404],
  ['POST', '/api/v1/desk/look-up', 'office', 404],
  ['POST', '/api/v1/desk/look-up', null, 401],
  ['GET', '/api/v1/desk', aEarly.number, 404],
  ['GET', '/api/v1/me/proof', 'desk-csie', 404],
  ['GET', '/api/v1/me/proof', null, 401],
] as const)('%s %s is not for %s', async (method, url, who, status) => {
  const headers = who === null ? {} : { cookie: await campus.signIn(who) }
  const payload = method === 'POST' ? { scan: aEarly.number, beside: empty } : undefined
  const reply = await campus.gatehouse.server.inject({
    method,
    url,
    headers,
    ...(payload ? { payload } : {}),
  })
  expect(reply.statusCode).toBe(status)
})

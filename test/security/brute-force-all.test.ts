import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digitsAsked, guessesADay } from '../../src/activation/rules.ts'
import { codeLetters, shortestCode } from '../../src/card/carrier-code.ts'
import { proxyCodeLetters } from '../../src/card/proxy-code.ts'
import { makeProof } from '../../src/handover/proof.ts'
import { emergencyLimits, makeEmergencyCodes, plainCode, tryLimits } from '../../src/identity/break-glass.ts'
import { sealLength } from '../../src/lib/phone-code.ts'
import { wrongAtCounter } from '../../src/proxy/rules.ts'
import { typeReceipt } from '../../src/reissue/pay-at-kiosk.ts'
import { mostTypedADay } from '../../src/reissue/payment-rules.ts'
import { applied, as, freshNumber } from '../../src/reissue/trial-reissue.ts'
import { mostByAddress, mostBySession } from '../../src/server/limits.ts'
import { proofKeys, type TestCampus } from '../campus.ts'
import { freshmanOf } from '../people.ts'
import { openTwoProcesses, type TwoProcesses } from '../two-processes.ts'

/*
 * Every secret that somebody types, shows or sends, and how far a day of guessing comes: from the limits and the lengths as
 * they are in the code, and then by guessing over people, places and two processes at once. brute-force.test.ts has what a
 * quarter of an hour allows.
 */

/** The most that guessing for a day may have as its chance. */
const most = 1 / 1_000
const [minutesADay, quartersADay] = [1_440, 96]
/** More than any university has. */
const [people, counters, addresses, processes] = [100_000, 500, 100_000, 8]

interface Secret {
  /** How many there could be. */
  of: number
  /** How many of them are good at a time, for whoever guesses. */
  good: number
  /** How many guesses are looked at within a day. */
  aDay: number
}
/** What an attacker may send whom only the limits of requests hold: from every address, to every process. */
const unheld = addresses * mostByAddress * minutesADay * processes
const secrets: Record<string, Secret> = {
  'the digits on a card, on the holder’s phones': {
    of: 10 ** digitsAsked,
    good: 1,
    aDay: guessesADay.wrongTries,
  },
  'the code on a card’s letter': {
    of: codeLetters.length ** shortestCode,
    good: 1,
    aDay: guessesADay.wrongTries * (1 + counters),
  },
  'the code of who collects for another, at every counter': {
    of: codeLetters.length ** proxyCodeLetters,
    good: people,
    aDay: wrongAtCounter.wrongTries * quartersADay * counters,
  },
  'an emergency code, from everywhere': {
    of: 32 ** 16,
    good: emergencyLimits.codes,
    aDay: unheld,
  },
  'a live proof of anybody, by every clerk’s session': {
    of: 64 ** sealLength,
    good: people,
    aDay: counters * mostBySession * minutesADay,
  },
  'a payment page’s or kiosk’s seal (HMAC-SHA-256)': { of: 2 ** 256, good: 1, aDay: unheld },
  'a payment’s number (16 bytes)': { of: 2 ** 128, good: people, aDay: unheld },
  'a session, or the state of signing in (32 bytes)': { of: 2 ** 256, good: 10 * people, aDay: unheld },
}
const chance = ({ of, good, aDay }: Secret): number => (good * aDay) / of

describe('the chance of a day of guessing is at most 1 in 1,000', () => {
  it.each(Object.entries(secrets))('%s', (_, secret) => {
    expect(chance(secret)).toBeLessThanOrEqual(most)
  })

  it('control: with the quarter hour’s limit of digits alone, it would be nearly 5 in 100', () => {
    const digits = secrets['the digits on a card, on the holder’s phones']!
    expect(chance({ ...digits, aDay: 5 * quartersADay })).toBeGreaterThan(0.04)
  })
})

let campus: TestCampus
let both: TwoProcesses
beforeAll(async () => {
  both = await openTwoProcesses({ from: '2023-10-18T11:00' })
  campus = both.campus
}, 60_000)
afterAll(() => both.close())

/** Sends to one of the two processes, by turns. */
const post = (who: string, path: string, payload: object) =>
  both.post<{ refusal?: string; message?: string }>(who, path, payload)
const freshman = (place: number) => `412${String(place).padStart(5, '0')}E`
const wrongDigits = (right: string, at: number) => String((Number(right) + 1 + at) % 10_000).padStart(4, '0')
const count = (answers: readonly { refusal?: string }[], refusal: string) =>
  answers.filter(each => each.refusal === refusal).length

describe('the digits on a card', () => {
  const phone = (place: number, lastDigits: string) =>
    post(freshman(place), '/me/card/activation', { lastDigits })
  const desk = (clerk: string, place: number, lastDigits: string) =>
    post(clerk, '/desk/people/activation', {
      studentNumber: freshman(place),
      checked: 'id-document:passport',
      lastDigits,
    })
  /** Guesses five times in every quarter of an hour, for so many of them. */
  async function guessed(place: number, quarters: number, forget: boolean) {
    const { lastDigits } = await freshmanOf(campus, freshman(place))
    const answers: { refusal?: string; message?: string }[] = []
    for (let quarter = 0; quarter < quarters; quarter += 1) {
      if (forget) await campus.owner.db.deleteFrom('wrong_try').execute()
      // As if a quarter of an hour had passed since what was guessed so far.
      else await campus.owner.pool.query(`update wrong_try set at = at - interval '16 minutes'`)
      const guesses = Array.from({ length: 5 }, (_, at) =>
        phone(place, wrongDigits(lastDigits, quarter * 5 + at)),
      )
      answers.push(...(await Promise.all(guesses)))
    }
    return { answers, lastDigits }
  }

  it('guessed for hours on two processes: ten are looked at within a day, and the day is told', async () => {
    const { answers, lastDigits } = await guessed(1, 6, false)
    expect(count(answers, 'wrong-digits')).toBe(guessesADay.wrongTries)
    const shut = await phone(1, lastDigits)
    expect(shut.refusal).toBe('too-many-tries')
    expect(shut.message).toMatch(/after 19 October 2023 at \d\d:\d\d/)
  })

  it('control: with the wrong tries forgotten, all of thirty are looked at', async () => {
    const { answers } = await guessed(2, 6, true)
    expect(count(answers, 'wrong-digits')).toBe(30)
  })

  it('what is guessed on a phone shuts no counter, and what is mistyped at one neither the phone nor another one', async () => {
    const { lastDigits } = await guessed(3, 2, false)
    expect((await phone(3, lastDigits)).refusal).toBe('too-many-tries')
    expect(await desk('desk-math', 3, lastDigits)).not.toHaveProperty('refusal')

    const { lastDigits: right } = await freshmanOf(campus, freshman(4))
    const atDesk = await Promise.all(
      Array.from({ length: 8 }, (_, at) => desk('desk-csie', 4, wrongDigits(right, at))),
    )
    expect([count(atDesk, 'wrong-digits'), count(atDesk, 'too-many-tries')]).toEqual([5, 3])
    expect((await desk('desk-csie', 4, right)).refusal).toBe('too-many-tries')
    expect((await desk('desk-math', 4, wrongDigits(right, 0))).refusal).toBe('wrong-digits')
    expect(await phone(4, right)).not.toHaveProperty('refusal')
  })
})

describe('an emergency code', () => {
  const enter = (code: string, at: number) =>
    both.servers[at % 2]!.inject({
      url: '/sign-in/break-glass',
      method: 'POST',
      remoteAddress: `10.0.${at % 25}.1`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
      payload: new URLSearchParams({ code }).toString(),
    })

  it('guessed from 25 addresses at two processes: what is kept has an end, and a right one lets in all the while', async () => {
    const made = await campus.gatehouse.register.aside({ kind: 'system', id: 'operator' }, act =>
      makeEmergencyCodes(act, { codes: 3, days: 30 }),
    )
    expect(made.codes.every(code => plainCode(code).length === 16)).toBe(true)
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, at) => enter(`AAAA-AAAA-AAAA-A${round}${at}`, at)),
      )
      expect(answers.every(({ statusCode }) => statusCode === 403 || statusCode === 429)).toBe(true)
      // From an address that has been refused, too.
      expect((await enter(made.codes[round]!, round)).statusCode).toBe(303)
    }
    const { rows } = await campus.owner.pool.query('select count(*)::int as many from break_glass_try')
    // Two at once may both be the last that is counted.
    expect(rows[0].many).toBeLessThanOrEqual(tryLimits.ofAll + 25)
    // Each was used up: none lets in twice.
    expect((await enter(made.codes[0]!, 0)).statusCode).not.toBe(303)
  })
})

describe('a live proof', () => {
  const lookUp = (scan: string) =>
    post('desk-csie', '/desk/look-up', {
      scan,
      readerFormat: 'le-dec-10',
      beside: { studentNumber: null, chip: null, evidence: [] },
    })

  it('whose seal is guessed brings nobody up; the right one does (the control)', async () => {
    const { personId } = await freshmanOf(campus, freshman(5))
    const right = makeProof(proofKeys, {
      personId,
      now: Temporal.Instant.from('2023-10-18T11:00:30+08:00'),
      lifetimeSeconds: 60,
    })
    const [stem, seal] = [right.slice(0, -sealLength), right.slice(-sealLength)]
    const guesses = Array.from({ length: 40 }, (_, at) =>
      // One letter of the seal is another one.
      lookUp(
        `${stem}${seal.slice(0, at % 26)}${seal[at % 26] === 'A' ? 'B' : 'A'}${seal.slice((at % 26) + 1)}`,
      ),
    )
    expect(count(await Promise.all(guesses), 'proof-not-ours')).toBe(40)
    expect((await lookUp(right)).refusal).not.toBe('proof-not-ours')
  })
})

describe('the number of a kiosk’s receipt', () => {
  it('typed in two processes at once: eight within a day, and nobody else is held up', async () => {
    const [one, another] = [await applied(campus, freshNumber()), await applied(campus, freshNumber())]
    const registers = [campus.gatehouse.register, both.other.register]
    const type = (at: number) =>
      registers[at % 2]!.act(one.actor, act =>
        typeReceipt(act, { personId: one.personId, typed: `KF9000000${at}` }),
      )
    const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => type(at)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(mostTypedADay)
    const free = await as(campus, another.actor, act =>
      typeReceipt(act, { personId: another.personId, typed: 'KF80000000' }),
    )
    expect(free).toMatchObject({ ok: true })
  })
})

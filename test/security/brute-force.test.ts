import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { carrierCodeHash } from '../../src/card/carrier-code.ts'
import { wrongAtCounter } from '../../src/proxy/rules.ts'
import type { TestCampus } from '../campus.ts'
import { freshmanOf, people } from '../people.ts'
import { openTwoProcesses, type TwoProcesses } from '../two-processes.ts'

/*
 * Guessing of everything that can be guessed: the digits on a card, the code on its letter, the code of somebody who collects
 * for another. Over many people, many sessions and two processes; and that no guessing shuts anybody else out.
 */
let campus: TestCampus
let both: TwoProcesses
beforeAll(async () => {
  both = await openTwoProcesses({ from: '2023-10-18T11:00' })
  campus = both.campus
}, 60_000)
afterAll(() => both.close())

const limit = { wrongTries: 5 }
/** Sends to one of the two processes, by turns, with a session of its own. */
const post = (who: string, path: string, payload: object) =>
  both.post<{ refusal?: string; code?: string; proxy?: object }>(who, path, payload)
const tally = (answers: readonly { refusal?: string }[]) => {
  const counted: Record<string, number> = {}
  for (const { refusal = 'yes' } of answers) counted[refusal] = (counted[refusal] ?? 0) + 1
  return counted
}
const freshman = (place: number) => `412${String(place).padStart(5, '0')}E`
/** Four digits that are not these. */
const wrongDigits = (right: string, at: number) => String((Number(right) + 1 + at) % 10_000).padStart(4, '0')

describe('the digits on a card', () => {
  it('sprayed over thirty people, ten each at once, by two processes: five of each are looked at', async () => {
    const answers: { refusal?: string }[] = []
    for (let place = 1; place <= 30; place++) {
      const { lastDigits } = await freshmanOf(campus, freshman(place))
      const guesses = Array.from({ length: 10 }, (_, at) =>
        post(freshman(place), '/me/card/activation', { lastDigits: wrongDigits(lastDigits, at) }),
      )
      answers.push(...(await Promise.all(guesses)))
    }
    expect(tally(answers)).toEqual({ 'wrong-digits': 30 * limit.wrongTries, 'too-many-tries': 30 * 5 })
    // Shut is shut for the right ones too, in both processes.
    const { lastDigits } = await freshmanOf(campus, freshman(1))
    for (let at = 0; at < 2; at++)
      expect(await post(freshman(1), '/me/card/activation', { lastDigits })).toMatchObject({
        refusal: 'too-many-tries',
      })
  })

  it('and nobody else is shut out by it: whoever did not guess activates', async () => {
    const { lastDigits } = await freshmanOf(campus, freshman(31))
    expect(await post(freshman(31), '/me/card/activation', { lastDigits })).not.toHaveProperty('refusal')
  })

  it('control: with the wrong tries forgotten, the digits are found', async () => {
    const { lastDigits } = await freshmanOf(campus, freshman(32))
    let found = 0
    for (let at = 0; at < 12 && found === 0; at++) {
      await campus.owner.db.deleteFrom('wrong_try').execute()
      const guess = at === 11 ? lastDigits : wrongDigits(lastDigits, at)
      const { refusal } = await post(freshman(32), '/me/card/activation', { lastDigits: guess })
      if (refusal === undefined) found = at + 1
    }
    expect(found).toBe(12)
  })
})

describe('the code on a card’s letter', () => {
  it('is counted together with the digits: who is shut out of one is shut out of both', async () => {
    const { cardId, lastDigits } = await freshmanOf(campus, freshman(33))
    const { chip } = await campus.owner.db
      .selectFrom('card')
      .select('chip')
      .where('id', '=', cardId)
      .executeTakeFirstOrThrow()
    await campus.owner.db
      .updateTable('card')
      .set({ carrier_code_hash: carrierCodeHash(chip, '7K0M41XQ2V') })
      .where('id', '=', cardId)
      .execute()
    const path = '/me/card/activation'
    const answers = []
    for (let at = 0; at < 8; at++)
      answers.push(
        await (at % 2
          ? post(freshman(33), path, { lastDigits: wrongDigits(lastDigits, at) })
          : post(freshman(33), path, { carrierCode: `AAAAAAAAA${at}` })),
      )
    expect(tally(answers)).toEqual({ 'wrong-carrier-code': 3, 'wrong-digits': 2, 'too-many-tries': 3 })
    expect(await post(freshman(33), path, { carrierCode: '7K0M41XQ2V' })).toMatchObject({
      refusal: 'too-many-tries',
    })
  })
})

describe('the code of who collects for another', () => {
  const guess = (at: number) => `GHP-0000-00${Math.floor(at / 100)}0-00${String(at % 100).padStart(2, '0')}`
  const lookUp = (clerk: string, scan: string, studentNumber: string | null = null) =>
    post(clerk, '/desk/look-up', {
      scan,
      readerFormat: 'le-dec-10',
      beside: { studentNumber, chip: null, evidence: [] },
    })
  let code: string
  beforeAll(async () => {
    const named = await post(people.aEarly.number, '/me/proxy', {
      name: 'Example Proxy',
      email: 'proxy@example.org',
    })
    code = named.code!
  })

  it('guessed at one counter by turns of two processes: twenty are looked at, and then none there', async () => {
    const answers = []
    for (let at = 0; at < 40; at++) answers.push(await lookUp('desk-csie', guess(at)))
    expect(tally(answers)).toEqual({
      'proxy-code-unknown': wrongAtCounter.wrongTries,
      'proxy-too-many-tries': 40 - wrongAtCounter.wrongTries,
    })
    expect(await lookUp('desk-csie', code)).toMatchObject({ refusal: 'proxy-too-many-tries' })
  })

  it('guesses at one counter shut nobody out at another, nor a student of whom they were made', async () => {
    expect(await lookUp('desk-registry', code)).toMatchObject({ proxy: { name: 'Example Proxy' } })
    const answers = []
    for (let at = 0; at < 8; at++) answers.push(await lookUp('desk-math', guess(at), people.aEarly.number))
    expect(tally(answers)).toEqual({ 'proxy-code-unknown': limit.wrongTries, 'proxy-too-many-tries': 3 })
    expect(await lookUp('desk-registry', code, people.aEarly.number)).toMatchObject({
      proxy: { name: 'Example Proxy' },
    })
    // What the holder's own phone does is not in the way of it either.
    expect(
      tally([await post(people.aEarly.number, '/me/card/activation', { lastDigits: '0000' })]),
    ).not.toHaveProperty('too-many-tries')
  })

  it('control: with the wrong tries forgotten, all of forty are looked at', async () => {
    const answers = []
    for (let at = 0; at < 40; at++) {
      await campus.owner.db.deleteFrom('wrong_try').execute()
      answers.push(await lookUp('desk-csie', guess(at)))
    }
    expect(tally(answers)).toEqual({ 'proxy-code-unknown': 40 })
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { freshmanOf } from '../../test/people.ts'
import { carrierCodeHash, parseCarrierCode } from '../card/carrier-code.ts'

/* The code on a card's letter, and guessing: counted in the database, for all phones and processes of a person. */

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

const post = async (who: string, payload: object) => {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/me/card/activation',
    payload,
    headers: { cookie: await campus.signIn(who), 'accept-language': 'en' },
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}

/** Gives a freshman's card a letter with this code. */
async function withLetter(number: string, code: string): Promise<void> {
  const { cardId } = await freshmanOf(campus, number)
  const { db } = campus.owner
  const { chip } = await db
    .selectFrom('card')
    .select('chip')
    .where('id', '=', cardId)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('card')
    .set({ carrier_code_hash: carrierCodeHash(chip, code) })
    .where('id', '=', cardId)
    .execute()
}

it('the code on the letter activates, as it is printed and as people type it', async () => {
  await withLetter('41200001E', '7K0M41XQ2V')
  const { status } = await post('41200001E', { carrierCode: ' ７k0m-4ixq-2v ' })
  expect(status).toBe(200)
})

it('another card’s code does not, and either way is enough by itself', async () => {
  await withLetter('41200002E', 'AAAAAAAAA2')
  expect(await post('41200002E', { carrierCode: '7K0M41XQ2V' })).toMatchObject({
    status: 409,
    body: { refusal: 'wrong-carrier-code' },
  })
  const { lastDigits } = await freshmanOf(campus, '41200002E')
  expect((await post('41200002E', { lastDigits, carrierCode: 'AAAAAAAAA2' })).status).toBe(400)
  expect((await post('41200002E', { lastDigits })).status).toBe(200)
})

it('after five wrong guesses the right one waits too, until the first is a quarter of an hour old', async () => {
  const { lastDigits } = await freshmanOf(campus, '41200003E')
  const wrong = lastDigits === '0000' ? '0001' : '0000'
  // From five phones at once: all are counted.
  const guesses = await Promise.all(Array.from({ length: 5 }, () => post('41200003E', { lastDigits: wrong })))
  expect(guesses.map(({ body }) => body.refusal)).toEqual(Array(5).fill('wrong-digits'))
  const shut = await post('41200003E', { lastDigits })
  expect(shut).toMatchObject({ status: 409, body: { refusal: 'too-many-tries' } })
  expect(shut.body.message).toContain('try again after 11:15')
  // Nobody else is held up by it, and nothing happened to the card.
  const other = await freshmanOf(campus, '41200004E')
  expect((await post('41200004E', { lastDigits: other.lastDigits })).status).toBe(200)
  await campus.moveTo('2023-10-18T11:16')
  expect((await post('41200003E', { lastDigits })).status).toBe(200)
})

it.each(['7K0M41XQ2', '7K0M41XQ2U', '', '7K0M41XQ2V'.repeat(3)])('"%s" is no code of a letter', text => {
  expect(parseCarrierCode(text).ok).toBe(false)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, csie, people } from '../../test/people.ts'
import { noteReplaced } from './replaced.ts'
import { type MissingTrial, missingTrial } from './trial-missing.ts'

/* Campus security and the library, as the example's programme names them, hear of a loss once, and once that it is over. */
let campus: TestCampus
let trial: MissingTrial
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:05' })
  trial = missingTrial(campus)
}, 60_000)
afterAll(() => campus.close())

const told = async () =>
  campus.owner.db
    .selectFrom('message')
    .select(['kind', 'recipient', 'subject', 'body', 'person_id'])
    .where('kind', 'in', ['loss-to-places', 'loss-over-to-places'])
    .orderBy('id')
    .execute()
const security = 'security@campus.example'
const library = 'circulation@library.example'

describe('a loss', () => {
  it('is told to each place with its report, once, and with as little as that place needs', async () => {
    const number = '41200001E'
    const { cardId, lastDigits } = await trial.active(number)
    expect(await told()).toEqual([])
    const taps = await Promise.all([1, 2].map(() => trial.own(number, 'loss', { cardId })))
    expect(taps.map(({ status }) => status)).toEqual([200, 200])
    const letters = await told()
    expect(letters.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['loss-to-places', security],
      ['loss-to-places', library],
    ])
    for (const { subject, body, person_id: person } of letters) {
      expect(subject).toBe('學生證掛失通知')
      expect(body).toContain(`卡號末四碼 ${lastDigits}`)
      expect(person).toBeNull()
      const { rows } = await campus.owner.pool.query<{ name: string }>(
        `select unnest(array[name_zh, name_en, email]) as name from person where student_number = $1`,
        [number],
      )
      for (const { name } of rows) if (name) expect(body).not.toContain(name)
    }
    expect(letters[0]!.body).not.toContain(number)
    expect(letters[1]!.body).toContain(`學號：${number}`)

    // Taken back before the issuer was told.
    expect((await trial.own(number, 'loss/withdrawal', { cardId })).status).toBe(200)
    const over = (await told()).slice(2)
    expect(over.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['loss-over-to-places', security],
      ['loss-over-to-places', library],
    ])
    expect(over[0]!.subject).toBe('學生證掛失已結束')
    expect(over[0]!.body).toMatch(/已於 .* 取消掛失/u)
    expect(over[0]!.body).toContain('卡片仍由本人持有')
    expect(over[0]!.body).not.toContain(number)
    await trial.own(number, 'loss/withdrawal', { cardId })
    expect(await told()).toHaveLength(4)
  })

  it('of which nobody was told, ends without a word', async () => {
    const number = '41200002E'
    const { cardId } = await trial.active(number)
    const before = (await told()).length
    await trial.own(number, 'loss', { cardId })
    await campus.owner.pool.query(
      `delete from message where kind = 'loss-to-places' and journal_id in (select id from journal where card_id = $1)`,
      [cardId],
    )
    expect((await trial.own(number, 'loss/withdrawal', { cardId })).status).toBe(200)
    expect(await told()).toHaveLength(before)
  })

  it('of two cards at once: of each it is told that their holder has another one, once, and of no other loss', async () => {
    const { number } = people.aEarly
    await collect(campus, people.aEarly)
    const { rows: cards } = await campus.owner.pool.query<{ card_id: number; person_id: number }>(
      `select card_id, person_id from handover join person p on p.id = person_id where student_number = $1`,
      [number],
    )
    for (const { card_id: cardId } of cards) await trial.own(number, 'loss', { cardId })
    const other = await trial.active('41200003E')
    await trial.own('41200003E', 'loss', { cardId: other.cardId })
    const before = (await told()).length
    const personId = cards[0]!.person_id
    // A third card of theirs; the whole way to it is in the tests of reissues.
    for (const _ of [1, 2])
      await campus.gatehouse.register.act(csie, act => noteReplaced(act, { personId, cardId: other.cardId }))
    const letters = (await told()).slice(before)
    expect(letters.map(({ recipient }) => recipient)).toEqual([security, library, security, library])
    for (const { subject, body } of letters) {
      expect(subject).toBe('掛失學生證的本人已領取另一張卡')
      expect(body).toContain('仍在掛失中')
    }
    expect(letters.map(({ body }) => body.includes(`學號：${number}`))).toEqual([false, true, false, true])
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import { collect, csie, people, type Student } from '../../test/people.ts'
import { undoHandover } from '../handover/undo.ts'
import type { Act, Actor } from '../server/register.ts'
import { activateCard } from './activate.ts'

let campus: TestCampus
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
}, 60_000)
afterAll(() => campus.close())

/** A student who has just collected: how they activate, and how the desk takes it back. */
async function collected(student: Student) {
  const done = await collect(campus, student)
  if (!done.ok) throw new Error(done.refusal)
  const { personId, cardId, at } = done
  const actor: Actor = { kind: 'student', id: String(personId), personId }
  return {
    cardId,
    activates: [actor, (act: Act) => activateCard(act, { personId, lastDigits: student.digits })],
    undoes: [csie, (act: Act) => undoHandover(act, { cardId, at, why: 'by-mistake' })],
  } as const
}

/** One act is held open while the other one begins; both answers. */
async function raced<A, B>(
  [actor, first]: readonly [Actor, (act: Act) => Promise<A>],
  [other, second]: readonly [Actor, (act: Act) => Promise<B>],
): Promise<[A, B]> {
  const { register } = campus.gatehouse
  const [held, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const one = register.act(actor, async act => {
    const answer = await first(act)
    done.resolve()
    await held.promise
    return answer
  })
  await done.promise
  const two = register.act(other, second)
  await campus.someoneWaits().finally(() => held.resolve())
  return Promise.all([one, two])
}

it('activated while the desk undoes: the activation that came first stands', async () => {
  const { activates, undoes, cardId } = await collected(people.aEarly)
  const [activated, undone] = await raced(activates, undoes)
  expect(activated).toMatchObject({ ok: true })
  expect(undone).toMatchObject({ ok: false, refusal: 'activated-since' })
  const { rows } = await campus.owner.pool.query('select 1 from handover where card_id = $1', [cardId])
  expect(rows).toHaveLength(1)
})

it('undone while the student activates: there is no card to switch on', async () => {
  const { activates, undoes, cardId } = await collected(people.cDuringTheRun)
  const [undone, activated] = await raced(undoes, activates)
  expect(undone).toMatchObject({ ok: true })
  expect(activated).toMatchObject({ ok: false })
  const { rows } = await campus.owner.pool.query(
    'select 1 from activation where card_id = $1 union all select 1 from card_use where card_id = $1',
    [cardId],
  )
  expect(rows).toEqual([])
})

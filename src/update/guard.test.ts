import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomeOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import type { Actor } from '../server/register.ts'
import { answerGuard, approveLoss, rehearse } from './guard-answer.ts'

let campus: SmallCampus
let one: Engine
let a: number

/** 120 students with an old card on each of two controllers. */
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.91', students: 120 })
  a = campus.controllers[0]!
  await campus.moveTo('2023-10-16 10:00')
  one = await openEngine(campus.url)
  await one.settle()
}, 60_000)
afterAll(async () => {
  await one.close()
  await campus.close()
})

const office: Actor = { kind: 'office', id: 'office' }
const keeper: Actor = { kind: 'access', id: 'access' }

/** Somebody changes the roster: these people are no longer enrolled, or are again. */
const enrolment = (of: readonly Student[], status: string, by: Actor = office) =>
  campus.register.act(by, async act => {
    const ids = of.map(({ personId }) => personId)
    await campus.owner.pool.query('update person set status = $1 where id = any($2)', [status, ids])
    await act.note(...ids.map(personId => ({ act: 'person changed', personId })))
  })
const removed = async () =>
  (await campus.emulator.log())
    .filter(({ code, serial }) => code === 0x52 && serial === a)
    .map(({ card }) => card)
const inOrder = (numbers: readonly number[]) => numbers.toSorted((x, y) => x - y)
const guards = () =>
  campus.sql<{ id: number; people: number; answer: string | null; caused_by: string[]; causes: string[] }>(
    'select id, people, answer, caused_by, causes from update_guard order by id',
  )
const answer = (by: Actor, what: 'let-go' | 'refused', reason = 'looked at') =>
  campus.register.act(by, async act =>
    answerGuard(act, { guardId: (await guards()).at(-1)!.id, answer: what, reason }),
  )
async function run(local: string) {
  await campus.emulator.resetLog()
  await campus.moveTo(local)
  await one.settle()
}
const students = (from: number, to: number) => campus.students.slice(from, to)

describe('a window that would take access from many', () => {
  it('of twenty people, of 120, stops nothing', async () => {
    await enrolment(students(0, 20), 'withdrawn')
    await run('2023-10-16 15:00')
    expect(await guards()).toEqual([])
    expect(await removed()).toHaveLength(20)
  })

  it('of one more sends nothing of that until a second person lets it go; the rest goes on', async () => {
    const [switches, leaving] = [students(20, 22), students(22, 43)]
    for (const student of switches) await campus.activate(student)
    await enrolment(leaving, 'withdrawn')
    await run('2023-10-17 01:00')
    expect(inOrder(await removed())).toEqual(inOrder(switches.map(({ old }) => old)))
    expect(await guards()).toMatchObject([
      { people: 21, answer: null, caused_by: ['office:office'], causes: ['person changed'] },
    ])
    expect(await outcomeOf(campus, a)).toBe('done 4 of 4')
    expect(await campus.sql('select kind, facts from staff_notice')).toEqual([
      { kind: 'guard-waits', facts: { people: 21 } },
    ])

    expect(await answer(office, 'let-go')).toMatchObject({ refusal: 'own-act' })
    expect(await answer(keeper, 'let-go', ' ')).toMatchObject({ refusal: 'guard-needs-reason' })
    expect(await answer(keeper, 'let-go')).toMatchObject({ ok: true, numbers: 42 })
    expect(await answer(keeper, 'let-go')).toMatchObject({ refusal: 'answered-already' })
    await one.settle()
    const there = await campus.heldNumbers(a)
    expect(there).toEqual(
      inOrder([...switches.map(each => each.new), ...students(43, 120).map(({ old }) => old)]),
    )
  })

  it('refused, the cards stay; a lost one goes all the same; repaired, nothing is left open', async () => {
    // On leave, because who has left can report nothing lost any more.
    const leaving = students(43, 73)
    await enrolment(leaving, 'on-leave')
    await run('2023-10-17 10:00')
    expect(await answer(keeper, 'refused', 'the wrong file')).toMatchObject({ ok: true })
    await campus.lose(leaving[0]!.oldCard, leaving[0]!)
    await one.settle()
    expect(await removed()).toEqual([leaving[0]!.old])
    await run('2023-10-17 15:00')
    expect(await removed()).toEqual([])

    await enrolment(leaving, 'enrolled')
    await run('2023-10-18 01:00')
    expect(await removed()).toEqual([])
    expect(await campus.heldNumbers(a)).toEqual(await campus.wantedNumbers(a))
    expect(await campus.sql('select from wanted_open')).toEqual([])
    expect(await campus.sql('select from wanted where at_once and guarded_by is not null')).toEqual([])
  })

  it('nobody loses anything with a card whose last day is over', async () => {
    const foreseen = async () => (await campus.register.look(system, rehearse)).people
    const lastDay = async (day: string) => {
      await campus.sql('update held set valid_to = $1', day)
      await campus.sql('update wanted set valid_to = $1', day)
    }
    await enrolment(students(44, 74), 'withdrawn')
    expect(await foreseen()).toBe(30)
    await lastDay('2023-10-17')
    expect(await foreseen()).toBe(0)
    await lastDay('2023-10-18')
    expect(await foreseen()).toBe(30)
    await lastDay('2024-02-29')
    await enrolment(students(44, 74), 'enrolled')
    expect(await foreseen()).toBe(0)
  })
})

describe('rehearsed and approved beforehand', () => {
  const foreseen = () => campus.register.look(keeper, rehearse)
  const approve = async (by: Actor, seal?: string) => {
    const seen = await foreseen()
    return campus.register.act(by, act =>
      approveLoss(act, { startsAt: seen.startsAt, seal: seal ?? seen.seal!, reason: 'end of term' }),
    )
  }

  it('exactly those people pass; who was added after that waits', async () => {
    await enrolment(students(44, 70), 'withdrawn')
    const first = await foreseen()
    expect(first).toMatchObject({
      people: 26,
      causedBy: ['office:office'],
      tooMany: [{ controller: null, people: 26, most: 20 }],
    })
    await enrolment(students(70, 72), 'withdrawn')
    expect(await approve(keeper, first.seal!)).toMatchObject({ refusal: 'changed-since-dry-run' })
    expect(await approve(office)).toMatchObject({ refusal: 'own-act' })
    expect(await approve(keeper)).toMatchObject({ ok: true, people: 28 })
    expect(await foreseen()).toMatchObject({ people: 0, seal: null })
    expect(await approve(keeper, first.seal!)).toMatchObject({ refusal: 'nothing-to-approve' })

    await enrolment(students(73, 94), 'withdrawn')
    await run('2023-10-18 10:00')
    expect(inOrder(await removed())).toEqual(inOrder(students(44, 72).map(({ old }) => old)))
    expect((await guards()).at(-1)).toMatchObject({ people: 21, answer: null })
  })
})

describe('an earlier last day', () => {
  it('takes access away as a removal does, and a new card that lasts longer makes up for it', async () => {
    await enrolment(students(73, 94), 'enrolled')
    await run('2023-10-18 15:00')
    const people = [...students(73, 95), ...students(20, 22)]
    await campus.sql(
      `update card_use set during = tstzrange(lower(during), '2023-11-01') where upper(during) = '2024-02-29 16:00+0'`,
    )
    await enrolment(people, 'enrolled')
    expect(await campus.register.look(keeper, rehearse)).toMatchObject({ people: 22 })
  })
})

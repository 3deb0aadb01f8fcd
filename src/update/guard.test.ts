import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { outcomeOf } from '../../test/faults/days.ts'
import { openSmallCampus, type SmallCampus, type Student } from '../../test/faults/small-campus.ts'
import type { Actor } from '../server/register.ts'
import { answerGuard } from './guard-answer.ts'

let campus: SmallCampus
let one: Engine
let students: Student[]
let a: number
const network = ['127.63.91', '127.63.92', '127.63.93', '127.63.94', '127.63.95', '127.63.96', '127.63.97', '127.63.98']
const open: { close(): Promise<void> }[] = []

/** 60 students with an old card on each of two controllers. */
beforeEach(async () => {
  campus = await openSmallCampus({ network: network.shift()!, students: 60 })
  students = [...campus.students]
  a = campus.controllers[0]!
  await campus.moveTo('2023-10-16 10:00')
  one = await openEngine(campus.url)
  open.push(one, campus)
  await one.settle()
  await campus.emulator.resetLog()
}, 60_000)
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
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
  (await campus.emulator.log()).filter(({ code }) => code === 0x52).map(({ card }) => card)
const guards = () =>
  campus.sql<{ id: number; people: number; answer: string | null; caused_by: string[] }>(
    'select id, people, answer, caused_by from update_guard order by id',
  )
const answer = (by: Actor, what: 'let-go' | 'refused', reason = 'looked at') =>
  campus.register.act(by, async act =>
    answerGuard(act, { guardId: (await guards())[0]!.id, answer: what, reason }),
  )

describe('a window that would take access from many', () => {
  it('sends nothing of that until a second person lets it go; the rest goes on', async () => {
    const [switches, leaving] = [students.slice(0, 2), students.slice(2, 30)]
    for (const student of switches) await campus.activate(student)
    await enrolment(leaving, 'withdrawn')
    await campus.moveTo('2023-10-16 15:00')
    await one.settle()
    expect((await removed()).toSorted()).toEqual([...switches, ...switches].map(({ old }) => old).toSorted())
    expect(await guards()).toMatchObject([{ people: 28, answer: null, caused_by: ['office:office'] }])
    expect(await outcomeOf(campus, a)).toBe('done 4 of 4')

    expect(await answer(office, 'let-go')).toMatchObject({ refusal: 'own-act' })
    expect(await answer(keeper, 'let-go', ' ')).toMatchObject({ refusal: 'guard-needs-reason' })
    expect(await answer(keeper, 'let-go')).toMatchObject({ ok: true, numbers: 56 })
    expect(await answer(keeper, 'let-go')).toMatchObject({ refusal: 'answered-already' })
    await one.settle()
    expect(await campus.heldNumbers(a)).toEqual(
      [...switches.map(each => each.new), ...students.slice(30).map(({ old }) => old)].toSorted((x, y) => x - y),
    )
  })

  it('refused, the cards stay; repaired, nothing is left open', async () => {
    const leaving = students.slice(0, 25)
    await enrolment(leaving, 'withdrawn')
    await campus.moveTo('2023-10-16 15:00')
    await one.settle()
    expect(await answer(keeper, 'refused', 'the wrong file')).toMatchObject({ ok: true })
    await campus.moveTo('2023-10-17 01:00')
    await one.settle()
    expect(await removed()).toEqual([])
    await enrolment(leaving, 'enrolled')
    await campus.moveTo('2023-10-17 10:00')
    await one.settle()
    expect(await removed()).toEqual([])
    expect(await campus.heldNumbers(a)).toHaveLength(60)
    expect(await campus.sql('select from wanted where settled_at is null')).toEqual([])
  })

  it.each([
    [20, 0],
    [21, 1],
  ])('of %i people stops %i times', async (many, stopped) => {
    await enrolment(students.slice(0, many), 'withdrawn')
    await campus.moveTo('2023-10-16 15:00')
    await one.settle()
    expect(await guards()).toHaveLength(stopped)
    expect(await removed()).toHaveLength(stopped ? 0 : many * 2)
  })

  it('a lost card goes at once, also while its removal waits for a second person', async () => {
    await enrolment(students.slice(0, 30), 'withdrawn')
    await campus.moveTo('2023-10-16 15:00')
    await one.settle()
    await campus.lose(students[0]!.oldCard, students[0]!)
    await one.settle()
    expect(new Set(await removed())).toEqual(new Set([students[0]!.old]))
    expect(await campus.sql('select from wanted where at_once and guarded_by is not null')).toEqual([])
  })
})

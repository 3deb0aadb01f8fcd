import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardsHeld, outcomeOf, windowsFrom } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student } from '../../test/faults/small-campus.ts'
import type { Actor } from '../server/register.ts'
import { dryRun } from './govern-replies.ts'
import { askRunNow, holdsNow, holdUpdates, liftHolds } from './holds.ts'
import { openLedger } from './ledger-of-database.ts'

let campus: SmallCampus
let one: Engine
let a: number
let b: number
let students: Student[]
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.92', students: 12 })
  ;[a, b] = campus.controllers as [number, number]
  students = [...campus.students]
  await campus.moveTo('2023-10-16 10:00')
  one = await openEngine(campus.url)
  await one.settle()
}, 60_000)
afterAll(async () => {
  await one.close()
  await campus.close()
})

const keeper: Actor = { kind: 'access', id: 'access' }
const next = () => students.shift()!
const hold = (controllers: number[] | null, reason = 'rewiring') =>
  campus.register.act(keeper, act => holdUpdates(act, { controllers, reason }))
const lift = () =>
  campus.register.act(keeper, async act =>
    liftHolds(
      act,
      (await holdsNow(act)).map(({ id }) => id),
    ),
  )
const runNow = (controllers: number[] | null = null, reason = 'an exam at noon') =>
  campus.register.act(keeper, act => askRunNow(act, { controllers, reason }))
const rehearsal = () => campus.register.look(keeper, act => dryRun(act, 'en'))
const notices = () =>
  campus.sql<{ kind: string; facts: object }>('select kind, facts from staff_notice order by id')

describe('updates that somebody holds', () => {
  it('wait at that controller, the window ends there as held, and the staff are told', async () => {
    const student = next()
    await campus.activate(student)
    expect(await hold([a])).toMatchObject({ ok: true, held: 1 })
    expect(await hold([a])).toMatchObject({ refusal: 'held-already' })
    expect(await hold([99])).toMatchObject({ refusal: 'no-such-controller-here' })
    expect(await hold([b], ' ')).toMatchObject({ refusal: 'hold-needs-reason' })
    await campus.moveTo('2023-10-16 15:00')
    await one.settle()
    expect([await cardsHeld(campus, a, student), await cardsHeld(campus, b, student)]).toEqual(['old', 'new'])
    expect([await outcomeOf(campus, a), await outcomeOf(campus, b)]).toEqual(['held 0 of 2', 'done 2 of 2'])
    expect(await windowsFrom(campus, '2023-10-16 15:00')).toMatchObject([{ finished: true }])
    expect(await notices()).toEqual([
      { kind: 'window-incomplete', facts: { controllers: [{ controller: a, outcome: 'held', left: 2 }] } },
    ])
  })

  it('but a lost card goes, also one from before the hold', async () => {
    const student = next()
    await campus.lose(student.oldCard, student)
    await one.settle()
    expect(await cardsHeld(campus, a, student)).toBe('neither')
  })

  it('and what waited goes when it is lifted', async () => {
    expect(await lift()).toMatchObject({ ok: true, lifted: 1 })
    expect(await campus.register.act(keeper, act => liftHolds(act, [1]))).toMatchObject({
      refusal: 'no-such-hold',
    })
    await one.settle()
    expect(await campus.heldNumbers(a)).toEqual(await campus.wantedNumbers(a))
  })
})

describe('an update that somebody lets go now', () => {
  it('puts the new card and leaves the old one until the window that was promised', async () => {
    const [student, elsewhere] = [next(), next()]
    expect(await runNow()).toMatchObject({ refusal: 'nothing-to-let-go' })
    expect(await rehearsal()).toMatchObject({ runNow: { numbers: 0, refusal: 'nothing-to-let-go' } })
    await campus.activate(student)
    await campus.activate(elsewhere)
    await hold([b])
    expect(await runNow([b])).toMatchObject({ refusal: 'held-there' })
    // The dry run says beforehand what that gives: nothing where somebody holds, and nothing of the old cards.
    const dry = await rehearsal()
    expect(dry).toMatchObject({ runNow: { numbers: 2, refusal: null, message: null } })
    expect(
      dry.controllers.map(({ controllerId, puts, removals, givesNow }) => [
        controllerId,
        puts,
        removals,
        givesNow,
      ]),
    ).toEqual([
      [a, 2, 2, 2],
      [b, 2, 2, 0],
    ])
    expect(await runNow()).toMatchObject({ ok: true, numbers: 2 })
    expect((await rehearsal()).runNow.message).toMatch(/^Somebody has asked for that already/u)
    expect(await runNow()).toMatchObject({ refusal: 'asked-already' })
    await one.settle()
    expect([await cardsHeld(campus, a, student), await cardsHeld(campus, b, student)]).toEqual([
      'old and new',
      'old',
    ])
    await lift()
    await one.settle()
    expect(await cardsHeld(campus, b, student)).toBe('old')
    expect(await campus.sql('select extra from update_window order by starts_at desc limit 1')).toEqual([
      { extra: true },
    ])

    await campus.moveTo('2023-10-17 01:00')
    await one.settle()
    for (const each of [student, elsewhere])
      expect([await cardsHeld(campus, a, each), await cardsHeld(campus, b, each)]).toEqual(['new', 'new'])
    expect((await windowsFrom(campus, '2023-10-17 01:00')).map(({ starts }) => starts)).toEqual([
      '10-17 01:00',
    ])
  })

  it('carries what was decided before its cut-off, and an act that stays open holds it up', async () => {
    const [before, after] = [next(), next()]
    await campus.activate(before)
    expect(await runNow()).toMatchObject({ ok: true, numbers: 2 })
    const mayEnd = Promise.withResolvers<void>()
    const open = campus.register.act(keeper, () => mayEnd.promise)
    const looking = one.look()
    await campus.someoneWaits()
    mayEnd.resolve()
    await Promise.all([open, looking])
    await campus.activate(after)
    await one.settle()
    expect([await cardsHeld(campus, a, before), await cardsHeld(campus, a, after)]).toEqual([
      'old and new',
      'old',
    ])
  })
})

describe('a window that is not done by the time that was promised', () => {
  it('is told to the staff with what is left, and its lanes go on', async () => {
    const student = next()
    await campus.activate(student)
    const dead = openLedger({ ...one.holding, owner: 'dead', leaseSeconds: 3 })
    expect(await dead.claim(a)).not.toBeNull()
    await campus.moveTo('2023-10-17 10:00')
    await one.settle()
    expect(await windowsFrom(campus, '2023-10-17 10:00')).toMatchObject([{ finished: false }])
    await campus.moveTo('2023-10-17 11:00')
    await one.settle()
    expect(await windowsFrom(campus, '2023-10-17 10:00')).toMatchObject([{ finished: true }])
    expect((await notices()).at(-1)).toMatchObject({
      kind: 'window-late',
      facts: { controllers: [{ controller: a, outcome: 'late' }] },
    })
    await wait(3_000)
    await one.settle()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    expect(await campus.heldNumbers(a)).toEqual(await campus.wantedNumbers(a))
  })
})

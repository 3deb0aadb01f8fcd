import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, cardsHeld, outcomeOf } from '../../test/faults/days.ts'
import { type Day, openDay } from '../../test/faults/open-day.ts'
import type { Student } from '../../test/faults/small-campus.ts'
import { ask, askedOf, foundOn, keeper } from '../../test/faults/surveys.ts'
import type { BoardCard } from '../controller/emulator/settings.ts'
import { adopt, previewAdoption } from './adopt.ts'
import { cardsOf, surveysNow } from './survey-report.ts'

/*
 * A card of another system stands on a controller under the very number that a card of ours has there (decision 17).
 * `a` has such a card, `b` never does.
 */
let day: Day
let campus: Day['campus']
let windows: Day['windows']
let engine: Day['engine']
let students: Student[]
let a: number
let b: number

beforeAll(async () => {
  day = await openDay({ network: '127.63.93', students: 20 })
  ;({ campus, windows, engine, students, a, b } = day)
}, 60_000)
afterAll(() => day.close())
afterEach(async () => {
  expect((await campus.emulator.watched()).violations).toBe(0)
})
const nextStudent = () => students.shift()!
const removeAt = async (controller: number, number: number) => {
  const door = (await campus.emulator.controllers()).find(each => each.serial === controller)
  await engine.updating.driver.remove(door!, BigInt(number))
}
const takenOn = async (controller: number) =>
  (await campus.register.look(keeper, surveysNow)).find(row => row.controllerId === controller)!.taken

/** Looks again once `a` has rested, which it does while something cannot be done there. */
const rested = async () => {
  await wait(80)
  await engine.settle()
}

/** A lecturer's card under a number: other doors, other days, a code. */
const lecturers = (number: number): BoardCard => ({
  number,
  from: '2020-01-01',
  to: '2029-12-31',
  doors: [1, 1, 29, 0],
  pin: 1234,
})

/** A lecturer's card under the number of a student's new card, found before the register had that card. */
async function collide(): Promise<Student> {
  const student = nextStudent()
  const [row] = await campus.sql<{ format: string }>(
    'delete from card_number where card_id = $1 returning format',
    student.newCard,
  )
  await campus.emulator.plant(a, [lecturers(student.new)])
  await ask(campus.register, a)
  await rested()
  await campus.sql('insert into card_number values ($1, $2, $3)', student.newCard, row!.format, student.new)
  await campus.emulator.watch([student])
  await campus.activate(student)
  await windows.next()
  await rested()
  return student
}
const held = async (number: number) => (await campus.memory(a)).get(number)

/** Adopts one number of `a`, as the preview shows it now. */
const adoptOne = (number: number) =>
  campus.register.act(keeper, async act => {
    const { seal } = (await previewAdoption(act, a))!
    return adopt(act, { controllerId: a, seal, number })
  })

describe('a number that another’s card holds', () => {
  it('is not put: that card and the old one stay, elsewhere the student switches, and the keeper is told', async () => {
    const student = await collide()
    expect(await foundOn(campus, a)).toContain('others 1')
    expect(await held(student.new)).toEqual(lecturers(student.new))
    expect(await held(student.old)).toBeDefined()
    expect(await cardsHeld(campus, b, student)).toBe('new')
    expect([await outcomeOf(campus, a), await outcomeOf(campus, b)]).toEqual(['partly 0 of 2', 'done 2 of 2'])
    const listed = await campus.register.look(keeper, act => cardsOf(act, a, 10))
    expect(listed[0]).toMatchObject({ number: student.new, standing: 'foreign', adopted: false })
    expect(listed[0]!.takenAt).not.toBeNull()
    expect(await takenOn(a)).toBe(1)
    await rested()
    await rested()
    expect(await answersOf(campus, a, student.new), 'told once, however often it is tried').toEqual([
      'put taken',
    ])

    // The keeper finds out that both are one card.
    expect(await adoptOne(student.new)).toMatchObject({ ok: true, adopted: { changed: 1, confirmed: 0 } })
    await rested()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    expect(await held(student.new)).toMatchObject({ doors: [1, 0, 0, 0], pin: 0 })
    expect(await takenOn(a)).toBe(0)
  })

  it('is put once that card has gone, without anybody doing anything here', async () => {
    const student = await collide()
    await removeAt(a, student.new)
    await rested()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    expect(await answersOf(campus, a, student.new)).toEqual(['put taken', 'put applied'])
  })

  it('is not written again where it stands exactly as it is wanted', async () => {
    const student = await collide()
    await campus.emulator.plant(a, [(await campus.memory(b)).get(student.new)!])
    await campus.emulator.resetLog()
    await rested()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    expect(askedOf(await campus.emulator.log(), a)).not.toContain(0x50)
    expect(await answersOf(campus, a, student.new)).toEqual(['put taken', 'put already'])
  })

  it('is not removed either; but a card reported lost goes at once, whosever stands there', async () => {
    const student = nextStudent()
    // As on a controller that was full before Gatehouse came: nobody here put this card.
    await campus.sql('delete from sent where controller_id = $1 and number = $2', a, student.old)
    await campus.sql('delete from held where controller_id = $1 and number = $2', a, student.old)
    await campus.emulator.plant(a, [lecturers(student.old)])
    await ask(campus.register, a)
    await rested()
    await campus.activate(student)
    await windows.next()
    await rested()
    expect(await held(student.old)).toEqual(lecturers(student.old))
    expect(await cardsHeld(campus, b, student)).toBe('new')
    expect(await answersOf(campus, a, student.old)).toEqual(['remove taken'])

    await campus.lose(student.oldCard, student)
    await rested()
    expect(await held(student.old)).toBeUndefined()
  })

  it('is left alone when only a number is adopted that does not stand there', async () => {
    const student = await collide()
    expect(await adoptOne(student.old)).toMatchObject({ ok: false, refusal: 'not-this-number' })
    expect(await held(student.new)).toEqual(lecturers(student.new))
  })

  it('is not adopted with the others: only by itself', async () => {
    const student = await collide()
    await rested()
    const seen = await campus.register.look(keeper, async act => (await previewAdoption(act, a))!)
    expect(seen.taken.map(card => card.number)).toContain(student.new)
    expect(seen.changed).toEqual([])
    const all = await campus.register.act(keeper, act => adopt(act, { controllerId: a, seal: seen.seal }))
    expect(all).toMatchObject({ ok: false, refusal: 'nothing-to-adopt' })
    await rested()
    expect(await held(student.new)).toEqual(lecturers(student.new))
    expect(await adoptOne(student.new)).toMatchObject({ ok: true, adopted: { changed: 1 } })
    await rested()
    expect(await cardsHeld(campus, a, student)).toBe('new')
  })

  it('stays also where Gatehouse has removed its own card of that number before, and adopting it is not for ever', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await windows.next()
    await rested()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    const planted = async () => {
      await campus.emulator.plant(a, [lecturers(student.old)])
      await ask(campus.register, a)
      await rested()
      await rested()
      const listed = await campus.register.look(keeper, act => cardsOf(act, a, 10))
      expect(listed.find(card => card.number === student.old)).toMatchObject({
        standing: 'left-over',
        adopted: false,
      })
      expect(await held(student.old), 'a mere reading removes nothing').toEqual(lecturers(student.old))
    }
    await planted()
    expect(await adoptOne(student.old)).toMatchObject({ ok: true, adopted: { leftOver: 1 } })
    await windows.next()
    await rested()
    expect(await held(student.old)).toBeUndefined()
    expect(await adoptOne(student.old), 'it has gone').toMatchObject({
      ok: false,
      refusal: 'not-this-number',
    })
    await planted()
  })
})

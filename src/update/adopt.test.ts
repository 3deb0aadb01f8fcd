import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime } from '../../test/campus.ts'
import { cardsHeld, outcomeOf, windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, system } from '../../test/faults/small-campus.ts'
import { ask, foundOn, keeper, staffCards } from '../../test/faults/surveys.ts'
import type { BoardCard } from '../controller/emulator/settings.ts'
import { adopt, previewAdoption } from './adopt.ts'
import { contentThen } from './history-store.ts'

/*
 * A campus begins with controllers that are full of its old cards: another system put them there. One student has
 * graduated, one card was reported lost, one has other doors, the staff's cards are nobody's business.
 */
let campus: SmallCampus
let windows: ReturnType<typeof windowsOf>
let engine: Engine
let a: number
let b: number
const many = 30
const [graduate, careless, strange] = [0, 1, 2]
const who = (at: number) => campus.students[at]!
const staff = staffCards

/** What the register wants on a controller, as a board holds it. */
async function wantedCards(controller: number): Promise<BoardCard[]> {
  return campus.sql<BoardCard>(
    `select number, doors, valid_from::text as "from", valid_to::text as "to", 0 as pin from wanted
     where controller_id = $1 and doors <> '{0,0,0,0}'`,
    controller,
  )
}

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.94', students: many })
  ;[a, b] = campus.controllers as [number, number]
  windows = windowsOf(campus)
  engine = await openEngine(campus.url)
  for (const controller of [a, b]) {
    await campus.emulator.plant(controller, await wantedCards(controller))
    await campus.emulator.plant(controller, staff)
    const other = (await campus.memory(controller)).get(who(strange).old)!
    await campus.emulator.plant(controller, [{ ...other, doors: [1, 1, 1, 1] }])
  }
  // Before the first window, so that Gatehouse has never written a card: one graduates, one reports a loss elsewhere.
  await campus.sql(
    `update person set status = 'graduated', also_staff = true where id = $1`,
    who(graduate).personId,
  )
  await campus.register.act(system, act =>
    act.note({ act: 'person changed', personId: who(graduate).personId }),
  )
  await campus.sql('delete from wanted where person_id = $1', who(graduate).personId)
  await campus.sql(
    `insert into loss_report (card_id, person_id, at, reported_by, send_at) values ($1, $2, '2023-10-01', 'test', '2023-10-01')`,
    who(careless).oldCard,
    who(careless).personId,
  )
  await campus.sql('delete from card_use where card_id = $1', who(careless).oldCard)
  await campus.sql('delete from wanted where person_id = $1', who(careless).personId)
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})

const preview = (controller: number) =>
  campus.register.look(keeper, async act => (await previewAdoption(act, controller))!)
const adoptNow = (controller: number, seal: string) =>
  campus.register.act(keeper, act => adopt(act, { controllerId: controller, seal }))
const refusalOf = async (controller: number, seal: string) => {
  const decided = await adoptNow(controller, seal)
  return decided.ok ? 'adopted' : decided.refusal
}

describe('a campus that begins with full controllers', () => {
  it('adopts nothing that was not read, or not looked at', async () => {
    expect(await refusalOf(a, 'x')).toBe('not-read-yet')
    expect(await refusalOf(999, 'x')).toBe('no-such-controller')
    await ask(campus.register, a, b)
    await engine.settle()
    expect(await foundOn(campus, a)).toBe(
      `ours ${many - 3}, different 1, missing 0, left over 2, others ${staff.length}`,
    )
    expect(await refusalOf(a, 'x')).toBe('changed-since')
  })

  it('sees beforehand what would be done', async () => {
    const seen = await preview(a)
    expect(seen.confirmed.length).toBe(many - 3)
    expect(seen.changed.map(card => card.number)).toEqual([who(strange).old])
    expect(seen.leftOver.map(card => card.number)).toEqual([who(graduate).old, who(careless).old])
    expect(seen.leftOver.map(card => card.lost)).toEqual([false, true])
    expect(seen.leftOver.map(card => card.alsoStaff)).toEqual([true, false])
    expect(seen.changed[0]!.wanted, 'what it becomes').toMatchObject({ doors: [1, 0, 0, 0] })
    expect(seen.foreign.map(card => card.number)).toEqual(staff.map(card => card.number))
    expect(seen.foreign.every(card => card.studentNumber === null)).toBe(true)
  })

  it('adopts only what was looked at: a roster change in between is looked at again', async () => {
    const { seal } = await preview(a)
    const student = who(5)
    const become = async (status: string) => {
      await campus.sql('update person set status = $1 where id = $2', status, student.personId)
      await campus.register.act(system, act =>
        act.note({ act: 'person changed', personId: student.personId }),
      )
    }
    const before = await campus.sql<{ n: number }>('select count(*) as n from wanted')
    await become('graduated')
    expect(await refusalOf(a, seal)).toBe('changed-since')
    await become('enrolled')
    expect(await campus.sql('select count(*) as n from wanted')).toEqual(before)
    expect((await preview(a)).seal).toBe(seal)
  })

  it('nor where a card would become something else than was looked at', async () => {
    const { seal } = await preview(a)
    const until = (days: number) =>
      campus.sql('update wanted set valid_to = valid_to + $1::int where number = $2', days, who(strange).old)
    await until(1)
    expect(await refusalOf(a, seal)).toBe('changed-since')
    await until(-1)
    expect((await preview(a)).seal).toBe(seal)
  })

  it('writes nothing twice; the graduate’s card goes with the window, the lost one at once, the staff’s stay', async () => {
    await campus.emulator.watch(campus.students.slice(3))
    await campus.emulator.resetLog()
    for (const controller of [a, b]) {
      const done = await adoptNow(controller, (await preview(controller)).seal)
      expect(done).toMatchObject({
        ok: true,
        adopted: { confirmed: many - 3, changed: 1, leftOver: 2, foreign: staff.length },
      })
    }
    await engine.settle()
    expect(await cardsHeld(campus, a, who(careless))).toBe('neither')
    expect(await cardsHeld(campus, a, who(graduate)), 'before the window').toBe('old')
    expect(await refusalOf(a, (await preview(a)).seal)).toBe('nothing-to-adopt')

    await windows.next()
    await engine.settle()
    for (const controller of [a, b]) {
      const log = (await campus.emulator.log()).filter(entry => entry.serial === controller)
      expect(log.filter(entry => entry.code === 0x50).map(entry => entry.card)).toEqual([who(strange).old])
      expect(log.filter(entry => entry.code === 0x52).map(entry => entry.card)).toEqual([
        who(careless).old,
        who(graduate).old,
      ])
      expect(await outcomeOf(campus, controller)).toBe('done 2 of 2')
      const memory = await campus.memory(controller)
      expect(staff.map(card => memory.get(card.number))).toEqual(staff)
      const ours = [...memory.keys()].filter(number => !staff.some(card => card.number === number))
      expect(ours.toSorted((x, y) => x - y)).toEqual(await campus.wantedNumbers(controller))
      expect(ours.length).toBe(many - 2)
    }
    expect((await campus.emulator.watched()).violations).toBe(0)
    const left = await campus.sql('select from held where verified_at is null')
    expect(left, 'all of it was read back').toEqual([])
  })

  it('is in the journal: by whom, how many; and at the people whose cards were taken off', async () => {
    const rows = await campus.sql<{ actor: string; facts: object }>(
      `select actor, facts from journal where act = 'controller content adopted' order by id`,
    )
    expect(rows[0]).toEqual({
      actor: 'access:access',
      facts: {
        controller: a,
        one: false,
        confirmed: many - 3,
        changed: 1,
        leftOver: 2,
        foreign: staff.length,
      },
    })
    const people = await campus.sql<{ id: number }>(
      `select distinct person_id as id from journal where act = 'left-over card withdrawn' order by 1`,
    )
    expect(people.map(row => row.id)).toEqual([who(graduate).personId, who(careless).personId])
  })

  it('goes on as any other: a student switches, and what is read next is as it should be', async () => {
    const student = who(7)
    const before = campusTime('2023-10-16 14:00')
    await campus.emulator.watch([student])
    await campus.activate(student)
    await windows.next()
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    // The old card was never sent there by us, and is gone: history knows all the same that it stood there.
    const { rows } = await campus.register.look(keeper, act =>
      contentThen(act, { controllerId: a, at: before }, { page: 1, rows: 200 }),
    )
    expect(rows.find(row => row.number === student.old)).toMatchObject({ didDoors: [1, 0, 0, 0] })
    await ask(campus.register, a)
    await engine.settle()
    expect(await foundOn(campus, a)).toBe(
      `ours ${many - 2}, different 0, missing 0, left over 0, others ${staff.length}`,
    )
    expect((await campus.emulator.watched()).violations).toBe(0)
  })

  it('does not adopt by a list that was read yesterday', async () => {
    await campus.sql(`update controller_survey set ended_at = ended_at - interval '25 hours'`)
    expect(await refusalOf(a, (await preview(a)).seal)).toBe('read-too-long-ago')
  })
})

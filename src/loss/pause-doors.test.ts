import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import { gate } from '../access/trial.ts'
import type { Act } from '../server/register.ts'
import { foundAgain, withdrawLoss } from './found-again.ts'
import { pauseAccess, resumeAccess } from './pause.ts'
import { reportLost } from './report-lost.ts'

/*
 * Pausing, resuming, losing and finding, at controllers over real UDP. One day, told in order: each test has students of
 * its own.
 */
let campus: SmallCampus
let engine: Engine
beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.201' })
  engine = await openEngine(campus.url)
  await campus.moveTo('2023-10-16 10:00')
  await engine.settle()
  await campus.moveTo('2023-10-16 11:00')
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})

const student = (at: number): Student => campus.students[at]!
const as = <T>(who: Student, work: (act: Act) => Promise<T>): Promise<T> =>
  campus.register.act({ kind: 'student', id: String(who.personId), personId: who.personId }, work)
const card = (who: Student, which: 'oldCard' | 'newCard') => ({ personId: who.personId, cardId: who[which] })
const pause = (who: Student, which: 'oldCard' | 'newCard' = 'oldCard') =>
  as(who, act => pauseAccess(act, card(who, which)))
const resume = (who: Student, which: 'oldCard' | 'newCard' = 'oldCard') =>
  as(who, act => resumeAccess(act, card(who, which)))

/** Whether each controller holds a number, once nothing is left to do. */
async function held(number: number): Promise<boolean[]> {
  await engine.settle()
  const lists = await Promise.all(campus.controllers.map(controller => campus.heldNumbers(controller)))
  return lists.map(numbers => numbers.includes(number))
}
/** Waits until the window of ten o'clock has begun by the campus's clock. */
async function started(): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    const [row] = await campus.sql<{ begun: boolean }>(
      `select campus_now() >= '2023-10-17 10:00+08'::timestamptz as begun`,
    )
    if (row!.begun) return
    await wait(10)
  }
  throw new Error('ten o’clock did not come within 2 s')
}
/** What a check of everybody finds, compared with what is wanted: nothing, where both agree. */
async function agrees(): Promise<void> {
  for (const controller of campus.controllers)
    expect(await campus.heldNumbers(controller)).toEqual(await campus.wantedNumbers(controller))
}

describe('campus access paused', () => {
  it('closes every door at once, and resumed opens it at once, between two updates', async () => {
    const who = student(0)
    expect(await held(who.old)).toEqual([true, true])
    expect(await pause(who)).toMatchObject({ ok: true, again: false })
    expect(await held(who.old)).toEqual([false, false])
    expect(await resume(who)).toMatchObject({ ok: true, again: false })
    expect(await held(who.old)).toEqual([true, true])
    await agrees()
  })

  it('paused, resumed and paused again before any door was told ends closed; once more, open', async () => {
    const who = student(1)
    await pause(who)
    await resume(who)
    await pause(who)
    expect(await held(who.old)).toEqual([false, false])
    await resume(who)
    await pause(who)
    await resume(who)
    expect(await held(who.old)).toEqual([true, true])
  })

  it('a put that follows the removal of the same number while that is on its way is carried after it', async () => {
    const who = student(2)
    await pause(who)
    const { driver } = engine.updating
    const remove = driver.remove.bind(driver)
    let resumed = false
    driver.remove = async (address, number) => {
      const outcome = await remove(address, number)
      if (Number(number) === who.old && !resumed) {
        resumed = true
        await resume(who)
      }
      return outcome
    }
    await engine.settle()
    driver.remove = remove
    expect(resumed).toBe(true)
    expect(await held(who.old)).toEqual([true, true])
  })

  it('a silent controller closes as soon as it answers again', async () => {
    const who = student(3)
    const [answers, silent] = campus.controllers as [number, number]
    await campus.emulator.faults(silent, { silent: true })
    await pause(who)
    expect(await held(who.old)).toEqual([false, true])
    await campus.emulator.faults(silent, { silent: false })
    await campus.sql('update lane set rest_until = null')
    expect(await held(who.old)).toEqual([false, false])
    expect(await campus.heldNumbers(answers)).not.toContain(who.old)
  })
})

describe('around an activation', () => {
  it('the old card paused and the new one activated: the window carries the new one alone', async () => {
    const [paused, lost, first] = [student(4), student(5), student(6)]
    await pause(paused)
    await campus.activate(paused)
    await campus.activate(first)
    await pause(first, 'newCard')
    await campus.activate(lost)
    await pause(lost, 'newCard')
    await resume(lost, 'newCard')
    // The doors have not switched yet: the resumed new card waits for its window, as it was promised.
    expect(await held(lost.new)).toEqual([false, false])
    expect(await held(lost.old)).toEqual([true, true])
    await campus.moveTo('2023-10-16 15:00')
    expect(await held(paused.new)).toEqual([true, true])
    expect(await held(paused.old)).toEqual([false, false])
    expect(await held(lost.new)).toEqual([true, true])
    expect(await held(lost.old)).toEqual([false, false])
    // Paused before its first update: the window takes the old one off and puts nothing.
    expect([...(await held(first.new)), ...(await held(first.old))]).toEqual([false, false, false, false])
    await resume(first, 'newCard')
    expect(await held(first.new)).toEqual([true, true])
    await agrees()
  })

  it('a pause that began before the activation, and ends after it, still closes the old card', async () => {
    const who = student(7)
    const begun = gate()
    const activated = gate()
    const pausing = as(who, async act => {
      begun.open()
      await activated.opened
      return pauseAccess(act, card(who, 'oldCard'))
    })
    await begun.opened
    await campus.activate(who)
    activated.open()
    expect(await pausing).toMatchObject({ ok: true })
    expect(await held(who.old)).toEqual([false, false])
    await campus.moveTo('2023-10-17 01:00')
    expect(await held(who.new)).toEqual([true, true])
  })

  it('a pause whose moment is before a window’s start and which ends after it closes the card in that window', async () => {
    const who = student(8)
    const begun = gate()
    await campus.moveTo('2023-10-17 09:59:59')
    const pausing = as(who, async act => {
      begun.open()
      await started()
      return pauseAccess(act, card(who, 'oldCard'))
    })
    await begun.opened
    await started()
    const settling = engine.settle()
    expect(await pausing).toMatchObject({ ok: true })
    await settling
    expect(await held(who.old)).toEqual([false, false])
    await agrees()
  })
})

describe('a new card lost before the doors have switched to it', () => {
  it('the old one goes on: no door lost it, also after the window; taken back, the switch is carried late', async () => {
    const who = student(9)
    await campus.activate(who)
    expect(await as(who, act => reportLost(act, card(who, 'newCard')))).toMatchObject({ ok: true })
    expect([...(await held(who.old)), ...(await held(who.new))]).toEqual([true, true, false, false])
    await campus.moveTo('2023-10-17 15:00')
    expect([...(await held(who.old)), ...(await held(who.new))]).toEqual([true, true, false, false])
    expect(
      await as(who, act =>
        withdrawLoss(act, { ...card(who, 'newCard'), replacementProduced: async () => false }),
      ),
    ).toMatchObject({
      ok: true,
      custody: true,
      campusAccess: true,
    })
    expect(await held(who.new)).toEqual([true, true])
    await campus.moveTo('2023-10-18 01:00')
    expect(await held(who.old)).toEqual([false, false])
    await agrees()
  })

  it('after the window neither opens; nor the old one that is lost during the changeover', async () => {
    const [after, during] = [student(10), student(11)]
    await campus.activate(after)
    await campus.activate(during)
    await campus.lose(during.oldCard, during)
    expect(await held(during.old)).toEqual([false, false])
    await campus.moveTo('2023-10-18 10:00')
    expect(await held(during.new)).toEqual([true, true])
    await campus.lose(after.newCard, after)
    expect([...(await held(after.old)), ...(await held(after.new))]).toEqual([false, false, false, false])
    await agrees()
  })
})

describe('a lost card found again', () => {
  it('opens doors again at once; one whose date has come meanwhile does not', async () => {
    const [found, late] = [student(12), student(13)]
    await campus.lose(found.oldCard, found)
    await campus.lose(late.oldCard, late)
    expect(await held(found.old)).toEqual([false, false])
    const find = (who: Student) =>
      campus.register.act(system, act =>
        foundAgain(act, { ...card(who, 'oldCard'), replacementProduced: async () => false }),
      )
    expect(await find(found)).toMatchObject({
      ok: true,
      as: 'withdrawn',
      campusAccess: true,
      storedValue: true,
    })
    expect(await held(found.old)).toEqual([true, true])
    // Paused first, as people do, and lost after that: found, it opens doors again, and no resume was used for it.
    const paused = student(15)
    await pause(paused)
    await campus.lose(paused.oldCard, paused)
    expect(await find(paused)).toMatchObject({ ok: true, campusAccess: true })
    expect(await held(paused.old)).toEqual([true, true])
    await pause(student(14))
    await campus.moveTo('2024-03-01 09:00')
    await engine.settle()
    expect(await find(late)).toMatchObject({ ok: true, custody: true, campusAccess: false })
    expect(await held(late.old)).toEqual([false, false])
    // The deadline came while it was paused: there is nothing left to resume.
    expect(await resume(student(14))).toMatchObject({ ok: false, refusal: 'not-in-use' })
  })
})

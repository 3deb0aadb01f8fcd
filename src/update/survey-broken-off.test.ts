import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { Processes } from '../../test/faults/processes.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import { ask, askedOf, foundOn, placesRead, readingOf, staffCards } from '../../test/faults/surveys.ts'
import { recomputeAccess } from '../access/recompute.ts'
import { keepWanted } from '../access/store.ts'
import { windowPlan } from '../app/gatehouse.ts'
import type { BoardCard, Faults } from '../controller/emulator/settings.ts'

/*
 * The reading of a list that is broken off, or during which the list changes: it goes on, or begins anew.
 */
let campus: SmallCampus
let engine: Engine
let windows: ReturnType<typeof windowsOf>
let a: number
const many = 70

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.92', students: many, controllers: 1 })
  a = campus.controllers[0]!
  await campus.emulator.plant(a, staffCards)
  engine = await openEngine(campus.url)
  windows = windowsOf(campus)
  await windows.next()
  await engine.settle()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})
const trouble = (faults: Faults) => campus.emulator.faults(a, faults)
const memoryOf = async (controller: number) => (await campus.memory(controller)).size
const getAt = 0x5c

describe('a process that is killed while it reads', () => {
  /** A process of its own reads the first batch of `a` and is killed. */
  async function killedHalfway(): Promise<number> {
    const processes = new Processes(campus.url, { everyMs: 20, leaseSeconds: 0.5, shortestWaitMs: 300 })
    await trouble({ serviceMs: 12 })
    await ask(campus.register, a)
    await processes.start()
    await expect.poll(() => placesRead(campus, a), { interval: 10, timeout: 10_000 }).toBeGreaterThan(0)
    await processes.kill([...processes.running.keys()][0]!)
    await trouble({ serviceMs: 0 })
    await campus.emulator.resetLog()
    await wait(600)
    return placesRead(campus, a)
  }
  const placesAsked = async () =>
    askedOf(await campus.emulator.log(), a).filter(code => code === getAt).length

  it('another goes on where it was', async () => {
    const places = await killedHalfway()
    await engine.settle()
    expect(await readingOf(campus, a)).toBe('complete')
    const all = (await campus.emulator.cards(a)).length
    expect(await placesAsked()).toBeLessThan(all)
    expect(places).toBeGreaterThan(0)
    expect(await foundOn(campus, a)).toBe(
      `ours ${(await memoryOf(a)) - 3}, different 0, missing 0, left over 0, others 3`,
    )
  })

  it('another begins anew where that was long ago', async () => {
    await killedHalfway()
    await campus.sql(
      `update controller_survey set read_at = read_at - interval '11 minutes' where ended_at is null`,
    )
    await engine.settle()
    expect(await placesAsked()).toBeGreaterThan(await memoryOf(a))
    expect(await readingOf(campus, a)).toBe('complete')
  })

  it('but not for ever', async () => {
    await killedHalfway()
    await campus.sql(
      `update controller_survey set readings = 3, read_at = read_at - interval '11 minutes' where ended_at is null`,
    )
    await engine.settle()
    expect(await readingOf(campus, a)).toBe('unsteady')
    expect(await placesAsked()).toBe(0)
  })
})

describe('a process that is killed after a put, before it wrote that down', () => {
  const putByTheDead = async (number: number) => {
    const wanted = await campus.sql<BoardCard>(
      `select number, doors, valid_from::text as "from", valid_to::text as "to", 0 as pin from wanted
       where controller_id = $1 and number = $2 and doors <> '{0,0,0,0}'`,
      a,
      number,
    )
    await campus.emulator.plant(a, wanted)
  }

  const diesAfterPutting = async (student: Student) => {
    await campus.activate(student)
    await windows.next()
    await engine.updating.ledger.openDueWindow((await windowPlan(engine.doors))!)
    await putByTheDead(student.new)
  }
  /** Nothing is tried again before the list is read. */
  const readMeanwhile = async () => {
    await campus.sql(
      `insert into update_hold (reason, held_by, held_at) values ('test', 'test', campus_now())`,
    )
    await ask(campus.register, a)
    await engine.settle()
    expect(await readingOf(campus, a)).toBe('complete')
  }
  const goOn = () =>
    campus.sql(`update update_hold set lifted_by = 'test', lifted_at = campus_now() where lifted_at is null`)

  it('the card is ours through the changes that follow', async () => {
    const student = campus.students[12]!
    await diesAfterPutting(student)
    await readMeanwhile()
    for (const doors of [
      [0, 1, 0, 0],
      [0, 0, 1, 0],
    ] as const) {
      await campus.register.act(system, act =>
        keepWanted(act, [
          {
            controllerId: a,
            number: student.new,
            personId: student.personId,
            cardId: student.newCard,
            doors,
            from: Temporal.PlainDate.from('2023-10-01'),
            to: Temporal.PlainDate.from('2024-10-01'),
            because: [],
            carriedBy: act.now,
            atOnce: true,
            urgent: false,
          },
        ]),
      )
      await engine.settle()
      expect((await campus.memory(a)).get(student.new)).toMatchObject({ doors })
    }
    await goOn()
  })

  it('the card is ours when the list is read, though it is wanted no more; what others put there later is not', async () => {
    const student = campus.students[9]!
    await diesAfterPutting(student)
    await campus.sql(`update person set status = 'graduated' where id = $1`, student.personId)
    await campus.register.act(system, act => recomputeAccess(act, [student.personId]))
    await readMeanwhile()
    await goOn()
    await windows.next()
    await engine.settle()
    const memory = await campus.memory(a)
    expect([memory.has(student.old), memory.has(student.new)]).toEqual([false, false])
    expect(await campus.sql('select from wanted_open')).toEqual([])

    await putByTheDead(student.new)
    await ask(campus.register, a)
    await windows.next()
    await engine.settle()
    expect((await campus.memory(a)).has(student.new)).toBe(true)
    expect(await foundOn(campus, a)).toMatch('left over 1')
  })
})

describe('a controller that is silent', () => {
  it('while something else is due there: the reading ends, says so, and can be asked for again', async () => {
    const before = await foundOn(campus, a)
    await trouble({ silent: true })
    await campus.lose(campus.students[0]!.oldCard, campus.students[0]!)
    await ask(campus.register, a)
    await engine.settle()
    expect(await readingOf(campus, a)).toBe('silent')
    expect(await foundOn(campus, a)).toBe(before)
    await trouble({ silent: false })
    await wait(80)
    await ask(campus.register, a)
    await engine.settle()
    expect(await readingOf(campus, a)).toBe('complete')
  })
})

describe('a controller that closes the gaps in its list', () => {
  it('is read once more where a card was removed meanwhile: no card slips by', async () => {
    const compact = await openSmallCampus({
      network: '127.63.95',
      students: 120,
      controllers: 1,
      like: { holes: false },
    })
    const [only] = compact.controllers as [number]
    const own = await openEngine(compact.url)
    const days = windowsOf(compact)
    await days.next()
    await own.settle()
    await compact.emulator.plant(only, staffCards)
    await compact.emulator.faults(only, { serviceMs: 6 })
    await ask(compact.register, only)
    await own.look()
    await expect.poll(() => placesRead(compact, only), { interval: 10 }).toBeGreaterThan(0)
    // The last card, one of the staff's, moves to the place of the first, which has been read.
    await compact.lose(compact.students[0]!.oldCard, compact.students[0]!)
    await own.settle()
    expect(await foundOn(compact, only)).toBe('ours 119, different 0, missing 0, left over 0, others 3')
    expect(await compact.sql('select readings from controller_survey')).toEqual([{ readings: 2 }])
    await own.close()
    await compact.close()
  })
})

import { afterAll, beforeAll, expect, it } from 'vitest'
import { cardsHeld, windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, system } from '../../test/faults/small-campus.ts'
import { readingOf, staffCards } from '../../test/faults/surveys.ts'
import { noticeRestore } from './restored.ts'
import { askForOldestLists, lookForRemoved, usualBudget } from './rounds.ts'

/* What the controllers confirmed long ago is looked at again, without anybody asking for it. */
let campus: SmallCampus
let engine: Engine
let windows: ReturnType<typeof windowsOf>
let a: number
let b: number

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.97', students: 6 })
  ;[a, b] = campus.controllers as [number, number]
  windows = windowsOf(campus)
  engine = await openEngine(campus.url)
  await windows.next()
  await engine.settle()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})

it('a removed card that somebody put back is found the next day, and removed again', async () => {
  const student = campus.students[0]!
  await campus.activate(student)
  await windows.next()
  await engine.settle()
  expect(await cardsHeld(campus, a, student)).toBe('new')
  const { driver } = engine.updating
  const [door] = await campus.sql<{ host: string; port: number }>(
    'select host, port from controller where id = $1',
    a,
  )
  const back = { ...staffCards[0]!, number: BigInt(student.old) }
  await driver.put(
    { serial: a, ...door!, capacity: 100 },
    { ...back, from: Temporal.PlainDate.from(back.from), to: Temporal.PlainDate.from(back.to) },
  )
  expect(await cardsHeld(campus, a, student)).toBe('old and new')
  // Not before a day is over: the budget is for what was not seen for the longest time.
  expect(await lookForRemoved(engine.holding, usualBudget)).toBe(0)
  await campus.moveTo('2023-10-20 12:00')
  expect(await lookForRemoved(engine.holding, { ...usualBudget, absentAtOnce: 1 })).toBe(1)
  expect(await lookForRemoved(engine.holding, usualBudget)).toBe(1)
  expect(await lookForRemoved(engine.holding, usualBudget)).toBe(0)
  await engine.settle()
  expect(await cardsHeld(campus, a, student)).toBe('new')
  expect(await cardsHeld(campus, b, student)).toBe('new')
})

const round = (listsAtOnce: number) =>
  campus.register.aside(system, act => askForOldestLists(act, { ...usualBudget, listsAtOnce }))

it('every list is read once a day, so many at once as the budget allows', async () => {
  expect(await round(1)).toBe(1)
  expect(await round(1)).toBe(0)
  await engine.settle()
  expect(await readingOf(campus, a)).toBe('complete')
  expect(await round(1)).toBe(1)
  await engine.settle()
  expect(await readingOf(campus, b)).toBe('complete')
  expect(await round(1)).toBe(0)
  await campus.moveTo('2023-10-21 12:30')
  expect(await round(1)).toBe(1)
})

it('after a restore a list that could not be read is tried again soon, and one that was read is not', async () => {
  await engine.settle()
  await campus.emulator.faults(a, { silent: true })
  const noticed = await campus.register.act(system, act => noticeRestore(act, 'said'))
  expect(noticed).toMatchObject({ ok: true, controllers: 2 })
  await engine.settle()
  expect([await readingOf(campus, a), await readingOf(campus, b)]).toEqual(['silent at 1', 'complete'])
  await campus.moveTo('2023-10-21 12:39')
  expect(await round(5)).toBe(0)
  await campus.emulator.faults(a, { silent: false })
  // The lane of a silent controller rests by the wall clock; this test does not wait for it.
  await campus.sql('update lane set rest_until = null')
  await campus.moveTo('2023-10-21 12:41')
  expect(await round(5)).toBe(1)
  await engine.settle()
  expect(await readingOf(campus, a)).toBe('complete')
  await campus.moveTo('2023-10-21 12:52')
  expect(await round(5)).toBe(0)
})

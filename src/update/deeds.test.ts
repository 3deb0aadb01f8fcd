import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus } from '../../test/faults/small-campus.ts'
import { type Spoken, together } from './deeds.ts'

/* What a lane has under way when something goes wrong, or takes long. */
const threeAtOnce = { driver: { together: () => 3 }, address: null } as unknown as Spoken

it('where one thing fails nothing else begins, and what is under way comes to its end before anybody is told', async () => {
  const told: string[] = []
  const working = together(threeAtOnce, ['a', 'b', 'c', 'd', 'e'], async one => {
    told.push(`${one} begins`)
    if (one === 'b') throw new Error('the database does not answer')
    await wait(20)
    told.push(`${one} ends`)
  })
  await expect(working).rejects.toThrow('does not answer')
  expect(told).toEqual(['a begins', 'b begins', 'c begins', 'a ends', 'c ends'])
  await wait(60)
  expect(told.length).toBe(5)
})

let campus: SmallCampus
let engines: Engine[]

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.98', students: 4, controllers: 1 })
  // A machine that stands still for a second takes no lease away, and the request waits for three of them all the same.
  const slow = { everyMs: 30, leaseSeconds: 1.8, shortestWaitMs: 900, tries: 3, restSeconds: 60 }
  engines = await Promise.all(['one', 'two'].map(owner => openEngine(campus.url, { owner, ...slow })))
}, 60_000)
afterAll(async () => {
  await Promise.all(engines.map(engine => engine.close()))
  await campus.close()
})

it('a lane stays whose it is while one request waits for longer than a lease', async () => {
  await campus.emulator.faults(campus.controllers[0]!, { silent: true })
  await windowsOf(campus).next()
  // Asked again: from here on somebody waits for this one request.
  const askedAgain = async () => {
    const sequences = (await campus.emulator.log()).map(({ sequence }) => sequence)
    return new Set(sequences).size < sequences.length
  }
  await expect.poll(askedAgain, { timeout: 20_000 }).toBe(true)
  const [waiting] = await campus.sql<{ epoch: number }>('select epoch from lane')
  await expect
    .poll(() => campus.sql('select epoch, silent_since is not null as silent from lane'), { timeout: 30_000 })
    .toEqual([{ ...waiting, silent: true }])
}, 60_000)

it('what is decided at once for more people than a batch has is asked for once of each', async () => {
  const many = await openSmallCampus({ network: '127.63.89', students: 44, controllers: 1 })
  const engine = await openEngine(many.url)
  try {
    await windowsOf(many).next()
    await engine.settle()
    await many.emulator.resetLog()
    for (const student of many.students) await many.lose(student.oldCard, student)
    await engine.settle()
    const removed = (await many.emulator.log()).filter(({ code }) => code === 0x52).map(({ card }) => card)
    expect(removed.toSorted((x, y) => x - y)).toEqual(
      many.students.map(student => student.old).toSorted((x, y) => x - y),
    )
  } finally {
    await engine.close()
    await many.close()
  }
})

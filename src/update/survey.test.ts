import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cardsHeld, outcomeOf, windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student } from '../../test/faults/small-campus.ts'
import { ask, askedOf, foundOn, placesRead, readingOf, staffCards } from '../../test/faults/surveys.ts'
import type { Faults } from '../controller/emulator/settings.ts'

/*
 * Reading what stands on a controller, over real UDP: what is found, what is mended by itself, what goes first, and
 * what becomes of it when a process dies or a controller lies. `a` is in trouble, `b` never is.
 */
let campus: SmallCampus
let windows: ReturnType<typeof windowsOf>
let engine: Engine
let students: Student[]
let a: number
let b: number
const many = 70
const staff = staffCards

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.91', students: many })
  students = [...campus.students]
  ;[a, b] = campus.controllers as [number, number]
  for (const controller of [a, b]) await campus.emulator.plant(controller, staff)
  windows = windowsOf(campus)
  engine = await openEngine(campus.url)
  await windows.next()
  await engine.settle()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})
const trouble = (faults: Faults) => campus.emulator.faults(a, faults)
const nextStudent = () => students.shift()!
const memoryOf = async (controller: number) => (await campus.memory(controller)).size

/** Asks for the list of a controller to be read, and reads it. */
async function read(...controllers: number[]): Promise<void> {
  await ask(campus.register, ...controllers)
  await engine.settle()
}

/** After every test: what is wanted stands there, the staff's cards are as they were, and no reading is left open. */
afterEach(async () => {
  await trouble({ silent: false, refuse: false, overCount: 0, endless: 'no', serviceMs: 0 })
  await campus.sql('update controller set capacity = 20000')
  await wait(80)
  await engine.settle()
  for (const controller of [a, b]) {
    const memory = await campus.memory(controller)
    expect(staff.map(card => memory.get(card.number))).toEqual(staff)
    const ours = (await campus.heldNumbers(controller)).filter(
      each => !staff.some(card => card.number === each),
    )
    expect(ours).toEqual(await campus.wantedNumbers(controller))
  }
  expect(await campus.sql('select from controller_survey where ended_at is null')).toEqual([])
  expect((await campus.emulator.watched()).violations).toBe(0)
})

const [put, remove, getAt, count] = [0x50, 0x52, 0x5c, 0x58]

describe('a controller’s list', () => {
  it('is read to its end, and nothing is changed by it', async () => {
    expect(await foundOn(campus, a)).toBe('not read')
    await campus.emulator.resetLog()
    await read(a, b)
    const all = `ours ${many}, different 0, missing 0, left over 0, others 3`
    expect([await foundOn(campus, a), await foundOn(campus, b)]).toEqual([all, all])
    const codes = askedOf(await campus.emulator.log(), a)
    expect(new Set(codes)).toEqual(new Set([getAt]))
    // Where replies name their requests, up to sixteen places are asked for at once: some beyond the end.
    expect(codes.length).toBeGreaterThanOrEqual(many + 3 + 1)
    expect(codes.length).toBeLessThanOrEqual(many + 3 + 16)
    const kept = await campus.sql('select number, doors, with_pin, standing from survey_card order by 1')
    expect(kept.length).toBe(2 * staff.length)
    expect(kept[0]).toEqual({ number: 90_000_001, doors: [1, 1, 29, 0], with_pin: true, standing: 'foreign' })
  })

  it('shows what another system did to our cards; that is put right by itself', async () => {
    const [gone, changed, back] = [nextStudent(), nextStudent(), nextStudent()]
    await campus.lose(back.oldCard, back)
    await engine.settle()
    const memory = await campus.memory(b)
    const { driver } = engine.updating
    const [door] = await campus.emulator.controllers()
    await driver.remove(door!, BigInt(gone.old))
    const old = memory.get(changed.old)!
    await campus.emulator.plant(a, [
      { ...old, doors: [1, 1, 1, 1] },
      { ...old, number: back.old },
    ])
    await ask(campus.register, a)
    await engine.settle()
    expect(await foundOn(campus, a)).toBe(`ours ${many - 3}, different 1, missing 1, left over 1, others 3`)
    expect(await cardsHeld(campus, a, gone)).toBe('old')
    expect((await campus.memory(a)).get(changed.old)).toEqual(old)
    expect(await cardsHeld(campus, a, back)).toBe('neither')
  })

  it('is read also while something is refused there, which is tried again meanwhile', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await trouble({ refuse: true })
    await windows.next()
    await read(a)
    expect(await readingOf(campus, a)).toBe('complete')
    expect(await cardsHeld(campus, a, student)).toBe('old')
  })
})

describe('what is due goes before the reading', () => {
  /** Starts a slow reading of `a`, waits for its first batch, and then does something. */
  async function meanwhile(deed: () => Promise<unknown>): Promise<number[]> {
    await trouble({ serviceMs: 6 })
    await ask(campus.register, a)
    await engine.look()
    await expect.poll(() => placesRead(campus, a), { interval: 10 }).toBeGreaterThan(0)
    await deed()
    await campus.emulator.resetLog()
    await engine.settle()
    return askedOf(await campus.emulator.log(), a)
  }

  it('a lost card goes at once', async () => {
    const student = nextStudent()
    const codes = await meanwhile(() => campus.lose(student.oldCard, student))
    const gone = codes.indexOf(remove)
    expect(gone).toBeGreaterThanOrEqual(0)
    expect(codes.slice(0, gone).filter(code => code === getAt).length).toBeLessThanOrEqual(64)
    expect(codes.lastIndexOf(getAt)).toBeGreaterThan(gone)
    expect(await cardsHeld(campus, a, student)).toBe('neither')
    expect(await readingOf(campus, a)).toBe('complete')
  })

  it('a window that begins is not held up by more than a batch', async () => {
    const student = nextStudent()
    await campus.emulator.watch([student])
    await campus.activate(student)
    const codes = await meanwhile(async () => {
      await windows.next()
      await engine.look()
    })
    const first = codes.indexOf(put)
    expect(first).toBeGreaterThanOrEqual(0)
    expect(codes.slice(0, first).filter(code => code === getAt).length).toBeLessThanOrEqual(64)
    expect(codes.lastIndexOf(getAt)).toBeGreaterThan(first)
    expect(await outcomeOf(campus, a)).toBe('done 2 of 2')
    expect(await cardsHeld(campus, a, student)).toBe('new')
    const cards = (await memoryOf(a)) - staff.length
    expect(await foundOn(campus, a)).toBe(`ours ${cards}, different 0, missing 0, left over 0, others 3`)
  })
})

describe('a controller that lies', () => {
  it.each<[string, Faults, number, string]>([
    ['goes on for ever with cards that it does not have', { endless: 'invents' }, 100, 'endless'],
    ['begins again at its end', { endless: 'repeats' }, 200, 'repeating'],
  ])('%s: the reading ends with the capacity, and says so', async (_, faults, capacity, outcome) => {
    const before = await foundOn(campus, a)
    const cards = await campus.sql('select * from survey_card order by survey_id, number')
    await campus.sql('update controller set capacity = $1 where id = $2', capacity, a)
    await trouble(faults)
    await campus.emulator.resetLog()
    await read(a)
    expect(await readingOf(campus, a)).toContain(outcome)
    const asked = askedOf(await campus.emulator.log(), a).filter(code => code === getAt)
    // Repeats of what a busy machine answered late are asked besides.
    expect(asked.length).toBeLessThanOrEqual(capacity + 16)
    expect(await foundOn(campus, a), 'the last complete one stays').toBe(before)
    expect(await campus.sql('select * from survey_card order by survey_id, number')).toEqual(cards)
  })

  it('counts more cards than it has: nobody asks it', async () => {
    await trouble({ overCount: 500 })
    await campus.emulator.resetLog()
    await read(a)
    expect(await readingOf(campus, a)).toBe('complete')
    expect(askedOf(await campus.emulator.log(), a)).not.toContain(count)
  })

  it('is full to its last place and says so: that is no lie', async () => {
    await read(a)
    await campus.sql('update controller set capacity = $1 where id = $2', await placesRead(campus, a), a)
    await campus.emulator.resetLog()
    await read(a)
    expect(await readingOf(campus, a)).toBe('complete')
    expect(askedOf(await campus.emulator.log(), a).at(-1)).toBe(count)
  })

  it('holds a record that cannot be read: the reading stops there, and nothing is taken to be missing', async () => {
    await campus.emulator.plant(a, [{ ...staff[0]!, number: 90_000_009, from: '0000-00-00' }])
    const before = await foundOn(campus, a)
    await campus.emulator.resetLog()
    await read(a)
    expect(await readingOf(campus, a)).toMatch(/^unreadable at \d+$/)
    expect(await foundOn(campus, a)).toBe(before)
    expect(new Set(askedOf(await campus.emulator.log(), a))).toEqual(new Set([getAt]))
    const [door] = await campus.emulator.controllers()
    await engine.updating.driver.remove(door!, 90_000_009n)
  })

  it('falls silent halfway: the reading ends, the lane rests, the last complete one stays', async () => {
    const before = await foundOn(campus, a)
    await trouble({ serviceMs: 6 })
    await ask(campus.register, a)
    await engine.look()
    await expect.poll(() => placesRead(campus, a), { interval: 10 }).toBeGreaterThan(0)
    await trouble({ silent: true })
    await engine.settle()
    expect(await readingOf(campus, a)).toMatch(/^silent at \d+$/)
    expect(await foundOn(campus, a)).toBe(before)
    expect(await campus.sql('select controller_id as id from lane where silent_since is not null')).toEqual([
      { id: a },
    ])
  })

  it('has an address that is no address: the reading ends as a fault of ours, once', async () => {
    const [{ host }] = (await campus.sql<{ host: string }>(
      'select host from controller where id = $1',
      a,
    )) as [{ host: string }]
    await campus.sql(`update controller set host = 'door.example' where id = $1`, a)
    await read(a)
    await campus.sql('update controller set host = $1 where id = $2', host, a)
    expect(await readingOf(campus, a)).toBe('fault')
    expect(engine.said.join()).toContain('door.example')
  })
})

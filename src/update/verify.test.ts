import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, cardsHeld, outcomeOf, windowsOf } from '../../test/faults/days.ts'
import { type Engine, openEngine } from '../../test/faults/engine.ts'
import { openSmallCampus, type SmallCampus, type Student, system } from '../../test/faults/small-campus.ts'
import type { ControllerAddress } from './driver.ts'
import { renewLane } from './lanes.ts'
import { shortTransaction } from './short-transaction.ts'

/*
 * What nobody told the engine: late datagrams, processes that were paused or died, controllers that forget. The
 * engine reads back after a quiet time (0.9 s here) and mends what it finds.
 */
let campus: SmallCampus
let windows: ReturnType<typeof windowsOf>
let engine: Engine
let students: Student[]
let a: number
let door: ControllerAddress
const quietSeconds = 0.9

beforeAll(async () => {
  campus = await openSmallCampus({ network: '127.63.83', students: 50 })
  students = [...campus.students]
  a = campus.controllers[0]!
  door = (await campus.emulator.controllers())[0]!
  windows = windowsOf(campus)
  engine = await openEngine(campus.url, { quietSeconds })
  await windows.next()
  await settleAndVerify()
}, 60_000)
afterAll(async () => {
  await engine.close()
  await campus.close()
})
const nextStudent = () => students.shift()!
const record = async (number: number) => {
  const [row] = await campus.sql<{ from: Temporal.PlainDate; to: Temporal.PlainDate }>(
    `select valid_from as "from", valid_to as "to" from wanted where controller_id = $1 and number = $2 limit 1`,
    a,
    number,
  )
  return { number: BigInt(number), doors: [1, 0, 0, 0] as const, pin: 0, ...row! }
}

/** Settles, waits for the quiet time, and settles again until nothing waits to be read back. */
async function settleAndVerify(): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await engine.settle()
    const left = await campus.sql(
      'select from held where verify_after is not null union all select from wanted_open where carried_by <= campus_now()',
    )
    if (left.length === 0) return
    await wait(quietSeconds * 1000)
  }
  throw new Error('something is never verified')
}

afterEach(async () => {
  await campus.emulator.faults(a, { forgets: false, serviceMs: 0 })
  await settleAndVerify()
  for (const controller of campus.controllers)
    expect(await campus.heldNumbers(controller)).toEqual(await campus.wantedNumbers(controller))
  expect((await campus.emulator.watched()).violations).toBe(0)
})

const verified = async (number: number) =>
  (
    await campus.sql<{ is: boolean }>(
      'select verified_at is not null as is from held where controller_id = $1 and number = $2',
      a,
      number,
    )
  )[0]?.is

describe('the verifying pass', () => {
  it('comes after the quiet time, and only then calls a card verified', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await windows.next()
    await engine.settle()
    expect([await verified(student.new), await verified(student.old)]).toEqual([false, false])
    expect(await outcomeOf(campus, a)).toBe('done 2 of 2')
    await settleAndVerify()
    expect([await verified(student.new), await verified(student.old)]).toEqual([true, true])
  })

  it('finds a new card that has gone, and puts it again', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await windows.next()
    await engine.settle()
    await engine.updating.driver.remove(door, BigInt(student.new))
    expect(await cardsHeld(campus, a, student)).toBe('neither')
    await settleAndVerify()
    expect(await cardsHeld(campus, a, student)).toBe('new')
  })

  it('finds a lost card that a late datagram brought back, and removes it again', async () => {
    const student = nextStudent()
    const late = await record(student.old)
    await campus.lose(student.oldCard, student)
    await engine.settle()
    await engine.updating.driver.put(door, late)
    expect(await cardsHeld(campus, a, student)).toBe('old')
    await settleAndVerify()
    expect(await cardsHeld(campus, a, student)).toBe('neither')
  })

  it('finds out a controller that says yes, with its sequence id, and stores nothing; and does not go on for ever', async () => {
    const student = nextStudent()
    const become = async (status: string) => {
      await campus.sql('update person set status = $1 where id = $2', status, student.personId)
      await campus.register.act(system, act =>
        act.note({ act: 'person changed', personId: student.personId }),
      )
      await windows.next()
    }
    await become('on-leave')
    await engine.settle()
    await campus.emulator.faults(a, { forgets: true })
    await become('enrolled')
    await engine.settle()
    expect(await verified(student.old), 'confirmed by the echo, not verified').toBe(false)
    await campus.emulator.resetLog()
    await wait(quietSeconds * 1000)
    await engine.settle()
    expect(await verified(student.old), 'no longer confirmed').not.toBe(true)
    expect((await campus.emulator.log()).length).toBeLessThan(20)
  })

  it('reads everything back on a controller that holds fewer cards than it confirmed: its memory was reset', async () => {
    const before = (await campus.memory(a)).size
    await campus.emulator.faults(a, { wipe: true })
    await windows.next()
    await settleAndVerify()
    expect(before).toBeGreaterThan(40)
    expect((await campus.memory(a)).size).toBe(before)
  })
})

describe('a card that a removal relies on', () => {
  it('is looked up again first: where it has gone meanwhile it is put before the old one goes', async () => {
    const student = nextStudent()
    await campus.activate(student)
    // As on the last evening: the new card at once, the old one with the window.
    await campus.sql(
      'update wanted set at_once = true, carried_by = decided_at where number = $1',
      student.new,
    )
    await campus.sql('update wanted_open set at_once = true where number = $1', student.new)
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('old and new')
    await engine.updating.driver.remove(door, BigInt(student.new))
    await campus.emulator.watch([student])
    await windows.next()
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('new')
    expect(await campus.emulator.watched()).toMatchObject({ pairs: 2, violations: 0 })
  })
})

describe('a process that died', () => {
  it('after it sent and before it wrote it down: the number is sent again, whatever the ledger says', async () => {
    const student = nextStudent()
    const change = async (status: string) => {
      await campus.sql('update person set status = $1 where id = $2', status, student.personId)
      await campus.register.act(system, act =>
        act.note({ act: 'person changed', personId: student.personId }),
      )
    }
    await change('on-leave')
    await windows.next()
    await settleAndVerify()
    expect(await cardsHeld(campus, a, student)).toBe('neither')
    // Back, put by the process that dies, and on leave again: the ledger still says "confirmed absent".
    await change('enrolled')
    await engine.updating.driver.put(door, await record(student.old))
    await change('on-leave')
    await windows.next()
    await engine.settle()
    expect(await cardsHeld(campus, a, student)).toBe('neither')
  })
})

describe('a process that was paused', () => {
  it('until its lease was over writes nothing down, and the next owner finishes', async () => {
    const student = nextStudent()
    await campus.activate(student)
    await campus.emulator.faults(a, { serviceMs: 500 })
    const slow = await openEngine(campus.url, { owner: 'slow', leaseSeconds: 0.25, shortestWaitMs: 2_000 })
    const next = await openEngine(campus.url, { owner: 'next', leaseSeconds: 5, shortestWaitMs: 2_000 })
    await windows.next()
    await slow.look()
    await wait(350)
    await next.settle()
    await slow.close()
    await next.settle()
    await next.close()
    // On a busy machine it is told to stop before it comes to look at the fence; what it then leaves open is said so.
    expect(slow.said.join()).toMatch(/fenced|stopped/u)
    const answers = await answersOf(campus, a, student.new)
    expect(answers.filter(answer => answer !== 'put unconfirmed')).toEqual(['put applied'])
    expect(await cardsHeld(campus, a, student)).toBe('new')
    const [lane] = await campus.sql<{ epoch: number; owner: null }>(
      'select epoch, owner from lane where controller_id = $1',
      a,
    )
    expect(lane!.owner).toBeNull()
  })

  it('in the middle of a transaction loses its locks with its lease: nobody waits for it', async () => {
    const paused = await openEngine(campus.url, { owner: 'paused', leaseSeconds: 0.5 })
    const lease = (await paused.updating.ledger.claim(a))!
    const asleep = shortTransaction(paused.holding, async trx => {
      await renewLane(trx, paused.holding, lease)
      await wait(1_200)
      await renewLane(trx, paused.holding, lease)
    })
    const rejected = expect(asleep).rejects.toThrow()
    await campus.lose(campus.students[49]!.oldCard, campus.students[49]!)
    await wait(700)
    expect((await engine.updating.ledger.lanesWithWork()).map(({ id }) => id)).toContain(a)
    await engine.settle()
    expect(await cardsHeld(campus, a, campus.students[49]!)).toBe('neither')
    await rejected
    await paused.close()
  })
})

describe('a process that is stopped', () => {
  it('in the middle of its work ends after the datagram in hand, and another goes on', async () => {
    const some = Array.from({ length: 12 }, nextStudent)
    for (const student of some) await campus.activate(student)
    await campus.emulator.watch(some)
    await campus.emulator.faults(a, { serviceMs: 60 })
    const stopping = await openEngine(campus.url, { owner: 'stopping', shortestWaitMs: 500 })
    await windows.next()
    await campus.emulator.resetLog()
    await stopping.look()
    const puts = async () => (await campus.emulator.counts()).controllers[a]?.['0x50'] ?? 0
    await expect.poll(puts, { timeout: 10_000 }).toBeGreaterThan(1)
    await stopping.stop()
    const { datagrams } = await campus.emulator.counts()
    expect(await campus.sql('select owner from lane where owner is not null')).toEqual([])
    await stopping.close()
    expect(stopping.said).toContain(`controller ${a}: stopped`)
    expect((await campus.emulator.counts()).datagrams).toBe(datagrams)
    expect(await outcomeOf(campus, a)).toMatch(/^under way \d+ of 24$/)
    await campus.emulator.faults(a, { serviceMs: 0 })
    await engine.settle()
    expect(await outcomeOf(campus, a)).toBe('done 24 of 24')
  })
})

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { answersOf, cardsHeld, outcomeOf } from '../../test/faults/days.ts'
import { type Day, openDay } from '../../test/faults/open-day.ts'
import { type Student, system } from '../../test/faults/small-campus.ts'
import { putGroup } from '../access/groups.ts'
import { lookedAt, strangersNow } from './boards.ts'
import { openGuards } from './guard-report.ts'

/*
 * What comes in and cannot be right, on real boards: replies that are cut short, flood, or name another; a number that no
 * controller can hold; a group that opens nothing any more. Each is told, and nothing is half done.
 */
let day: Day
let campus: Day['campus']
let windows: Day['windows']
let engine: Day['engine']
let students: Student[]
let a: number
let b: number

beforeAll(async () => {
  day = await openDay({ network: '127.68.4', students: 40 }, { tries: 2, shortestWaitMs: 50 })
  ;({ campus, windows, engine, students, a, b } = day)
}, 60_000)
afterAll(() => day.close())
afterEach(async () => expect((await campus.emulator.watched()).violations).toBe(0))
const nextStudent = () => students.shift()!
async function again(): Promise<void> {
  await campus.sql('update lane set rest_until = null')
  await engine.settle()
}

describe('replies', () => {
  it.each([
    ['truncated', 'unreachable 0 of 2', []],
    // The number that it says is the other controller's: both are told.
    ['other serial', 'unreachable 0 of 2', ['other-serial', 'elsewhere']],
    ['flood', 'done 2 of 2', []],
  ] as const)(
    'that come as %s: %s there, told %j, and the other controller is done',
    async (replies, outcome, told) => {
      const student = nextStudent()
      await campus.activate(student)
      await campus.emulator.watch([student])
      await campus.emulator.faults(a, { replies })
      await windows.next()
      // Nobody has been met for a day: so who is there is asked first.
      await campus.sql(`update known_board set met_at = met_at - interval '1 day'`)
      await engine.settle()
      expect([await outcomeOf(campus, a), await outcomeOf(campus, b)]).toEqual([outcome, 'done 2 of 2'])
      expect(await cardsHeld(campus, a, student)).toBe(replies === 'flood' ? 'new' : 'old')
      const strangers = await campus.register.look(system, act => strangersNow(act, 10))
      expect(strangers.map(({ how }) => how)).toEqual(told)
      const [at] = strangers
      if (at)
        expect(at).toMatchObject({
          controllerId: a,
          serial: b,
          belongsTo: { id: b, building: { en: `House ${b}` } },
        })
      await campus.emulator.faults(a, { replies: 'proper' })
      for (const { id, how } of strangers)
        if (how === 'elsewhere') await campus.register.act(system, act => lookedAt(act, id))
      await again()
      expect(await cardsHeld(campus, a, student)).toBe('new')
      expect(await campus.register.look(system, act => strangersNow(act, 10))).toEqual([])
    },
  )
})

describe('a number that no controller can hold', () => {
  it.each([2 ** 32, 0xffffffff, 0x00ffffff])(
    '%d is refused before it is sent; the old card stays, others are served',
    async number => {
      const [student, other] = [nextStudent(), nextStudent()]
      await campus.activate(student)
      await campus.activate(other)
      // As somebody would who writes into the database: stock import refuses such cards.
      await campus.sql(
        'update wanted set number = $2 where controller_id = $3 and number = $1',
        student.new,
        number,
        a,
      )
      await campus.emulator.watch([other])
      await windows.next()
      await engine.settle()
      expect(await cardsHeld(campus, a, student)).toBe('old')
      expect(await cardsHeld(campus, a, other)).toBe('new')
      expect(new Set(await answersOf(campus, a, number))).toEqual(new Set(['put rejected']))
      expect((await campus.emulator.log()).filter(({ card }) => card === number)).toEqual([])
      await campus.sql(
        'update wanted set number = $1 where controller_id = $3 and number = $2',
        student.new,
        number,
        a,
      )
      await again()
      expect(await cardsHeld(campus, a, student)).toBe('new')
    },
  )
})

describe('a group that opens nothing any more', () => {
  it('takes no door from anybody before a second person agrees, who sees everybody and each door by name', async () => {
    const held = await campus.heldNumbers(a)
    const wish = {
      id: 'everybody',
      members: 'campus' as const,
      name: { 'zh-TW': 'Everybody', en: 'Everybody' },
      doors: [],
    }
    const { seal, follows } = await campus.register.look(system, async act => {
      const preview = await putGroup(act, wish, 'preview')
      if (!preview.ok) throw new Error(preview.refusal)
      return preview
    })
    expect([follows.personIds.length, follows.leftWithoutDoor]).toEqual([40, 40])
    await campus.register.act(system, act => putGroup(act, wish, { seenAs: seal }))
    await campus.emulator.resetLog()
    await windows.next()
    await engine.settle()
    expect(await campus.heldNumbers(a)).toEqual(held)
    expect((await campus.emulator.log()).filter(({ code }) => code === 0x52)).toEqual([])
    expect(await campus.register.look(system, openGuards)).toMatchObject([{ people: 40 }])
  })
})

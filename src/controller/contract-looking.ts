import { equal, ok } from 'node:assert/strict'
import { cardOf, isAnswer, same, slotsOf, type Try } from './contract-bench.ts'

/** Promises of looking: the list, the count, the clock, who is there. */
export const ofLooking: Record<string, Try> = {
  'probe says who is there and how much it holds': async ({ driver, controller: c, done }) => {
    await done(() => driver.put(c, cardOf(7)))
    const said = await driver.probe(c)
    equal(said.answer, 'answers')
    if (said.answer !== 'answers') return
    same([said.serial, said.cards], [c.serial, 1], 'serial and cards')
    equal(typeof said.echoesSequence, 'boolean', 'whether replies name their requests')
  },
  'meet, where the make has it, says who stands there, and that nobody answers': async bench => {
    const { driver, controller: c } = bench
    if (!driver.meet) return
    const met = await driver.meet(c)
    equal(met.answer, 'answers')
    if (met.answer === 'answers')
      same([met.serial, typeof met.mac, typeof met.firmware], [c.serial, 'string', 'string'], 'who it is')
    await bench.becomes('silent')
    equal((await driver.meet(c)).answer, 'unreachable')
    same(driver.strays?.() ?? [], [], 'replies from elsewhere')
  },
  'together is a whole number of at least 1, before anything was asked and afterwards': async bench => {
    const { driver, controller: c } = bench
    const check = () => {
      const together = driver.together(c)
      ok(Number.isInteger(together) && together >= 1, `together is ${together}`)
    }
    check()
    await driver.probe(c)
    check()
    await bench.becomes('silent')
    await driver.probe(c)
    check()
  },
  'read gives each card once, and then the end': async ({ driver, controller: c, done }) => {
    for (const number of [3, 1, 2]) await done(() => driver.put(c, cardOf(number)))
    await done(() => driver.remove(c, 1n))
    const slots = await slotsOf(driver, c, 1, 100)
    const cards = slots.flatMap(slot => (slot.holds === 'card' ? [slot.card] : []))
    const inOrder = cards.toSorted((a, b) => Number(a.number - b.number))
    same(inOrder, [cardOf(2), cardOf(3)], 'the cards')
    equal(slots.at(-1)?.holds, 'end', 'the end')
    same(
      slots.map(({ slot }) => slot),
      slots.map((_, at) => at + 1),
      'place by place from 1',
    )
    equal(slots.filter(({ holds }) => holds === 'end').length, 1, 'one end')
  },
  'read stops at its limit, and goes on from there': async ({ driver, controller: c, done }) => {
    for (const number of [1, 2, 3]) await done(() => driver.put(c, cardOf(number)))
    const first = await slotsOf(driver, c, 1, 2)
    same([first.length, first.some(({ holds }) => holds === 'end')], [2, false], 'two places and no end')
    const rest = await slotsOf(driver, c, 3, 2)
    equal(rest.at(-1)?.holds, 'end', 'the rest has the end')
    const all = [...first, ...rest].flatMap(slot => (slot.holds === 'card' ? [slot.card.number] : []))
    same(
      all.toSorted((a, b) => Number(a - b)),
      [1n, 2n, 3n],
      'together they are all',
    )
    same(await slotsOf(driver, c, 1, 0), [], 'a limit of nothing is nothing')
  },
  'read never goes past the capacity': async ({ driver, controller: c, done }) => {
    for (let number = 1; number <= c.capacity; number++) await done(() => driver.put(c, cardOf(number)))
    const smaller = { ...c, capacity: 5 }
    const slots = await slotsOf(driver, smaller, 1, 1_000)
    same([slots.length, slots.at(-1)], [6, { slot: 6, holds: 'end' }], 'five places, and the end')
    same(await slotsOf(driver, smaller, 7, 3), [{ slot: 7, holds: 'end' }], 'beyond it is only the end')
  },
  'close answers what waits, and what comes after; it may be called twice': async bench => {
    const { driver, controller: c } = bench
    await bench.becomes('silent')
    const waiting = [driver.put(c, cardOf(7)), driver.get(c, 7n), driver.count(c)]
    await driver.close()
    for (const answer of await Promise.all(waiting)) equal(answer.answer, 'unreachable', 'what waited')
    await bench.becomes('well')
    isAnswer(await driver.put(c, cardOf(8)), 'unreachable', 'what comes after')
    same(await slotsOf(driver, c, 1, 3), [{ slot: 1, holds: 'unreachable' }], 'and a reading')
    await driver.close()
  },
}

/** Where there is a clock. */
export const ofClock: Record<string, Try> = {
  'the clock is set, and says so when it is read': async ({ driver, controller: c }) => {
    const at = Temporal.PlainDateTime.from('2024-03-01T08:00:30')
    const set = await driver.setTime(c, at)
    const read = await driver.getTime(c)
    same([set.answer, read.answer], ['set', 'read'], 'both')
    if (read.answer !== 'read') return
    const apart = read.at.since(at).total('seconds')
    ok(
      apart >= -1 && apart < 20,
      `the clock reads ${read.at.toString()}, ${apart} s after what it was set to`,
    )
  },
}

/** Where there is none. */
export const ofNoClock: Record<string, Try> = {
  'a clock that there is not is not said to be set': async ({ driver, controller: c }) => {
    same(
      await driver.setTime(c, Temporal.PlainDateTime.from('2024-03-01T08:00')),
      { answer: 'rejected' },
      'set',
    )
    same(await driver.getTime(c), { answer: 'unreadable' }, 'read')
  },
}

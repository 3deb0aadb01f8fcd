import { equal } from 'node:assert/strict'
import { cardOf, isAnswer, same, slotsOf, type Try, until } from './contract-bench.ts'

/** Promises of a controller that does not do as it is told. */
export const ofTrouble: Record<string, Try> = {
  'a silent controller is an answer, never an exception': async bench => {
    const { driver, controller: c } = bench
    await bench.done(() => driver.put(c, cardOf(7)))
    await bench.becomes('silent')
    const put = await driver.put(c, cardOf(8))
    same([put.answer, put.proved], ['unreachable', false], 'put')
    const removed = await driver.remove(c, 7n)
    same([removed.answer, removed.proved], ['unreachable', false], 'remove')
    for (const ask of ['probe', 'count', 'getTime'] as const)
      same(await driver[ask](c), { answer: 'unreachable' }, ask)
    same(await driver.get(c, 7n), { answer: 'unreachable' }, 'get')
    const at = Temporal.PlainDateTime.from('2024-03-01T08:00')
    same(await driver.setTime(c, at), { answer: 'unreachable' }, 'setTime')
    same(await slotsOf(driver, c, 1, 5), [{ slot: 1, holds: 'unreachable' }], 'read, and then nothing')
    await driver.handOver?.(c)
  },
  'a controller that answers again is served again': async bench => {
    const { driver, controller: c } = bench
    await bench.becomes('silent')
    await driver.put(c, cardOf(7))
    await bench.becomes('well')
    isAnswer(await bench.done(() => driver.put(c, cardOf(7))), 'applied', 'afterwards')
    equal((await driver.get(c, 7n)).answer, 'found', 'there')
  },
  'a silent controller does not hold up another': async bench => {
    await bench.becomes('silent')
    const lost = bench.driver.put(bench.controller, cardOf(7))
    isAnswer(await bench.done(() => bench.driver.put(bench.other, cardOf(7))), 'applied', 'the other one')
    isAnswer(await lost, 'unreachable', 'the silent one')
  },
  'a controller that refuses is an answer, and nothing has changed': async bench => {
    const { driver, controller: c } = bench
    await bench.done(() => driver.put(c, cardOf(7)))
    await bench.becomes('refusing')
    isAnswer(await bench.done(() => driver.put(c, cardOf(8))), 'rejected', 'a put')
    isAnswer(await bench.done(() => driver.remove(c, 7n)), 'rejected', 'a removal')
    equal((await driver.get(c, 8n)).answer, 'absent', 'not put')
    same(await driver.get(c, 7n), { answer: 'found', card: cardOf(7) }, 'not removed')
  },
}

/** Where a controller can be full. */
export const ofFull: Record<string, Try> = {
  'a full controller is told from one that refuses': async bench => {
    const { driver, controller: c } = bench
    await bench.done(() => driver.put(c, cardOf(1)))
    await bench.done(() => driver.put(c, cardOf(2)))
    await bench.becomes('full')
    isAnswer(await bench.done(() => driver.put(c, cardOf(99))), 'full', 'a new card')
    const later = cardOf(1, until('2024-06-30'))
    isAnswer(await bench.done(() => driver.put(c, later)), 'applied', 'one that is there is replaced')
    isAnswer(await bench.done(() => driver.remove(c, 2n)), 'applied', 'and one goes')
    await bench.becomes('well')
    isAnswer(await bench.done(() => driver.put(c, cardOf(99))), 'applied', 'then there is room')
  },
}

/** Where one can lie. */
export const ofForgetful: Record<string, Try> = {
  'get says what is there, not what was put': async bench => {
    const { driver, controller: c } = bench
    await bench.becomes('forgetful')
    isAnswer(await bench.done(() => driver.put(c, cardOf(7))), 'applied', 'it says so')
    same(await driver.get(c, 7n), { answer: 'absent' }, 'and it is not so')
  },
}

/** Where answers can be lost. */
export const ofMute: Record<string, Try> = {
  'a change whose answers are lost is not told as made; asked again, the truth is told': async bench => {
    const { driver, controller: c } = bench
    await bench.becomes('mute')
    isAnswer(await driver.put(c, cardOf(7)), 'unreachable', 'the answers are lost')
    await bench.becomes('well')
    same(await driver.get(c, 7n), { answer: 'found', card: cardOf(7) }, 'it was made all the same')
    await bench.becomes('mute')
    isAnswer(await driver.remove(c, 7n), 'unreachable', 'and so the removal’s')
    await bench.becomes('well')
    isAnswer(await driver.remove(c, 7n), 'already', 'repeated, it finds nothing to do')
  },
}

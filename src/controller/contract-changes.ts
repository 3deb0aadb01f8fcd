import { equal, ok } from 'node:assert/strict'
import { cardOf, isAnswer, type Make, same, type Try, until } from './contract-bench.ts'

/** Promises of changes: what is put, replaced, removed, and what cannot be said at all. */
export const ofChanges: Record<string, Try> = {
  'put stores the very card, and get finds it': async ({ driver, controller: c, done }) => {
    const card = cardOf(4711, { doors: [1, 0, 1, 0] })
    isAnswer(await done(() => driver.put(c, card)), 'applied', 'a new card')
    same(await driver.get(c, 4711n), { answer: 'found', card }, 'read back')
    same(await driver.count(c), { answer: 'counted', cards: 1 }, 'counted')
    same(await driver.get(c, 4712n), { answer: 'absent' }, 'another number')
  },
  'put may be repeated without harm': async ({ driver, controller: c, done }) => {
    for (const time of ['once', 'twice', 'three times'])
      isAnswer(await done(() => driver.put(c, cardOf(7))), 'applied', time)
    same(await driver.count(c), { answer: 'counted', cards: 1 }, 'one card, however often it was put')
  },
  'put replaces what is stored under the number': async ({ driver, controller: c, done }) => {
    await done(() => driver.put(c, cardOf(7)))
    const later = cardOf(7, { ...until('2024-06-30'), doors: [0, 1, 0, 0] })
    isAnswer(await done(() => driver.put(c, later)), 'applied', 'changed')
    same(await driver.get(c, 7n), { answer: 'found', card: later }, 'the later one')
    same(await driver.count(c), { answer: 'counted', cards: 1 }, 'still one card')
  },
  'remove may be repeated: the second time it is already gone': async ({ driver, controller: c, done }) => {
    await done(() => driver.put(c, cardOf(7)))
    await done(() => driver.put(c, cardOf(8)))
    isAnswer(await done(() => driver.remove(c, 7n)), 'applied', 'the first time')
    isAnswer(await done(() => driver.remove(c, 7n)), 'already', 'the second time')
    same(await driver.get(c, 7n), { answer: 'absent' }, 'gone')
    equal((await driver.get(c, 8n)).answer, 'found', 'the other one stays')
  },
  'a card that was never there is already gone': async ({ driver, controller: c, done }) => {
    isAnswer(await done(() => driver.remove(c, 7n)), 'already', 'nothing to do')
  },
  'a card comes back after it was removed': async ({ driver, controller: c, done }) => {
    await done(() => driver.put(c, cardOf(7)))
    await done(() => driver.remove(c, 7n))
    isAnswer(await done(() => driver.put(c, cardOf(7))), 'applied', 'again')
    equal((await driver.get(c, 7n)).answer, 'found', 'there')
  },
  'tries tell what was sent': async ({ driver, controller: c, done }) => {
    const outcome = await done(() => driver.put(c, cardOf(7)))
    ok(
      Number.isInteger(outcome.tries) && outcome.tries >= 1,
      `${outcome.tries} tries for a card that was put`,
    )
  },
  'calls for one controller are served in the order they come': async ({
    driver,
    controller: c,
    done,
    answers,
  }) => {
    await done(() => driver.put(c, cardOf(5)))
    const last = cardOf(7, until('2024-06-30'))
    const asked = [
      () => driver.put(c, cardOf(7)),
      () => driver.remove(c, 7n),
      () => driver.remove(c, 5n),
      () => driver.put(c, last),
    ]
    const said = await Promise.all(asked.map(ask => ask()))
    const each = answers ? 'unconfirmed' : 'applied'
    same(
      said.map(({ answer }) => answer),
      [each, each, each, each],
      'each finds what the one before left',
    )
    if (answers) {
      await done(() => driver.put(c, last))
      await done(() => driver.remove(c, 5n))
    }
    same(await driver.get(c, 7n), { answer: 'found', card: last }, 'the last word counts')
    equal((await driver.get(c, 5n)).answer, 'absent', 'and a removal among them')
  },
  'controllers are kept apart': async ({ driver, controller: c, other, done }) => {
    await done(() => driver.put(c, cardOf(7)))
    same(await driver.count(other), { answer: 'counted', cards: 0 }, 'the other one has none')
    equal((await driver.get(other, 7n)).answer, 'absent', 'nor this one')
    isAnswer(await done(() => driver.put(other, cardOf(8))), 'applied', 'it gets one of its own')
    equal((await driver.get(c, 8n)).answer, 'absent', 'which the first has not')
  },
}

/** What follows from what a make declares that it cannot carry. */
export const ofCarrying = ({ unsendable, unsayable }: Make): Record<string, Try> => ({
  'a number that cannot be carried is absent without asking, and never sent': async ({
    driver,
    controller: c,
  }) => {
    for (const number of unsendable) {
      same(await driver.get(c, number), { answer: 'absent' }, `get ${number}`)
      const no = { answer: 'rejected', proved: false, tries: 0 }
      same(await driver.put(c, cardOf(number)), no, `put ${number}`)
      same(await driver.remove(c, number), no, `remove ${number}`)
    }
    same(await driver.count(c), { answer: 'counted', cards: 0 }, 'nothing came of it')
  },
  'a card that cannot be carried is rejected, not cut to another one': async ({ driver, controller: c }) => {
    same(await driver.put(c, unsayable), { answer: 'rejected', proved: false, tries: 0 }, 'put')
    equal((await driver.get(c, unsayable.number)).answer, 'absent', 'nothing came of it')
  },
})

/** Promises of a make whose answers come later. */
export const ofLater: Record<string, Try> = {
  'what has no answer yet is unconfirmed, and is told so again': async bench => {
    const { driver, controller: c } = bench
    for (const time of ['once', 'twice'])
      same(await driver.put(c, cardOf(7)), { answer: 'unconfirmed', proved: false, tries: 1 }, time)
    await driver.handOver?.(c)
    same(await driver.put(c, cardOf(7)), { answer: 'unconfirmed', proved: false, tries: 1 }, 'handed over')
    equal((await driver.get(c, 7n)).answer, 'absent', 'nobody confirmed it')
    await bench.answers?.()
    same(await driver.put(c, cardOf(7)), { answer: 'applied', proved: true, tries: 1 }, 'answered')
  },
  'a removal without an answer is never looked up as absent': async bench => {
    const { driver, controller: c } = bench
    isAnswer(await driver.remove(c, 7n), 'unconfirmed', 'asked')
    ok((await driver.get(c, 7n)).answer !== 'absent', 'nobody knows yet')
    await driver.handOver?.(c)
    ok((await driver.get(c, 7n)).answer !== 'absent', 'nor when it is handed over')
  },
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Step, steps } from './book.ts'
import { openFileDriver } from './driver.ts'
import { OtherSystem, trialController } from './trial-system.ts'
import { visit } from './trial-visit.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
const controller = trialController(900_001)
const open = (root: string) => openFileDriver({ root, log: () => {}, monotonicMs, lookEveryMs: 0 })

/** Lets a process of its own visit, and die before a step; says how it ended. */
async function dieBefore(step: Step, root: string): Promise<string | null> {
  const main = fileURLToPath(new URL('./trial-visit.ts', import.meta.url))
  const child = spawn(process.execPath, [main, root, step], { stdio: 'ignore' })
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return signal
}

describe.concurrent('a process that is killed before any step neither loses nor doubles a change', () => {
  it.for(steps)(
    'before “%s”, where the other system takes away and answers whatever it finds',
    async (step, { expect, onTestFinished }) => {
      const root = await mkdtemp(join(tmpdir(), 'gatehouse-files-'))
      onTestFinished(() => rm(root, { recursive: true }))
      const system = new OtherSystem(root, 'gym')
      if (step === 'keep result') {
        await visit(open(root), controller)
        await system.answers()
      }
      expect(await dieBefore(step, root)).toBe('SIGKILL')
      await system.answers()

      const next = open(root)
      await visit(next, controller)
      await system.answers()
      expect(await visit(next, controller)).toEqual(['applied', 'applied', 'applied', 'already'])
      await system.answers()

      // Every change reached the other system once, whatever happened.
      expect(system.taken.map(({ number, deed }) => `${deed} ${Number(number)}`).toSorted()).toEqual([
        'ADD 11',
        'ADD 12',
        'ADD 13',
        'DEL 14',
      ])
      const third = open(root)
      expect(await third.count(controller)).toEqual({ answer: 'counted', cards: 3 })
      expect((await readdir(join(root, 'gym/changes'))).filter(name => name.endsWith('.part'))).toEqual([])
    },
  )
})

it('the steps are those that a hand-over and a result really take, in this order', async () => {
  const root = await mkdtemp(join(tmpdir(), 'gatehouse-files-'))
  const taken: string[] = []
  const step = (name: string): void => void taken.push(name)
  const driver = openFileDriver({ root, log: () => {}, monotonicMs, lookEveryMs: 0, step })
  await visit(driver, controller)
  await new OtherSystem(root, 'gym').answers()
  await driver.count(controller)
  expect(taken).toEqual(steps)
  await rm(root, { recursive: true })
})

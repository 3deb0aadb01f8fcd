import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'
import { breakWith, copyProject } from '../project-copy.ts'
import { stopping } from './kinds.ts'
import type { Part } from './part.ts'
import { type Fault, run } from './run.ts'
import { openStage } from './stage.ts'
import type { Broken, Promised } from './witness.ts'

/*
 * Who watches real processes is only worth as much as it can fail. Each patch breaks one rule of the production code in
 * a copy of this project; one run of that copy must break the promise named here. Two are the simulator's own.
 */
interface Control extends Pick<Part, 'kind' | 'faults' | 'people' | 'processes'> {
  patch: string
  breaks: Promised
  says: RegExp
}
/** While cards are put there is enough left to do that one who goes on unasked is seen. */
const stopsPutting: Fault = { way: 'stop', step: { on: 'change', at: 5, deed: 'putCard' } }
/** Chances decide what one run shows: it is tried so often, and ends with the first that is broken. */
const atMost = (runs: number, fault: Fault | null) => Array.from({ length: runs }, () => fault)
const controls: readonly Control[] = [
  {
    patch: '../simulator/breaks/delete-first.patch',
    kind: 'kill',
    faults: [null],
    people: { switching: 6, losing: 1 },
    processes: 1,
    breaks: 'A1',
    says: /its holder has no card there/,
  },
  {
    patch: '../simulator/breaks/no-fence.patch',
    kind: 'stop',
    faults: atMost(6, stopsPutting),
    processes: 2,
    breaks: 'S1',
    says: /change of a lane that is another's/,
  },
  {
    patch: 'breaks/finished-again.patch',
    kind: 'kill',
    faults: [null],
    people: { switching: 2, losing: 0 },
    processes: 1,
    breaks: 'S1',
    says: /finished \d+ times/,
  },
  {
    patch: 'breaks/replies-believed.patch',
    kind: 'squall',
    faults: atMost(3, null),
    people: { switching: 1, losing: 40 },
    processes: 1,
    breaks: 'wrong-acknowledgement',
    says: /is confirmed as/,
  },
]

it('every patch is listed, and every listed patch is there', async () => {
  const files = await readdir(new URL('breaks/', import.meta.url))
  const listed = controls.map(({ patch }) => patch).filter(patch => patch.startsWith('breaks/'))
  expect(files.toSorted().map(file => `breaks/${file}`)).toEqual(listed.toSorted())
})

it.each(controls)(
  'with $patch a run breaks $breaks',
  { timeout: 240_000 },
  async ({ patch, breaks, says, ...tried }) => {
    const copy = await copyProject()
    try {
      await breakWith(copy.folder, new URL(patch, import.meta.url))
      const template = inject('databaseTemplate')
      const where = { network: '127.67.3', server: inject('databaseUrl'), template }
      const part: Part = { ...tried, ...where, seed: 1, endsWhenBroken: true }
      const asked = [join(copy.folder, 'test/faults/part.ts'), JSON.stringify(part)]
      const { stdout } = await promisify(execFile)(process.execPath, asked, { cwd: copy.folder })
      const lines = stdout.trim().split('\n')
      const { broken } = JSON.parse(lines.at(-1)!) as { broken: Broken[] }
      expect(broken.filter(({ promise, what }) => promise === breaks && says.test(what))).not.toEqual([])
    } finally {
      await copy.remove()
    }
  },
)

it('with a quiet time shorter than a pause a lost card stays', { timeout: 120_000 }, async () => {
  const engine = { ...stopping.engine, quietSeconds: 0.05 }
  const people = { switching: 6, losing: 0 }
  const stage = await openStage({ ...stopping, engine, network: '127.67.3', students: 6 })
  try {
    const fault: Fault = { way: 'stop', step: { on: 'unlucky put', at: 1 }, isLong: true }
    await run(stage, { ...stopping.run, ...people, longestStopSeconds: 30, fault })
    expect(stage.witness.broken.map(({ promise }) => promise)).toContain('A2')
  } finally {
    await stage.close()
  }
})

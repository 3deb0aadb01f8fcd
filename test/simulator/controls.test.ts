import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { breakWith, copyProject } from '../project-copy.ts'
import type { Totals } from './many.ts'

/*
 * The simulator is only worth as much as it can fail. Each patch in breaks/ breaks one rule of the production code in
 * a copy of this project; the worlds of that copy must break the promise named here.
 */
const controls = [
  { patch: 'delete-first.patch', breaks: 'A1', first: 1, worlds: 20 },
  { patch: 'no-fence.patch', breaks: 'S1', first: 1, worlds: 150 },
  { patch: 'verify-too-early.patch', breaks: 'C3', first: 211, worlds: 20 },
  { patch: 'cut-off-late.patch', breaks: 'cut-off', first: 1, worlds: 60 },
  // Boards that say yes and store nothing, while many cards are made sure of by counting.
  { patch: 'count-unheeded.patch', breaks: 'A1', first: 101, worlds: 10 },
  // What the simulator found: in a world that shows it.
  { patch: 'repeats-late.patch', breaks: 'A2', first: 13_589, worlds: 1 },
] as const

const patches = new URL('breaks/', import.meta.url)

it('every patch is listed, and every listed patch is there', async () => {
  const files = (await readdir(patches)).toSorted()
  expect(files).toEqual(controls.map(each => each.patch).toSorted())
})

it.each(controls)(
  'with $patch a world breaks $breaks',
  { timeout: 240_000 },
  async ({ patch, breaks, first, worlds }) => {
    const copy = await copyProject()
    try {
      await breakWith(copy.folder, new URL(patch, patches))
      const simulate = [join(copy.folder, 'test/simulator/part.ts'), `${first}`, `${worlds}`]
      const { stdout } = await promisify(execFile)(process.execPath, simulate, { cwd: copy.folder })
      const { totals } = JSON.parse(stdout.trim().split('\n').at(-1)!) as { totals: Totals }
      expect(totals.broken[breaks]).toBeGreaterThan(0)
    } finally {
      await copy.remove()
    }
  },
)

import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, inject, it } from 'vitest'
import { filledOnce } from '../database.ts'
import { breakWith, copyProject } from '../project-copy.ts'
import { fillCampus } from './campus.ts'

/* The histories are only worth as much as they can fail: each patch breaks the product in a copy, and a seed must tell. */
const controls = [
  { patch: 'works-before-read-back.patch', seed: 2, breaks: 'A6: ' },
  { patch: 'window-at-the-stroke.patch', seed: 1, breaks: 'window: ' },
  { patch: 'lost-said-to-open.patch', seed: 4, breaks: 'window: ' },
  { patch: 'paused-said-closed.patch', seed: 2, breaks: 'A6: ' },
  { patch: 'other-amount-accepted.patch', seed: 1, breaks: 'M1: ' },
  { patch: 'call-counted-twice.patch', seed: 1, breaks: 'M1: ' },
  { patch: 'late-payment-forgotten.patch', seed: 1, breaks: 'M1: ' },
  // PostgreSQL does not let a case be paid twice: that is what stops it.
  { patch: 'refund-paid-twice.patch', seed: 2, breaks: 'no fault: ' },
  { patch: 'fetched-opens-doors.patch', seed: 2, breaks: 'A5: ' },
  { patch: 'fetched-said-collected.patch', seed: 2, breaks: 'A6: ' },
  { patch: 'brought-back-stays-given.patch', seed: 6, breaks: 'A4: ' },
  { patch: 'handed-in-card-stays-out.patch', seed: 13, breaks: 'A4: ' },
  { patch: 'undone-reissue-stays-ended.patch', seed: 13, breaks: 'M1: ' },
  { patch: 'undone-unsaid.patch', seed: 1, breaks: 'D5: ' },
  { patch: 'undone-long-after.patch', seed: 18, breaks: 'A4: ' },
] as const
const patches = new URL('breaks/', import.meta.url)

it('every patch is listed, and every listed patch is there', async () => {
  expect((await readdir(patches)).toSorted()).toEqual(controls.map(({ patch }) => patch).toSorted())
})

it.concurrent.each(controls)(
  'with $patch seed $seed breaks "$breaks"',
  { timeout: 180_000 },
  async ({ patch, seed, breaks }) => {
    const template = await filledOnce('histories', fillCampus)
    const copy = await copyProject()
    try {
      await breakWith(copy.folder, new URL(patch, patches))
      const main = join(copy.folder, 'test/histories/main.ts')
      const ground = ['--server', inject('databaseUrl'), '--template', template]
      const run = promisify(execFile)(
        process.execPath,
        [main, '--seed', `${seed}`, '--shrink', '0', ...ground],
        { cwd: copy.folder },
      )
      const { stdout } = await run.catch((error: { stdout: string }) => error)
      expect(stdout).toContain(`\n${breaks}`)
    } finally {
      await copy.remove()
    }
  },
)

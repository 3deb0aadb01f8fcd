import { spawn } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, inject, it } from 'vitest'
import { breakWith, copyProject } from '../project-copy.ts'
import type { Totals } from './many.ts'

/*
 * The simulator is only worth as much as it can fail. Each patch in breaks/ breaks one rule of the production code in
 * a copy of this project; the worlds of that copy must break the promise named here.
 */
const controls = [
  { patch: 'delete-first.patch', breaks: ['A1'], first: 1, atMost: 100 },
  { patch: 'no-fence.patch', breaks: ['S1'], first: 1, atMost: 600 },
  // Of a card that was lost, what comes back after it was read back as gone is A2.
  { patch: 'verify-too-early.patch', breaks: ['C3', 'A2'], first: 401, atMost: 1_500 },
  { patch: 'cut-off-late.patch', breaks: ['cut-off'], first: 1, atMost: 300 },
  // Boards that say yes and store nothing, while many cards are made sure of by counting.
  { patch: 'count-unheeded.patch', breaks: ['A1'], first: 101, atMost: 600 },
  // What the simulator found: one world in some hundred shows it.
  { patch: 'repeats-late.patch', breaks: ['S1', 'A2'], first: 601, atMost: 600 },
  // What another system changed, and what a reset took, comes to light where a list is read.
  { patch: 'list-unheeded.patch', breaks: ['C1'], first: 1, atMost: 100 },
] as const
const shareWorlds = 10

/** What no world shows often enough has a test of its own. */
const ofATest = [
  {
    patch: 'asked-once.patch',
    file: 'test/simulator/asked-twice.test.ts',
    fails: 'a late "none" to an earlier question does not hide a lost card',
  },
] as const

const patches = new URL('breaks/', import.meta.url)

it('every patch is listed, and every listed patch is there', async () => {
  const files = (await readdir(patches)).toSorted()
  expect(files).toEqual([...controls, ...ofATest].map(each => each.patch).toSorted())
})

/** Runs the worlds of a project's copy, a few at a time, until one breaks one of these promises; its seed. */
async function firstBroken(
  folder: string,
  { breaks, first, atMost }: { breaks: readonly string[]; first: number; atMost: number },
): Promise<number | null> {
  const part = spawn(process.execPath, [join(folder, 'test/simulator/part.ts')], {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let next = first
  const ask = () => {
    const count = Math.min(shareWorlds, first + atMost - next)
    if (count > 0) part.stdin.write(`${next} ${count}\n`)
    else part.stdin.end()
    next += count
  }
  try {
    ask()
    for await (const line of createInterface({ input: part.stdout })) {
      const { totals } = JSON.parse(line) as { totals: Totals }
      const broken = totals.failing.find(({ promise }) => breaks.includes(promise))
      if (broken) return broken.seed
      ask()
    }
    return null
  } finally {
    part.kill()
  }
}

it.each(controls)('with $patch a world breaks $breaks', { timeout: 240_000 }, async control => {
  const copy = await copyProject()
  try {
    await breakWith(copy.folder, new URL(control.patch, patches))
    expect(await firstBroken(copy.folder, control)).not.toBeNull()
  } finally {
    await copy.remove()
  }
})

it.each(ofATest)('with $patch a test fails: $fails', { timeout: 240_000 }, async ({ patch, file, fails }) => {
  const copy = await copyProject()
  try {
    await breakWith(copy.folder, new URL(patch, patches))
    const env = { DATABASE_URL_TEST: inject('databaseUrl') }
    expect((await copy.test('gatehouse', { file, env })).failed).toEqual([fails])
  } finally {
    await copy.remove()
  }
})

import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { faultKinds } from './faults.ts'
import { keepRun } from './kept-run.ts'
import { runMany, type Totals } from './many.ts'
import { listFaultKinds } from './rounds.ts'

const main = new URL('main.ts', import.meta.url).pathname
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-worlds-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs worlds as `npm run simulate` does: its exit code, and the object of its last line. */
async function simulate(...args: string[]) {
  const failing = ['--failing', join(folder, 'failing.jsonl')]
  const ran = await promisify(execFile)(process.execPath, [main, ...args, ...failing]).catch(
    (error: { code: number; stdout: string }) => error,
  )
  const lines = ran.stdout.trim().split('\n')
  const told = JSON.parse(lines.at(-1)!) as Totals & { rarest: { fault: string; times: number } }
  return { code: 'code' in ran ? ran.code : 0, lines, told }
}

it('tells of every kind of fault, and fails where one fired too rarely', async () => {
  const { code, lines, told } = await simulate('--worlds', '6', '--workers', '2', '--at-least', '1000000')
  expect(code).toBe(1)
  expect(Object.keys(told.faults)).toEqual([...faultKinds, ...listFaultKinds])
  expect(told.rarest.times).toBe(Math.min(...Object.values(told.faults)))
  expect(lines).toContain(`crash: ${told.faults.crash} times, and should be 1000000`)
})

it('goes on with a run that was kept, as if it had not been broken off', async () => {
  const kept = join(folder, 'run.json')
  keepRun(kept, { first: 1, worlds: 8, seconds: 1, totals: await runMany({ first: 1, count: 4 }) })
  const { told } = await simulate('--from', kept, '--workers', '2')
  const whole = await runMany({ first: 1, count: 8 })
  expect(told).toMatchObject({ ...whole, first: 1 })
  expect(JSON.parse(await readFile(kept, 'utf8'))).toMatchObject({ worlds: 8, totals: whole })
})

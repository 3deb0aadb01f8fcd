import { readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { campusClock } from '../src/app/clock.ts'
import { applyRoster, uploadRoster } from '../src/roster/import.ts'
import { openDatabase } from '../src/server/database.ts'
import { type Act, openRegister } from '../src/server/register.ts'
import { mostMemory } from '../test/most-memory.ts'

/*
 * The process that does an import: what it takes in memory and how long it keeps others waiting is its own. Nothing
 * follows from what is noted here: what doors should hold is measured elsewhere (bench:access).
 */

/** What one import took. */
export interface Imported {
  differenceMs: number
  applyMs: number
  /** Resident memory of the process: before it has read anything, and the most by the difference and by the end. */
  idleBytes: number
  differencePeakBytes: number
  applyPeakBytes: number
  stallMs: number
  adds: number
  changes: number
}

process.on('message', (asked: { file: string; name: string }) => {
  void run(asked).then(
    done => process.send!({ imported: done }),
    (error: unknown) => process.send!({ error: String(error) }),
  )
})

async function run({ file, name }: { file: string; name: string }): Promise<Imported> {
  const database = openDatabase(process.env.BENCH_DATABASE!, 'app', { connections: 2 })
  const register = openRegister(database, campusClock, async () => {})
  const office = { kind: 'office', id: 'office' } as const
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const bytes = await readFile(file)
  const idleBytes = process.memoryUsage.rss()
  delay.enable()
  const timed = async <Result>(work: (act: Act) => Promise<Result>) => {
    const began = performance.now()
    const result = await register.aside(office, work)
    return { result, ms: performance.now() - began }
  }
  const looked = await timed(async act => {
    const taken = await uploadRoster(act, { fileName: name, file: bytes })
    if (!taken.ok) throw new Error(taken.refusal)
    const { uploadId, seal, will, roster } = taken.preview
    if (roster.bad.length > 0) throw new Error(`${roster.bad.length} rows are bad`)
    return { uploadId, seal, will }
  })
  const differencePeakBytes = mostMemory()
  const applied = await timed(async act => {
    const done = await applyRoster(act, looked.result)
    if (!done.ok) throw new Error(done.refusal)
  })
  delay.disable()
  await database.close()
  const { adds, changes } = looked.result.will
  return {
    differenceMs: looked.ms,
    applyMs: applied.ms,
    idleBytes,
    differencePeakBytes,
    applyPeakBytes: mostMemory(),
    stallMs: delay.max / 1e6,
    adds,
    changes,
  }
}

import { writeFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import { join } from 'node:path'
import pg from 'pg'

/** Where profiles are written, one file a timed piece of work and process; none are made unless it is said. */
const folder = process.env.BENCH_PROFILE

interface Asked {
  times: number
  ms: number
}

/** What this process asked of the database, by the statements' names: how often, and how long the answers took. */
const statements = new Map<string, Asked>()

/** Listens to every statement that has a name, and to the begins and commits. */
function listen(): void {
  const client = pg.Client.prototype as unknown as {
    query: (
      this: unknown,
      asked: string | { name?: string; text: string },
      ...rest: unknown[]
    ) => Promise<unknown> | undefined
  }
  const { query } = client
  client.query = function heard(asked, ...rest) {
    const name = typeof asked === 'string' ? asked : (asked.name ?? asked.text)
    const beganMs = performance.now()
    const answer = query.call(this, asked, ...rest)
    const note = () => {
      const so = statements.get(name) ?? { times: 0, ms: 0 }
      statements.set(name, { times: so.times + 1, ms: so.ms + performance.now() - beganMs })
    }
    answer?.then(note, note)
    return answer
  }
}
if (folder) listen()

let session: Session | null = null
let beganMs = 0

/** Begins a processor profile of this process, where profiles are wished for. */
export async function beginProfile(): Promise<void> {
  if (!folder) return
  statements.clear()
  session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 500 })
  await session.post('Profiler.start')
  beganMs = performance.now()
}

/** Ends it, and writes it and the statements into files of this name. */
export async function endProfile(name: string): Promise<void> {
  if (!folder || !session) return
  const { profile } = await session.post('Profiler.stop')
  session.disconnect()
  session = null
  const tookMs = performance.now() - beganMs
  await writeFile(join(folder, `${name}.cpuprofile`), JSON.stringify(profile))
  const lines = [...statements]
    .toSorted(([, a], [, b]) => b.ms - a.ms)
    .map(
      ([asked, { times, ms }]) =>
        `${String(times).padStart(8)} × ${(ms / times).toFixed(2).padStart(8)} ms  ${asked}`,
    )
  if (lines.length > 0)
    await writeFile(
      join(folder, `${name}.statements`),
      [`in ${tookMs.toFixed(0)} ms`, ...lines, ''].join('\n'),
    )
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from './ground.ts'
import { type Measured, median, say } from './report.ts'

/** So long a start may take before it counts as failed. */
const limitMs = 120_000
const laterStarts = 3

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/** Runs what `npm start` runs, until its pages answer; then stops it. How long both took, in milliseconds. */
async function startOnce(dataFolder: string): Promise<{ readyMs: number; stopMs: number }> {
  const port = await freePort()
  const { DATABASE_URL: _, ...environment } = process.env
  const beganMs = performance.now()
  const child = spawn(process.execPath, ['--import', './scripts/runtime.mjs', 'src/app/main.ts'], {
    cwd: projectFolder,
    env: { ...environment, GATEHOUSE_DATA: dataFolder, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const ended = once(child, 'exit')
  try {
    for (;;) {
      if (child.exitCode !== null || performance.now() - beganMs > limitMs)
        throw new Error(`Gatehouse did not start:\n${said}`)
      const answers = await fetch(`http://127.0.0.1:${port}/`).then(
        async reply => (await reply.text()) !== '' && reply.ok,
        () => false,
      )
      if (answers) break
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  } catch (fault) {
    child.kill('SIGTERM')
    await ended
    throw fault
  }
  const readyMs = performance.now() - beganMs
  child.kill('SIGTERM')
  await ended
  return { readyMs, stopMs: performance.now() - beganMs - readyMs }
}

/** From `npm start` to the first page, on an empty data folder and on one that has a campus. */
export async function start(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'))
  await chmod(folder, 0o755)
  try {
    const first = await startOnce(folder)
    const later: number[] = []
    const stops: number[] = []
    for (let time = 0; time < laterStarts; time++) {
      const { readyMs, stopMs } = await startOnce(folder)
      later.push(readyMs)
      stops.push(stopMs)
    }
    return {
      title: '`npm start` until the first page answers',
      rows: [
        [
          'on an empty data folder: PostgreSQL, schema, the campus to try',
          `${say(first.readyMs / 1000, 1)} s`,
        ],
        [`afterwards (median of ${laterStarts})`, `${say(median(later) / 1000, 1)} s`],
        ['stopping', `${say(median(stops) / 1000, 1)} s`],
      ],
      figures: { firstMs: first.readyMs, laterMs: median(later), stopMs: median(stops) },
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

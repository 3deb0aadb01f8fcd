import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { EngineMaking } from './engine.ts'

/** One updating process of a test. */
export interface Process {
  owner: string
  child: ChildProcess
  paused: boolean
  /** From which ports it speaks to controllers. */
  ports: readonly number[]
}

/** Some updating processes that share one database; those that are killed are replaced. */
export class Processes {
  /** Every line that any of them said. */
  readonly said: { owner: string; line: string }[] = []
  readonly running = new Map<string, Process>()
  killed = 0
  pauses = 0
  #made = 0
  readonly #urlFor: (owner: string) => Promise<string>
  readonly #options: string

  /** All of them speak to one database, or each at an address of its own. */
  constructor(url: string | ((owner: string) => Promise<string>), options: EngineMaking) {
    this.#urlFor = typeof url === 'string' ? async () => url : url
    this.#options = JSON.stringify(options)
  }

  /** Whose port this is, of those that run. */
  ownerOf(port: number): string | undefined {
    for (const { owner, ports } of this.running.values()) if (ports.includes(port)) return owner
    return undefined
  }

  /** Starts one more, and waits until it looks for work. */
  async start(): Promise<void> {
    this.#made += 1
    const owner = `process ${this.#made}`
    const url = await this.#urlFor(owner)
    const script = fileURLToPath(new URL('./updater.ts', import.meta.url))
    const child = spawn(process.execPath, [script, url, owner, this.#options], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.on('error', () => {})
    const started: Process = { owner, child, paused: false, ports: [] }
    const lines = createInterface({ input: child.stdout })
    const ready = new Promise<void>(resolve => {
      lines.on('line', line => {
        if (line === 'ready') resolve()
        if (line.startsWith('ports ')) {
          started.ports = line.slice('ports '.length).split(',').map(Number)
          // It may speak before it says that it is ready.
          this.running.set(owner, started)
        }
        this.said.push({ owner, line })
      })
    })
    await Promise.race([
      ready,
      once(child, 'exit').then(() => {
        throw new Error(`${owner} ended before it was ready`)
      }),
    ])
  }

  /** Ends one as a power cut does. */
  async kill(owner: string): Promise<void> {
    const process = this.running.get(owner)
    if (!process) return
    this.running.delete(owner)
    this.killed += 1
    const ended = once(process.child, 'exit')
    process.child.kill('SIGKILL')
    await ended
  }

  /** Stops one in its tracks, as a machine that swaps or is moved does. */
  pause(owner: string): void {
    const process = this.running.get(owner)
    if (!process || process.paused) return
    process.paused = true
    this.pauses += 1
    process.child.kill('SIGSTOP')
  }

  /** Lets one go on that was paused: it does not know that it was. */
  resume(owner: string): void {
    const process = this.running.get(owner)
    if (!process?.paused) return
    process.paused = false
    process.child.kill('SIGCONT')
  }

  /** Ends all of them in order; those that do not end by themselves within five seconds are killed. */
  async close(): Promise<number> {
    let unwilling = 0
    await Promise.all(
      [...this.running.values()].map(async ({ owner, child }) => {
        this.resume(owner)
        const ended = once(child, 'exit')
        const limit = setTimeout(() => {
          unwilling += 1
          child.kill('SIGKILL')
        }, 5_000)
        child.stdin?.end()
        await ended
        clearTimeout(limit)
      }),
    )
    this.running.clear()
    return unwilling
  }
}

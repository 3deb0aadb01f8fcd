import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type EmulatorClient, emulatorAt } from './client.ts'
import type { EmulatorSetup } from './settings.ts'

/** An emulator that this process has started, and stops. */
export interface Emulator extends EmulatorClient {
  /** Ends the emulator's process; its controllers' memories are gone. May be called twice. */
  stop(): Promise<void>
}

const startLimitMs = 20_000

/**
 * Starts the emulator as a process of its own, and waits until it listens. It ends by `stop()`, and by itself
 * when this process ends, however it ends. Throws, with the emulator's own words, where it cannot start (an
 * address is taken, a setting makes no sense).
 */
export async function startEmulator(setup: EmulatorSetup): Promise<Emulator> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--config', '-', '--with-parent'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  let words = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-4_000)
  })
  // The pipe breaks when the emulator ends first; that it ended is told by `ended`.
  child.stdin.on('error', () => {})
  child.stdin.write(`${JSON.stringify(setup)}\n`)

  const lines = createInterface({ input: child.stdout })
  const tooLong = setTimeout(() => child.kill('SIGKILL'), startLimitMs)
  const first = await Promise.race([once(lines, 'line'), ended.then(() => null)])
  clearTimeout(tooLong)
  if (!first) throw new Error(words.trim() || `the emulator did not start within ${startLimitMs / 1000} s`)
  const { control } = JSON.parse(String(first[0])) as { control: string }

  return {
    ...emulatorAt(control),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

import { execFile, type SpawnOptions } from 'node:child_process'
import { promisify } from 'node:util'
import { program } from './binaries.ts'
import type { Place } from './place.ts'

const run = promisify(execFile)

/**
 * How every program of PostgreSQL is started: as the unprivileged user, in a folder that this user may be in, and with
 * nothing of our environment but what finds programs and libraries: no secrets, no PG… settings, no language.
 */
export function asPostgres(place: Place, cwd: string) {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir', 'LD_LIBRARY_PATH']
  const env = Object.fromEntries(kept.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])))
  return {
    cwd,
    env: { ...env, LANG: 'C', TZ: 'UTC' },
    windowsHide: true,
    // "| 0": macOS numbers its user nobody -2 and reports it unsigned, and a process is given a signed number.
    ...(place.runAs && { uid: place.runAs.uid | 0, gid: place.runAs.gid | 0 }),
  } satisfies SpawnOptions
}

/** What a program said before it failed, as one text. */
export class ProgramFailed extends Error {
  readonly output: string
  constructor(name: string, output: string) {
    super(`PostgreSQL's ${name} failed: ${output.trim() || 'it said nothing'}`)
    this.output = output
  }
}

/** Runs a program to its end; its words on failure are in the error. */
export async function runProgram(
  place: Place,
  cwd: string,
  name: 'initdb' | 'pg_ctl',
  args: readonly string[],
): Promise<void> {
  try {
    await run(program(place.binaries, name), args, asPostgres(place, cwd))
  } catch (fault) {
    const { stdout = '', stderr = '', message } = fault as Error & { stdout?: string; stderr?: string }
    throw new ProgramFailed(name, stderr || stdout || message)
  }
}

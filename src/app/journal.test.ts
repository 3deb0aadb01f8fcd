import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { openDatabase } from '../server/database.ts'
import { keepJournal } from '../server/journal/keep.ts'
import { campusClock } from './clock.ts'

/* The journal of a whole campus, sealed by its own process and verified by the command that an operator types. */

let campus: TestCampus
let folder: string
beforeAll(async () => {
  campus = await openCampus()
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
}, 60_000)
afterAll(async () => {
  await campus.close()
  await rm(folder, { recursive: true })
})

/** What the command says, with its exit code. */
async function verify(...more: string[]): Promise<{ code: number; said: string }> {
  const command = ['--import', './scripts/runtime.mjs', 'src/app/journal.ts', ...more]
  const env = { ...process.env, DATABASE_URL: campus.url, GATEHOUSE_JOURNAL: folder }
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: projectFolder, env })
    return { code: 0, said: stdout }
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}

it('is sealed and shipped by the process, and found whole; then changed, and found out', async () => {
  const { pool } = campus.owner
  await campus.gatehouse.journal.look()
  const chores = openDatabase(campus.url, 'chores', { connections: 1 })
  const log: string[] = []
  const zone = async () => 'Asia/Taipei'
  const kept = keepJournal(
    { database: chores, clock: campusClock, folder, zone, log: line => log.push(line) },
    { everyMs: undefined },
  )
  await kept.look()
  const { rows } = await pool.query<{ many: number; seals: number }>(
    `select (select count(*)::int from journal) as many, (select count(*)::int from journal_seal) as seals`,
  )
  const { many, seals } = rows[0]!
  expect(many).toBeGreaterThan(1_000)
  const whole = await verify('verify')
  expect(whole.said).toContain(`${many} entries in ${seals} seals, whole. 0 entries wait for their seal.`)
  expect(whole.said).toContain(`${seals} seals in 1 files`)
  expect(whole.code).toBe(0)

  const owner = await pool.connect()
  await owner.query('alter table journal disable trigger journal_is_append_only')
  await owner.query(`update journal set facts = facts || '{"by": "somebody"}' where id = 70`)
  await owner.query('alter table journal enable trigger journal_is_append_only')
  owner.release()
  const changed = await verify('verify')
  expect(changed.said).toContain(
    'Entry 70 was changed after seal 1 was set: it is the first that does not fit.',
  )
  expect(changed.code).toBe(1)
  expect(log).toEqual([])
  await kept.stop()
  await chores.close()
}, 60_000)

it('says what it can do, to who asks for something else', async () => {
  const answer = await verify('mend')
  expect(answer.said).toContain('npm run journal -- verify [folder]')
  expect(answer.code).toBe(1)
})

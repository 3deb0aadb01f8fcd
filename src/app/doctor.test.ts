import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { usualNetworks } from '../access/networks.ts'
import type { Database } from '../server/database.ts'
import { processNow } from './clock.ts'
import { readConfig } from './config.ts'
import { databaseChecks } from './doctor-database.ts'
import { auditSays, isReserved, machineChecks } from './doctor-machine.ts'
import { officeChecks } from './doctor-office.ts'
import { type Around, examine, type Finding, sayFindings } from './doctor-run.ts'
import { trustChecks } from './doctor-trust.ts'
import { type CheckName, checkNames } from './doctor-words.ts'

/* Each check of the doctor on an installation that is right, and seen to fail on one that is broken in just that. */
let campus: TestCampus
let dataFolder: string
let right: Around
const checks = [...databaseChecks, ...machineChecks, ...officeChecks, ...trustChecks]
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  dataFolder = await mkdtemp(join(tmpdir(), 'doctor-'))
  const { database: app, doors } = campus.gatehouse
  const config = readConfig(
    { GATEHOUSE_DEMO: 'off', GATEHOUSE_ADDRESS: 'https://cards.example.edu', GATEHOUSE_FILES: dataFolder },
    projectFolder,
  )
  const now = campusTime('2023-10-18T11:00')
  const around = { environment: {}, app, doors, chores: app }
  right = { config, dataFolder, ...around, now, networks: usualNetworks }
}, 60_000)
afterAll(async () => {
  await campus.close()
  await rm(dataFolder, { recursive: true })
})

const verdictOf = async (name: CheckName, change: Partial<Around> = {}): Promise<Finding> => {
  const check = checks.find(each => each.name === name)!
  return (await examine([check], { ...right, ...change }))[0]!
}
const withSettings = (environment: NodeJS.ProcessEnv) => ({ config: readConfig(environment, projectFolder) })

it('every check has a name, a title and what to do in both languages, and none is made twice', () => {
  expect(checks.map(({ name }) => name)).toEqual([...checkNames])
  const findings = checkNames.map(check => ({ check, verdict: 'fail', seen: '' }) as const)
  for (const language of ['zh-TW', 'en'] as const)
    expect(sayFindings(findings, language).split('\n')).toHaveLength(checkNames.length * 2 + 2)
})

it('a check that breaks is unknown, with its reason, and the others go on', async () => {
  const look = async () => Promise.reject(new Error('nobody answers'))
  const findings = await examine([{ name: 'demo-off', look }, machineChecks[1]!], right)
  expect(findings).toMatchObject([
    { verdict: 'unknown', seen: 'nobody answers' },
    { check: 'address-is-https', verdict: 'pass' },
  ])
})

describe('the database', () => {
  /** The database as a superuser sees it who has changed something for all, and has not committed it. */
  async function changed<T>(statement: string, ask: (app: Database) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: campus.url })
    await client.connect()
    try {
      await client.query(`begin; ${statement}`)
      return await ask({ ...right.app, pool: client as unknown as Database['pool'] })
    } finally {
      await client.end()
    }
  }

  it.each(['schema-is-this-one', 'roles-are-narrow', 'grants-are-narrow'] as const)(
    '%s: as it was made it is right',
    async name => {
      expect(await verdictOf(name)).toMatchObject({ verdict: 'pass' })
    },
  )

  it.each([
    ['schema-is-this-one', 'insert into schema_version (version) values (999)'],
    ['roles-are-narrow', 'alter role gatehouse_app bypassrls'],
    ['roles-are-narrow', 'alter role gatehouse_doors createdb'],
    ['roles-are-narrow', 'alter role gatehouse_chores rename to gatehouse_gone'],
    ['grants-are-narrow', 'grant create on schema public to gatehouse_app'],
    ['grants-are-narrow', 'grant update on journal to gatehouse_app'],
    ['grants-are-narrow', 'grant select on person to gatehouse_doors'],
    ['grants-are-narrow', 'grant insert on card to gatehouse_reports'],
    ['grants-are-narrow', 'create table foreign_table (id int)'],
    ['database-keeps-commits', 'set local synchronous_commit = off'],
  ] as const)('%s fails after: %s', async (name, statement) => {
    expect(await changed(statement, app => verdictOf(name, { app }))).toMatchObject({ verdict: 'fail' })
  })

  it('clocks that are apart, and a campus whose time was moved', async () => {
    const ofNow = { now: processNow() }
    // The test's campus is moved to another day.
    expect(await verdictOf('clocks-agree', ofNow)).toMatchObject({ verdict: 'fail', seen: 'campus_clock' })
    const still = `set local role gatehouse_owner; update campus_clock set ahead_by = '0'; set local timezone = 'UTC'`
    const ask = (now: Temporal.Instant) => async (app: Database) => {
      const own = { ...app, pool: inUtc(app) }
      return verdictOf('clocks-agree', { app: own, now })
    }
    expect(await changed(still, ask(ofNow.now))).toMatchObject({ verdict: 'pass' })
    expect(await changed(still, ask(ofNow.now.subtract({ seconds: 30 })))).toMatchObject({ verdict: 'fail' })
  })
  /** Instants as our pools read them. */
  const inUtc = (app: Database): Database['pool'] =>
    ({
      query: async (text: string) => {
        const { rows } = await app.pool.query<{ at: Date }>(text)
        return {
          rows: rows.map(row => ({ ...row, at: Temporal.Instant.fromEpochMilliseconds(row.at.getTime()) })),
        }
      },
    }) as unknown as Database['pool']
})

describe('the settings', () => {
  it.each([
    ['demo-off', {}, 'fail'],
    ['demo-off', { GATEHOUSE_DEMO: 'off' }, 'pass'],
    ['address-is-https', {}, 'fail'],
    ['address-is-https', { GATEHOUSE_ADDRESS: 'http://cards.example.edu' }, 'fail'],
    ['push-configured', {}, 'unknown'],
    ['push-configured', { GATEHOUSE_PUSH_CONTACT: 'mailto:cards@example.org' }, 'pass'],
    ['files-folder', {}, 'unknown'],
    ['files-folder', { GATEHOUSE_FILES: '/nowhere/at/all' }, 'fail'],
    ['mail-reachable', {}, 'unknown'],
    ['mail-reachable', { SMTP_HOST: '127.0.0.1', SMTP_PORT: '9', SMTP_FROM: 'a@example.org' }, 'fail'],
  ] as const)('%s with %j: %s', async (name, environment, verdict) => {
    expect(await verdictOf(name, withSettings(environment))).toMatchObject({ verdict })
  })

  it('a mail server that answers is reached', async () => {
    const server = new SMTPServer({ authOptional: true, hideSTARTTLS: true, logger: false })
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const { port } = server.server.address() as AddressInfo
    const settings = { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(port), SMTP_FROM: 'a@example.org' }
    expect(await verdictOf('mail-reachable', withSettings(settings))).toMatchObject({ verdict: 'pass' })
    await new Promise<void>(done => server.close(() => done()))
  })
})

describe('the machine', () => {
  it('a data folder that others write, and keys that others read', async () => {
    const folder = join(dataFolder, 'data')
    await mkdir(folder)
    await chmod(folder, 0o755)
    expect(await verdictOf('data-folder-is-ours', { dataFolder: folder })).toMatchObject({ verdict: 'pass' })
    expect(await verdictOf('key-files-are-ours', { dataFolder: folder })).toMatchObject({
      verdict: 'unknown',
    })
    await writeFile(join(folder, 'proof-key'), 'x', { mode: 0o600 })
    expect(await verdictOf('key-files-are-ours', { dataFolder: folder })).toMatchObject({ verdict: 'pass' })
    await chmod(join(folder, 'proof-key'), 0o640)
    expect(await verdictOf('key-files-are-ours', { dataFolder: folder })).toMatchObject({
      verdict: 'fail',
      seen: 'proof-key 640',
    })
    await chmod(folder, 0o777)
    expect(await verdictOf('data-folder-is-ours', { dataFolder: folder })).toMatchObject({ verdict: 'fail' })
    expect(await verdictOf('data-folder-is-ours', { dataFolder: '/nowhere' })).toMatchObject({
      verdict: 'unknown',
    })
  })

  it('a backup that is too old, or none', async () => {
    const file = join(dataFolder, 'last-backup')
    expect(await verdictOf('backup-lately')).toMatchObject({ verdict: 'unknown' })
    await writeFile(file, '')
    const seconds = right.now.epochMilliseconds / 1000
    await utimes(file, seconds - 3600, seconds - 3600)
    expect(await verdictOf('backup-lately')).toMatchObject({ verdict: 'pass' })
    await utimes(file, seconds - 48 * 3600, seconds - 48 * 3600)
    expect(await verdictOf('backup-lately')).toMatchObject({ verdict: 'fail' })
  })

  it('a port that the system may give away, and what npm’s audit says', () => {
    expect(['60000', '1,59000-60001', '60000-60010'].map(list => isReserved(list, 60_000))).toEqual([
      true,
      true,
      true,
    ])
    expect(['', '6000', '60001-60010'].map(list => isReserved(list, 60_000))).toEqual([false, false, false])
    const said = (high: number) =>
      JSON.stringify({ metadata: { vulnerabilities: { high, critical: 0, total: high + 1 } } })
    expect([auditSays(said(0)), auditSays(said(2))]).toEqual([
      { bad: 0, all: 1 },
      { bad: 2, all: 3 },
    ])
    // Without a network it says what went wrong, and nothing of packages.
    expect(['', 'npm error', '{"message":"ENOTFOUND"}'].map(auditSays)).toEqual([null, null, null])
  })
})

describe('the office', () => {
  it('as the campus to try is set up', async () => {
    expect(await verdictOf('programme-published')).toMatchObject({ verdict: 'pass' })
    expect(await verdictOf('two-officers')).toMatchObject({ verdict: 'pass', seen: '2' })
    expect(await verdictOf('controllers-in-networks')).toMatchObject({ verdict: 'pass' })
    expect(await verdictOf('controllers-answered')).toMatchObject({ verdict: 'unknown' })
    expect(await verdictOf('controllers-clocks')).toMatchObject({ verdict: 'unknown' })
    expect(await verdictOf('windows-finish')).toMatchObject({ verdict: 'unknown' })
  })

  it('a deadline that has passed, one officer, a controller outside, silent ones, wrong clocks, a window that hangs', async () => {
    const { db, pool } = campus.owner
    expect(await verdictOf('programme-published', { now: campusTime('2024-03-01T00:00') })).toMatchObject({
      verdict: 'fail',
    })
    await db.deleteFrom('staff_role').where('staff_id', '=', 'office-2').execute()
    expect(await verdictOf('two-officers')).toMatchObject({ verdict: 'fail', seen: '1' })
    const { id } = await db
      .selectFrom('controller')
      .select('id')
      .where('driver', '=', 'uhppote')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    await db.updateTable('controller').set({ host: '203.0.113.9' }).where('id', '=', id).execute()
    expect(await verdictOf('controllers-in-networks')).toMatchObject({
      verdict: 'fail',
      seen: `${id} 203.0.113.9`,
    })
    const kept = `insert into controller_clock (controller_id, read_at, drift_seconds)
      select id, $1::timestamptz, 0 from controller where driver <> 'file'`
    await pool.query(kept, [right.now.toString()])
    expect(await verdictOf('controllers-answered')).toMatchObject({ verdict: 'pass' })
    expect(await verdictOf('controllers-clocks')).toMatchObject({ verdict: 'pass' })
    const later = { now: right.now.add({ hours: 40 }) }
    expect(await verdictOf('controllers-answered', later)).toMatchObject({ verdict: 'fail' })
    await pool.query('update controller_clock set drift_seconds = -61 where controller_id = $1', [id])
    expect(await verdictOf('controllers-clocks')).toMatchObject({ verdict: 'fail', seen: `${id} -61 s` })
    await pool.query(
      `insert into update_window (campus, on_date, at_time, starts_at) values ('x', '2023-10-18', '10:00', $1::timestamptz)`,
      [right.now.subtract({ hours: 1 }).toString()],
    )
    expect(await verdictOf('windows-finish')).toMatchObject({ verdict: 'pass' })
    expect(await verdictOf('windows-finish', later)).toMatchObject({ verdict: 'fail' })
  })
})

it('as it is called: in the language of LANG, as JSON for programs, and 1 where something fails', async () => {
  const call = (language: string, ...more: string[]) =>
    new Promise<{ exit: number | null; out: string }>(resolve => {
      const child = execFile(
        process.execPath,
        ['--import', `${projectFolder}scripts/runtime.mjs`, `${projectFolder}src/app/doctor.ts`, ...more],
        {
          env: {
            PATH: process.env.PATH,
            DATABASE_URL: campus.url,
            LANG: language,
            GATEHOUSE_DATA: dataFolder,
          },
        },
        (_, out) => resolve({ exit: child.exitCode, out }),
      )
    })
  const [chinese, english] = await Promise.all([call('zh_TW.UTF-8'), call('en_GB.UTF-8', '--json')])
  expect(chinese.exit).toBe(1)
  expect(chinese.out).toContain('✗ 不符  示範模式已關閉')
  expect(chinese.out).toContain('設定 GATEHOUSE_DEMO=off。')
  expect(english.exit).toBe(1)
  expect((JSON.parse(english.out) as Finding[]).map(({ check }) => check)).toEqual([...checkNames])
})

import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { campusTime, openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { openAnswering } from '../../test/security/listeners.ts'
import { usualNetworks } from '../access/networks.ts'
import { forgetPeople } from '../privacy/forget.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { sealJournal } from '../server/journal/seal.ts'
import { verifyNewest } from '../server/journal/verify.ts'
import { campusClock } from './clock.ts'
import { readConfig } from './config.ts'
import { type Around, examine, type Finding } from './doctor-run.ts'
import { trustChecks } from './doctor-trust.ts'
import type { CheckName } from './doctor-words.ts'
import { knownSecret } from './secrets-known.ts'

/* The doctor's questions of the walls that others rely on: each right on what is right, and seen to fail where just that is broken. */
let campus: TestCampus
let folder: string
let chores: Database
let intruder: pg.Client
let right: Around
const now = campusTime('2023-10-18T11:00')
beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  folder = await mkdtemp(join(tmpdir(), 'doctor-trust-'))
  chores = openDatabase(campus.url, 'chores', { connections: 2 })
  intruder = new pg.Client(campus.url)
  await intruder.connect()
  const { database: app, doors } = campus.gatehouse
  const config = readConfig({}, projectFolder)
  right = { config, dataFolder: folder, environment: {}, app, doors, chores, now, networks: usualNetworks }
}, 60_000)
afterAll(async () => {
  await Promise.all([chores.close(), intruder.end()])
  await campus.close()
  await rm(folder, { recursive: true })
})

const verdictOf = async (name: CheckName, change: Partial<Around> = {}): Promise<Finding> => {
  const check = trustChecks.find(each => each.name === name)!
  return (await examine([check], { ...right, ...change }))[0]!
}

describe('row-level security', () => {
  it('as it was made it is in force', async () => {
    expect(await verdictOf('row-security-in-force')).toMatchObject({ verdict: 'pass' })
  })
  it.each([
    ['alter table photo no force row level security', 'photo'],
    ['alter table card disable row level security', 'card'],
    ['create table notes_of_somebody (person_id bigint, note text)', 'notes_of_somebody'],
  ])('not after: %s', async (statement, seen) => {
    await intruder.query(`begin; ${statement}`)
    const app = { ...right.app, pool: intruder as unknown as Database['pool'] }
    expect(await verdictOf('row-security-in-force', { app })).toMatchObject({ verdict: 'fail', seen })
    await intruder.query('rollback')
  })
})

describe('the journal', () => {
  it('without a seal cannot be told; sealed it is whole; with one entry changed it is not', async () => {
    expect(await verdictOf('journal-is-whole')).toMatchObject({ verdict: 'unknown' })
    await sealJournal({ database: chores, clock: campusClock }, { most: 100 })
    expect(await verdictOf('journal-is-whole')).toMatchObject({ verdict: 'pass' })
    const change = async (id: number, act: string) => {
      await intruder.query('set session_replication_role = replica')
      await intruder.query('update journal set act = $2 where id = $1', [id, act])
      await intruder.query('set session_replication_role = default')
    }
    const { rows } = await intruder.query<{ first: number; last: number; act: string }>(
      `select min(id)::int as first, max(id)::int as last from journal`,
    )
    const { first, last } = rows[0]!
    for (const id of [first, last]) {
      const [before] = (await intruder.query('select act from journal where id = $1', [id])).rows
      await change(id, 'something else')
      expect(await verdictOf('journal-is-whole')).toMatchObject({
        verdict: 'fail',
        seen: `entry ${id} changed`,
      })
      // Of the newest seal alone an old entry is not seen: that is what the whole verification is for.
      expect((await verifyNewest(chores, 1)).whole).toBe(id === first)
      await change(id, String(before.act))
    }
    expect(await verdictOf('journal-is-whole')).toMatchObject({ verdict: 'pass' })
    await intruder.query('set session_replication_role = replica')
    await intruder.query('delete from journal_seal where number = (select max(number) - 1 from journal_seal)')
    await intruder.query('set session_replication_role = default')
    expect(await verdictOf('journal-is-whole')).toMatchObject({ verdict: 'fail' })
  })
})

describe('secrets', () => {
  const made = '3b1f9a0c77d2e4586690cbb1a2f04d9e8871c35fd06ae21b94470f5d2c8e6a13'
  const other = 'c90e4f7712ab58d36e01f49bb7d25c80a31e6f9d4427b8c05d1ea97336f0b248'
  it.each<[string, NodeJS.ProcessEnv, string, string]>([
    ['none', {}, 'unknown', ''],
    ['made by chance', { GATEHOUSE_KIOSK_KEY: made, GATEHOUSE_PAYMENT_KEY: other }, 'pass', '2'],
    [
      'the same twice',
      { GATEHOUSE_KIOSK_KEY: made, GATEHOUSE_PAYMENT_KEY: made },
      'fail',
      'GATEHOUSE_PAYMENT_KEY, GATEHOUSE_KIOSK_KEY',
    ],
    ['one byte again and again', { GATEHOUSE_KIOSK_KEY: '08'.repeat(32) }, 'fail', 'GATEHOUSE_KIOSK_KEY'],
    [
      'counted up',
      { GATEHOUSE_KIOSK_KEY: Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('hex') },
      'fail',
      'GATEHOUSE_KIOSK_KEY',
    ],
    [
      'of the tests',
      { GATEHOUSE_OIDC_CLIENT_SECRET: 'secret-of-gatehouse-in-tests' },
      'fail',
      'GATEHOUSE_OIDC_CLIENT_SECRET',
    ],
    ['a word', { SMTP_PASSWORD: 'Password123!' }, 'fail', 'SMTP_PASSWORD'],
    [
      'a known key behind a good one, while it is turned over',
      { GATEHOUSE_KIOSK_KEY: `${made} ${'09'.repeat(32)}` },
      'fail',
      'GATEHOUSE_KIOSK_KEY',
    ],
    [
      'a word in an address',
      { DATABASE_URL: 'postgres://u:postgres@db.example.edu/x' },
      'fail',
      'DATABASE_URL',
    ],
    ['an address without one', { DATABASE_URL: 'postgres://u@localhost/x' }, 'unknown', ''],
  ])('%s', async (_, environment, verdict, seen) => {
    expect(await verdictOf('secrets-are-own', { environment })).toMatchObject({ verdict, seen })
  })

  it('in the data folder are looked at, too, and none is told', async () => {
    await writeFile(join(folder, 'proof-key'), '09'.repeat(32), { mode: 0o600 })
    const found = await verdictOf('secrets-are-own')
    expect(found).toMatchObject({ verdict: 'fail', seen: 'GATEHOUSE_PROOF_KEY' })
    await writeFile(join(folder, 'proof-key'), made, { mode: 0o600 })
    expect(await verdictOf('secrets-are-own')).toMatchObject({ verdict: 'pass' })
    await rm(join(folder, 'proof-key'))
  })

  it('of a usual kind pass', () => {
    expect(['Zq8-rt!vM2pL', 'correct horse battery staple', made].map(knownSecret)).toEqual([
      false,
      false,
      false,
    ])
    expect(
      ['', 'a', 'aaaaaaaaaaaaaaaa', 'abababababababab', 'abcdefghijkl', 'CHANGEME'].every(knownSecret),
    ).toBe(true)
  })

  it('in files that others change, or in a folder in which they do', async () => {
    const own = join(folder, 'own')
    await mkdir(own)
    await chmod(own, 0o755)
    const file = join(own, 'smtp')
    await writeFile(file, 'x')
    const look = () => verdictOf('secret-files-are-ours', { environment: { SMTP_PASSWORD_FILE: file } })
    expect(await verdictOf('secret-files-are-ours')).toMatchObject({ verdict: 'unknown' })
    for (const [mode, verdict] of [
      [0o600, 'pass'],
      [0o640, 'pass'],
      [0o660, 'fail'],
      [0o644, 'fail'],
    ] as const) {
      await chmod(file, mode)
      expect(await look()).toMatchObject({ verdict })
    }
    await chmod(file, 0o600)
    await chmod(own, 0o777)
    expect(await look()).toMatchObject({ verdict: 'fail', seen: `${own} 777` })
    await chmod(own, 0o1777)
    expect(await look()).toMatchObject({ verdict: 'pass' })
    await rm(file)
    expect(await look()).toMatchObject({ verdict: 'fail' })
  })
})

it('a provider that answers, one that is no provider, and none', async () => {
  const server = await openAnswering((_, reply) =>
    reply.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        issuer: server.origin,
        authorization_endpoint: `${server.origin}/auth`,
        token_endpoint: `${server.origin}/token`,
        jwks_uri: `${server.origin}/jwks`,
      }),
    ),
  )
  const look = (issuer: string) =>
    verdictOf('provider-reachable', {
      config: readConfig(
        {
          GATEHOUSE_DEMO: 'off',
          GATEHOUSE_ADDRESS: 'https://cards.example.edu',
          GATEHOUSE_OIDC_ISSUER: issuer,
          GATEHOUSE_OIDC_CLIENT_ID: 'gatehouse',
          GATEHOUSE_OIDC_CLIENT_SECRET: 'a secret of this test',
        },
        projectFolder,
      ),
    })
  expect(await verdictOf('provider-reachable')).toMatchObject({ verdict: 'unknown' })
  expect(await look(server.origin)).toMatchObject({ verdict: 'pass', seen: server.origin })
  expect(await look(`${server.origin}/another`)).toMatchObject({ verdict: 'fail' })
  await server.close()
  expect(await look(server.origin)).toMatchObject({ verdict: 'fail' })
})

describe('what is forgotten at night', () => {
  const at = (local: string) => ({ now: campusTime(local) })
  it('never, last night, not since, or not to its end', async () => {
    expect(await verdictOf('forgotten-last-night')).toMatchObject({ verdict: 'unknown' })
    const clock = { ...campusClock, now: async () => campusTime('2023-10-18T04:00') }
    await forgetPeople({ database: chores, clock })
    expect(await verdictOf('forgotten-last-night')).toMatchObject({ verdict: 'pass', seen: '2023-10-18' })
    // Before its time it is the night before that counts; an hour later it is this one.
    expect(await verdictOf('forgotten-last-night', at('2023-10-19T04:00'))).toMatchObject({ verdict: 'pass' })
    expect(await verdictOf('forgotten-last-night', at('2023-10-19T04:45'))).toMatchObject({
      verdict: 'fail',
      seen: '2023-10-18',
    })
    await campus.owner.pool.query(`update forgetting set ended_at = null where what = 'sessions'`)
    expect(await verdictOf('forgotten-last-night')).toMatchObject({
      verdict: 'fail',
      seen: '2023-10-18: sessions',
    })
  })
})

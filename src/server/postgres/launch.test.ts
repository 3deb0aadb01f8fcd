import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopLeftBehind } from './launch.ts'
import { isAlive, readPostmaster } from './postmaster.ts'
import { ask, connect, dataIn, folderForThisTest, launch, newFolder, projectFolder } from './trial.ts'
import { isRoot } from './user.ts'

const root = isRoot()
const asWho = root ? 'root' : 'an ordinary user'

/** The data folder: one for all, each test starting its server anew, because making a cluster takes a second. */
let folder: string

beforeAll(async () => {
  folder = await newFolder()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const postmasterPid = async () => (await readPostmaster(dataIn(folder)))?.pid ?? 0

/** An app as a process of its own, which prints the address when it has its database, and stays. */
async function startApp(): Promise<{ url: string; kill(): Promise<void> }> {
  const code = `
    import { launchPostgres } from ${JSON.stringify(join(import.meta.dirname, 'launch.ts'))}
    const postgres = await launchPostgres(${JSON.stringify({ projectFolder, dataFolder: folder })})
    console.log(postgres.url)
    setInterval(() => {}, 1000)`
  const app = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(app, 'exit')
  const [url] = (await once(createInterface(app.stdout), 'line')) as [string]
  return {
    url,
    kill: async () => {
      app.kill('SIGKILL')
      await ended
    },
  }
}

/** Inserts single rows, each its own commit, until the connection dies; gives the last one acknowledged. */
async function insertUntilCut(client: Client, onRow: (row: number) => void): Promise<number> {
  for (let row = 1; ; row++) {
    try {
      await client.query('insert into kept (row) values ($1)', [row])
    } catch {
      return row - 1
    }
    onRow(row)
  }
}

/** Reads with a new connection at each try, for as long as a restart may take. */
async function askAgain<Row extends object>(url: string, sql: string): Promise<Row[]> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask<Row>(url, sql)
    } catch (fault) {
      if (attempt === 300) throw fault
      await wait(100)
    }
  }
}

describe(`the embedded PostgreSQL, started by ${asWho}`, () => {
  it('starts on 127.0.0.1 with a password, and is gone after it was stopped', async () => {
    const postgres = await launch({ dataFolder: folder })
    expect(postgres.adopted).toBe(false)
    const pid = await postmasterPid()
    const [settings] = await ask<Record<string, string>>(
      postgres.url,
      `select current_user as who, current_database() as database, current_setting('fsync') as fsync,
              current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
              current_setting('password_encryption') as passwords, current_setting('server_encoding') as encoding`,
    )
    expect(settings).toEqual({
      who: 'gatehouse',
      database: 'gatehouse',
      fsync: 'on',
      addresses: '127.0.0.1',
      sockets: '',
      passwords: 'scram-sha-256',
      encoding: 'UTF8',
    })
    const wrong = postgres.url.replace(/:[^:@/]+@/, ':wrong@')
    await expect(connect(wrong)).rejects.toThrow('password authentication failed')
    expect((await stat(join(folder, 'postgres', 'password'))).mode & 0o777).toBe(0o600)

    await postgres.stop()
    expect(isAlive(pid)).toBe(false)
    await expect(connect(postgres.url)).rejects.toThrow('ECONNREFUSED')
  })

  it('finds a Chinese name by a part of it, whatever language the machine speaks', async () => {
    const { url } = await launch({ dataFolder: folder, durable: false })
    await ask(url, 'create extension if not exists pg_trgm')
    const [found] = await ask<{ pieces: string[] }>(url, `select show_trgm('示例生') as pieces`)
    expect(found?.pieces.length).toBeGreaterThan(0)
  })

  it('keeps its rows from one start to the next', async () => {
    const first = await launch({ dataFolder: folder })
    await ask(
      first.url,
      `drop table if exists kept; create table kept (row int); insert into kept values (1), (2)`,
    )
    await first.stop()
    const second = await launch({ dataFolder: folder })
    expect(second.adopted).toBe(false)
    expect(await ask(second.url, 'select row from kept order by row')).toEqual([{ row: 1 }, { row: 2 }])
  })

  it('outlives an app that is killed, and the next app adopts it', async () => {
    const app = await startApp()
    await ask(app.url, `drop table if exists kept; create table kept (row int); insert into kept values (1)`)
    const pid = await postmasterPid()
    await app.kill()
    expect(isAlive(pid)).toBe(true)

    const next = await launch({ dataFolder: folder })
    expect(next).toMatchObject({ adopted: true, url: app.url })
    expect(await postmasterPid()).toBe(pid)
    expect(await ask(next.url, 'select row from kept')).toEqual([{ row: 1 }])
    await next.stop()
    await expect(connect(next.url)).rejects.toThrow('ECONNREFUSED')
  })

  it('is stopped by the last of two apps only', async () => {
    const first = await launch({ dataFolder: folder })
    const second = await launch({ dataFolder: folder })
    expect(second).toMatchObject({ adopted: true, url: first.url })
    await first.stop()
    expect(await ask(second.url, 'select 1 as alive')).toEqual([{ alive: 1 }])
    await second.stop()
    await expect(connect(second.url)).rejects.toThrow('ECONNREFUSED')
  })

  it('is made once when two apps start at the same moment', async () => {
    const dataFolder = await folderForThisTest()
    const both = await Promise.all([launch({ dataFolder }), launch({ dataFolder })])
    expect(both[0].url).toBe(both[1].url)
    expect(both.filter(one => one.adopted)).toHaveLength(1)
  })

  it('has every acknowledged row after app and PostgreSQL were killed at once', async () => {
    const app = await startApp()
    const client = await connect(app.url)
    await client.query('drop table if exists kept; create table kept (row int primary key)')
    const pid = await postmasterPid()
    let killed: Promise<void> | undefined
    const acknowledged = await insertUntilCut(client, row => {
      if (row !== 200) return
      killed = app.kill()
      process.kill(pid, 'SIGKILL')
    })
    await killed
    await client.end()
    expect(acknowledged).toBeGreaterThanOrEqual(200)

    const next = await launch({ dataFolder: folder })
    expect(next.adopted).toBe(false)
    const [kept] = await ask<{ rows: number; last: number }>(
      next.url,
      'select count(*)::int as rows, max(row) as last from kept',
    )
    expect(kept?.rows).toBeGreaterThanOrEqual(acknowledged)
    expect(kept?.rows).toBe(kept?.last)
  })

  it('comes back at the same address, with its rows, when it is killed under a living app', async () => {
    const lines: string[] = []
    const postgres = await launch({ dataFolder: folder, log: line => lines.push(line) })
    await ask(
      postgres.url,
      `drop table if exists kept; create table kept (row int); insert into kept values (1)`,
    )
    const pid = await postmasterPid()
    process.kill(pid, 'SIGKILL')
    expect(await askAgain(postgres.url, 'select row from kept')).toEqual([{ row: 1 }])
    expect(await postmasterPid()).not.toBe(pid)
    await postgres.stop()
    await expect(connect(postgres.url)).rejects.toThrow('ECONNREFUSED')
    expect(lines).toContain('The connection to PostgreSQL was lost: looking after it')
  })

  it('does not take a lock file of a dead server for a live one', async () => {
    const first = await launch({ dataFolder: folder })
    await first.stop()
    const gone = spawn(process.execPath, ['-e', ''])
    await once(gone, 'exit')
    const lockFile = join(dataIn(folder), 'postmaster.pid')
    const { uid, gid } = await stat(dataIn(folder))
    const port = new URL(first.url).port
    await writeFile(lockFile, `${gone.pid}\n${dataIn(folder)}\n1\n${port}\n\n127.0.0.1\n\nready   \n`, {
      mode: 0o600,
    })
    if (root) await chown(lockFile, uid, gid)
    expect((await launch({ dataFolder: folder })).adopted).toBe(false)
  })

  it('does not put what a failed statement held into its log', async () => {
    const { url } = await launch({ dataFolder: folder, durable: false })
    await ask(url, `create table person (name text primary key check (name <> '示例生 甲01'))`)
    await expect(ask(url, `insert into person values ('示例生 甲01')`)).rejects.toThrow('person_name_check')
    expect(await readFile(join(folder, 'postgres', 'server.log'), 'utf8')).not.toContain('示例生')
  })

  it('stops what a killed app left behind', async () => {
    const app = await startApp()
    await app.kill()
    await stopLeftBehind({ projectFolder, dataFolder: folder })
    await expect(connect(app.url)).rejects.toThrow('ECONNREFUSED')
  })
})

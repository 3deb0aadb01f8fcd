import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { afterEach } from 'vitest'
import { type LaunchedPostgres, type LaunchOptions, launchPostgres } from './launch.ts'

/** This clone, whose packages the tests of the embedded PostgreSQL use. */
export const projectFolder = resolve(import.meta.dirname, '../../..')

let folders: string[] = []
let launched: LaunchedPostgres[] = []

afterEach(async () => {
  for (const postgres of launched) await postgres.stop()
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
  launched = []
  folders = []
})

/** An empty folder that everyone may enter, under a name by which the next run removes what a killed one left. */
export async function newFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), `gatehouse-test-${process.pid}-`))
  await chmod(made, 0o755)
  return made
}

/** The same, removed after the test. */
export async function folderForThisTest(): Promise<string> {
  const made = await newFolder()
  folders.push(made)
  return made
}

/** Launches a PostgreSQL that is stopped after the test at the latest. */
export async function launch(options: Partial<LaunchOptions>): Promise<LaunchedPostgres> {
  const postgres = await launchPostgres({ projectFolder, ...options })
  launched.push(postgres)
  return postgres
}

/** A connection that survives (and reports at its next use) the death of its server. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Runs one text of SQL on a connection of its own. */
export async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = await connect(url)
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Where PostgreSQL's own files are in a data folder. */
export const dataIn = (folder: string): string => join(folder, 'postgres', 'data')

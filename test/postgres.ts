import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { launchPostgres, stopLeftBehind } from '../src/server/postgres/launch.ts'
import { isAlive } from '../src/server/postgres/postmaster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The tests' server: a superuser's address of its database `gatehouse` (or the one named by DATABASE_URL_TEST). */
    databaseUrl: string
    /** The database with the whole schema that each test file gets a copy of; nobody may connect to it. */
    databaseTemplate: string
  }
}

/**
 * One PostgreSQL for a run of the tests, which may lose commits and is gone afterwards; with DATABASE_URL_TEST, the
 * server of that address (a superuser, or an owner that may make databases) is used and left as it was.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL_TEST
  // A server of somebody's own may serve several runs at once, each with its template.
  const template = given ? `gatehouse_template_${randomBytes(4).toString('hex')}` : 'gatehouse_template'
  const server = given ? { url: given, stop: () => dropOurs(given, template) } : await privateServer()
  project.provide('databaseUrl', server.url)
  project.provide('databaseTemplate', template)
  try {
    await makeTemplate(server.url, template)
  } catch (fault) {
    await server.stop()
    throw fault
  }
  return server.stop
}

const projectFolder = resolve(import.meta.dirname, '..')

/** The name of a run's folder tells which process it belongs to. */
const folderPattern = /^gatehouse-test-(\d+)-/

/** Starts a PostgreSQL that may lose commits; its superuser's address. Stopping it removes it. */
export async function privateServer(): Promise<{ url: string; stop(): Promise<void> }> {
  await removeLeftBehind()
  const folder = await mkdtemp(join(tmpdir(), `gatehouse-test-${process.pid}-`))
  // mkdtemp lets only its maker in, and under root PostgreSQL runs as somebody else.
  await chmod(folder, 0o755)
  const server = await launchPostgres({ projectFolder, dataFolder: folder, durable: false })
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A run that was killed could not clean up: the next one stops its server and removes its folder. */
async function removeLeftBehind(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = folderPattern.exec(name)?.[1]
    if (owner === undefined || isAlive(Number(owner))) continue
    const folder = join(tmpdir(), name)
    await stopLeftBehind({ projectFolder, dataFolder: folder })
      .then(() => rm(folder, { recursive: true, force: true }))
      .catch(fault => console.warn(`${folder} of an earlier run could not be removed: ${fault.message}`))
  }
}

/** Makes a database with the whole schema, of which others are copies. */
export async function makeTemplate(url: string, template: string): Promise<void> {
  await asAdmin(url, client => client.query(`create database ${template} encoding 'UTF8' template template0`))
  const schema = await readFile(join(projectFolder, 'db', 'schema.sql'), 'utf8').catch(() => undefined)
  if (schema !== undefined) {
    const inTemplate = new URL(url)
    inTemplate.pathname = `/${template}`
    await asAdmin(inTemplate.href, client => client.query(schema))
  }
  // CREATE DATABASE refuses a template that somebody is connected to: so nobody can be.
  await asAdmin(url, client =>
    client.query(`alter database ${template} with is_template true allow_connections false`),
  )
}

async function dropOurs(url: string, template: string): Promise<void> {
  await asAdmin(url, async client => {
    await client.query(`alter database ${template} with is_template false`)
    const ours = await client.query<{ name: string }>(
      'select datname as name from pg_database where datname = $1 or starts_with(datname, $2)',
      [template, `${template.replace('template', 'test')}_`],
    )
    for (const { name } of ours.rows) await client.query(`drop database "${name}" with (force)`)
  })
}

async function asAdmin(url: string, act: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await act(client)
  } finally {
    await client.end()
  }
}

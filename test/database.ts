import { setTimeout as wait } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { inject } from 'vitest'

/** A database of its own for a test file. */
export interface FreshDatabase {
  /** The address of a superuser. */
  url: string
  /** Removes it, together with whoever is still connected. */
  drop(): Promise<void>
}

let made = 0

/**
 * A new database with the whole schema and no rows (some 65 ms): call it in `beforeAll`, and `drop` in `afterAll`.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const template = inject('databaseTemplate')
  made += 1
  const worker = process.env.VITEST_POOL_ID ?? '0'
  const name = `${template.replace('template', 'test')}_${worker}_${process.pid}_${made}`
  // Without fsync copying the files is five times as fast as writing them through the log (65 ms, not 350).
  await command(`create database "${name}" template ${template} strategy file_copy`)
  const url = new URL(inject('databaseUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => command(`drop database if exists "${name}" with (force)`) }
}

/** Runs one command on the server; while another worker is using the template it waits, ten seconds at most. */
async function command(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject('databaseUrl') })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        await client.query(sql)
        return
      } catch (fault) {
        const busy = fault instanceof DatabaseError && fault.code === '55006'
        if (!busy || attempt === 100) throw fault
        await wait(100)
      }
    }
  } finally {
    await client.end()
  }
}

import type { Client } from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { refuseUnsafe } from './check.ts'
import { connect, folderForThisTest, launch } from './trial.ts'

describe('a database that could lose what it has confirmed', () => {
  it('is refused with the settings named, and allowed where that is asked for', async () => {
    const client = await connect(
      (await launch({ dataFolder: await folderForThisTest(), durable: false })).url,
    )
    await expect(refuseUnsafe(client)).rejects.toThrow(
      /because fsync, full_page_writes, synchronous_commit are off/,
    )
    await expect(refuseUnsafe(client, { mayLoseCommits: true })).resolves.toBeUndefined()
    await client.end()
  })

  it('is not what the app starts, until somebody switches one of them off', async () => {
    const client = await connect((await launch({ dataFolder: await folderForThisTest() })).url)
    await expect(refuseUnsafe(client)).resolves.toBeUndefined()
    await client.query('set synchronous_commit = local')
    await expect(refuseUnsafe(client)).resolves.toBeUndefined()
    await client.query('set synchronous_commit = off')
    await expect(refuseUnsafe(client)).rejects.toThrow(/because synchronous_commit is off/)
    await client.end()
  })

  it.each([
    ['14.19', 140_019, /PostgreSQL 14\.19, and Gatehouse needs 15 or newer/],
    ['15.0', 150_000, undefined],
  ])('is one thing, its age another: PostgreSQL %s', async (version, number, refusal) => {
    const client = await connect(inject('databaseUrl'))
    // No old server is at hand: this one introduces itself as one, by a function that is asked in the place of its own.
    await client.query(`
      create function pg_temp.current_setting(name text) returns text language sql as $$
        select case name when 'server_version' then '${version}' when 'server_version_num' then '${number}'
                         else 'on' end $$`)
    const asked = {
      query: (sql: string) => client.query(sql.replaceAll('current_setting(', 'pg_temp.current_setting(')),
    }
    const answer = expect(refuseUnsafe(asked as unknown as Client))
    await (refusal ? answer.rejects.toThrow(refusal) : answer.resolves.toBeUndefined())
    await client.end()
  })
})

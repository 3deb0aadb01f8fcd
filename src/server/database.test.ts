import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase } from '../../test/database.ts'
import { type Database, openDatabase, type Transaction } from './database.ts'

let fresh: Awaited<ReturnType<typeof freshDatabase>>
let database: Database
beforeAll(async () => {
  fresh = await freshDatabase()
  database = openDatabase(fresh.url, 'app', { connections: 1 })
}, 60_000)
afterAll(async () => {
  await database.close()
  await fresh.drop()
})

const add = (trx: Transaction, page: string) =>
  trx.statement('add_page', `insert into page_view (page, on_date) values ($1, '2023-10-16')`, [page])

async function pages(): Promise<string[]> {
  const rows = await database.db.selectFrom('page_view').select('page').orderBy('page').execute()
  return rows.map(row => row.page)
}

it('what was kept is answered', async () => {
  expect(await database.transaction(trx => add(trx, 'kept').then(() => 'answer'))).toBe('answer')
  expect(await pages()).toEqual(['kept'])
})

it('a failed statement that somebody caught is never answered as kept', async () => {
  const swallowed = database.transaction(async trx => {
    await add(trx, 'lost')
    await add(trx, 'lost').catch(() => {})
    return 'answer'
  })
  await expect(swallowed).rejects.toThrow('nothing of this transaction was kept')
  expect(await pages()).toEqual(['kept'])
})

it('what goes on after its transaction failed changes nothing', async () => {
  let late: Promise<unknown> = Promise.resolve()
  let goOn = () => {}
  const ended = new Promise<void>(resolve => {
    goOn = resolve
  })
  const failed = database.transaction(async trx => {
    late = ended.then(() => add(trx, 'late'))
    await Promise.all([Promise.reject(new Error('the other half fails')), late])
  })
  await expect(failed).rejects.toThrow('the other half fails')
  goOn()
  await expect(late).rejects.toThrow('This transaction is over.')
  expect(await pages()).toEqual(['kept'])
})

import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../../../test/database.ts'
import { filesIn } from './files.ts'
import { DoesNotContinue, openShipping } from './ship.ts'
import { openJournal, type TrialJournal } from './trial-journal.ts'
import { verifyFiles } from './verify-files.ts'

/* The sealed journal goes into files, each entry once whatever happens, and the files find what the database cannot show. */

let fresh: FreshDatabase
let journal: TrialJournal
let folder: string
beforeAll(async () => {
  fresh = await freshDatabase()
  journal = await openJournal(fresh.url)
})
afterAll(async () => {
  await journal.close()
  await fresh.drop()
})
beforeEach(async () => {
  await journal.empty()
  folder = await mkdtemp(join(tmpdir(), 'journal-'))
  return () => rm(folder, { recursive: true })
})

const setTime = (time: string) =>
  journal.tamper(`update campus_clock set ahead_by = '${time}'::timestamptz - raw_now()`)
const shipping = (zone: string | null = 'Asia/Taipei') =>
  openShipping({ database: journal.chores, folder, zone: async () => zone })
const files = async () =>
  Object.fromEntries(
    await Promise.all(
      (await filesIn(folder)).map(async name => [name, await readFile(join(folder, name), 'utf8')] as const),
    ),
  )
/** What an intruder does who knows the format: everything from a seal on is made anew, and it all fits. */
async function makeChainAnew(from: number) {
  await journal.tamper(
    `insert into journal_unsealed select j.id from journal j, journal_seal s where s.number >= ${from} and s.ids @> j.id`,
    `delete from journal_seal where number >= ${from}`,
  )
  await journal.seal(10)
}

describe('shipping', () => {
  it('adds each seal with its entries, to a file of the campus’s day', async () => {
    await setTime('2023-10-18T15:59:00Z')
    await journal.write(12)
    await journal.seal(10)
    const ship = shipping()
    expect(await ship.ship()).toBe(2)
    expect(await ship.ship()).toBe(0)
    await setTime('2023-10-18T16:01:00Z')
    await journal.write(1)
    await journal.seal()
    expect(await ship.ship()).toBe(1)
    const written = await files()
    expect(Object.keys(written)).toEqual(['journal-2023-10-18.jsonl', 'journal-2023-10-19.jsonl'])
    const lines = written['journal-2023-10-18.jsonl']!.trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(lines.map(line => line.id ?? `seal ${line.seal}`)).toEqual([
      ...Array.from({ length: 10 }, (_, at) => at + 1),
      'seal 1',
      11,
      12,
      'seal 2',
    ])
    expect(lines[0]).toEqual({
      id: 1,
      at: '2023-10-18T11:00:01.000000Z',
      actor: 'desk:test',
      act: 'card handed over',
      person: 1,
      card: null,
      facts: { n: 1 },
    })
    expect(await verifyFiles(journal.chores, folder)).toEqual({ whole: true, files: 2, seals: 3, last: 3 })
  })

  it('never goes back to an earlier file, though the campus’s zone were changed', async () => {
    await setTime('2023-10-18T20:00:00Z')
    await journal.write(1)
    await journal.seal()
    await shipping('Asia/Taipei').ship()
    await journal.write(1)
    await journal.seal()
    await shipping('America/Los_Angeles').ship()
    expect(Object.keys(await files())).toEqual(['journal-2023-10-19.jsonl'])
  })

  it('is whole wherever a crash cut the file off: at each of its bytes', async () => {
    await journal.write(6)
    await journal.seal(3)
    await shipping().ship()
    const whole = await files()
    const [[name, text]] = Object.entries(whole) as [[string, string]]
    for (let bytes = 0; bytes < Buffer.byteLength(text); bytes++) {
      await truncate(join(folder, name), bytes)
      await shipping().ship()
      expect(await files(), `cut off after ${bytes} bytes`).toEqual(whole)
    }
    // The control: without looking at the file's end, what was cut off is shipped a second time behind its rest.
    await truncate(join(folder, name), 40)
    await appendFile(join(folder, name), text)
    expect(await verifyFiles(journal.chores, folder)).toMatchObject({ whole: false, what: 'file' })
  })

  it('is cut off in the first seal of a new day, and goes on from the day before', async () => {
    await setTime('2023-10-18T03:00:00Z')
    await journal.write(2)
    await journal.seal()
    await shipping().ship()
    await setTime('2023-10-19T03:00:00Z')
    await journal.write(2)
    await journal.seal()
    await shipping().ship()
    const whole = await files()
    await truncate(join(folder, 'journal-2023-10-19.jsonl'), 50)
    await shipping().ship()
    expect(await files()).toEqual(whole)
  })

  it('by ten at a time is each seal once', async () => {
    await journal.write(60)
    await journal.seal(3)
    await Promise.all(Array.from({ length: 10 }, () => shipping().ship()))
    await shipping().ship()
    expect(await verifyFiles(journal.chores, folder)).toMatchObject({ whole: true, seals: 20, last: 20 })
  })

  it('stops, and says so, where the database is an older copy', async () => {
    await journal.write(20)
    await journal.seal(10)
    await shipping().ship()
    const before = await files()
    await journal.tamper('delete from journal where id > 10', 'delete from journal_seal where number = 2')
    await expect(shipping().ship()).rejects.toThrow(DoesNotContinue)
    expect(await files()).toEqual(before)
  })

  it('begins anew in an empty folder, and leaves what else lies there alone', async () => {
    await writeFile(join(folder, 'read-me.txt'), 'kept')
    await journal.write(2)
    await journal.seal(1)
    await shipping().ship()
    expect(await verifyFiles(journal.chores, folder)).toMatchObject({ whole: true, seals: 2 })
    expect(await readFile(join(folder, 'read-me.txt'), 'utf8')).toBe('kept')
  })
})

describe('the files find', () => {
  beforeEach(async () => {
    await journal.write(30)
    await journal.seal(10)
    await shipping().ship()
  })

  it('an entry that was changed, though the whole chain was made anew and fits', async () => {
    await journal.tamper(`update journal set facts = '{"n": 0}' where id = 15`)
    await makeChainAnew(2)
    expect(await journal.verify()).toEqual({ whole: true, entries: 30, seals: 3, waiting: 0 })
    expect(await verifyFiles(journal.chores, folder)).toEqual({
      whole: false,
      what: 'changed',
      entry: 15,
      seal: 2,
    })
  })

  it('an entry that was removed, likewise', async () => {
    await makeChainAnew(3)
    await journal.tamper('delete from journal where id = 22', 'delete from journal_seal where number = 3')
    await journal.tamper('insert into journal_unsealed select id from journal where id > 20')
    await journal.seal()
    expect(await journal.verify()).toMatchObject({ whole: true, entries: 29 })
    expect(await verifyFiles(journal.chores, folder)).toEqual({
      whole: false,
      what: 'removed',
      entry: 22,
      seal: 3,
    })
  })

  it('the end taken off, entries and seals', async () => {
    await journal.tamper('delete from journal where id > 20', 'delete from journal_seal where number = 3')
    expect(await journal.verify()).toMatchObject({ whole: true, entries: 20 })
    expect(await verifyFiles(journal.chores, folder)).toEqual({
      whole: false,
      what: 'removed',
      entry: 21,
      seal: 3,
    })
  })

  it('an entry slipped in, likewise', async () => {
    await journal.tamper(
      'delete from journal_seal where number = 3',
      `insert into journal (id, at, actor, act) overriding system value values (31, '2023-10-18', 'desk:x', 'x')`,
      'insert into journal_unsealed select id from journal where id > 20',
    )
    await journal.seal()
    expect(await verifyFiles(journal.chores, folder)).toEqual({ whole: false, what: 'seal', seal: 3 })
  })

  it('their own lines, wherever one of their bytes was changed', async () => {
    const [[name, text]] = Object.entries(await files()) as [[string, string]]
    const bytes = Buffer.from(text)
    let found = 0
    for (let at = 0; at < bytes.length; at += 7) {
      const flipped = Buffer.from(bytes)
      flipped[at] = flipped[at]! ^ 1
      await writeFile(join(folder, name), flipped)
      const said = await verifyFiles(journal.chores, folder)
      expect(said, `byte ${at}`).toMatchObject({ whole: false })
      found += 1
    }
    expect(found).toBeGreaterThan(400)
  })
})

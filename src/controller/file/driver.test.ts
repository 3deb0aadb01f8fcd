import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ControllerDriver } from '../../update/driver.ts'
import { cardOf } from '../contract-bench.ts'
import { openFileDriver } from './driver.ts'
import { OtherSystem, trialController } from './trial-system.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
const controller = trialController(900_001)
const later = { to: Temporal.PlainDate.from('2024-06-30') }

let root: string
let log: string[]
let system: OtherSystem
let driver: ControllerDriver
const open = (at: string | null = root) =>
  openFileDriver({ root: at, log: line => void log.push(line), monotonicMs, lookEveryMs: 0 })
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-files-'))
  log = []
  system = new OtherSystem(root, 'gym')
  driver = open()
})
afterEach(() => rm(root, { recursive: true, force: true }))

const handedOver = () => readdir(join(root, 'gym/changes'))
const name = (file: number) => `changes-900001-00000${file}.csv`
const put = async (number: number, change = {}) =>
  (await driver.put(controller, cardOf(number, change))).answer
const remove = async (number: number) => (await driver.remove(controller, BigInt(number))).answer
const handOver = () => driver.handOver!(controller)
const answered = async () => {
  await handOver()
  await system.answers()
}

describe('a hand-over', () => {
  it('is one whole file, placed under its name, of which a copy is kept', async () => {
    await put(11)
    await put(12, later)
    await remove(13)
    expect(await handedOver()).toEqual([])
    await handOver()
    expect(await handedOver()).toEqual([name(1)])
    const said = [
      'card,what,from,to,doors',
      '0000000011,ADD,2023-11-20,2024-02-29,1 2 4',
      '0000000012,ADD,2023-11-20,2024-06-30,1 2 4',
      '0000000013,DEL,,,',
      '',
    ].join('\r\n')
    expect(await readFile(join(root, 'gym/changes', name(1)), 'utf8')).toBe(said)
    expect(await readFile(join(root, '.own/900001/handed', name(1)), 'utf8')).toBe(said)
  })

  it('is not made again of what was handed over, however often it is asked for', async () => {
    for (let visit = 0; visit < 3; visit++) {
      await put(11)
      await handOver()
    }
    expect(await handedOver()).toEqual([name(1)])
    await system.answers()
    expect(await put(11)).toBe('applied')
    await handOver()
    expect(await handedOver()).toEqual([])
  })

  it('puts a new card, and takes the old one away in a second file, when the first was confirmed', async () => {
    await put(11)
    await answered()
    expect(await put(11)).toBe('applied')
    // A lane: put, look, and only when the card is there remove the other one.
    const switchCards = async () => {
      await put(22)
      if ((await driver.get(controller, 22n)).answer === 'found') await remove(11)
      await handOver()
    }
    await switchCards()
    await switchCards()
    expect((await system.takes()).map(({ deed }) => deed)).toEqual(['ADD'])
    system.taken.length = 0
    await system.says(name(2), ['card,said', '22,OK'])
    await switchCards()
    expect((await system.takes()).map(({ number, deed }) => `${deed} ${Number(number)}`)).toEqual(['DEL 11'])
  })

  it('with a changed card supersedes the one before; a late result of that one changes nothing', async () => {
    await put(11)
    await handOver()
    expect(await put(11, later)).toBe('unconfirmed')
    await handOver()
    expect(await handedOver()).toEqual([name(1), name(2)])
    await system.takes()
    await system.says(name(2), ['card,said', '11,OK'])
    expect(await put(11, later)).toBe('applied')
    await system.says(name(1), ['card,said', '11,OK'])
    expect(await driver.get(controller, 11n)).toEqual({ answer: 'found', card: cardOf(11, later) })
  })

  it('comes without being asked for when a file is as long as it may be', async () => {
    const short = trialController(900_001, { rows: 2 })
    for (const number of [1, 2, 3]) await driver.put(short, cardOf(number))
    expect(await handedOver()).toEqual([name(1)])
    await driver.handOver!(short)
    expect(await handedOver()).toEqual([name(1), name(2)])
  })

  it('fills a list no further than its capacity, with what has no result yet', async () => {
    for (let number = 1; number <= 8; number++) expect(await put(number)).toBe('unconfirmed')
    expect(await put(9)).toBe('full')
    expect(await put(1, later)).toBe('unconfirmed')
    await answered()
    expect(await put(9)).toBe('full')
    await remove(8)
    await answered()
    expect(await put(9)).toBe('unconfirmed')
  })

  it('of a number that was said to be full is tried again once a card has gone', async () => {
    await put(1)
    await answered()
    system.mood = 'full'
    await put(2)
    await answered()
    expect(await put(2)).toBe('full')
    await remove(1)
    await answered()
    expect(await put(2)).toBe('unconfirmed')
  })
})

describe('a result', () => {
  beforeEach(async () => {
    for (const number of [11, 12, 13, 14]) await put(number)
    await remove(15)
    await handOver()
    await system.takes()
  })

  it('is believed row by row; what is wrong with a row is told by its line, without the number', async () => {
    await system.says(name(1), [
      'said,card,more',
      'OK,0000000011,',
      'OK,99,never handed over',
      'WHAT,12,no such word',
      'OK,1.2E+01,a spreadsheet was here',
      'OK,13,',
      'NO,13,and no',
      'OK,11,once more',
      'OK,14',
      'FULL,15,a removal needs no room',
    ])
    const answers = await Promise.all([11, 12, 13, 14].map(number => put(number)))
    expect(answers).toEqual(['applied', 'unconfirmed', 'unconfirmed', 'unconfirmed'])
    const said = log.join('\n')
    expect(said).toMatch(/line 3: is about a number that this file did not hand over/)
    expect(said).toMatch(/line 4: has a result that the settings do not name/)
    expect(said).toMatch(/line 5: has no number/)
    expect(said).toMatch(/line 7: says something else of a number than a line before/)
    expect(said).toMatch(/line 8: says the same of a number once more/)
    expect(said).toMatch(/line 9: has not as many cells/)
    expect(said).toMatch(/line 10: has a result that does not fit/)
    expect(said).toMatch(/says nothing of line 5 of the file handed over/)
    expect(said).not.toMatch(/\b0*(99|12|13)\b/)
    // Corrected, it is read again; what was confirmed stays.
    await system.says(name(1), ['card,said', '11,NO', '12,OK', '13,NO', '14,OK', '15,NONE'])
    expect(await Promise.all([11, 12, 13, 14].map(number => put(number)))).toEqual([
      'applied',
      'applied',
      'rejected',
      'applied',
    ])
    expect(await remove(15)).toBe('already')
    expect(log.at(-1)).toMatch(/line 2: takes back what an earlier result confirmed/)
  })

  it('that says “again” lets the change be handed over once more', async () => {
    await system.says(name(1), ['card,said', '11,OK', '12,AGAIN'])
    expect(await put(12)).toBe('unconfirmed')
    await handOver()
    expect((await system.takes()).map(({ number }) => Number(number))).toEqual([12])
  })

  it.each<[string, string[] | Buffer, RegExp]>([
    ['empty', Buffer.alloc(0), /it is empty/],
    ['in another encoding', Buffer.from('\ufeffcard,said\n11,OK\n', 'utf16le'), /not in utf-8/],
    ['cut off in a character', Buffer.from([0x63, 0xe5, 0x8d]), /not in utf-8/],
    ['cut off in a line', Buffer.from('card,said\n11,OK\n12,O'), /no end, as if it were cut off/],
    ['with other columns', ['number,said', '11,OK'], /does not name the column “card” once/],
    ['with a column twice', ['card,said,said', '11,OK,OK'], /does not name the column “said” once/],
    ['with an open quotation mark', ['card,said', '"11,OK', '12,OK'], /quotation mark/],
    ['too large', Buffer.alloc(8 * 1024 * 1024 + 1, 'x'), /larger than 8388608 bytes/],
  ])('%s is not read at all, and told once', async (_, content, reason) => {
    await system.says(name(1), content)
    expect(await put(11)).toBe('unconfirmed')
    expect(await put(11)).toBe('unconfirmed')
    expect(log).toHaveLength(1)
    expect(log[0]).toMatch(reason)
    await system.says(name(1), ['card,said', '11,OK', '12,OK', '13,OK', '14,OK', '15,OK'])
    expect(await put(11)).toBe('applied')
  })

  it('that is a link to another file is not followed; one of no file is told', async () => {
    await writeFile(join(root, 'secret'), 'card,said\n11,OK\n')
    await symlink(join(root, 'secret'), join(root, 'gym/results', name(1)))
    await writeFile(join(root, 'gym/results', 'report.csv'), 'x')
    expect(await put(11)).toBe('unconfirmed')
    expect(log.join('\n')).toMatch(/is no plain file/)
    expect(log.join('\n')).toMatch(/report\.csv answers no file that is known/)
  })
})

describe('what the folder is for', () => {
  it('without GATEHOUSE_FILES, or where the root is not there, the system is unreachable; told once', async () => {
    for (const nowhere of [open(null), open(join(root, 'not-mounted'))]) {
      log.length = 0
      for (let visit = 0; visit < 2; visit++)
        expect(await nowhere.put(controller, cardOf(7))).toMatchObject({ answer: 'unreachable' })
      expect(log).toHaveLength(1)
      expect(log[0]).toMatch(/GATEHOUSE_FILES is not set|ENOENT at not-mounted/)
    }
    expect(await readdir(root)).toEqual([])
  })

  it('a folder that went away between asking and handing over is told by the next change', async () => {
    expect(await put(11)).toBe('unconfirmed')
    await rename(join(root, 'gym'), join(root, 'away'))
    await writeFile(join(root, 'gym'), '')
    await handOver()
    expect(log[0]).toMatch(/the folder of its files cannot be used: E/)
    expect(await put(11)).toBe('unreachable')
    await rm(join(root, 'gym'))
    await rename(join(root, 'away'), join(root, 'gym'))
    expect(await put(11)).toBe('unconfirmed')
    await answered()
    expect(await put(11)).toBe('applied')
  })

  it('a disk without room is told, nothing half stands there, and later it is handed over whole', async () => {
    const main = fileURLToPath(new URL('./trial-room.ts', import.meta.url))
    const limited = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, main, root]
    const { stdout } = await promisify(execFile)('sh', limited)
    expect(stdout.trim().split('\n')).toEqual([
      'first: unconfirmed',
      'controller 900001: the folder of its files cannot be used: EFBIG',
      'second: unreachable',
    ])
    expect(await handedOver()).toEqual([])
    const { stdout: roomy } = await promisify(execFile)(process.execPath, [main, root])
    expect(roomy.trim().split('\n')).toEqual(['first: unconfirmed', 'second: unconfirmed'])
    expect(await handedOver()).toEqual([name(1)])
    expect(await system.takes()).toHaveLength(500)
  })

  it('a folder that leads outside is a mistake of ours, and thrown', async () => {
    for (const folder of ['..', '../x', '/etc', '.own', 'a/b', ''])
      await expect(driver.put(trialController(900_001, { folder }), cardOf(7))).rejects.toThrow('no folder')
  })

  it('another process goes on where this one stopped, and one that slept hands nothing over', async () => {
    const other = open()
    await put(11)
    await handOver()
    expect(await other.put(controller, cardOf(11))).toMatchObject({ answer: 'unconfirmed' })
    await system.answers()
    expect(await other.put(controller, cardOf(11))).toMatchObject({ answer: 'applied', proved: true })

    // Both collect; the second one hands over first, so that the first one's is not the newest word any more.
    const sleeper = openFileDriver({
      root,
      log: line => void log.push(line),
      monotonicMs,
      lookEveryMs: 3_600_000,
    })
    await sleeper.put(controller, cardOf(12))
    await other.remove(controller, 12n)
    await other.handOver!(controller)
    await sleeper.handOver!(controller)
    expect((await system.takes()).map(({ deed, number }) => `${deed} ${Number(number)}`)).toEqual(['DEL 12'])
    expect((await handedOver()).length).toBe(0)
  })
})

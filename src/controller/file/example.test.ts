import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readDoors } from '../../access/doors.ts'
import { wrongReach } from '../../access/make-rules.ts'
import { usualNetworks } from '../../access/networks.ts'
import type { ControllerAddress, ControllerDriver } from '../../update/driver.ts'
import { cardOf } from '../contract-bench.ts'
import { openFileDriver } from './driver.ts'
import { trialSettings } from './trial-system.ts'

interface Person {
  number: number
  gone?: boolean
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
}

const folder = fileURLToPath(new URL('../../../examples/library-gates', import.meta.url))
const fromYaml = async (name: string) => parse(await readFile(join(folder, name), 'utf8')) as unknown

let root: string
const log: string[] = []
let people: Person[]
let controller: ControllerAddress
let driver: ControllerDriver
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-files-'))
  log.length = 0
  people = (await fromYaml('people.yaml')) as Person[]
  const said = readDoors({ controllers: [await fromYaml('controller.yaml')], groups: [] }).controllers[0]!
  expect(wrongReach(said, { atAddress: null }, usualNetworks)).toBeNull()
  const { serial, capacity, settings } = said
  controller = { serial, host: '', port: 0, capacity, driver: 'file', settings: settings! }
  driver = openFileDriver({
    root,
    log: line => void log.push(line),
    monotonicMs: () => 0,
    lookEveryMs: 0,
    describe: async (_, numbers) =>
      new Map(
        people
          .filter(({ number, gone }) => !gone && numbers.includes(BigInt(number)))
          .map(person => [BigInt(person.number), person]),
      ),
  })
})
afterEach(() => rm(root, { recursive: true }))

const ask = () =>
  Promise.all(
    people.map(async ({ number, gone }) => {
      const card = cardOf(number, { doors: [1, number % 2, 0, 0] as [number, number, number, number] })
      const outcome = gone ? driver.remove(controller, BigInt(number)) : driver.put(controller, card)
      return (await outcome).answer
    }),
  )
const placed = (to: ControllerAddress) =>
  readFile(join(root, to.settings!.folder, 'changes', `changes-${to.serial}-000001.csv`))

describe('the library’s gates of examples/library-gates', () => {
  it('are handed the file that stands there, byte for byte, and the log says whose names Big5 has not', async () => {
    await ask()
    await driver.handOver!(controller)
    expect(await placed(controller)).toEqual(await readFile(join(folder, 'changes-900001-000001.csv')))
    expect(log).toEqual([
      'controller 900001: big5 cannot write the name of person 2, 3; the English name stands there',
    ])
  })

  it('answer with the result that stands there', async () => {
    await ask()
    await driver.handOver!(controller)
    const result = 'results/changes-900001-000001.csv'
    await copyFile(join(folder, result), join(root, 'library-gates', result))
    expect(await ask()).toEqual(['applied', 'applied', 'rejected', 'full', 'unconfirmed', 'already'])
    expect(log.slice(1)).toEqual([
      'controller 900001: results/changes-900001-000001.csv says nothing of line 6 of the file handed over',
    ])
  })

  it.each<[string, Partial<typeof trialSettings>, string]>([
    [
      'a sign in place of what cannot be written',
      { names: { otherwise: 'sign', sign: '＊' }, encoding: 'big5' },
      '示例生＊＊',
    ],
    ['the name itself, in UTF-8', { encoding: 'utf-8' }, '示例生𡍼喆'],
    ['with its mark', { encoding: 'utf-8-bom' }, '示例生𡍼喆'],
    ['in UTF-16', { encoding: 'utf-16le' }, '示例生𡍼喆'],
    ['the English name, without what Big5 has not of it either', { encoding: 'big5' }, 'Sample Student Zh?'],
  ])('a name can be written otherwise: %s', async (_, change, name) => {
    const columns = [...trialSettings.columns, { name: '姓名', holds: 'name-zh' as const }]
    const settings = { ...trialSettings, ...change, header: false, columns }
    const to = { ...controller, settings }
    await driver.put(to, cardOf(4294967294))
    await driver.handOver!(to)
    const bytes = await placed(to)
    const { encoding } = settings
    const page = { 'utf-8': 'utf-8', 'utf-8-bom': 'utf-8', 'utf-16le': 'utf-16le', big5: 'big5' }[encoding]
    expect(new TextDecoder(page, { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(
      `${encoding === 'utf-8-bom' || encoding === 'utf-16le' ? '\ufeff' : ''}4294967294,ADD,2023-11-20,2024-02-29,1 2 4,${name}\r\n`,
    )
  })

  it('what a spreadsheet would take for a formula stands behind an apostrophe, in every encoding', async () => {
    for (const nameZh of ['=1+1', '+886', '-1', '@x', ' =1', '\t=1', 'a"b', 'x\r\ny']) {
      people = [{ number: 7, personId: 1, studentNumber: '1', nameZh, nameEn: 'E' }]
      const columns = [...trialSettings.columns, { name: 'n', holds: 'name-zh' as const }]
      const to = { ...controller, serial: 900_100, settings: { ...trialSettings, header: false, columns } }
      await rm(join(root, '.own/900100'), { recursive: true, force: true })
      const fresh = openFileDriver({
        root,
        log: () => {},
        monotonicMs: () => 0,
        describe: async () => new Map(people.map(person => [7n, person])),
      })
      await fresh.put(to, cardOf(7))
      await fresh.handOver!(to)
      const cell = (await placed(to)).toString().split('1 2 4,')[1]
      expect(cell, nameZh).toMatch(/^("'\s*[=+\-@][^"]*"|"a""b"|x {2}y)\r\n$/)
    }
  })
})

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { call } from '../access/trial.ts'
import { OtherSystem, trialSettings } from '../controller/file/trial-system.ts'
import { encodeText } from '../lib/encoding.ts'
import type { ControllerAddress } from '../update/driver.ts'
import { driverByMake } from './by-make.ts'

/*
 * Another access system beside the campus's own controllers, from its recording to cards that it confirmed. The
 * controllers of the campus are not there: each lane is on its own.
 */
let campus: TestCampus
let files: string
beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'gatehouse-files-'))
  campus = await openCampus({ from: '2023-10-18T11:00', files })
}, 60_000)
afterAll(async () => {
  await campus.close()
  await rm(files, { recursive: true })
})

const example = async () =>
  parse(
    await readFile(join(projectFolder, 'examples/library-gates/controller.yaml'), 'utf8'),
  ) as ControllerAddress
const serial = 900001
const address = { serial, host: '', port: 0, capacity: 20_000, driver: 'file' }
const count = async (sql: string) => Number((await campus.owner.pool.query(sql)).rows[0].count)

it('a system that is handed files is recorded, changed, and refused with words', async () => {
  const said = await example()
  const post = (change: object) => call(campus, 'POST', '/controllers', { ...said, ...change })
  const outside = await post({ settings: { ...said.settings, folder: '../../etc' } })
  expect({ status: outside.status, refusal: outside.body.refusal }).toEqual({
    status: 409,
    refusal: 'folder-outside',
  })
  expect(outside.body.message).toMatch(/“..\/..\/etc” is no folder’s name/)
  expect((await post({ settings: { ...said.settings, encoding: 'latin1' } })).status).toBe(400)
  expect((await post({ settings: { ...said.settings, more: 1 } })).status).toBe(400)
  expect((await post({ host: '10.3.0.9', port: 60000 })).body.refusal).toBe('address-not-wanted')

  expect(await post({})).toMatchObject({ status: 200 })
  expect((await post({ serial: 900002, doors: [] })).body).toMatchObject({
    refusal: 'folder-taken',
    facts: { serial },
  })
  const changed = { ...said.settings!, rows: 20_000, result: { ...trialSettings.result, number: '卡號' } }
  expect(await call(campus, 'PATCH', `/controllers/${serial}`, { settings: changed })).toMatchObject({
    status: 200,
    body: { changed: ['settings'] },
  })
  expect((await call(campus, 'PATCH', `/controllers/${serial}`, { driver: 'uhppote' })).body.refusal).toBe(
    'driver-fixed',
  )
  const listed = (await call(campus, 'GET', '/doors')).body as unknown as { controllers: object[] }
  const [own] = listed.controllers.filter(each => 'serial' in each && each.serial === serial)
  expect(own).toMatchObject({ driver: 'file', settings: { folder: 'library-gates', rows: 20_000 } })
  expect(own).not.toHaveProperty('host')
})

it('its cards are handed over with the window, and held when its result says so', async () => {
  await campus.owner.pool.query(
    `update person set name_zh = '示例生堃' where id = (select min(id) from person where hall = 'hall-2' and status = 'enrolled')`,
  )
  const group = {
    members: 'hall',
    key: 'hall-2',
    name: { 'zh-TW': '圖書館', en: 'Library' },
    doors: ['library-gate-in'],
  }
  const { body } = await call(campus, 'POST', '/access-groups/gates/preview', group)
  expect(await call(campus, 'PUT', '/access-groups/gates', { ...group, seal: body.seal })).toMatchObject({
    status: 200,
  })
  const unwritable = await call(campus, 'GET', `/controllers/${serial}/unwritable-names`)
  expect(unwritable.body).toMatchObject({ encoding: 'big5', people: 1, named: [{ missing: ['堃'] }] })
  expect(await count(`select count(*) from journal where act = 'unwritable name read'`)).toBe(1)

  await campus.moveTo('2023-10-18T15:00')
  await campus.settle()
  const { rows } = await campus.owner.pool.query<{ settings: ControllerAddress['settings'] }>(
    `select settings from controller where id = ${serial}`,
  )
  const to = { ...address, settings: rows[0]!.settings! }
  await campus.gatehouse.driver.handOver!(to)
  const open = `select count(*) from wanted_open where controller_id = ${serial}`
  const cards = await count(open)
  expect(cards).toBeGreaterThan(30)
  expect(await count(`select count(*) from held where controller_id = ${serial}`)).toBe(0)

  const [file] = await readdir(join(files, 'library-gates/changes'))
  const text = new TextDecoder('big5', { fatal: true }).decode(
    await readFile(join(files, 'library-gates/changes', file!)),
  )
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(cards + 1)
  expect(lines.filter(line => line.includes('Sample Student'))).toHaveLength(1)
  expect(lines[2]).toMatch(/^新增,[0-9A-F]{8},\w+,示例生/)

  const system = new OtherSystem(files, 'library-gates')
  await system.says(
    file!,
    encodeText(
      ['卡號,said', ...lines.slice(1).map(line => `${line.split(',')[1]},OK`), ''].join('\n'),
      'big5',
    ),
  )
  await campus.rested()
  await campus.settle()
  expect(await count(open)).toBe(0)
  expect(
    await count(
      `select count(*) from held where controller_id = ${serial} and doors = '{1,0,0,0}' and verified_at is not null`,
    ),
  ).toBe(cards)
  // Nothing was handed over a second time.
  await campus.gatehouse.driver.handOver!(to)
  expect(await readdir(join(files, 'library-gates/changes'))).toEqual([file])
})

it('its clock is not set, and that is no trouble of its own', async () => {
  const { body } = await call(campus, 'GET', '/controllers')
  const [own] = (body.controllers as { id: number }[]).filter(({ id }) => id === serial)
  expect(own).toMatchObject({
    driver: 'file',
    host: null,
    port: null,
    folder: 'library-gates',
    clockSetAt: null,
    clockUnset: false,
  })
})

it('a make without a driver is a mistake of ours, and thrown', () => {
  const none = driverByMake({})
  for (const driver of [undefined, 'file', 'toString'])
    expect(() => none.together({ ...address, ...(driver ? { driver } : {}) })).toThrow(/has no driver/)
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, type TestCampus } from '../../test/campus.ts'
import type { Actor } from '../server/register.ts'
import { applyRoster } from './import.ts'
import { openFile } from './open-file.ts'
import { apply, doUpload, rosterFile, upload } from './trial-uploads.ts'
import { workbookOf } from './trial-workbooks.ts'

/* Bad rows come back, are mended and dropped again; headers nobody knows are told; a killed application leaves nothing. */

let campus: TestCampus
let header: string
let rows: string[]
beforeAll(async () => {
  campus = await openCampus({ from: '2024-02-19T09:00' })
  ;[header = '', ...rows] = (await rosterFile('roster.csv')).toString().trimEnd().split('\n')
}, 60_000)
afterAll(() => campus.close())

const office: Actor = { kind: 'office', id: 'office' }
const get = async (path: string) =>
  campus.gatehouse.server.inject({
    url: `/api/v1/roster/${path}`,
    headers: { cookie: await campus.signIn('office'), 'accept-language': 'zh-TW' },
  })
const named = (name: string) =>
  campus.owner.db.selectFrom('person').select('id').where('name_en', 'like', `${name}%`).execute()

/** Everybody has another English name, and every tenth row is bad. */
const tenth = (name: string) =>
  rows.map((row, at) => {
    const changed = row.replace('Sample Student', name)
    return at % 10 === 0 ? changed.replace(/,(heping|gongguan),/, ',atlantis,') : changed
  })

describe('a roster of which a tenth is bad', () => {
  it.each<['csv' | 'xlsx', string]>([
    ['csv', 'Example Student'],
    ['xlsx', 'Invented Student'],
  ])(
    'is applied without those; downloaded as %s, mended and dropped again it changes those and nothing else',
    async (form, name) => {
      const { body } = await upload(campus, [header, ...tenth(name)].join('\n'))
      const bad = Math.ceil(rows.length / 10)
      expect(body.counts).toMatchObject({ rows: rows.length, changed: rows.length - bad, bad, missing: 0 })
      expect(body.bad[0]).toMatchObject({ line: 2, faults: [{ field: 'site', shown: 'atlantis' }] })
      await apply(campus, body)
      expect(await named(name)).toHaveLength(rows.length - bad)

      const reply = await get(`uploads/${body.uploadId}/bad-rows?form=${form}`)
      expect(reply.headers['content-disposition']).toContain(`bad-rows-${body.uploadId}.${form}`)
      const opened = await openFile(reply.rawPayload)
      if (!opened.ok) throw new Error(opened.refusal)
      const cells = Array.from(opened.opened.rows, row =>
        row.cells.map(cell => (cell === 'atlantis' ? 'heping' : cell)),
      )
      expect(cells[0]!.slice(-2)).toEqual(['原檔行號', '錯誤說明'])
      expect(cells[1]!.at(-1)).toContain('沒有這個校區')
      const mended = form === 'xlsx' ? workbookOf(...cells) : reply.body.replaceAll(',atlantis,', ',heping,')
      const again = (await upload(campus, mended)).body
      expect(again).toMatchObject({ mends: true, counts: { changed: bad, added: 0, bad: 0 } })
      expect((await apply(campus, again)).body).toMatchObject({ changes: bad, losesEnrolment: 0 })
      expect(await named(name)).toHaveLength(rows.length)
      expect((await upload(campus, mended)).body.will).toMatchObject({ adds: 0, changes: 0 })
    },
  )
})

describe('a header that nobody knows', () => {
  const strange = () => [header.replace('student_number', '學生編號'), ...rows].join('\n')
  it('is named with what is missing, told once, remembered and forgotten', async () => {
    const refused = await upload(campus, strange())
    expect(refused.body).toMatchObject({ refusal: 'missing-columns' })
    expect(refused.body.facts).toMatchObject({ unknown: '學生編號', fields: 'studentNumber' })
    const said = { kind: 'roster', header: '學生編號', field: 'studentNumber' }
    expect((await doUpload(campus, 'headers', said)).status).toBe(200)
    const { body } = await upload(campus, strange())
    expect(body.columns[0]).toMatchObject({ header: '學生編號', field: 'studentNumber', remembered: true })
    expect(body.columns[0]!.first).toHaveLength(3)
    expect((await get('headers?kind=roster')).json()).toMatchObject({
      headers: [{ header: '學生編號', field: 'studentNumber', saidBy: 'office' }],
    })
    const forget = { kind: 'roster', header: '學生編號' }
    expect((await doUpload(campus, 'headers/forgetting', forget)).status).toBe(200)
    expect((await doUpload(campus, 'headers/forgetting', forget)).body.refusal).toBe('nothing-remembered')
    expect((await upload(campus, strange())).body.refusal).toBe('missing-columns')
  })

  it('and one that is known is left aside where the office says so', async () => {
    await doUpload(campus, 'headers', { kind: 'roster', header: 'hall', field: null })
    const file = [header, ...rows.map(row => row.replace(/,hall-[^,]*,/, ',nowhere,'))].join('\n')
    expect((await upload(campus, file)).body).toMatchObject({
      stated: expect.not.arrayContaining(['hall']),
      counts: { bad: 0 },
    })
    await doUpload(campus, 'headers/forgetting', { kind: 'roster', header: 'hall' })
  })
})

it('whose connection is killed while it is applied leaves nothing, and is applied again', async () => {
  const { body } = await upload(campus, [header, ...tenth('Killed Student')].join('\n'))
  const killed = campus.gatehouse.register.act(office, async act => {
    expect(await applyRoster(act, body)).toMatchObject({ ok: true })
    const [own] = await act.statement<{ pid: number }>('own_pid', 'select pg_backend_pid() as pid', [])
    await campus.owner.pool.query('select pg_terminate_backend($1)', [own!.pid])
    await act.statement('after_the_kill', 'select 1', [])
  })
  await expect(killed).rejects.toThrow()
  expect(await named('Killed Student')).toHaveLength(0)
  expect((await get('uploads')).json<{ uploads: unknown[] }>().uploads[0]).toMatchObject({
    uploadId: body.uploadId,
    appliedAt: null,
  })
  expect((await apply(campus, body)).status).toBe(200)
  expect((await named('Killed Student')).length).toBeGreaterThan(1_000)
})

it('how far it is, is told to who does it, and is over when it is done', async () => {
  const cookie = await campus.signIn('office')
  const ask = async (name: string) => {
    const reply = await campus.gatehouse.server.inject({
      url: `/api/v1/roster/progress/${name}`,
      headers: { cookie },
    })
    return reply.json<{ progress: { doing: string; rows: number } | null }>()
  }
  const form = new FormData()
  form.set('file', new File([[header, ...Array.from({ length: 15 }, () => rows).flat()].join('\n')], 'x.csv'))
  const sent = new Response(form)
  const uploading = campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/roster/uploads?progress=told-12345678',
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: { cookie, 'content-type': sent.headers.get('content-type')! },
  })
  const seen = new Set<number>()
  const ended = uploading.then(() => 'ended' as const)
  let last: unknown = null
  while (last !== 'ended') {
    seen.add((await ask('told-12345678')).progress?.rows ?? 0)
    last = await Promise.race([ended, Promise.resolve(null)])
  }
  expect(Math.max(...seen)).toBeGreaterThan(1_000)
  expect(seen.size).toBeGreaterThan(2)
  expect((await ask('told-12345678')).progress).toBeNull()
})

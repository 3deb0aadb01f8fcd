import { readFile } from 'node:fs/promises'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadCards } from '../src/card/trial-files.ts'
import { guarded, unguarded } from '../src/lib/spreadsheet-guard.ts'
import { upload } from '../src/roster/trial-uploads.ts'
import { openCampus, projectFolder, type TestCampus } from './campus.ts'
import { operations } from './openapi.ts'
import { plantRows } from './planted-rows.ts'
import { employ } from './staff.ts'

/* Every list that can be had as a file, over the wire: whoever may read it has it, nobody else, and no cell is a formula. */

/** Who signs in as each sort of reader. */
const readers = {
  desk: 'desk-registry',
  office: 'office',
  access: 'access',
  auditor: 'auditor',
  owner: 'lab-keeper',
  some: 'keeper-there',
  cashier: 'cashier',
  admin: 'admin',
  student: '41047001S',
} as const
type Reader = keyof typeof readers

const doors: readonly Reader[] = ['access', 'office', 'auditor']
const keepers: readonly Reader[] = ['access', 'some', 'owner']
/** Who keeps a building has what is of that building. */
const building: readonly Reader[] = [...doors, 'some']
const money: readonly Reader[] = ['office', 'cashier']
const office: readonly Reader[] = ['office']
const seen: readonly Reader[] = ['office', 'auditor']
const desk: readonly Reader[] = ['desk', 'office']

/** Each list by its address: who may have it, what it is narrowed by, and whether this campus has any rows of it. */
const lists: Readonly<Record<string, { for: readonly Reader[]; by?: string; empty?: true }>> = {
  roster: { for: office },
  'roster/uploads/{id}': { for: office },
  'cards/stock': { for: office },
  'cards/files/{id}': { for: office },
  reissues: { for: money, by: 'state=disputed', empty: true },
  'reissues/to-make': { for: office, empty: true },
  'kiosk/receipts/unmatched': { for: money, empty: true },
  refunds: { for: seen, empty: true },
  'refunds/reconciliation': { for: seen, empty: true },
  'cashier/{day}': { for: [...money, 'auditor'], empty: true },
  'loss-reports': { for: office, by: 'state=sent', empty: true },
  messages: { for: office, empty: true },
  'desk/loans': { for: desk, by: 'overdue=true', empty: true },
  'desk/batches': { for: desk },
  'desk/batches/{id}': { for: desk },
  shift: { for: desk, by: 'counter=registry' },
  'photos/missing': { for: office },
  'production/to-make': { for: office, by: 'list=none-yet&kind=regular', empty: true },
  'production/batches': { for: office },
  'production/batches/{id}': { for: office },
  'programme/versions': { for: office },
  'programme/drafts/{id}/cohorts/{cohort}': { for: office, by: 'which=all' },
  'programme/rehearsal/people': { for: office },
  'overview/list': { for: seen, by: 'list=not-collected&by=department&value=math' },
  'overview/uncollected': { for: seen, by: 'counter=dept-math' },
  'overview/letters/{id}/addressees': { for: office },
  people: { for: seen, by: 'ids=1,2,3' },
  'people/{id}/timeline': { for: seen },
  'people/{id}/looks': { for: ['auditor'] },
  looks: { for: ['auditor'] },
  journal: { for: ['auditor'], by: 'from=2023-10-18&to=2023-10-18' },
  'door-tasks': { for: [...doors, 'some', 'owner'], empty: true },
  'my-doors': { for: keepers },
  'doors/{id}/grants': { for: [...doors, 'some'] },
  'doors-checks/{on}/people': { for: doors },
  'doors/{id}/openers': { for: building },
  controllers: { for: doors },
  'controllers/unreachable': { for: doors, empty: true },
  'controllers/{serial}/unwritable-names': { for: doors, empty: true },
  'controllers/{serial}/cards': { for: doors },
  'controllers/{serial}/content': { for: building },
  'controllers/{serial}/events': { for: building },
  'controllers/{serial}/waiting-people': { for: doors, empty: true },
  surveys: { for: doors },
  'strange-boards': { for: doors },
  'windows/next/dry-run': { for: doors },
  'windows/next/dry-run/people': { for: doors, empty: true },
  'guards/{id}/people': { for: doors, empty: true },
  'restores/current/people': { for: doors, empty: true },
  expiry: { for: doors, empty: true },
}

let campus: TestCampus
/** What stands in the addresses in place of their names. */
let named: Readonly<Record<string, string | number>>
let cookies: Record<Reader, string>

const hostile = ['=HYPERLINK("http://x")', '@SUM(A1)', '＝１', '-2+3', "'=1+1"]

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T11:00' })
  const { pool } = campus.owner
  const { building_zh: building } = await campus.owner.db
    .selectFrom('controller')
    .select('building_zh')
    .orderBy('id')
    .executeTakeFirstOrThrow()
  await employ(
    campus.owner.db,
    { id: 'auditor', nameZh: '=稽核示例', nameEn: '@Auditor', role: 'auditor' },
    { id: readers.some, role: 'access', buildings: [building] },
  )
  const signedIn = Object.entries(readers).map(async ([reader, who]) => [reader, await campus.signIn(who)])
  cookies = Object.fromEntries(await Promise.all(signedIn)) as Record<Reader, string>
  const spring = await readFile(`${projectFolder}examples/campus/roster-2024-02.csv`, 'utf8')
  const roster = await upload(campus, spring.replace('enrolled', 'nowhere'))
  const cards = await get('cards/stock/export?format=csv', 'office')
  const file = await uploadCards(campus, cards.rawPayload)
  const draft = await post('programme/drafts', { name: 'Spring', version: 1 })
  const { batch, letter, ordered, serial, door } = await plantRows(pool)
  await pool.query(
    `update person p set name_zh = t.name, name_en = t.name from unnest($1::text[]) with ordinality t(name, at)
     where p.id % 5 = t.at - 1`,
    [hostile],
  )
  named = {
    'roster/uploads/{id}': roster.body.uploadId,
    'cards/files/{id}': file.body.uploadId,
    'desk/batches/{id}': batch,
    'production/batches/{id}': ordered,
    'programme/drafts/{id}': draft.json<{ draftId: number }>().draftId,
    'overview/letters/{id}': letter,
    'doors/{id}': door,
    'people/{id}': await campus.personId(readers.student),
    'guards/{id}': 1,
    '{serial}': serial,
    '{cohort}': 'entered-before-2023',
    '{day}': '2023-10-18',
    '{on}': '2023-10-18',
  }
}, 120_000)
afterAll(() => campus.close())

const request = (method: 'GET' | 'POST', path: string, reader: Reader | null, more: object = {}) =>
  campus.gatehouse.server.inject({
    method,
    url: `/api/v1/${path}`,
    headers: {
      'accept-language': 'en',
      'idempotency-key': crypto.randomUUID(),
      ...(reader === null ? {} : { cookie: cookies[reader] }),
    },
    ...more,
  })
const get = (path: string, reader: Reader | null) => request('GET', path, reader)
const post = (path: string, payload: object) => request('POST', path, 'office', { payload })

/** Whether everybody whose number stands in a file was counted as looked at by the look that wrote it, and nobody else. */
async function countedIn(file: { body: string }) {
  const { rows } = await campus.owner.pool.query<{ number: string; counted: boolean }>(
    `select student_number as number, exists (
       select from looked_at where person_id = p.id and look_id = (select max(id) from look where shown = 'file')) as counted
     from person p`,
  )
  const shown = rows.filter(({ number }) => file.body.includes(number))
  const missed = shown.filter(({ counted }) => !counted)
  return missed.length === 0 ? 'everybody' : missed
}

/** A list's address with what stands in place of its names. */
const addressOf = (list: string): string =>
  Object.entries(named).reduce(
    (path, [name, value]) => path.replace(name, name.replace(/\{\w+\}/, String(value))),
    list,
  )

it('these are all that the server has', async () => {
  const exported = (await operations(campus)).flatMap(({ path }) => {
    const [, list] = /^\/api\/v1\/(.+)\/export$/.exec(path) ?? []
    return list ?? []
  })
  expect(exported.toSorted()).toEqual(Object.keys(lists).toSorted())
})

describe.each(Object.entries(lists))('%s', (list, { for: allowed, by = '', empty = false }) => {
  const address = (format: string) => `${addressOf(list)}/export?format=${format}${by && `&${by}`}`

  it('is had by those who may read it, with no formula in it', async () => {
    const [first, ...others] = allowed
    const file = await get(address('xlsx'), first!)
    expect(file.statusCode, file.body).toBe(200)
    const { sheets } = await readXlsx(file.rawPayload)
    const [header, ...rows] = sheets[0]!.rows
    expect(header!.every(cell => typeof cell === 'string' && cell !== '')).toBe(true)
    expect(new Set(header).size).toBe(header!.length)
    expect(rows.length === 0).toBe(empty)
    const formulas = rows.flat().filter(cell => typeof cell === 'string' && guarded(unguarded(cell)) !== cell)
    expect(formulas).toEqual([])
    for (const reader of others) expect((await get(address('csv'), reader)).statusCode, reader).toBe(200)
    expect(await countedIn(await get(address('csv'), first!))).toEqual('everybody')
    const damaged = await get(`${addressOf(list)}/export/damaged?${by}`, allowed[0]!)
    expect(damaged.statusCode, damaged.body).toBe(200)
  })

  it('is had by nobody else', async () => {
    const others = (Object.keys(readers) as Reader[]).filter(reader => !allowed.includes(reader))
    for (const reader of others) expect((await get(address('csv'), reader)).statusCode, reader).toBe(404)
    expect((await get(address('csv'), null)).statusCode).toBe(401)
  })
})

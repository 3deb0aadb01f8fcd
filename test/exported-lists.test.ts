import { readFile } from 'node:fs/promises'
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadCards } from '../src/card/trial-files.ts'
import { guarded, unguarded } from '../src/lib/spreadsheet-guard.ts'
import { upload } from '../src/roster/trial-uploads.ts'
import { openCampus, projectFolder, type TestCampus } from './campus.ts'
import { operations } from './openapi.ts'
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
  await pool.query(`select make_tap_months('2023-10-18 10:00+8')`)
  const { rows } = await pool.query<{
    batch: number
    letter: number
    ordered: number
    serial: number
    door: string
  }>(seedSql)
  await pool.query(
    `update person p set name_zh = t.name, name_en = t.name from unnest($1::text[]) with ordinality t(name, at)
     where p.id % 5 = t.at - 1`,
    [hostile],
  )
  const { batch, letter, ordered, serial, door } = rows[0]!
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

// A batch with a representative and one at the card maker, a letter; of a controller a reading, another board, what it
// holds, an event, and a day's check.
const seedSql = `
  with given as (
    select c.id, c.made_for, c.edition from card c
    where c.counter = 'registry' and c.made_for is not null and c.retired_at is null
      and not exists (select from handover h where h.card_id = c.id) order by c.id limit 1),
  went as (
    insert into batch (person_id, checked, counter, clerk, given_at, back_by, cards, manner, erase_on)
    select (select max(id) from person), 'by-card', 'registry', (select min(id) from staff), '2023-10-18 10:00+8', '2023-10-25',
           1, 'typed', '2025-10-25' returning id),
  fetched as (
    insert into handover (card_id, person_id, edition, at, how, batch_id, held)
    select given.id, given.made_for, given.edition, '2023-10-18 10:00+8', 'representative', went.id, '[2023-10-18 10:00+8,)'
    from given, went),
  written as (
    insert into letter (draft, list, subject, body, people, written_by, written_at)
    select '00000000-0000-4000-8000-000000000000', '{"list": "not-collected"}', '{"zh-TW": "示例", "en": "Sample"}',
           '{"zh-TW": "示例", "en": "Sample"}', 2, 'office', '2023-10-18 10:00+8' returning id),
  addressed as (insert into letter_to select written.id, p.id, true from written, person p where p.id in (1, 2)),
  read as (
    insert into controller_survey (controller_id, asked_at, asked_by, began_at, ended_at, outcome, ours, different, missing, left_over, others)
    select min(controller_id), '2023-10-18 09:00+8', 'access', '2023-10-18 09:00+8', '2023-10-18 10:00+8', 'complete', 0, 0, 0, 0, 1
    from door returning id, controller_id),
  granted as (
    insert into individual_grant (card_id, door_id, owner_zh, owner_en, granted_at)
    select (select card_id from card_use where upper_inf(during) or upper(during) > '2024-01-01' order by card_id limit 1), min(id),
           '=甲', '@A', '2023-10-18 09:00+8' from door where controller_id = (select controller_id from read)),
  stood as (
    insert into survey_card (survey_id, number, place, doors, valid_from, valid_to, with_pin, standing)
    select id, 77, 1, '{1,0,29,0}', '2023-01-01', '2024-12-31', false, 'foreign' from read),
  strange as (
    insert into strange_board (controller_id, how, serial, host, port, mac, firmware, first_at, last_at)
    select controller_id, 'other-board', controller_id, '127.0.0.9', 60000, '00:66:19:00:00:01', 'v8.92', '2023-10-18 09:00+8', '2023-10-18 09:00+8'
    from read),
  checked as (
    insert into doors_check (on_date, began_at, people, differed, numbers) values ('2023-10-18', '2023-10-18 09:00+8', 9, 1, 1)),
  differed as (
    insert into doors_check_person select '2023-10-18', 1, 1, array[controller_id] from read),
  ordered as (
    insert into production_batch (edition, maker, ordered_at, ordered_by)
    values ('4k-centenary', '=Maker', '2023-10-18 09:00+8', 'office:office') returning id),
  items as (
    insert into production_item (batch_id, place, person_id, edition, because)
    select id, 1, 1, '4k-centenary', 'none-yet' from ordered),
  holds as (
    insert into held (controller_id, number, doors, valid_from, valid_to, confirmed_at)
    select w.controller_id, w.number, '{1,1,1,1}', '2023-01-01', '2024-12-31', '2023-10-18 10:00+8'
    from wanted w where w.controller_id = (select controller_id from read) limit 1),
  tapped as (
    insert into tap (controller_id, epoch, event_index, stored_at, happened_at, type, reason, granted, door, direction, number)
    select controller_id, 1, 1, '2023-10-18 10:00+8', '2023-10-18 09:59:58', 1, 18, false, 1, 1, 77 from read)
  select (select id from went)::int as batch, (select id from ordered)::int as ordered, (select id from written)::int as letter, (select controller_id from read)::int as serial,
         (select min(id) from door where controller_id = (select controller_id from read)) as door`

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
    const damaged = await get(`${addressOf(list)}/export/damaged?${by}`, allowed[0]!)
    expect(damaged.statusCode, damaged.body).toBe(200)
  })

  it('is had by nobody else', async () => {
    const others = (Object.keys(readers) as Reader[]).filter(reader => !allowed.includes(reader))
    for (const reader of others) expect((await get(address('csv'), reader)).statusCode, reader).toBe(404)
    expect((await get(address('csv'), null)).statusCode).toBe(401)
  })
})

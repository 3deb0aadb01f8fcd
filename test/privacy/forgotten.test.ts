import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnsOf } from '../../scripts/data-map.ts'
import { beginDate } from '../../src/app/boundaries.ts'
import { campusClock, moveCampusTo } from '../../src/app/clock.ts'
import { follow } from '../../src/app/followers.ts'
import { startDelivery } from '../../src/message/deliver.ts'
import { readDataMap } from '../../src/privacy/data-map.ts'
import { forgetPeople } from '../../src/privacy/forget.ts'
import { type Plan, plans } from '../../src/privacy/plans.ts'
import { openDatabase } from '../../src/server/database.ts'
import { openRegister } from '../../src/server/register.ts'
import { forgetOld } from '../../src/update/retention.ts'
import { campusTime, copyOfCampus, openCampus, type TestCampus } from '../campus.ts'
import { columnsWith, type LookedFor, marksInDump, marksInFiles, toLookFor } from './looked-for.ts'
import { markedId, marker, plantMarked } from './marked-person.ts'

/*
 * A fictional person is written into everything that the data map says is kept of people and ends one day. Then time passes:
 * after the last of these days nothing of them stands anywhere, in no table, no job, no file. A copy of the database that was
 * made before is restored: the first night forgets what it brought back.
 */
const planted = { what: 'marked person', plant: plantMarked }
const zone = 'Asia/Taipei'
/** After the shortest terms; after those of a year; and when all that has an end has had it. */
const [soon, later, atLast] = ['2023-12-01T04:00', '2025-01-15T04:00', '2026-06-01T04:00'] as const

let lookedFor: LookedFor[]

/** The hands of a database: its clock, what the date brings, and the night, with all plans or some. */
function handsOf(url: string) {
  const [owner, app, chores] = (['owner', 'app', 'chores'] as const).map(role => openDatabase(url, role))
  const register = openRegister(app!, campusClock, follow)
  const forgetting = { database: chores!, clock: campusClock, log: () => {} }
  return {
    moveTo: (at: string) => owner!.transaction(trx => moveCampusTo(trx, campusTime(at))),
    date: () => beginDate(register, zone),
    async night(of: readonly Plan[] = plans) {
      await forgetOld(forgetting)
      await forgetPeople({ ...forgetting, plans: of, rowsAtATime: 2 })
    },
    close: () => Promise.all([owner!.close(), app!.close(), chores!.close()]),
  }
}

/** That campus on the last of these days, when the date has forgotten what goes with a date: signatures, photos, proxies. */
const leftBehind = {
  what: 'marked person who left',
  async plant(url: string) {
    await plantMarked(url)
    const hands = handsOf(url)
    await hands.moveTo(atLast)
    await hands.date()
    await hands.close()
  },
}

/** A copy of a campus in which nothing runs but what is asked for. */
async function openCopy(of = planted) {
  const fresh = await copyOfCampus(undefined, of)
  const hands = handsOf(fresh.url)
  const client = new pg.Client(fresh.url)
  await client.connect()
  return {
    ...hands,
    client,
    async close() {
      await client.end()
      await hands.close()
      await fresh.drop()
    },
  }
}

beforeAll(async () => {
  const copy = await openCopy()
  lookedFor = toLookFor(await readDataMap(), await columnsOf(copy.client))
  await copy.close()
}, 120_000)

describe('what is kept of somebody', () => {
  let campus: TestCampus
  let client: pg.Client
  let folders: { files: string; data: string }
  const night = async (at: string) => {
    await campus.moveTo(at)
    await campus.gatehouse.dates.look()
    await campus.gatehouse.forgetting.look()
  }

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-kept-'))
    folders = { files: join(folder, 'files'), data: join(folder, 'data') }
    for (const place of ['.own/770131/handed', 'library/changes', 'library/results'])
      await mkdir(join(folders.files, place), { recursive: true })
    for (const [place, day] of [
      ['.own/770131/handed/changes-770131-000001.csv', '2023-10-16'],
      ['library/changes/changes-770131-000001.csv', '2023-10-16'],
      ['library/results/changes-770131-000001.csv', '2023-10-16'],
      ['library/results/changes-770131-000000.csv', '2023-10-16'],
    ] as const) {
      const path = join(folders.files, place)
      await writeFile(path, `number,name\n770131,${marker}\n`)
      await utimes(path, new Date(day), new Date(day))
    }
    campus = await openCampus({ planted, files: folders.files, data: folders.data })
    client = new pg.Client(campus.url)
    await client.connect()
    // The queue's own tables, with a job that fails.
    const smtp = { host: '127.0.0.1', port: 9, from: 'card-office@example.org' }
    const delivery = await startDelivery({ databaseUrl: campus.url, smtp, clock: campusClock, log: () => {} })
    for (
      let tried = 0;
      tried < 100 && (await client.query('select from pgboss.job')).rowCount === 0;
      tried += 1
    )
      await wait(100)
    await delivery.stop()
  }, 120_000)
  afterAll(async () => {
    await client?.end()
    await campus?.close()
    await rm(join(folders.files, '..'), { recursive: true, force: true })
  })

  it('stands in every column that the data map gives an end', async () => {
    expect(lookedFor.length).toBeGreaterThan(60)
    const missing = new Set(lookedFor.map(({ table, column }) => `${table}.${column}`))
    for (const found of (await columnsWith(client, lookedFor)).keys()) missing.delete(found)
    expect([...missing], 'columns without a mark: test/privacy/marked-person.ts').toEqual([])
    expect(await marksInFiles(folders.files)).toHaveLength(4)
  })

  it('goes in the order of its terms', async () => {
    await night(soon)
    const still = [...(await columnsWith(client, lookedFor)).keys()]
    for (const gone of [
      'repeated_request.answer',
      'roster_import.file',
      'card_file.file',
      'wrong_try.person_id',
      'used_proof.nonce',
    ])
      expect(still).not.toContain(gone)
    for (const kept of [
      'person.name_zh',
      'message.body',
      'signature.text',
      'photo.picture',
      'issuer_file.content',
    ])
      expect(still).toContain(kept)
    expect(await marksInFiles(folders.files)).toEqual([])
  })

  it('is nowhere any more when the last term is over: in no table, no job, no file', async () => {
    await night(atLast)
    expect(await marksInDump(client)).toEqual([])
    expect(await columnsWith(client, lookedFor)).toEqual(new Map())
    expect(await marksInFiles(folders.files)).toEqual([])
    expect(await marksInFiles(folders.data)).toEqual([])
  })

  it('leaves what happened, of nobody', async () => {
    const { rows } = await client.query(
      `select p.student_number as number, p.forgotten_at is not null as forgotten,
         (select count(*)::int from handover where person_id = p.id) as handovers,
         (select count(*)::int from refund_case where person_id = p.id) as refunds,
         (select count(*)::int from message where person_id = p.id and id in (770131, 770132)) as messages,
         (select count(*)::int from journal where person_id = p.id and act = 'proxy named') as entries
       from person p where id = $1`,
      [markedId],
    )
    expect(rows).toEqual([
      { number: `forgotten-${markedId}`, forgotten: true, handovers: 3, refunds: 3, messages: 2, entries: 1 },
    ])
  })

  it('is told how much and not of whom, and a second look the same night does nothing', async () => {
    const forgotten = `select what, gone from forgetting where on_date = '2026-06-01' order by what`
    const { rows: before } = await client.query<{ what: string; gone: number }>(forgotten)
    const [{ leavers }] = (
      await client.query('select count(*)::int as leavers from person where forgotten_at is not null')
    ).rows as [{ leavers: number }]
    expect(before.find(({ what }) => what === 'leavers')?.gone).toBe(leavers)
    await campus.gatehouse.forgetting.look()
    expect((await client.query(forgotten)).rows).toEqual(before)
    const { rows } = await client.query<{ facts: object }>(
      `select facts from journal where act = 'old data forgotten'`,
    )
    expect(rows.map(({ facts }) => facts)).toContainEqual({ what: 'leavers', gone: leavers })
  })
})

describe('a copy that was made before', () => {
  it('brings it back, and has forgotten it after its first night', async () => {
    const copy = await openCopy()
    try {
      expect((await marksInDump(copy.client)).length).toBeGreaterThan(30)
      await copy.moveTo(atLast)
      await copy.date()
      await copy.night()
      expect(await marksInDump(copy.client)).toEqual([])
      expect(await columnsWith(copy.client, lookedFor)).toEqual(new Map())
    } finally {
      await copy.close()
    }
  })
})

describe('somebody who left is not forgotten', () => {
  it.each([
    ['who is on the staff, too', 'update person set also_staff = true where id = $1'],
    [
      'who is to come back',
      `update person set next_status = 'enrolled', next_status_on = '2027-01-01' where id = $1`,
    ],
    [
      'who left less than so long ago',
      `insert into journal (at, actor, act, person_id) values ('2025-06-02', 'office:x', 'person changed', $1)`,
    ],
    [
      'whose card opens doors',
      `insert into card_use (card_id, person_id, during) values (770002, $1, '[2024-01-01,)')`,
    ],
    [
      'whose account is still needed',
      `insert into refund_destination (case_id, round, address, changed_at)
       select 770003, 1, 'A Sample Road', '2024-01-01' where $1 > 0 on conflict (case_id) do update set erase_on = null`,
    ],
    [
      'whose correction waits for an answer',
      `insert into correction_request (person_id, part, wrong, asked_at, due_on) values ($1, 'you', 'x', '2024-01-01', '2024-01-31')`,
    ],
    [
      'whose signature has not had its day',
      `insert into signature (card_id, place, manner, picture, text, bound_hash, signed_at, erase_on)
       select card_id, 'desk', 'witnessed', null, 'x', sha256('x'), '2023-10-16', '2027-01-01' from handover
       where card_id = 770002 and person_id = $1`,
    ],
  ])('%s', async (_, change) => {
    const copy = await openCopy(leftBehind)
    try {
      await copy.client.query(change, [markedId])
      await copy.night()
      const { rows } = await copy.client.query('select forgotten_at from person where id = $1', [markedId])
      expect(rows).toEqual([{ forgotten_at: null }])
    } finally {
      await copy.close()
    }
  })
})

describe('the look for it would find what one plan less leaves', () => {
  const left = async (at: string, of: readonly Plan[]) => {
    const copy = await openCopy(at === atLast ? leftBehind : planted)
    try {
      await copy.moveTo(at)
      await copy.night(of)
      return await columnsWith(copy.client, lookedFor)
    } finally {
      await copy.close()
    }
  }
  const usual = new Map<string, Map<string, number>>()
  beforeAll(async () => {
    for (const at of [later, atLast]) usual.set(at, await left(at, plans))
  }, 120_000)

  // Who left is forgotten last: until then nothing else hides what is left over.
  it.each(plans.map(({ what, term }) => [what, term === 'leaverMonths' ? atLast : later] as const))(
    'without %s',
    async (what, at) => {
      const without = await left(
        at,
        plans.filter(plan => plan.what !== what),
      )
      const more = [...without].filter(([column, rows]) => rows > (usual.get(at)!.get(column) ?? 0))
      expect(more.length).toBeGreaterThan(0)
    },
  )
})

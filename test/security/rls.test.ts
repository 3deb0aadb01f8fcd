import { glob, readFile } from 'node:fs/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../database.ts'
import { acting, actors, reachOn } from './as-role.ts'
import { whoseRows } from './whose-rows.ts'
import { plantWorlds, protectedTables } from './worlds.ts'

/*
 * The second wall alone: no route, no rule, no condition of a statement. Two worlds are planted in each protected table, and
 * what each role gets of them by the barest statements is compared with what whose-rows.ts says.
 */

let fresh: FreshDatabase
let database: Client
let tables: string[]

beforeAll(async () => {
  fresh = await freshDatabase()
  database = new Client(fresh.url)
  await database.connect()
  await plantWorlds(database)
  tables = await protectedTables(database)
})
afterAll(async () => {
  await database.end()
  await fresh.drop()
})

/** What is held against a table: each role that gets other rows than it should, by name. */
async function wrongOn(table: string): Promise<string[]> {
  const wrong: string[] = []
  for (const [role, actor] of Object.entries(actors)) {
    const { sees, ...writes } = await reachOn(database, table, actor)
    const said = whoseRows[table]
      ?.map(each => each.split(': '))
      .find(([, roles]) => roles!.split(' ').includes(role))
    const [seen, written] = (said?.[0] ?? 'none none').split(' ')
    if (sees !== seen) wrong.push(`${table}: ${role} sees ${sees}, not ${seen}`)
    for (const [how, whose] of Object.entries(writes))
      if (whose !== written) wrong.push(`${table}: ${role} ${how} ${whose}, not ${written}`)
  }
  return wrong
}

describe('what each role sees, adds, changes and takes away', () => {
  it('is said for every protected table, and for no other', () => {
    expect(Object.keys(whoseRows).toSorted()).toEqual(tables)
  })

  it.each(Object.keys(whoseRows))('of %s is its own', async table => {
    expect(await wrongOn(table)).toEqual([])
  })

  it('is nothing at all for nobody, also by a statement that asks for everything', async () => {
    const all = tables.map(table => `select '${table}' as name from ${table}`).join(' union all ')
    const { rows } = await acting(database, null, () => database.query(all))
    expect(rows).toEqual([])
  })

  it('would be found by name where a policy is missing, wider, or switched off', {
    timeout: 300_000,
  }, async () => {
    for (const table of tables)
      for (const [change, restore] of [
        [`alter table ${table} disable row level security`, `alter table ${table} enable row level security`],
        [
          `alter policy looks on ${table} rename to was; create policy looks on ${table} for select to gatehouse_app using (acting('role') is not null)`,
          `drop policy looks on ${table}; alter policy was on ${table} rename to looks`,
        ],
      ] as const) {
        await database.query(change)
        const [first = 'nothing'] = await wrongOn(table)
        await database.query(restore)
        expect(first, change).toMatch(new RegExp(`^${table}: \\S+ (sees|adds|changes|takes) `))
      }
  })
})

/** Questions across the wall that answer with people's rows: whose rows each role is answered, and nobody where not named. */
const across: Record<string, Record<string, number[]>> = {
  "select id from people_like(9, '%', null, null, null) id order by 1": {
    office: [1, 2],
    auditor: [1, 2],
    system: [1, 2],
  },
  'select entry_year as id from kinds_of_people()': {
    desk: [1, 2],
    office: [1, 2],
    auditor: [1, 2],
    system: [1, 2],
  },
  'select w.batch_id as id from handover h cross join lateral went_with(h.card_id) w order by 1': {
    student: [1],
    desk: [1, 2],
    office: [1, 2],
    auditor: [1, 2],
    system: [1, 2],
  },
  'select batch_id as id from unnest(array[1, 2]) p cross join lateral batches_of(p) order by 1': {
    desk: [1, 2],
    office: [1, 2],
    auditor: [1, 2],
    system: [1, 2],
  },
}

describe('what is asked across the wall', () => {
  beforeAll(async () => {
    await database.query(`update person set student_number = id, department = 'd', entry_year = id, status = 's', kind = 'k',
      site = 's', leave_terms = '{}'`)
  })

  it.each(Object.entries(across))('is answered to whom it concerns: %s', async (question, answered) => {
    const told: Record<string, number[]> = {}
    for (const [role, actor] of Object.entries(actors)) {
      const { rows } = await acting(database, actor, () => database.query<{ id: string }>(question))
      if (rows.length > 0) told[role] = rows.map(({ id }) => Number(id))
    }
    expect(told).toEqual(answered)
  })
})

/** Tables without row-level security, each with why. */
const open: Record<string, string> = {
  access_group: 'doors of a campus, a faculty or a hall; no person',
  access_group_door: 'the same',
  calendar_kept: 'one moment',
  campus_clock: 'one row, the time',
  claim_reading: 'what a provider’s claims mean',
  clock_reading: 'clocks of controllers',
  controller: 'addresses and buildings; no person',
  controller_clock: 'clocks of controllers',
  controller_events: 'up to where events are read',
  controller_survey: 'counts; the cards that were found are survey_card',
  database_home: 'where the database was',
  door: 'names of doors',
  doors_check: 'counts; of whom is doors_check_person',
  expiry_warning: 'counts',
  forgetting: 'counts',
  guard_approval: 'counts and a seal; the people are approved_loss',
  header_meaning: 'headers of files',
  held_count: 'counts',
  import_question: 'counts; the file is roster_import',
  journal_seal: 'hashes of entries, and their numbers',
  journal_unsealed: 'numbers of entries',
  known_board: 'boards',
  lane: 'leases of controllers',
  page_view: 'counts of public pages',
  production_batch: 'how many cards of an edition; whose is production_item',
  programme_draft: 'policy',
  programme_proposal: 'policy',
  programme_version: 'policy, published',
  request_count: 'counts of senders, known by a hash alone',
  restored_controller: 'controllers',
  retention_run: 'counts',
  run_now: 'controllers',
  sign_in_attempt: 'who it is, is not known yet; found by hashes alone',
  schema_version: 'numbers',
  staff_notice: 'windows and controllers; counts',
  strange_board: 'boards',
  update_guard: 'counts; whose rows wait is wanted',
  update_hold: 'controllers',
  update_window: 'windows',
  window_lane: 'counts',
}

describe('the catalogue', () => {
  const names = async (sql: string) =>
    (await database.query<{ name: string }>(sql)).rows.map(({ name }) => name)

  it('has no table that is neither protected nor said to need it not', async () => {
    const without = await names(`
      select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relispartition and not (relrowsecurity and relforcerowsecurity) order by 1`)
    expect(without).toEqual(Object.keys(open).toSorted())
  })

  it('has no column of a person, a card or a signature in a table that is not protected', async () => {
    const columns = await names(`
      select format('%s.%s', relname, attname) as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and not relrowsecurity
        and attnum > 0 and not attisdropped
        and attname ~ '(person|card_id|student|name_zh|name_en|email|address$|picture|signature|token|chip|account)'
      order by 1`)
    expect(columns).toEqual([
      'access_group.name_en',
      'access_group.name_zh',
      'door.name_en',
      'door.name_zh',
      'doors_check.last_person_id',
      'known_board.met_address',
      'programme_version.asks_second_person',
    ])
  })

  it('has no view that reads as its owner, and no function that does with a path of its caller', async () => {
    expect(
      await names(`select relname as name from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace
                   and not coalesce(reloptions::text ~ 'security_invoker=true', false)`),
    ).toEqual([])
    expect(
      await names(`select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
                   and not coalesce(array_to_string(proconfig, ' ') ~ 'search_path=public', false)`),
    ).toEqual([])
  })

  it('gives none of the five roles a way around: none is a superuser, owner of a table (but the owner) or above the wall', async () => {
    const roles = `('gatehouse_app', 'gatehouse_doors', 'gatehouse_chores', 'gatehouse_reports')`
    expect(
      await names(`select rolname as name from pg_roles where rolname like 'gatehouse\\_%'
                   and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolcanlogin)`),
    ).toEqual([])
    expect(
      await names(`select relname as name from pg_class where relnamespace = 'public'::regnamespace
                   and relowner in (select oid from pg_roles where rolname in ${roles})`),
    ).toEqual([])
    expect(
      await names(`select r.rolname || ' in ' || n.nspname as name from pg_roles r cross join pg_namespace n
                   where rolname in ${roles} and nspname in ('public', 'pgboss') and has_schema_privilege(r.oid, n.oid, 'create')`),
    ).toEqual(['gatehouse_chores in pgboss'])
    expect(
      await names(`select r.rolname as name from pg_roles r where rolname in ${roles}
                   and has_schema_privilege(r.oid, 'pgboss', 'usage') order by 1`),
    ).toEqual(['gatehouse_chores'])
    expect(
      await names(`select r.rolname || ' in ' || m.rolname as name from pg_auth_members a join pg_roles r on r.oid = a.member
                   join pg_roles m on m.oid = a.roleid where r.rolname in ${roles}`),
    ).toEqual([])
  })

  it('lets doors and reports read no name, number of a student, address or health', async () => {
    const readable = (role: string) =>
      names(`select attname as name from pg_attribute where attrelid = 'person'::regclass and attnum > 0
             and has_column_privilege('${role}', 'person', attname, 'select') order by 1`)
    expect(await readable('gatehouse_doors')).toEqual([])
    const person = await readable('gatehouse_reports')
    for (const secret of ['student_number', 'name_zh', 'name_en', 'email', 'searched', 'health_check'])
      expect(person).not.toContain(secret)
    expect(person).toContain('department')
  })
})

/** Where Gatehouse itself acts, and so sees every row; each is read with its reason where it stands. */
const itself = [
  'src/access/grant-store.ts',
  'src/app/boundaries.ts',
  'src/app/break-glass.ts',
  'src/app/calendar-messages.ts',
  'src/app/confirmations.ts',
  'src/app/demo-photos.ts',
  'src/app/doctor-office.ts',
  'src/app/first-steps.ts',
  'src/app/holders.ts',
  'src/app/load-campus.ts',
  'src/app/restored.ts',
  'src/app/sign-in.ts',
  'src/app/staff-accounts.ts',
  'src/app/watch-restores.ts',
  'src/identity/bearer.ts',
  'src/identity/break-glass-routes.ts',
  'src/identity/break-glass.ts',
  'src/identity/sign-in.ts',
  'src/message/push-store.ts',
  'src/message/tell-places.ts',
  'src/photo/store.ts',
  'src/privacy/breach/pack.ts',
  'src/privacy/kept.ts',
  'src/privacy/own-data.ts',
  'src/reissue/call-routes.ts',
  'src/reissue/receipt-store.ts',
  'src/server/looks.ts',
  'src/server/register.ts',
  'src/server/remember.ts',
  'src/update/history-store.ts',
  'src/update/rounds.ts',
]

it('Gatehouse itself sees every row only where it is said here', async () => {
  const project = new URL('../../', import.meta.url)
  const callers: string[] = []
  for await (const file of glob('src/**/*.ts', { cwd: project.pathname }))
    if (
      !/\.test\.ts$|\/trial[^/]*$/.test(file) &&
      /asItself\(|kind: 'system'/.test(await readFile(new URL(file, project), 'utf8'))
    )
      callers.push(file)
  expect(callers.toSorted()).toEqual(itself)
})

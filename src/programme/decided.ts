import type { Transaction } from '../server/register.ts'

/** How many hang on each id of the programme; an id that nothing hangs on is not in it. */
type Uses = ReadonlyMap<string, number>

/** What is decided already and hangs on the programme: it must not be contradicted by the next one. */
export interface Decided {
  /** People and cards in the register; with none, nothing hangs on the campus yet. */
  registered: number
  /** Cards of each edition, in stock, in use or gone. */
  cardsOfEdition: Uses
  /** Cards that lie at each counter. */
  cardsAtCounter: Uses
  clerksAtCounter: Uses
  peopleOfSite: Uses
  peopleOfDepartment: Uses
  /** Access groups that open doors to each faculty. */
  groupsOfFaculty: Uses
  /** Campus access that has not ended, by edition and by when it ends. */
  access: readonly { edition: string; until: Temporal.Instant | null; people: number }[]
  /** Promises to people who activated and whose window has not begun. */
  promises: readonly { carriedBy: Temporal.Instant; newFrom: Temporal.Instant; people: number }[]
  /** People of whom something is decided that a window ahead will bring to the doors. */
  planned: readonly { carriedBy: Temporal.Instant; people: number }[]
  /** Start of the newest window that has begun; null before the first. */
  newestWindow: Temporal.Instant | null
}

const registeredSql = 'select (select count(*) from person) + (select count(*) from card) as registered'

const usesSql = `
  select 'edition' as kind, edition as id, count(*) as uses from card group by edition
  union all
  select 'counter', counter, count(*) from card c
  where counter is not null and retired_at is null and not exists (select from handover h where h.card_id = c.id)
  group by counter
  union all
  select 'clerk', counter, count(*) from staff_role where counter is not null group by counter
  union all
  select 'site', site, count(*) from person group by site
  union all
  select 'department', department, count(*) from person group by department
  union all
  select 'faculty', member_key, count(*) from access_group where members = 'faculty' group by member_key`

const accessSql = `
  select c.edition, upper(u.during) as until, count(distinct u.person_id) as people
  from card_use u join card c on c.id = u.card_id
  where upper_inf(u.during) or upper(u.during) > $1
  group by c.edition, upper(u.during)`

// A window that has begun carries what was due by then, whatever the programme says afterwards. What went to the doors
// at once waits for no window.
const promisesSql = `
  select carried_by as "carriedBy", new_from as "newFrom", count(*) as people from activation a
  where not at_once and carried_by > coalesce((select max(starts_at) from update_window), '-infinity')
    and not exists (select from card_lost l where l.card_id = a.card_id)
  group by carried_by, new_from order by carried_by, new_from`

const plannedSql = `
  select carried_by as "carriedBy", count(distinct person_id) as people from wanted
  where carried_by > $1 group by carried_by order by carried_by`

const newestWindowSql = 'select max(starts_at) as "startsAt" from update_window'

/** Reads what is decided already. Exact while no other act runs; in a look it is what was so a moment ago. */
export async function decidedAlready(trx: Transaction, now: Temporal.Instant): Promise<Decided> {
  const [[count], uses, access, promises, planned, [newest]] = await Promise.all([
    trx.statement<{ registered: number }>('decided_registered', registeredSql, []),
    trx.statement<{ kind: string; id: string; uses: number }>('decided_uses', usesSql, []),
    trx.statement<Decided['access'][number]>('decided_access', accessSql, [now]),
    trx.statement<Decided['promises'][number]>('decided_promises', promisesSql, []),
    trx.statement<Decided['planned'][number]>('decided_planned', plannedSql, [now]),
    trx.statement<{ startsAt: Temporal.Instant | null }>('decided_window', newestWindowSql, []),
  ])
  const of = (kind: string): Uses =>
    new Map(uses.filter(row => row.kind === kind).map(row => [row.id, row.uses]))
  return {
    registered: count!.registered,
    cardsOfEdition: of('edition'),
    cardsAtCounter: of('counter'),
    clerksAtCounter: of('clerk'),
    peopleOfSite: of('site'),
    peopleOfDepartment: of('department'),
    groupsOfFaculty: of('faculty'),
    access,
    promises,
    planned,
    newestWindow: newest!.startsAt,
  }
}

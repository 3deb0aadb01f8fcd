import { hostLiesIn } from '../access/networks.ts'
import { publishedInForce } from '../programme/store.ts'
import { sayWhoActs } from '../server/acting.ts'
import { type Check, fail, pass, unknown } from './doctor-run.ts'

/** A controller's clock that is off by so much decides on the wrong day around midnight. */
const driftSeconds = 60
/** Every window reads the clocks, so within a day and a half each controller has answered. */
const answeredHours = 36
/** A window that has begun ends within its budget; this is beyond every budget. */
const windowHours = 3

/** So many names, and how many more. */
const named = (names: readonly (string | number)[]): string =>
  names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} … (${names.length})`

const officersSql = `
  select count(distinct f.id)::int as many from staff f join staff_role r on r.staff_id = f.id
  where r.role = 'office' and f.ended_at is null`

/** What the office's own rows are asked: the programme, the staff, the controllers, the windows. */
export const officeChecks: readonly Check[] = [
  {
    name: 'programme-published',
    async look({ app, now }) {
      const published = await app.transaction(publishedInForce)
      if (published === null) return fail()
      const { campus, deadline } = published.programme
      const today = now.toZonedDateTimeISO(campus.zone).toPlainDate()
      const seen = `${published.version}, ${deadline.on}`
      return Temporal.PlainDate.compare(deadline.on, today) > 0 ? pass(seen) : fail(seen)
    },
  },
  {
    name: 'two-officers',
    async look({ app }) {
      const [row] = await app.transaction(async trx => {
        await sayWhoActs(trx, { kind: 'system', id: 'doctor' })
        return trx.statement<{ many: number }>('two_officers', officersSql, [])
      })
      const { many } = row!
      return many >= 2 ? pass(`${many}`) : fail(`${many}`)
    },
  },
  {
    name: 'controllers-in-networks',
    async look({ app, networks }) {
      const { rows } = await app.pool.query<{ id: number; host: string | null }>(
        `select id, host from controller where driver <> 'file' order by id`,
      )
      if (rows.length === 0) return unknown('0')
      const outside = rows.filter(({ host }) => host === null || !hostLiesIn(host, networks))
      return outside.length === 0
        ? pass(`${rows.length}`)
        : fail(named(outside.map(({ id, host }) => `${id} ${host ?? ''}`)))
    },
  },
  {
    name: 'controllers-answered',
    async look({ doors, now }) {
      const { rows } = await doors.pool.query<{
        id: number
        at: Temporal.Instant | null
        drift: number | null
      }>(
        `select c.id, k.read_at as at, k.drift_seconds as drift from controller c
         left join controller_clock k on k.controller_id = c.id where c.driver <> 'file' order by c.id`,
      )
      if (rows.every(({ at }) => at === null)) return unknown(`${rows.length}`)
      const silent = rows.filter(({ at }) => at === null || now.since(at).total('hours') > answeredHours)
      return silent.length === 0 ? pass(`${rows.length}`) : fail(named(silent.map(({ id }) => id)))
    },
  },
  {
    name: 'controllers-clocks',
    async look({ doors }) {
      const { rows } = await doors.pool.query<{ id: number; drift: number }>(
        `select controller_id as id, drift_seconds as drift from controller_clock where drift_seconds is not null order by 1`,
      )
      if (rows.length === 0) return unknown('0')
      const off = rows.filter(({ drift }) => Math.abs(drift) >= driftSeconds)
      return off.length === 0
        ? pass(`${rows.length}`)
        : fail(named(off.map(({ id, drift }) => `${id} ${drift} s`)))
    },
  },
  {
    name: 'windows-finish',
    async look({ doors, now }) {
      const { rows } = await doors.pool.query<{ at: Temporal.Instant; finished: Temporal.Instant | null }>(
        `select starts_at as at, finished_at as finished from update_window where covered_by is null
         order by starts_at desc limit 1`,
      )
      const last = rows[0]
      if (last === undefined) return unknown()
      const isLate = last.finished === null && now.since(last.at).total('hours') > windowHours
      return isLate ? fail(String(last.at)) : pass(String(last.at))
    },
  },
]

import { stillFetched } from '../card/fetched.ts'
import { eligibility } from '../eligibility/rules.ts'
import type { Facts, Refused } from '../lib/decision.ts'
import { cohortOf, type PersonFacts } from '../programme/cohorts.ts'
import { contradictionsIn } from '../programme/contradictions.ts'
import { accessEndsAt } from '../programme/deadline.ts'
import { decidedAlready } from '../programme/decided.ts'
import {
  type Brings,
  type PublishRefusal,
  reasonsNotToPublish,
  whatItBrings,
} from '../programme/may-publish.ts'
import type { Programme } from '../programme/shape.ts'
import { publishedInForce } from '../programme/store.ts'
import type { ProblemRule } from '../programme/words.ts'
import type { Status } from '../roster/person.ts'
import { hallsCalled } from '../roster/store.ts'
import { type Act, NotSetUp } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import { isReminded } from './calendar-rules.ts'
import { losesAccess, unused, waits } from './calendar-store.ts'

/** What becomes of people whose only card ends with the deadline: a new one not switched on, in hand or with a class representative; one that waits; or none. */
export const standings = ['not-activated', 'with-representative', 'card-waits', 'no-card'] as const
export type StandingAtDeadline = (typeof standings)[number]

/** People alike in all that decides about them at the deadline. */
interface Alike extends PersonFacts {
  nextStatus: Status | null
  hall: string | null
  standing: StandingAtDeadline
  people: number
}

const at = { now: '$1', ends: '$2', editions: '$3' }
const standing = `
  coalesce((select case when ${stillFetched('h')} then 'with-representative' else 'not-activated' end ${unused('$3')}
            order by h.at desc limit 1),
           case when exists (select ${waits}) then 'card-waits' else 'no-card' end)`
const alikeSql = `
  select "enteredYear", status, kind, department, site, "leaveTerms", "nextStatus", hall, standing, count(*)::int as people
  from (
    select p.entry_year as "enteredYear", p.status, p.kind, p.department, p.site, p.leave_terms as "leaveTerms", p.hall,
           case when p.next_status_on <= $4 then p.next_status end as "nextStatus", ${standing} as standing
    from person p where ${losesAccess(at)}) losing
  group by "enteredYear", status, kind, department, site, "leaveTerms", "nextStatus", hall, standing`

const peopleSql = `
  select p.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn", ${standing} as standing
  from person p where p.id > $4 and ${losesAccess(at)} order by p.id limit $5`

const everyoneSql = `
  select p.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn", p.hall,
         p.entry_year as "enteredYear", p.status, p.kind, p.department, p.site, p.leave_terms as "leaveTerms",
         ${standing} as standing
  from person p where ${losesAccess(at)} order by p.student_number`

/** So many people are shown at once. */
export const shownAtOnce = 20

/** How many people of something would lose campus access, by how they stand. */
export type Counted = Record<StandingAtDeadline, number> & { id: string; people: number }

/** Messages of one day before the deadline. */
export interface Reminder {
  days: number
  on: Temporal.PlainDate
  /** Whether the day has passed. */
  over: boolean
  people: number
}

/** The deadline moved by some days: what that brings, and why it would be refused. */
export interface Moved {
  on: Temporal.PlainDate
  brings: Brings
  problems: { rule: ProblemRule; facts: Facts }[]
  refusals: Refused<PublishRefusal>[]
}

/** What would happen at the deadline as things stand now. */
export interface Rehearsal {
  programme: Programme
  endsAt: Temporal.Instant | null
  all: Counted
  cohorts: Counted[]
  /** By hall; '' for who lives in none. */
  halls: Counted[]
  /** What each hall is called. */
  hallsCalled: Awaited<ReturnType<typeof hallsCalled>>
  /** Who loses access and is not reminded: by their status. */
  exceptions: { status: Status; people: number }[]
  reminders: Reminder[]
  moved: Moved | null
}

const empty = (id: string): Counted => ({
  id,
  people: 0,
  'not-activated': 0,
  'with-representative': 0,
  'card-waits': 0,
  'no-card': 0,
})

function countBy(alike: readonly Alike[], idOf: (each: Alike) => string): Counted[] {
  const counts = new Map<string, Counted>()
  for (const each of alike) {
    const id = idOf(each)
    const count = counts.get(id) ?? empty(id)
    counts.set(id, count)
    count.people += each.people
    count[each.standing] += each.people
  }
  return [...counts.values()].sort((a, b) => b.people - a.people)
}

/** Whether these people would be reminded on a day: by the rule that will send the messages, and eligibility on that day. */
function remindedOn(programme: Programme, each: Alike, on: Temporal.PlainDate): boolean {
  // Which card they have is no matter here: what keeps somebody from being reminded lies in who they are and in the day.
  const nobody = { cards: [], oldCardLost: false, reissuePaid: false, reissue: null }
  return isReminded({
    status: each.status as Status,
    statusAtDeadline: each.nextStatus,
    losesAccess: true,
    collected: each.standing === 'not-activated' || each.standing === 'with-representative',
    decision: eligibility({ person: each, ...nobody }, programme, on),
  })
}

/** The values that the statements ask for: now, the deadline, the editions that it ends. */
function asked(programme: Programme, now: Temporal.Instant) {
  const { deadline } = programme
  const endsAt = accessEndsAt(programme, deadline.editions[0] ?? '')
  return { endsAt, values: [now, endsAt ?? now, deadline.editions] as const }
}

/** The deadline rehearsed: who would lose campus access, what is sent when, and what moving it by some days changes. Nothing is done. */
export async function rehearseDeadline(act: Act, moveByDays: number): Promise<Rehearsal> {
  const inForce = await publishedInForce(act)
  if (inForce === null) throw new NotSetUp('No programme is published yet.')
  const { programme } = inForce
  const { endsAt, values } = asked(programme, act.now)
  const endsOn = Temporal.PlainDate.from(programme.deadline.on)
  const alike = await act.statement<Alike>('rehearse_deadline', alikeSql, [...values, endsOn])
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const reminders = programme.remindDaysBefore
    .toSorted((a, b) => b - a)
    .map((days): Reminder => {
      const on = endsOn.subtract({ days })
      const reminded = alike.filter(each => remindedOn(programme, each, on))
      return {
        days,
        on,
        over: Temporal.PlainDate.compare(on, today) < 0,
        people: reminded.reduce((sum, { people }) => sum + people, 0),
      }
    })
  const last = endsOn.subtract({ days: 1 })
  const unreminded = countBy(
    alike.filter(each => !remindedOn(programme, each, last)),
    ({ nextStatus, status }) => nextStatus ?? status,
  )
  return {
    programme,
    endsAt,
    all: countBy(alike, () => 'all')[0] ?? empty('all'),
    cohorts: countBy(alike, each => cohortOf(programme, each).id),
    halls: countBy(alike, ({ hall }) => hall ?? ''),
    hallsCalled: await hallsCalled(act),
    exceptions: unreminded.map(({ id, people }) => ({ status: id as Status, people })),
    reminders,
    moved: moveByDays === 0 ? null : await moved(act, { inForce, moveByDays }),
  }
}

async function moved(
  act: Act,
  {
    inForce,
    moveByDays,
  }: { inForce: NonNullable<Awaited<ReturnType<typeof publishedInForce>>>; moveByDays: number },
): Promise<Moved> {
  const { programme } = inForce
  const on = Temporal.PlainDate.from(programme.deadline.on).add({ days: moveByDays })
  const after = { ...programme, deadline: { ...programme.deadline, on: on.toString() } }
  const decided = await decidedAlready(act, act.now)
  return {
    on,
    brings: whatItBrings(programme, after, { now: act.now, decided }),
    problems: contradictionsIn(after).map(({ rule, facts }) => ({ rule, facts })),
    refusals: reasonsNotToPublish({
      now: act.now,
      reading: { ok: true, programme: after },
      inForce,
      comparedWith: inForce.version,
      sealFits: true,
      cardsComingIn: false,
      alone: false,
      decided,
    }),
  }
}

/** Somebody who would lose campus access. */
export interface Losing {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
  standing: StandingAtDeadline
}

/** Who would lose campus access, by pages; that they were seen is noted of each of them. */
export async function losingAtDeadline(act: Act, after: number): Promise<Losing[]> {
  const inForce = await publishedInForce(act)
  if (inForce === null) throw new NotSetUp('No programme is published yet.')
  const { values } = asked(inForce.programme, act.now)
  const people = await act.statement<Losing>('losing_at_deadline', peopleSql, [...values, after, shownAtOnce])
  await act.note(...people.map(({ id }) => ({ act: 'seen in the deadline rehearsal', personId: id })))
  return people
}

/** Somebody who would lose campus access, with all that cohorts look at. */
export type LosingWhole = Losing & PersonFacts & { hall: string | null }

/** Everybody who would lose campus access, by student number, a few hundred in memory at a time. */
export async function* everyoneLosing(act: Act): AsyncGenerator<LosingWhole> {
  const inForce = await publishedInForce(act)
  if (inForce === null) throw new NotSetUp('No programme is published yet.')
  yield* rowsOf<LosingWhole>(act, 'export_losing', everyoneSql, asked(inForce.programme, act.now).values)
}

import { newestChecks } from '../access/self-check.ts'
import { both } from '../lib/both.ts'
import type { Programme } from '../programme/shape.ts'
import { firstPublishedAt, programmeInForce } from '../programme/store.ts'
import { nextWindow, type Window, windowsBetween } from '../programme/timetable.ts'
import type { Policy, Server } from '../server/http.ts'
import type { Act, Register } from '../server/register.ts'
import { controllersOf, plannedPeople } from './planned-people.ts'
import {
  type ControllerReport,
  controllersNow,
  lanesOf,
  newestReport,
  plannedFor,
  type WindowReport,
  windowsIn,
} from './report.ts'
import { After, Controllers, CurrentWindow, causeOf, NextWindow, WindowsToday } from './shapes.ts'

const readers: Policy = ['access', 'office', 'auditor']

/** People that one page of the difference shows. */
const peopleAPage = 50

/** So long after its start a window may not have begun yet: what was decided before it is worked out first. */
const beginsWithin = { minutes: 3 }

type State = WindowsToday['windows'][number]['state']

function stateOf(
  window: Pick<Window, 'startsAt'>,
  report: WindowReport | undefined,
  now: Temporal.Instant,
): State {
  if (report?.coveredBy) return 'covered'
  if (report?.finishedAt) return report.failed > 0 ? 'partly' : 'done'
  if (report?.frozenAt) return 'running'
  return Temporal.Instant.compare(window.startsAt.add(beginsWithin), now) > 0 ? 'planned' : 'not-run'
}

const counted = (report: WindowReport | undefined) => ({
  beganAt: report?.frozenAt?.toString() ?? null,
  finishedAt: report?.finishedAt?.toString() ?? null,
  owed: report?.owed ?? 0,
  done: report?.done ?? 0,
  failed: report?.failed ?? 0,
  unreachable: report?.unreachable ?? 0,
})

type Times = Pick<Window, 'startsAt' | 'usuallyEndsAt' | 'endsBy'>

const timesOf = ({ startsAt, usuallyEndsAt, endsBy }: Times) => ({
  startsAt: startsAt.toString(),
  usuallyEndsAt: usuallyEndsAt.toString(),
  endsBy: endsBy.toString(),
})

/** A window that somebody let go, among those of the timetable. */
function extraWindow(report: WindowReport, now: Temporal.Instant): WindowsToday['windows'][number] {
  const { startsAt, endsBy } = report
  const window = { startsAt, usuallyEndsAt: endsBy ?? startsAt, endsBy: endsBy ?? startsAt }
  return { ...timesOf(window), extra: true, state: stateOf(window, report, now), ...counted(report) }
}

/** Today's windows in the campus's zone, and tomorrow's first where that is the next. */
async function today(act: Act, { campus, timetable }: Programme, demo: boolean): Promise<WindowsToday> {
  const { now } = act
  const day = now.toZonedDateTimeISO(campus.zone).startOfDay()
  const begins = day.toInstant()
  const ends = day.add({ days: 1 }).toInstant()
  const next = nextWindow(timetable, campus.zone, now)
  const windows = windowsBetween(timetable, campus.zone, begins, ends)
  const shown = windows.some(window => window.startsAt.equals(next.startsAt)) ? windows : [...windows, next]
  const reports = await windowsIn(act, begins, ends)
  const [check = null] = await newestChecks(act, 1)
  const byStart = new Map(reports.map(report => [report.startsAt.epochMilliseconds, report]))
  const since = await firstPublishedAt(act)
  // What would have begun before there was a programme was never due.
  const wasDue = ({ startsAt }: Window) =>
    byStart.has(startsAt.epochMilliseconds) ||
    since === null ||
    Temporal.Instant.compare(startsAt, since) >= 0
  const regular = shown.filter(wasDue).map(window => {
    const report = byStart.get(window.startsAt.epochMilliseconds)
    return { ...timesOf(window), extra: false, state: stateOf(window, report, now), ...counted(report) }
  })
  const extra = reports.filter(report => report.extra).map(report => extraWindow(report, now))
  return {
    now: now.toString(),
    windows: [...regular, ...extra].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)),
    next: { ...timesOf(next), ...(await plannedFor(act, next.startsAt)) },
    check: check && { ...check, on: check.on.toString(), endedAt: check.endedAt?.toString() ?? null },
    clockHref: demo ? '/demo' : null,
  }
}

async function current(act: Act): Promise<CurrentWindow> {
  const report = await newestReport(act)
  if (report === null) return { now: act.now.toString(), window: null, lanes: [] }
  const lanes = await lanesOf(act, report.startsAt)
  return {
    now: act.now.toString(),
    window: {
      startsAt: report.startsAt.toString(),
      running: report.finishedAt === null && report.coveredBy === null,
      ...counted(report),
    },
    lanes: lanes.map(({ buildingZh, buildingEn, finishedAt, ...lane }) => ({
      ...lane,
      building: both(buildingZh, buildingEn),
      finishedAt: finishedAt?.toString() ?? null,
    })),
  }
}

async function difference(act: Act, after: number | null): Promise<NextWindow> {
  const { campus, timetable } = await programmeInForce(act)
  const next = nextWindow(timetable, campus.zone, act.now)
  const found = await plannedPeople(act, next.startsAt, { limit: peopleAPage + 1, after })
  const people = found.slice(0, peopleAPage)
  await act.note(...people.map(({ personId }) => ({ act: 'planned door changes read', personId })))
  return {
    ...timesOf(next),
    people: people.map(({ studentNumber, decidedAt, cause, cards }) => ({
      studentNumber,
      puts: controllersOf(cards, 'put'),
      changes: controllersOf(cards, 'change'),
      removals: controllersOf(cards, 'remove'),
      decidedAt: decidedAt.toString(),
      cause: causeOf(cause),
      cards,
    })),
    next: found.length > peopleAPage ? (people.at(-1)?.personId ?? null) : null,
  }
}

const controllerReply = ({
  buildingZh,
  buildingEn,
  silentSince,
  clockSetAt,
  clockReadAt,
  ...controller
}: ControllerReport) => ({
  ...controller,
  building: both(buildingZh, buildingEn),
  silentSince: silentSince?.toString() ?? null,
  clockSetAt: clockSetAt?.toString() ?? null,
  clockReadAt: clockReadAt?.toString() ?? null,
})

/** What the update did, does and will do, for those who keep the doors; reads of people are journalled. */
export function updateRoutes(
  server: Server,
  { register, demo }: { register: Register; demo: boolean },
): void {
  const tags = ['update']
  server.get(
    '/api/v1/windows',
    {
      config: { policy: readers },
      schema: {
        tags,
        summary: 'Today’s update windows, and how much the next one will change',
        response: { 200: WindowsToday },
      },
    },
    request => register.look(request.actor, async act => today(act, await programmeInForce(act), demo)),
  )

  server.get(
    '/api/v1/windows/current',
    {
      config: { policy: readers },
      schema: {
        tags,
        summary: 'The newest update, controller by controller, while it runs and afterwards',
        response: { 200: CurrentWindow },
      },
    },
    request => register.look(request.actor, current),
  )

  server.get(
    '/api/v1/windows/next',
    {
      config: { policy: readers, purpose: 'doors', shows: 'doors' },
      schema: {
        tags,
        summary: 'The next update as a difference, person by person',
        description: `By student number, ${peopleAPage} people at a time; \`after\` is the \`next\` of the page before.`,
        querystring: After,
        response: { 200: NextWindow },
      },
    },
    request => register.look(request.actor, act => difference(act, request.query.after ?? null)),
  )

  server.get(
    '/api/v1/controllers',
    {
      config: { policy: readers },
      schema: {
        tags,
        summary: 'The door controllers: how full, since when silent, what is still owed to them',
        response: { 200: Controllers },
      },
    },
    request =>
      register.look(request.actor, async act => ({
        now: act.now.toString(),
        controllers: (await controllersNow(act, act.now)).map(controllerReply),
      })),
  )
}

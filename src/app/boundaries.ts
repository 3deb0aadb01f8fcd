import { clearEndedCards, renewCards } from '../access/dates.ts'
import { isAnyPutOff, workOffSome } from '../access/put-off.ts'
import { beginCheck, checkSome } from '../access/self-check.ts'
import { forgetBatchSignatures } from '../batch/forget.ts'
import { forgetSignatures } from '../handover/forget-signatures.ts'
import { sayFault } from '../lib/say-fault.ts'
import { isAnyLossDue } from '../loss/issuer-store.ts'
import { sendLossReports } from '../loss/send-reports.ts'
import { forgetPhotos } from '../photo/forget.ts'
import type { Timetable } from '../programme/shape.ts'
import { programmeOrNull } from '../programme/store.ts'
import { windowsBetween } from '../programme/timetable.ts'
import { forgetProxies } from '../proxy/forget.ts'
import { refundsOnDate } from '../refund/late-refunds.ts'
import { lapseUnpaid, remindUnpaid } from '../reissue/dates.ts'
import { lapseRepayments } from '../reissue/repayment.ts'
import { changeStatuses } from '../roster/planned-status.ts'
import type { Register } from '../server/register.ts'
import { repeat } from '../server/repeat.ts'
import { raiseExpiryWarnings } from '../update/expiry.ts'

/** What a date brings with it, done by nobody in particular. */
const calendar = { kind: 'system', id: 'calendar' } as const

/** What a date does, some people an act, and what the journal says of it. */
const ofADate = [
  { does: changeStatuses, said: 'statuses changed by date' },
  { does: clearEndedCards, said: 'campus access ended by date' },
  { does: renewCards, said: 'cards renewed at the doors' },
  { does: lapseUnpaid, said: 'unpaid reissues lapsed' },
  { does: lapseRepayments, said: 'repayments lapsed' },
  { does: remindUnpaid, said: 'unpaid reissues reminded of' },
] as const

/**
 * Does what the campus's date brings with it: cards whose campus access has ended by their date are taken off what
 * the doors should hold, and of those that no date ends the doors are told a later day in time; some people an act, so
 * that others need not wait for long. Doing it twice, or in two processes at once, changes nothing; broken off, it is
 * gone on with at the next look. Then it warns of days on which many cards end.
 */
export async function beginDate(register: Register, zone: string): Promise<void> {
  for (const { does, said } of ofADate) {
    let after: number | null = 0
    while (after !== null) {
      const from: number = after
      after = await register.act(calendar, async act => {
        const { people, last } = await does(act, zone, from)
        if (people > 0) await act.note({ act: said, facts: { people } })
        return last
      })
    }
  }
  await register.aside(calendar, act => raiseExpiryWarnings(act, zone))
  await register.aside(calendar, refundsOnDate)
  while ((await register.aside(calendar, forgetProxies)) > 0);
  while ((await register.aside(calendar, forgetPhotos)) > 0);
  while ((await register.aside(calendar, forgetSignatures)) > 0);
  await register.aside(calendar, forgetBatchSignatures)
}

/** Works out, some people an act, whose doors were put off: after a large group's change, or a new programme. */
export async function workOff(register: Register): Promise<void> {
  while (await register.act(calendar, workOffSome));
}

/**
 * Once a day, when the first update of the day has begun: compares what the doors should hold with what is worked out
 * from nothing, some people an act. False where that update has not begun.
 */
export async function checkDoors(register: Register, today: Temporal.PlainDate): Promise<boolean> {
  const began = await register.act(calendar, act => beginCheck(act, today))
  if (!began) return false
  while (await register.act(calendar, act => checkSome(act, today)));
  return true
}

/** Sends the loss reports whose time has come to the issuer; twice, or in two processes at once, sends none twice. */
export async function sendDueReports(register: Register): Promise<void> {
  while ((await register.aside(calendar, act => sendLossReports(act))) > 0);
}

/** The watch over the campus's date in one process, over loss reports that are due, and over what was put off. */
export interface Dates {
  /** Sends what is due to the issuer, works off what was put off; then does what the date brings, and the day's check, once a day. */
  look(): Promise<void>
  stop(): Promise<void>
}

/** Keeps an eye on the campus's date; the first look also catches up with dates that passed while nothing ran. */
export function watchDates(
  register: Register,
  { everyMs, log }: { everyMs?: number; log: (line: string) => void },
): Dates {
  let begun: Temporal.PlainDate | null = null
  let checked: Temporal.PlainDate | null = null

  async function look(): Promise<void> {
    const here = await register.look(calendar, async act => {
      const programme = await programmeOrNull(act)
      return (
        programme && {
          zone: programme.campus.zone,
          now: act.now,
          putOff: await isAnyPutOff(act),
          lossDue: await isAnyLossDue(act),
        }
      )
    })
    if (here === null) return
    if (here.lossDue) await sendDueReports(register)
    if (here.putOff) await workOff(register)
    const today = here.now.toZonedDateTimeISO(here.zone).toPlainDate()
    if (!begun?.equals(today)) await beginDate(register, here.zone)
    begun = today
    if (checked?.equals(today)) return
    if (await checkDoors(register, today)) checked = today
  }

  return { look, ...repeat(look, { everyMs, onFault: error => log(`date: ${sayFault(error)}`) }) }
}

const after = (moment: Temporal.Instant): Temporal.Instant => moment.add({ nanoseconds: 1 })

/**
 * Every moment after `from` and up to `to` at which something happens by itself: each update window's start and the
 * start of each local date, and last `to` itself.
 */
export function boundariesBetween(
  { timetable, zone }: { timetable: Timetable; zone: string },
  from: Temporal.Instant,
  to: Temporal.Instant,
): Temporal.Instant[] {
  const starts = windowsBetween(timetable, zone, after(from), after(to)).map(({ startsAt }) => startsAt)
  const dates: Temporal.Instant[] = []
  for (let on = from.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 }); ; on = on.add({ days: 1 })) {
    const begins = on.toZonedDateTime(zone).toInstant()
    if (Temporal.Instant.compare(begins, to) > 0) break
    dates.push(begins)
  }
  const inOrder = [...starts, ...dates, to].sort((a, b) => Temporal.Instant.compare(a, b))
  return inOrder.filter((moment, at) => at === 0 || !moment.equals(inOrder[at - 1]!))
}

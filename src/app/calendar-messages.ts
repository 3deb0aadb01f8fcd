import { sayFault } from '../lib/say-fault.ts'
import { tellDoorOwners } from '../message/door-digest.ts'
import { dueHere, tellByCalendar } from '../message/tell-calendar.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Register } from '../server/register.ts'
import { type Repeated, repeat } from '../server/repeat.ts'

const messenger = { kind: 'system', id: 'calendar' } as const

/**
 * Tells people what the day brings, some an act, until all have been told or the hour is over. False where another process
 * does it. Done twice, or broken off and gone on with, it tells nobody twice.
 */
export async function tellDay(register: Register): Promise<boolean> {
  let after: number | null = 0
  while (after !== null) {
    const from: number = after
    const portion = await register.aside(messenger, act => tellByCalendar(act, from))
    if (portion === null) return false
    after = portion.last
  }
  return true
}

/** What is due, in a word: while it stays the same, nobody need be looked for again within the hour. */
const dueNow = (register: Register): Promise<string | null> =>
  register.look(messenger, async act => {
    const programme = await programmeOrNull(act)
    const here = programme && (await dueHere(act))
    if (!here) return null
    const { today, ...due } = here.due
    const hour = act.now.toZonedDateTimeISO(here.programme.campus.zone).hour
    return JSON.stringify([today.toString(), hour, due, here.since.toString()])
  })

/** Keeps an eye on what the calendar has to tell; within an hour those are looked for again who came meanwhile. */
export function watchCalendarMessages(
  register: Register,
  {
    pages,
    everyMs,
    log,
  }: {
    /** The address of Gatehouse's own pages; empty where it is not known. */
    pages: string
    everyMs: number | undefined
    log: (line: string) => void
  },
): Repeated & { look(): Promise<void> } {
  let done: string | null = null
  async function look(): Promise<void> {
    await register.aside(messenger, act => tellDoorOwners(act, pages))
    const due = await dueNow(register)
    if (due === null || due === done) return
    if (await tellDay(register)) done = due
  }
  return {
    look,
    ...repeat(look, { everyMs, onFault: error => log(`calendar messages: ${sayFault(error)}`) }),
  }
}

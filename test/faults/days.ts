import { campusTime } from '../campus.ts'
import type { SmallCampus, Student } from './small-campus.ts'

/** The windows of a small campus one after the other, from the one that loads its controllers. */
export function windowsOf(campus: SmallCampus): { next(): Promise<string> } {
  const times = ['10:00', '15:00', '01:00']
  let at = 0
  let day = Temporal.PlainDate.from('2023-10-16')
  return {
    /** Moves the campus's clock to the start of its next window, and says which it is. */
    async next() {
      const time = times[at % 3]!
      if (time === '01:00') day = day.add({ days: 1 })
      at += 1
      const local = `${day.toString()} ${time}`
      await campus.moveTo(local)
      return local
    },
  }
}

/** Which of a student's two cards a controller holds. */
export async function cardsHeld(campus: SmallCampus, controller: number, student: Student): Promise<string> {
  const memory = await campus.memory(controller)
  const held = [memory.has(student.old) ? 'old' : '', memory.has(student.new) ? 'new' : '']
  return held.filter(Boolean).join(' and ') || 'neither'
}

/** The answers to what was sent about a number, oldest first: "put full". */
export async function answersOf(campus: SmallCampus, controller: number, number: number): Promise<string[]> {
  const rows = await campus.sql<{ said: string }>(
    `select deed || ' ' || answer as said from sent where controller_id = $1 and number = $2 order by id`,
    controller,
    number,
  )
  return rows.map(row => row.said)
}

/** How the newest window went on a controller: "done 2 of 2". */
export async function outcomeOf(campus: SmallCampus, controller: number): Promise<string | undefined> {
  const [row] = await campus.sql<{ said: string }>(
    `select coalesce(outcome, 'under way') || ' ' || done || ' of ' || owed as said from window_lane
     where controller_id = $1 order by starts_at desc limit 1`,
    controller,
  )
  return row?.said
}

/** The windows from a local time on, as the campus's clocks show them, and what became of each. */
export const windowsFrom = (campus: SmallCampus, local: string) =>
  campus.sql<{ starts: string; finished: boolean; covered: string | null }>(
    `select to_char(starts_at at time zone 'Asia/Taipei', 'MM-DD HH24:MI') as starts,
            finished_at is not null as finished,
            to_char(covered_by at time zone 'Asia/Taipei', 'MM-DD HH24:MI') as covered
     from update_window where starts_at >= $1::timestamptz order by starts_at`,
    campusTime(local).toString(),
  )

/** The windows that carry a student's new card. */
export async function carriedByOf(campus: SmallCampus, { newCard }: Student): Promise<string[]> {
  const rows = await campus.sql<{ carried: string }>(
    `select distinct to_char(carried_by at time zone 'Asia/Taipei', 'MM-DD HH24:MI') as carried
     from wanted where card_id = $1`,
    newCard,
  )
  return rows.map(row => row.carried)
}

/** What the staff were told of missed windows, the oldest first. */
export async function missedSaid(campus: SmallCampus): Promise<object[]> {
  const rows = await campus.sql<{ missed: object }>(
    `select facts->'missed' as missed from staff_notice where kind = 'window-missed' order by id`,
  )
  return rows.map(({ missed }) => missed)
}

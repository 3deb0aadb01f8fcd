import { isAbsent } from '../../src/access/rules.ts'
import type { BoardCard } from '../../src/controller/emulator/settings.ts'
import type { Content } from '../../src/update/plan.ts'

/** Nothing stands under a number. */
export const absent = '-'
const days = new Map<Temporal.PlainDate, string>()
const dayText = (day: Temporal.PlainDate): string => days.getOrInsertComputed(day, () => day.toString())

/** What is wanted, or confirmed, of a number, to be compared with what stands there. */
export const textOf = (wanted: Content): string =>
  isAbsent(wanted) ? absent : `${wanted.doors.join('')} ${dayText(wanted.from)} ${dayText(wanted.to)}`
/** What stands under a number. */
export const textOn = (card: BoardCard | null): string =>
  card === null ? absent : `${card.doors.join('')} ${card.from} ${card.to}`

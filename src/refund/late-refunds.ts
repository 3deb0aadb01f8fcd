import type { Programme } from '../programme/shape.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { eraseDestinations } from './file-store.ts'
import { keepLateTold, type ListedCase, listCases } from './report-store.ts'
import { type CaseFacts, lateness } from './rules.ts'
import { workingDaysAfter } from './working-days.ts'

/** Most open cases that are looked through at once: more than a campus has in a term. */
export const mostOpen = 100_000

/** Until when a case that the issuer has not answered would be paid, had it come in on the day it was sent. */
export function expectedBy(programme: Programme, { sentAt }: CaseFacts): Temporal.PlainDate | null {
  if (sentAt === null) return null
  const on = sentAt.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  return workingDaysAfter(programme, on, programme.issuer.refundWorkingDays)
}

/** The cases that are with the issuer, each with when it is to be paid and whether that is over. */
export async function openCases(
  act: Act,
  programme: Programme,
  today: Temporal.PlainDate,
): Promise<(ListedCase & { by: Temporal.PlainDate | null; late: boolean })[]> {
  const open = await listCases(act, { open: true, most: mostOpen })
  // Many are sent on few days.
  const reckoned = new Map<string, Temporal.PlainDate | null>()
  const expected = (facts: CaseFacts) => {
    const key = facts.sentAt?.toZonedDateTimeISO(programme.campus.zone).toPlainDate().toString() ?? ''
    if (!reckoned.has(key)) reckoned.set(key, expectedBy(programme, facts))
    return reckoned.get(key) ?? null
  }
  return open.map(each => ({ ...each, ...lateness(each.facts, { today, expectedBy: expected(each.facts) }) }))
}

/** A case with when it is to be paid, and whether that is over. */
export type Dated = ListedCase & { by: Temporal.PlainDate | null; late: boolean }

const casesAtOnce = 500

/** Every case, the newest first (of those before `from`), a few hundred in memory at a time. */
export async function* everyCase(act: Act, programme: Programme, from?: number): AsyncGenerator<Dated> {
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  let before = from
  for (;;) {
    const listed = await listCases(act, { open: false, before, most: casesAtOnce })
    for (const each of listed)
      yield { ...each, ...lateness(each.facts, { today, expectedBy: expectedBy(programme, each.facts) }) }
    if (listed.length < casesAtOnce) return
    before = listed.at(-1)!.facts.caseId
  }
}

/** What a date brings to refunds: who waits for one that is late is told once, and what is kept long enough is erased. */
export async function refundsOnDate(act: Act): Promise<void> {
  const programme = await programmeOrNull(act)
  if (programme === null) return
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const late = (await openCases(act, programme, today)).filter(each => each.late && each.lateToldAt === null)
  const told = await keepLateTold(
    act,
    late.map(({ facts }) => facts.caseId),
  )
  const noted = late.filter(({ facts }) => told.has(facts.caseId))
  await act.note(...noted.map(({ personId, cardId }) => ({ act: 'refund late', personId, cardId })))
  const erased = await eraseDestinations(act, today)
  if (erased > 0) await act.note({ act: 'refund destinations erased', facts: { cases: erased } })
}

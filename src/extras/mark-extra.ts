import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { extrasOf, type Mark, type MarkRefusal, mayMark, mayRunUntil } from './rules.ts'
import { extraFacts, keepMark, keepRunsUntil, lockHolder } from './store.ts'

/** What a person may mark, read while nobody else speaks for them. */
async function markable(act: Act, personId: number, item: string) {
  await lockHolder(act, personId)
  const programme = await programmeInForce(act)
  const extras = extrasOf(programme, await extraFacts(act, personId, programme))
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  return { may: mayMark(extras, programme, item), today }
}

/** The holder ticks an item off, as done or not theirs; null takes that back. Said again it changes nothing. */
export async function markExtra(
  act: Act,
  { personId, item, mark }: { personId: number; item: string; mark: Mark | null },
): Promise<Decision<{ again: boolean }, MarkRefusal>> {
  const { may } = await markable(act, personId, item)
  if (!may.ok) return may
  if ((may.extra.mark?.says ?? null) === mark) return yes({ again: true })
  await keepMark(act, personId, item, mark)
  await act.note({ act: 'extra marked', personId, facts: { item, mark } })
  return yes({ again: false })
}

/** The holder says until when the pass on the old card runs; nothing takes it back, and the date is gone. */
export async function setRunsUntil(
  act: Act,
  { personId, item, until }: { personId: number; item: string; until: string },
): Promise<Decision<{ again: boolean }, MarkRefusal>> {
  const { may, today } = await markable(act, personId, item)
  if (!may.ok) return may
  const runs = mayRunUntil(may.extra, until, today)
  if (!runs.ok) return runs
  const before = may.extra.runsUntil
  if (before === null ? runs.runsUntil === null : runs.runsUntil?.equals(before)) return yes({ again: true })
  await keepRunsUntil(act, personId, item, runs.runsUntil)
  // The day itself is the holder's to erase, so it stands nowhere else.
  await act.note({ act: 'pass noted', personId, facts: { item, noted: runs.runsUntil !== null } })
  return yes({ again: false })
}

import { type Decision, no, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { headerKey } from './header.ts'
import { forgetMeaning, type HeadedFile, keepMeaning, lockMeanings } from './header-store.ts'

/** Why nothing is remembered or forgotten of a header. */
export type HeaderRefusal = 'no-header-said' | 'nothing-remembered'

/**
 * Says what a header means in files of a kind from now on (a null field: its column is left aside); what was said before is
 * forgotten.
 */
export async function sayHeader(
  act: Act,
  { kind, header, field }: { kind: HeadedFile; header: string; field: string | null },
): Promise<Decision<object, HeaderRefusal>> {
  const key = headerKey(header)
  if (key === '') return no('no-header-said')
  await lockMeanings(act)
  await forgetMeaning(act, kind, key)
  await keepMeaning(act, { kind, header: key, field })
  await act.note({ act: 'header said', facts: { kind, header: key, field } })
  return yes({})
}

/** Forgets what a header was said to mean; files are read as Gatehouse recognises them again. */
export async function forgetHeader(
  act: Act,
  { kind, header }: { kind: HeadedFile; header: string },
): Promise<Decision<object, HeaderRefusal>> {
  const key = headerKey(header)
  await lockMeanings(act)
  if ((await forgetMeaning(act, kind, key)) === 0) return no('nothing-remembered')
  await act.note({ act: 'header forgotten', facts: { kind, header: key } })
  return yes({})
}

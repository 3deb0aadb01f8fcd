import { type Decision, no, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { dueCases, keepSending, oneAtATime } from './file-store.ts'
import { issuerFile } from './issuer-file.ts'

export type SendRefusal = 'nothing-due'

/** Most cases of one file; what is left goes with the next. */
export const mostCases = 2_000

/**
 * The office makes the file of all cases that wait for it: from then on they are with the issuer, and neither changed nor
 * withdrawn. Refused where nothing waits.
 */
export async function sendRefunds(
  act: Act,
): Promise<Decision<{ fileId: number; cases: number; left: boolean }, SendRefusal>> {
  await oneAtATime(act)
  const due = await dueCases(act, mostCases + 1)
  const cases = due.slice(0, mostCases)
  if (cases.length === 0) return no('nothing-due')
  const fileId = await keepSending(act, cases, issuerFile(cases))
  await act.note({ act: 'refund file made', facts: { file: fileId, cases: cases.length } })
  await act.note(
    ...cases.map(({ personId, cardId }) => ({
      act: 'refund sent',
      personId,
      cardId,
      facts: { file: fileId },
    })),
  )
  return yes({ fileId, cases: cases.length, left: due.length > mostCases })
}

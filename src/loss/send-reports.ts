import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { writeIssuerFile } from './issuer-file.ts'
import { keepSent, lockDue } from './issuer-store.ts'

/** Reports of one file: more of them become another one. */
const mostAFile = 500

/**
 * Sends what is due to the issuer: the reports get their time and stand in a file together, which the office fetches. Says
 * how many there were. A report that was taken back meanwhile is not among them, and none is sent twice: whoever sends
 * holds the reports until it is written down. `only`: one report, by its holder's own act, which tells them itself.
 */
export async function sendLossReports(
  act: Act,
  { only = null }: { only?: { personId: number; reportId: number } | null } = {},
): Promise<number> {
  const due = await lockDue(act, { only, most: mostAFile })
  if (due.length === 0) return 0
  const { campus } = await programmeInForce(act)
  const content = writeIssuerFile(due, campus.zone)
  const fileId = await keepSent(
    act,
    due.map(({ reportId }) => reportId),
    content,
  )
  await act.note({ act: 'loss reports sent', facts: { file: fileId, reports: due.length } })
  if (only === null)
    await act.note(
      ...due.map(({ personId, cardId }) => ({
        act: 'loss report sent',
        personId,
        cardId,
        facts: { file: fileId },
      })),
    )
  return due.length
}

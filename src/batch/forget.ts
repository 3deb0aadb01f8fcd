import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'

const forgetSql = `
  update batch set picture = null, text = null, bound_hash = null where erase_on <= $1 and text is not null returning 1`

/** Forgets what representatives signed, on its day: sentence, drawing and hash; that they did, stays. Says of how many. */
export async function forgetBatchSignatures(act: Act): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const forgotten = (await act.statement('batch_forget', forgetSql, [today])).length
  if (forgotten > 0) await act.note({ act: 'batch signatures forgotten', facts: { forgotten } })
  return forgotten
}

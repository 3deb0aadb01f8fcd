import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'

/** Signatures that one act forgets; what is left is the next one's. */
const atATime = 1_000

const forgetSql = `
  with old as (select card_id from signature where erase_on <= $1 order by erase_on limit $2)
  delete from signature s using old where s.card_id = old.card_id returning 1`

const undoneSql = `
  with old as (select undone_id from undone_signature where erase_on <= $1 order by erase_on limit $2)
  delete from undone_signature s using old where s.undone_id = old.undone_id returning 1`

const requestsSql = `
  delete from signature_request where id in (
    select r.id from signature_request r
    where r.good_until < $1 and not exists (select from signature s where s.request_id = r.id)
    order by r.id limit $2)
  returning 1`

/**
 * Forgets what was signed once its day has come, and what was asked to no use a day later: sentence, drawing and
 * hash. That a card was handed over, when and by whom, stays. Says how many were forgotten.
 */
export async function forgetSignatures(act: Act): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const old = await act.statement('forget_signatures', forgetSql, [today, atATime])
  const undone = await act.statement('forget_undone_signatures', undoneSql, [today, atATime])
  const yesterday = act.now.subtract({ hours: 24 })
  const asked = await act.statement('forget_signature_requests', requestsSql, [yesterday, atATime])
  const forgotten = Math.max(old.length, undone.length, asked.length)
  if (forgotten > 0)
    await act.note({ act: 'signatures forgotten', facts: { signatures: old.length + undone.length } })
  return forgotten
}

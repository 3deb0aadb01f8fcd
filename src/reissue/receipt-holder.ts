import type { Act } from '../server/register.ts'
import { receiptNumber } from './payment-rules.ts'

// Whose application it paid comes before whose number was typed at the kiosk, which may be mistyped.
const holderSql = `
  select "personId" from (
    select 1 as place, r.person_id as "personId" from fee_move m join reissue r on r.id = m.reissue_id
    where m.receipt = $1 and m.kind = 'paid'
    union all
    select 2, p.id from kiosk_receipt k join person p on p.student_number = k.student_number where k.number = $1
    union all
    select 3, r.person_id from payment_try t join reissue r on r.id = t.reissue_id where t.id = $2) found
  order by place limit 1`

/**
 * Whose receipt somebody shows at a desk: a kiosk's, or the number of a payment made online; null where it is nobody's. It
 * brings up a person and proves nothing of who stands there.
 */
export async function receiptHolder(act: Act, scanned: string): Promise<number | null> {
  const text = scanned.trim()
  const kiosk = receiptNumber(text)
  const online = /^[A-Za-z0-9_-]{22}$/.test(text) ? text : null
  if (kiosk === null && online === null) return null
  const [row] = await act.statement<{ personId: number }>('receipt_holder', holderSql, [kiosk, online])
  return row?.personId ?? null
}

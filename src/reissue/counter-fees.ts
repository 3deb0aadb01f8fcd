import type { Act } from '../server/register.ts'

const feesSql = `
  select count(*)::int as taken, coalesce(sum(e.amount), 0)::int as amount,
    count(*) filter (where exists (
      select from message l where l.person_id = r.person_id and l.kind = 'reissue-paid' and l.made_at >= m.at))::int
      as receipts
  from fee_move m join fee_entry e on e.move_id = m.id and e.account = 'counter' join reissue r on r.id = m.reissue_id
  where m.at >= $2 and m.kind = 'paid' and m.counter = $1`

/** The fees that were taken at a counter since a moment, in minor units, and for how many of them a receipt was written. */
export async function feesAtCounter(
  act: Act,
  counter: string,
  since: Temporal.Instant,
): Promise<{ taken: number; amount: number; receipts: number }> {
  type Row = { taken: number; amount: number; receipts: number }
  const [row] = await act.statement<Row>('fees_at_counter', feesSql, [counter, since])
  return row!
}

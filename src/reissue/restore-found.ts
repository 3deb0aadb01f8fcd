import { type Act, actorName } from '../server/register.ts'

const endReportSql = `
  with ended as (
    update loss_report set ended_at = greatest($2, at), ended_by = $3,
      ended_as = case when sent_at is null then 'withdrawn' else 'found' end
    where card_id = $1 and ended_at is null returning had_access)
  update handover set held = tstzrange(coalesce(lower(held), at), null) where card_id = $1 and exists (select from ended)`

/**
 * A lost card is its holder's again: the loss report ends, and custody goes on. Campus access comes back with the room
 * `loss`, which this leaves it to; the purse stays as the issuer has it.
 */
export async function restoreFound(
  act: Act,
  { personId, cardId }: { personId: number; cardId: number },
): Promise<void> {
  await act.statement('restore_found', endReportSql, [cardId, act.now, actorName(act.actor)])
  await act.note({ act: 'lost card found', personId, cardId })
}

import type { Act } from '../server/register.ts'
import type { OwnCard } from './pause.ts'

// Of a report once, also where its holder loses the next card, too, and collects a third.
const replacedSql = `
  select l.card_id as "cardId" from handover h join loss_report l on l.card_id = h.card_id
  where h.person_id = $1 and l.person_id = $1 and l.card_id <> $2 and l.ended_at is null
    and not exists (select from journal j where j.person_id = $1 and j.card_id = l.card_id
                    and j.act = 'lost card replaced' and j.at >= l.at
                    and not exists (select from journal k where k.person_id = $1 and k.card_id = l.card_id
                                    and k.act = 'lost card not replaced' and k.id > j.id))
  order by l.id`

/** A card was handed over: its holder has another one than those that they have lost, which stay lost. Each is noted once. */
export async function noteReplaced(act: Act, { personId, cardId }: OwnCard): Promise<void> {
  const lost = await act.statement<{ cardId: number }>('lost_replaced', replacedSql, [personId, cardId])
  await act.note(...lost.map(each => ({ act: 'lost card replaced', personId, cardId: each.cardId })))
}

const stillSql = `
  select j.card_id as "cardId" from journal j
  where j.person_id = $1 and j.act = 'lost card replaced' and j.at = $2 order by j.id`

/** The handover that replaced lost cards is undone: whoever heard that their holder has another one, hears that it is not so. */
export async function noteNotReplaced(
  act: Act,
  { personId, handedOverAt }: { personId: number; handedOverAt: Temporal.Instant },
): Promise<void> {
  const lost = await act.statement<{ cardId: number }>('lost_not_replaced', stillSql, [
    personId,
    handedOverAt,
  ])
  await act.note(...lost.map(({ cardId }) => ({ act: 'lost card not replaced', personId, cardId })))
}

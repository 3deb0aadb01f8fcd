import type { Act } from '../server/register.ts'
import { type Addressee, addressee } from './store.ts'

/** The newest loss report of a card, with the person it is told to. Instants in campus time. */
export interface LossMessage extends Addressee {
  at: Temporal.Instant
  putOffTo: Temporal.Instant | null
  sendAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  fileId: number | null
  receivedAt: Temporal.Instant | null
  refusedBecause: string | null
  endedAt: Temporal.Instant | null
  oldGoesOn: boolean
}

const lossSql = `
  select ${addressee}, l.at, l.put_off_to as "putOffTo", l.send_at as "sendAt", l.sent_at as "sentAt",
         l.file_id as "fileId", l.received_at as "receivedAt", l.refused_because as "refusedBecause",
         l.ended_at as "endedAt",
         exists (select from activation a join card_use u on u.card_id = a.replaces
                 where a.card_id = l.card_id and lower(u.during) >= l.at and u.during @> $2::timestamptz) as "oldGoesOn"
  from loss_report l join person p on p.id = l.person_id join card c on c.id = l.card_id
  where l.card_id = $1 and ($3::bigint is null or l.file_id = $3) order by l.id desc limit 1`

/** The newest loss report of a card, of one file where that is said; null where there was none. */
export async function lossOf(
  act: Act,
  cardId: number,
  fileId: number | null = null,
): Promise<LossMessage | null> {
  const [row] = await act.statement<LossMessage>('message_loss', lossSql, [cardId, act.now, fileId])
  return row ?? null
}

/** The newest pause of a card's campus access, with the person it is told to. */
export interface PauseMessage extends Addressee {
  from: Temporal.Instant
  until: Temporal.Instant | null
  resumedByHolder: number
  carriedBy: Temporal.Instant | null
}

const pauseSql = `
  select ${addressee}, lower(z.during) as "from", upper(z.during) as until,
         (select count(*)::int from access_pause x where x.card_id = c.id and x.resumed_by like 'student:%')
           as "resumedByHolder",
         (select a.carried_by from activation a where a.card_id = c.id) as "carriedBy"
  from access_pause z join person p on p.id = z.person_id join card c on c.id = z.card_id
  where z.card_id = $1 order by lower(z.during) desc limit 1`

/** The newest pause of a card; null where it never was paused. */
export async function pauseOf(act: Act, cardId: number): Promise<PauseMessage | null> {
  const [row] = await act.statement<PauseMessage>('message_pause', pauseSql, [cardId])
  return row ?? null
}

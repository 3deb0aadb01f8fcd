import type { Language } from '../lib/words.ts'
import type { Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import type { Outbox } from './outgoing.ts'
import { keptSeconds, pushText, restSeconds, urgencyOf } from './push-rules.ts'
import type { Pusher } from './pusher.ts'
import { type MessageKind, mailedWithinHours } from './rules.ts'

/** Pushes of one lane of a run; what is left is the next run's. */
const mostInALane = 250
/** So many at a time: a push service that is slow holds up a quarter of the others. */
const lanes = 4

interface Claimed {
  messageId: number
  deviceId: number
  kind: MessageKind
  language: Language
  subject: string
  madeAt: Temporal.Instant
  tries: number
  endpoint: string
  p256dh: Buffer
  auth: Buffer
  at: Temporal.Instant
}

// The row's lock is the claim: it holds while the push is under way and is gone with the process that held it.
// $1 is the campus's time, like made_at; the raw clock is for the push service, which knows of no campus's.
const claimSql = `
  select u.message_id as "messageId", u.device_id as "deviceId", m.kind, m.language, m.subject, m.made_at as "madeAt",
         u.tries, d.endpoint, d.p256dh, d.auth, raw_now() as at
  from push u join message m on m.id = u.message_id join push_device d on d.id = u.device_id
  where u.sent_at is null and u.ended_at is null and u.next_at <= $1 and d.ended_at is null
    and m.made_at > $1::timestamptz - make_interval(hours => $2)
  order by u.tries, u.message_id, u.device_id limit 1 for update of u skip locked`
// What another process is pushing is left to it; it is ended in a later run.
const endSql = `
  update push e set ended_at = $1, last_error = coalesce(o.last_error, o.why)
  from (
    select u.message_id, u.device_id, u.last_error,
           case when d.ended_at is null then 'too old' else 'the device has ended' end as why
    from push u join message m on m.id = u.message_id join push_device d on d.id = u.device_id
    where u.sent_at is null and u.ended_at is null
      and (d.ended_at is not null or m.made_at <= $1::timestamptz - make_interval(hours => $2))
    limit 1000 for update of u skip locked) o
  where e.message_id = o.message_id and e.device_id = o.device_id`
const takenSql = `
  update push set sent_at = $3, tries = tries + 1, last_error = null where message_id = $1 and device_id = $2`
const failedSql = `
  update push set tries = tries + 1, next_at = $3, last_error = $4 where message_id = $1 and device_id = $2`
const goneSql = `
  update push_device set ended_at = $2, ended_because = 'gone', endpoint = null, p256dh = null, auth = null
  where id = $1 and ended_at is null`

/** Ends the pushes that cannot arrive any more: of devices that ended, and of messages that are too old. */
const endVain = (database: Outbox['database'], clock: Clock): Promise<unknown> =>
  database.transaction(async trx =>
    trx.statement('push_end_vain', endSql, [await clock.now(trx), mailedWithinHours]),
  )

async function pushNext(trx: Transaction, clock: Clock, pusher: Pusher): Promise<'sent' | 'not' | 'none'> {
  const now = await clock.now(trx)
  const [push] = await trx.statement<Claimed>('push_claim', claimSql, [now, mailedWithinHours])
  if (push === undefined) return 'none'
  const { messageId, deviceId, tries, kind, madeAt } = push
  const outcome = await pusher.send({
    ...push,
    text: pushText({ ...push, id: messageId }),
    keptSeconds: keptSeconds(madeAt, now),
    urgency: urgencyOf(kind),
    topic: `message-${messageId}`,
  })
  const after = await clock.now(trx)
  if (outcome.is === 'taken') {
    await trx.statement('push_sent', takenSql, [messageId, deviceId, after])
    return 'sent'
  }
  const gone = outcome.is === 'gone'
  if (gone) await trx.statement('push_gone', goneSql, [deviceId, after])
  const rest = restSeconds(tries + 1, gone ? null : outcome.restSeconds)
  const why = gone ? 'the device is gone' : outcome.why
  await trx.statement('push_failed', failedSql, [messageId, deviceId, after.add({ seconds: rest }), why])
  return 'not'
}

/**
 * Pushes what is due, oldest first, to each device. A push that fails rests and holds nobody up; a device that is gone ends,
 * and what is on its way to it or has become too old ends unsent.
 * Any number of processes may run this at once, and each push is one process's. Only where a process dies between the push
 * service's yes and its own mark is a push sent again, in the place of the first (the same topic and tag). Says how many
 * were sent.
 */
export async function pushDue({ database, clock }: Outbox, pusher: Pusher): Promise<number> {
  await endVain(database, clock)
  let sent = 0
  const lane = async (): Promise<void> => {
    for (let tried = 0; tried < mostInALane; tried += 1) {
      const outcome = await database.transaction(trx => pushNext(trx, clock, pusher))
      if (outcome === 'none') return
      if (outcome === 'sent') sent += 1
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return sent
}

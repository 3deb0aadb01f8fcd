import type { Database, Transaction } from '../server/database.ts'
import type { Mailer } from './mailer.ts'
import { mailedWithinHours } from './rules.ts'

/** A message that failed is tried again so many seconds after it was made, then after twice, four times as many, … */
const firstRetrySeconds = 15

/** Messages of one run; what is left is the next run's. */
const mostInARun = 500

// In campus time, like made_at. A message made too long ago, or without an address, is left where it is.
const due = `
  sent_at is null and recipient <> ''
  and made_at > (select campus_now()) - make_interval(hours => $1)
  and (tries = 0 or made_at + make_interval(secs => $2 * 2 ^ (least(tries, 20) - 1)) <= (select campus_now()))`
const limits = [mailedWithinHours, firstRetrySeconds]

/** Whether a message should go out now. */
export async function anythingDue(database: Database): Promise<boolean> {
  const [row] = await database.transaction(trx =>
    trx.statement<{ due: boolean }>(
      'message_any_due',
      `select exists (select from message where ${due}) as due`,
      limits,
    ),
  )
  return row!.due
}

interface Claimed {
  id: number
  madeAt: Temporal.Instant
  language: string
  recipient: string
  subject: string
  body: string
}

// The row's lock is the claim: it holds while the message is under way and is gone with the process that held it.
const claimSql = `
  select id, made_at as "madeAt", language, recipient, subject, body from message
  where ${due} order by tries, id limit 1 for update skip locked`
const sentSql = `
  update message set sent_at = campus_now(), tries = tries + 1, last_error = null where id = $1`
const failedSql = 'update message set tries = tries + 1, last_error = $2 where id = $1'
const unreachedSql = `update message set last_error = $3 where ${due} and last_error is distinct from $3`

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').slice(0, 500)

/** The id under which a message is sent, however often: the row's own, and no other installation's. */
const messageIdOf = ({ id, madeAt }: Claimed, domain: string): string =>
  `<gatehouse.${id}.${madeAt.epochMilliseconds}@${domain}>`

async function sendNext(trx: Transaction, mailer: Mailer): Promise<'sent' | 'failed' | 'none'> {
  const [message] = await trx.statement<Claimed>('message_claim', claimSql, limits)
  if (message === undefined) return 'none'
  try {
    await mailer.send({ ...message, messageId: messageIdOf(message, mailer.domain) })
  } catch (error) {
    await trx.statement('message_failed', failedSql, [message.id, reasonOf(error)])
    return 'failed'
  }
  await trx.statement('message_sent', sentSql, [message.id])
  return 'sent'
}

/** Asks for the mail server; where it does not answer, every message that waits for it says why, and this throws. */
async function reach(database: Database, mailer: Mailer): Promise<void> {
  try {
    await mailer.check()
  } catch (error) {
    const reason = reasonOf(error)
    await database.transaction(trx => trx.statement('message_unreached', unreachedSql, [...limits, reason]))
    throw new Error(`mail server: ${reason}`, { cause: error })
  }
}

/**
 * Mails what is due, oldest first, each at least once and always under the same Message-ID. A message that the
 * server refuses waits for its next time and holds nobody up; a server that does not answer ends the run (throws)
 * and costs no message a try. Any number of processes may run this at once. Says how many were sent.
 */
export async function deliverDue(database: Database, mailer: Mailer): Promise<number> {
  if (!(await anythingDue(database))) return 0
  await reach(database, mailer)
  let sent = 0
  for (let tried = 0; tried < mostInARun; tried += 1) {
    const outcome = await database.transaction(trx => sendNext(trx, mailer))
    if (outcome === 'none') break
    if (outcome === 'sent') sent += 1
    // Was it this message, or is the server gone?
    else await reach(database, mailer)
  }
  return sent
}

import { unwrittenProxyCode, writeProxyCode } from '../card/proxy-code.ts'
import type { Keys } from '../lib/keys.ts'
import { proxyCodeAgain } from '../proxy/code.ts'
import type { Database, Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import type { Mailer } from './mailer.ts'
import { mailedWithinHours } from './rules.ts'

/** A message that failed is tried again so many seconds after it was made, then after twice, four times as many, … */
const firstRetrySeconds = 15

/** Messages of one run; what is left is the next run's. */
const mostInARun = 500

// $1 is the campus's time, like made_at. A message made too long ago, or without an address, is left where it is; so is a
// proxy's code that is worth nothing any more.
const due = `
  sent_at is null and recipient <> '' and made_at > $1::timestamptz - make_interval(hours => $2)
  and (tries = 0 or made_at + make_interval(secs => $3 * 2 ^ (least(tries, 20) - 1)) <= $1)
  and not exists (select from proxy_authorization a
    where a.id = proxy_authorization_id and (a.ended_at is not null or a.good_until <= $1))`

const limitsAt = async (trx: Transaction, clock: Clock): Promise<unknown[]> => [
  await clock.now(trx),
  mailedWithinHours,
  firstRetrySeconds,
]

/** Where messages are taken from, and by whose time. */
export interface Outbox {
  /** A database opened as the role for chores. */
  database: Database
  clock: Clock
  /** Makes the codes of proxies; without it letters that bring one are not mailed. */
  codeKeys?: Keys | undefined
}

const anyDueSql = `select exists (select from message where ${due}) as due`

/** Whether a message should go out now. */
export async function anythingDue({ database, clock }: Outbox): Promise<boolean> {
  const [row] = await database.transaction(async trx =>
    trx.statement<{ due: boolean }>('message_any_due', anyDueSql, await limitsAt(trx, clock)),
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
  nonce: Buffer | null
  codeHash: Buffer | null
}

// The row's lock is the claim: it holds while the message is under way and is gone with the process that held it.
const claimSql = `
  select id, made_at as "madeAt", language, recipient, subject, body,
         (select nonce from proxy_authorization a where a.id = proxy_authorization_id) as nonce,
         (select code_hash from proxy_authorization a where a.id = proxy_authorization_id) as "codeHash"
  from message where ${due} order by tries, id limit 1 for update skip locked`
const sentSql = `
  update message set sent_at = $2, tries = tries + 1, last_error = null where id = $1`
const failedSql = 'update message set tries = tries + 1, last_error = $2 where id = $1'
const unreachedSql = `update message set last_error = $4 where ${due} and last_error is distinct from $4`

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/\s+/gu, ' ').slice(0, 500)

/** The id under which a message is sent, however often: the row's own, and no other installation's. */
const messageIdOf = ({ id, madeAt }: Claimed, domain: string): string =>
  `<gatehouse.${id}.${madeAt.epochMilliseconds}@${domain}>`

/** The body as it is mailed: a proxy's code, which stands in no row, takes its place. Throws without its key. */
function bodyOf({ body, nonce, codeHash }: Claimed, codeKeys: Keys | undefined): string {
  if (nonce === null || codeHash === null) return body
  const code = codeKeys && proxyCodeAgain(codeKeys, { nonce, codeHash })
  if (!code) throw new Error('the key of proxy codes is another one now')
  return body.replace(unwrittenProxyCode, writeProxyCode(code))
}

async function sendNext(
  trx: Transaction,
  { clock, codeKeys }: Outbox,
  mailer: Mailer,
): Promise<'sent' | 'failed' | 'none'> {
  const [message] = await trx.statement<Claimed>('message_claim', claimSql, await limitsAt(trx, clock))
  if (message === undefined) return 'none'
  try {
    await mailer.send({
      ...message,
      body: bodyOf(message, codeKeys),
      messageId: messageIdOf(message, mailer.domain),
    })
  } catch (error) {
    await trx.statement('message_failed', failedSql, [message.id, reasonOf(error)])
    return 'failed'
  }
  await trx.statement('message_sent', sentSql, [message.id, await clock.now(trx)])
  return 'sent'
}

/** Asks for the mail server; where it does not answer, every message that waits for it says why, and this throws. */
async function reach({ database, clock }: Outbox, mailer: Mailer): Promise<void> {
  try {
    await mailer.check()
  } catch (error) {
    const reason = reasonOf(error)
    await database.transaction(async trx =>
      trx.statement('message_unreached', unreachedSql, [...(await limitsAt(trx, clock)), reason]),
    )
    throw new Error(`mail server: ${reason}`, { cause: error })
  }
}

/**
 * Mails what is due, oldest first, each at least once and always under the same Message-ID. A message that the
 * server refuses waits for its next time and holds nobody up; a server that does not answer ends the run (throws)
 * and costs no message a try. Any number of processes may run this at once. Says how many were sent.
 */
export async function deliverDue(outbox: Outbox, mailer: Mailer): Promise<number> {
  if (!(await anythingDue(outbox))) return 0
  await reach(outbox, mailer)
  let sent = 0
  for (let tried = 0; tried < mostInARun; tried += 1) {
    const outcome = await outbox.database.transaction(trx => sendNext(trx, outbox, mailer))
    if (outcome === 'none') break
    if (outcome === 'sent') sent += 1
    // Was it this message, or is the server gone?
    else await reach(outbox, mailer)
  }
  return sent
}

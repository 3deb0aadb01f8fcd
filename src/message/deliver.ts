import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import type { Keys } from '../lib/keys.ts'
import { sayFault } from '../lib/say-fault.ts'
import { openDatabase } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { openMailer, type SmtpSettings } from './mailer.ts'
import { anythingDue, deliverDue } from './outgoing.ts'

export type { SmtpSettings } from './mailer.ts'

const queue = 'deliver-messages'

/**
 * At most one such job waits, runs or is retried, of all processes together. A run that finds no mail server is
 * tried again after 2 s, 4 s, … at most a minute. A run whose process died is given to another one when it expires;
 * that this may happen too early harms nothing, because a message under way is locked.
 */
const queueOptions = {
  retryLimit: 50,
  retryDelay: 2,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 60,
  deleteAfterSeconds: 3600,
}

const lookEveryMs = 1000

/** Any number; it is the same for all processes that prepare the queue at the same time. */
const preparing = 7270003

/** Works as the role for chores: pg-boss owns its own schema and can do nothing else than the chores can. */
const openBoss = (databaseUrl: string): PgBoss =>
  new PgBoss({
    connectionString: databaseUrl,
    options: '-c role=gatehouse_chores',
    application_name: 'gatehouse queue',
    schema: 'pgboss',
    createSchema: false,
    schedule: false,
    max: 3,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
  })

/** Makes schema and queue, one process after the other, and starts pg-boss on them. */
async function startBoss(boss: PgBoss, databaseUrl: string): Promise<void> {
  const login = new pg.Client({ connectionString: databaseUrl, application_name: 'gatehouse queue set-up' })
  login.on('error', () => {})
  await login.connect()
  try {
    await login.query('select pg_advisory_lock($1)', [preparing])
    const { rows } = await login.query(`select from pg_namespace where nspname = 'pgboss'`)
    if (rows.length === 0) await login.query('create schema pgboss authorization gatehouse_chores')
    await boss.start()
    await boss.createQueue(queue, { ...queueOptions, policy: 'exclusive' })
    await boss.updateQueue(queue, queueOptions)
  } finally {
    await login.end()
  }
}

/** The running delivery of one process. */
export interface Delivery {
  /** Waits for the message under way, and lets go of everything. */
  stop(): Promise<void>
}

/**
 * Keeps mailing the outbox. The message's row is the outbox, written by the act that it tells of; so an act needs no
 * queue, and a message that was rolled back was never there. pg-boss sees to it that one process at a time works,
 * that a mail server which is away is asked at growing intervals, and that another process goes on after a crash.
 * Without a mail server nothing is started: messages stay in the outbox and say so.
 */
export async function startDelivery(options: {
  databaseUrl: string
  smtp: SmtpSettings | null
  clock: Clock
  /** Makes the codes of proxies. */
  codeKeys?: Keys
  log: (line: string) => void
}): Promise<Delivery> {
  const { databaseUrl, smtp, clock, codeKeys, log } = options
  if (smtp === null) {
    log('mail: no mail server is configured; messages stay in the outbox')
    return { stop: async () => {} }
  }
  const database = openDatabase(databaseUrl, 'chores', { connections: 2 })
  const outbox = { database, clock, codeKeys }
  const mailer = openMailer(smtp)
  const boss = openBoss(databaseUrl)
  boss.on('error', error => log(`mail queue: ${sayFault(error)}`))
  await startBoss(boss, databaseUrl)
  await boss.work(queue, { pollingIntervalSeconds: 1 }, async () => {
    try {
      const sent = await deliverDue(outbox, mailer)
      if (sent > 0) log(`mail: ${sent} sent`)
    } catch (error) {
      log(`mail: ${sayFault(error)}`)
      throw error
    }
  })

  const stopped = new AbortController()
  async function keepLooking(): Promise<void> {
    while (!stopped.signal.aborted) {
      try {
        if (await anythingDue(outbox)) await boss.send(queue)
      } catch (error) {
        log(`mail: ${sayFault(error)}`)
      }
      await wait(lookEveryMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
  }
  const looking = keepLooking()
  return {
    async stop() {
      stopped.abort()
      await looking
      await boss.stop({ graceful: true, timeout: 30_000 })
      mailer.close()
      await database.close()
    },
  }
}

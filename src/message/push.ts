import { sayFault } from '../lib/say-fault.ts'
import { openDatabase } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { repeat } from '../server/repeat.ts'
import type { Delivery } from './deliver.ts'
import { pushDue } from './push-outgoing.ts'
import { openPusher, type PushSettings } from './pusher.ts'

const lookEveryMs = 1000

/**
 * Keeps pushing what is written, beside the mail and not depending on it. It needs no queue: a push's row is its own claim,
 * and its next time stands in it. Without a contact for push services nothing is started.
 */
export function startPushing(options: {
  databaseUrl: string
  push: PushSettings | null
  clock: Clock
  log: (line: string) => void
}): Delivery {
  const { databaseUrl, push, clock, log } = options
  if (push === null) {
    log('push: GATEHOUSE_PUSH_CONTACT is not set; nobody is told on a phone')
    return { stop: async () => {} }
  }
  // One of them for each lane.
  const database = openDatabase(databaseUrl, 'chores', { connections: 4 })
  const pusher = openPusher(push)
  const work = async (): Promise<void> => {
    const sent = await pushDue({ database, clock }, pusher)
    if (sent > 0) log(`push: ${sent} sent`)
  }
  const running = repeat(work, {
    everyMs: lookEveryMs,
    onFault: error => log(`push: ${sayFault(error)}`),
  })
  return {
    async stop() {
      await running.stop()
      await database.close()
    },
  }
}

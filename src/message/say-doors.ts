import { sayList } from '../lib/say.ts'
import type { Sayings } from './letter.ts'
import { words } from './words.ts'

/** Why a building waits: somebody holds its updates, its controller is silent, or did not confirm. */
export type WaitingCause = 'held' | 'silent' | 'unconfirmed'

/** What is told of what the doors have confirmed. */
export type DoorsTold =
  | {
      kind: 'doors-confirmed'
      printedNumber: string | null
      since: Temporal.Instant
      controllers: number
      replacesOld: boolean
    }
  | {
      kind: 'doors-waiting'
      printedNumber: string | null
      confirmed: number
      controllers: number
      /** Buildings whose controllers have not confirmed the new card; `oldWorks`: they hold the old one. */
      waiting: readonly { building: string; oldWorks: boolean; cause: WaitingCause }[]
      /** The latest end of the next update, for what was sent and not confirmed. */
      expectedBy: Temporal.Instant
    }

/** How they are written. */
export const sayDoorsTold: Sayings<DoorsTold> = {
  'doors-confirmed': ({ since, controllers, replacesOld }, { language, when, card }) => {
    const w = words[language].confirmed
    return {
      subject: w.subject(when(since)),
      parts: [w.since(card, when(since), controllers), replacesOld && w.leaveOld],
    }
  },

  'doors-waiting': ({ waiting, confirmed, controllers, expectedBy }, { language, when, card, askAt }) => {
    const w = words[language].waiting
    const named = (which: (each: (typeof waiting)[number]) => boolean) =>
      sayList([...new Set(waiting.filter(which).map(each => each.building))], language, 'and')
    const [withOld, withNone] = [named(each => each.oldWorks), named(each => !each.oldWorks)]
    const of = (cause: WaitingCause) => named(each => each.cause === cause)
    const expected = [
      of('silent') && w.silent(of('silent')),
      of('held') && w.held(of('held')),
      of('unconfirmed') && w.unconfirmed(of('unconfirmed'), when(expectedBy)),
    ]
    return {
      subject: w.subject,
      parts: [
        w.count(card, confirmed, controllers),
        withOld !== '' && w.oldWorks(withOld),
        withNone !== '' && w.noneWorks(withNone, askAt),
        expected.filter(said => said !== '').join('\n') || null,
        w.next,
      ],
    }
  },
}

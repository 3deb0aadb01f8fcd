import { sayList } from '../lib/say.ts'
import type { Sayings } from './letter.ts'
import { extrasWords } from './words-extras.ts'

/** What is told of doors that an earlier card opened one by one, and of temporary cards. */
export type ExtrasTold =
  | {
      kind: 'doors-set-up'
      printedNumber: string | null
      /** With their buildings, in the reader's language. */
      doors: readonly string[]
      /** The update that tells the doors, and when that has ended at the latest. */
      windowStartsAt: Temporal.Instant
      windowEndsBy: Temporal.Instant
    }
  | { kind: 'door-declined'; printedNumber: string | null; door: string; owner: string; reason: string }
  | {
      kind: 'temporary-card-lent'
      printedNumber: string | null
      at: Temporal.Instant
      /** When its campus access ends: the start of the day after its last one. */
      until: Temporal.Instant
      counter: string
      returnTo: string
    }
  | { kind: 'temporary-card-returned'; printedNumber: string | null; at: Temporal.Instant }

/** How they are written. */
export const sayExtrasTold: Sayings<ExtrasTold> = {
  'doors-set-up': ({ doors, windowStartsAt, windowEndsBy }, { language, when, card }) => {
    const w = extrasWords[language].doorsSetUp
    return {
      subject: w.subject(sayList(doors, language, 'and')),
      parts: [w.setUp(card, doors), w.from(when(windowStartsAt), when(windowEndsBy)), w.where],
    }
  },

  'door-declined': ({ door, owner, reason }, { language, card }) => {
    const w = extrasWords[language].doorDeclined
    return { subject: w.subject(door), parts: [w.declined(card, door, owner), w.reason(reason), w.others] }
  },

  'temporary-card-lent': ({ at, until, counter, returnTo }, { language, when, card }) => {
    const w = extrasWords[language].lent
    return {
      subject: w.subject(when(until)),
      parts: [w.lent(card, when(at), counter), w.opens(when(until)), w.at, w.back(returnTo), w.careful],
    }
  },

  'temporary-card-returned': ({ at }, { language, when, card }) => {
    const w = extrasWords[language].returned
    return { subject: w.subject, parts: [w.returned(card, when(at))] }
  },
}

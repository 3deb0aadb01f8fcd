import type { Sayings } from './letter.ts'
import { masked } from './letter.ts'
import { type SignedTold, saySigned } from './say-signed.ts'
import { words } from './words.ts'

/** What is told of a card's way to its holder. */
export type CardTold =
  | {
      kind: 'card-handed-over'
      printedNumber: string | null
      edition: string
      counter: string | null
      at: Temporal.Instant
      /** Who handed it over, where the office lets receipts say so. */
      clerk?: string | null
      signed?: SignedTold | null
      /** The old card, while it has campus access; `until` is when that ends anyway. */
      old: { until: Temporal.Instant | null; kept: boolean } | null
    }
  /** The handover was taken back at the desk. */
  | {
      kind: 'handover-undone'
      printedNumber: string | null
      at: Temporal.Instant
      counter: string | null
      handedOverAt: Temporal.Instant
      /** The card is faulty and waits for nobody: made for them, so that another one is made; or a blank one. Null: it is not. */
      faulty: 'theirs' | 'blank' | null
    }
  | {
      kind: 'card-activated'
      printedNumber: string | null
      at: Temporal.Instant
      /** Start of the window that carries it; null where it does not wait for one (the last night). */
      windowStartsAt: Temporal.Instant | null
      /** The promise (the notice's point 9): until then the old card, from then on the new one. */
      oldUntil: Temporal.Instant | null
      newFrom: Temporal.Instant
      /** What does not move (the notice's point 10), and whom to ask. */
      staysBehind: readonly { name: string; owner: string }[]
    }

/** How they are written. */
export const sayCardTold: Sayings<CardTold> = {
  'card-handed-over': (told, { language, when, askAt }) => {
    const { edition, old, counter, printedNumber, at, clerk, signed } = told
    const w = words[language].handedOver
    const receipt = [
      w.receipt(edition, when(at)),
      ...(counter === null ? [] : [w.counter(counter)]),
      ...(clerk ? [w.clerk(clerk)] : []),
      ...(printedNumber === null ? [] : [w.number(masked(printedNumber))]),
    ]
    return {
      subject: w.subject(edition),
      parts: [
        receipt.join('\n'),
        signed ? saySigned(signed, language) : null,
        w.next,
        old && (old.until ? w.oldUntil(when(old.until)) : w.oldGoesOn),
        old?.kept === true && w.oldKept,
        words[language].askIfNotYou(askAt),
      ],
    }
  },

  'handover-undone': ({ at, counter, handedOverAt, faulty }, { language, when, card, askAt }) => {
    const w = words[language].undone
    return {
      subject: w.subject,
      parts: [
        w.undone(card, when(handedOverAt), when(at), counter),
        faulty === null ? w.next : w.faulty[faulty],
        words[language].askIfWrong(askAt),
      ],
    }
  },

  'card-activated': (told, { language, when, card, askAt }) => {
    const { windowStartsAt, oldUntil, newFrom, staysBehind } = told
    const w = words[language].activated
    const times = [
      windowStartsAt === null ? w.atOnce : w.window(when(windowStartsAt)),
      ...(oldUntil ? [w.old(when(oldUntil))] : []),
      w.new(when(newFrom)),
      ...(oldUntil ? [w.carryBoth(when(newFrom))] : []),
    ]
    const left = staysBehind.map(({ name, owner }) => w.stays(name, owner))
    return {
      subject: w.subject(when(newFrom)),
      parts: [
        w.accepted(card, when(told.at)),
        times.join('\n'),
        oldUntil !== null && w.purse,
        oldUntil !== null && left.length > 0 && w.staysBehind(left),
        w.next,
        words[language].askIfNotYou(askAt),
      ],
    }
  },
}

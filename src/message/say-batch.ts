import type { Sayings } from './letter.ts'
import { batchWords } from './words-batch.ts'

/** What is told of a card that went with a class representative. */
export type BatchTold = { printedNumber: string | null; at: Temporal.Instant; counter: string } & (
  | { kind: 'card-with-representative'; name: string; backBy: string }
  | { kind: 'card-brought-back' }
)

/** How they are written. */
export const sayBatchTold: Sayings<BatchTold> = {
  'card-with-representative': ({ name, at, counter, backBy }, { language, when }) => {
    const w = batchWords[language].given
    return { subject: w.subject, parts: [w.given(name, when(at), counter), w.next, w.back(backBy)] }
  },
  'card-brought-back': ({ at, counter }, { language, when }) => {
    const w = batchWords[language].back
    return { subject: w.subject, parts: [w.back(when(at), counter), w.next] }
  },
}

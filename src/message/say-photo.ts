import type { DeclineReason } from '../photo/rules.ts'
import { words as photos } from '../photo/words.ts'
import type { Sayings } from './letter.ts'
import { photoWords } from './words-photo.ts'

/** What is told of a photo that a holder sent. */
export type PhotoTold =
  | { kind: 'photo-accepted'; printedNumber: null }
  | { kind: 'photo-declined'; printedNumber: null; reason: DeclineReason }

/** How they are written. */
export const sayPhotoTold: Sayings<PhotoTold> = {
  'photo-accepted': (_, { language }) => photoWords[language].accepted,
  'photo-declined': ({ reason }, { language, askAt }) => {
    const w = photoWords[language].declined
    return {
      subject: w.subject,
      parts: [w.about, photos[language].declined[reason].told, w.next, w.ask(askAt)],
    }
  },
}

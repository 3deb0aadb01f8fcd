import type { Facts } from '../lib/decision.ts'
import { type RefusalWords, type Say, sayFrom } from '../server/perform.ts'
import type { PresentRefusal } from './present.ts'

type Sentences = Record<PresentRefusal, (facts: Facts) => string>

const zhTW = {
  refusal: {
    'unknown-person': () =>
      '名冊中沒有這個學號，因此沒有任何變更。請核對學號；若無誤，請學生洽註冊組確認學籍。',
    'not-checked': () => '請先選擇您如何查驗這位持卡人的身分，再辦理。尚未有任何變更。',
  } satisfies Sentences,
}

const en: typeof zhTW = {
  refusal: {
    'unknown-person': () =>
      'The roster has no such student number, so nothing was changed. Compare it; if it is right, let the student ask the Registration Division.',
    'not-checked': () => 'Say first how you checked who this person is. Nothing was changed yet.',
  },
}

/** Says a room's refusals, and why a clerk cannot act for somebody present. */
export const sayAtDesk = <Reason extends string>(words: RefusalWords<Reason>): Say<Reason | PresentRefusal> =>
  sayFrom<Reason | PresentRefusal>({
    'zh-TW': { ...words['zh-TW'], ...zhTW.refusal },
    en: { ...words.en, ...en.refusal },
  })

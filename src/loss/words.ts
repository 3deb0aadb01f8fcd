import type { Facts } from '../lib/decision.ts'
import type { LossRefusal } from './rules.ts'

type Sentences = Record<LossRefusal, (facts: Facts) => string>

const zhTW = {
  refusal: {
    'not-your-card': () => '這張卡不在您的名下，因此沒有掛失任何卡片。請確認卡號，或到櫃檯由承辦人員協助。',
  } satisfies Sentences,
}
const en: typeof zhTW = {
  refusal: {
    'not-your-card': () =>
      'This card is not yours, so nothing was reported lost. Check the number, or ask at a counter for help.',
  },
}

/** What reporting a loss says, in both languages. */
export const words = { 'zh-TW': zhTW, en }

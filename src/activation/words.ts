import type { Facts } from '../lib/decision.ts'
import type { ActivationRefusal } from './rules.ts'

type Sentences = Record<ActivationRefusal, (facts: Facts) => string>

const zhTW = {
  refusal: {
    'not-collected-yet': () => '您還沒有領取新卡。請先到「我的學生證」看領取地點與時間，領卡簽收後再啟用。',
    'reported-lost': () => '這張新卡已掛失，不能啟用。請申請補發，或到註冊組洽詢。',
    'no-campus-access': () =>
      '依目前的學籍狀態，您的學生證沒有校園門禁權限（例如休學中）。復學後即可啟用；如有疑問請洽註冊組。',
    'wrong-digits': () => '輸入的末四碼與您領取的新卡不符。請看新卡背面印的卡號，輸入最後四個數字。',
  } satisfies Sentences,
}
const en: typeof zhTW = {
  refusal: {
    'not-collected-yet': () =>
      'You have not collected your new card yet. "My card" shows where and when; sign for it there, then activate it here.',
    'reported-lost': () =>
      'This new card was reported lost and cannot be activated. Apply for a reissue, or ask the Registration Division.',
    'no-campus-access': () =>
      'Your present student status gives no campus access (for example a leave of absence). You can activate when you return; ask the Registration Division if this seems wrong.',
    'wrong-digits': () =>
      'These are not the last four digits of the card you collected. Look at the number printed on the new card and enter its last four digits.',
  },
}

/** What activation says, in both languages. */
export const words = { 'zh-TW': zhTW, en }

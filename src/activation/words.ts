import type { Facts } from '../lib/decision.ts'
import { sayWall } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { ActivationRefusal } from './rules.ts'

type Sentences = Record<ActivationRefusal, (facts: Facts) => string>

/** A moment of today by its time alone, another one with its date. */
const moment = ({ until }: Facts, language: Language): string =>
  String(until).includes('T') ? sayWall(String(until), language) : String(until)

const zhTW = {
  refusal: {
    'not-collected-yet': () => '您還沒有領取新卡。請先到「我的學生證」看領取地點與時間，領卡簽收後再啟用。',
    'reported-lost': () => '這張新卡已掛失，不能啟用。請在「我的學生證」申請補發，或洽詢櫃檯。',
    'no-campus-access': () =>
      '依目前的學籍狀態，您的學生證沒有校園門禁權限（例如休學中）。復學後即可啟用；如有疑問請洽詢櫃檯。',
    'too-many-tries': f =>
      `連續輸入錯誤太多次，請在 ${moment(f, 'zh-TW')} 之後再試。卡片不受影響；也可以帶卡片到櫃檯，請承辦人員協助啟用。`,
    'wrong-carrier-code': () =>
      '啟用碼與您領取的新卡不符。請看隨卡襯紙上的啟用碼；沒有襯紙時，可以改輸入卡面號碼的末四碼。',
    'wrong-digits': () => '輸入的末四碼與您領取的新卡不符。請看新卡背面印的卡號，輸入最後四個數字。',
  } satisfies Sentences,
  /** The same to a clerk: what was mistyped at this counter. */
  atDesk: {
    'too-many-tries': (f: Facts) =>
      `這位持卡人的新卡連續輸入錯誤太多次，請在 ${moment(f, 'zh-TW')} 之後再試。卡片不受影響。`,
  },
}
const en: typeof zhTW = {
  refusal: {
    'not-collected-yet': () =>
      'You have not collected your new card yet. "My card" shows where and when; sign for it there, then activate it here.',
    'reported-lost': () =>
      'This new card was reported lost and cannot be activated. Apply for a reissue in "My card", or ask at a counter.',
    'no-campus-access': () =>
      'Your present student status gives no campus access (for example a leave of absence). You can activate when you return; ask at a counter if this seems wrong.',
    'too-many-tries': f =>
      `There were too many wrong tries. Please try again after ${moment(f, 'en')}. Your card is as it was; with the card in hand you can also have it activated at a counter.`,
    'wrong-carrier-code': () =>
      'This is not the activation code of the card you collected. It stands on the letter that came with the card; without it, enter the last four digits printed on the card.',
    'wrong-digits': () =>
      'These are not the last four digits of the card you collected. Look at the number printed on the new card and enter its last four digits.',
  },
  atDesk: {
    'too-many-tries': f =>
      `There were too many wrong tries for this person’s new card. Please try again after ${moment(f, 'en')}. The card is as it was.`,
  },
}

/** What activation says, in both languages. */
export const words = { 'zh-TW': zhTW, en }

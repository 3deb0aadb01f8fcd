import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { AskingRefusal, EndingRefusal, ProlongingRefusal } from './correction-rules.ts'
import { longestCorrection, mostDaysLonger } from './correction-rules.ts'
import type { CorrectionEnd } from './correction-store.ts'

const zhTW = {
  title: '請求更正',
  about: (days: number) =>
    `認為保存的資料有錯或不完整時，請在這裡說明。卡務辦公室會在 ${days} 天內答覆，並通知您；需要更久時，會先告訴您原因，最多再延長 ${mostDaysLonger} 天。`,
  asked: '您請求的更正',
  part: '哪一部分有錯',
  choosePart: '請選擇',
  wrong: '哪裡有錯、應該是什麼',
  wrongHint: `最多 ${longestCorrection} 個字。請不要寫身分證字號或密碼。`,
  ask: '送出請求',
  allOpen: '每一部分都有一件請求在等答覆。',
  ofPart: '部分',
  said: '您的說明',
  askedAt: '請求時間',
  state: '狀態',
  waits: (on: string) => `等待答覆，最晚 ${on}`,
  overdue: (on: string) => `應在 ${on} 前答覆，已逾期；請洽卡務辦公室`,
  longerBecause: '延長答覆的原因',
  ended: {
    corrected: '已更正',
    'passed-on': '已轉交',
    'not-changed': '沒有更改',
    'taken-back': '您已收回',
  } satisfies Record<CorrectionEnd, string>,
  answeredAt: '答覆時間',
  reasonOf: {
    corrected: '說明',
    'passed-on': '轉交給',
    'not-changed': '理由',
    'taken-back': '說明',
  } satisfies Record<CorrectionEnd, string>,
  takeBack: '收回請求',
  takeBackOf: (part: string) => `收回請求：${part}`,
  notAsked: '沒有送出請求',
  refusal: {
    'wrong-missing': () => '請寫下哪裡有錯、應該是什麼。',
    'wrong-too-long': f => `說明最多 ${f.most} 個字，您寫了 ${f.letters} 個字；請縮短。`,
    'correction-open': () => '這一部分已有一件請求在等答覆。要補充時，請先收回再重新請求。',
    'corrections-often': f => `24 小時內最多請求 ${f.most} 次；請過 24 小時再試，急需時請洽卡務辦公室。`,
    'correction-ended': () => '這件請求已經答覆或收回，不能再更改。',
    'own-correction': () => '這是您自己的請求，請由另一位承辦答覆。',
    'correction-reason-missing': () => '沒有更改時，請寫理由；當事人會看到。',
    'passed-on-to-nobody': () => '請寫轉交給哪個單位；當事人會看到。',
    'correction-prolonged': () => '這件請求已經延長過一次，不能再延長。',
    'correction-overdue': () => '最晚答覆日已過，不能再延長；請儘快答覆。',
    'days-longer-wrong': f => `請填 1 到 ${f.most} 天。`,
    'why-longer-missing': () => '請寫為什麼需要更久；當事人會看到。',
  } satisfies Record<AskingRefusal | EndingRefusal | ProlongingRefusal, (facts: Facts) => string>,
}

/** What is said of corrections to who asks for them, and why one is not taken up, answered or taken back. */
export const correctionWords: Record<Language, typeof zhTW> = {
  'zh-TW': zhTW,
  en: {
    title: 'Ask for a correction',
    about: days =>
      `If something that is kept is wrong or incomplete, say it here. The card office answers within ${days} days, and you are told. If it takes longer, you are told why, and it is ${mostDaysLonger} days more at most.`,
    asked: 'Corrections that you asked for',
    part: 'Under which heading it is wrong',
    choosePart: 'Please choose',
    wrong: 'What is wrong, and what it should be',
    wrongHint: `At most ${longestCorrection} letters. Please write no identity number and no password.`,
    ask: 'Send the request',
    allOpen: 'A request waits for an answer under each heading.',
    ofPart: 'Heading',
    said: 'What you said',
    askedAt: 'Asked at',
    state: 'State',
    waits: on => `waits for an answer, by ${on} at the latest`,
    overdue: on => `was to be answered by ${on} and is late; ask the card office`,
    longerBecause: 'Why it takes longer',
    ended: {
      corrected: 'corrected',
      'passed-on': 'passed on',
      'not-changed': 'not changed',
      'taken-back': 'taken back by you',
    },
    answeredAt: 'Answered at',
    reasonOf: {
      corrected: 'The office says',
      'passed-on': 'Passed on to',
      'not-changed': 'Reason',
      'taken-back': 'The office says',
    },
    takeBack: 'Take the request back',
    takeBackOf: part => `Take the request back: ${part}`,
    notAsked: 'No request was sent',
    refusal: {
      'wrong-missing': () => 'Say what is wrong, and what it should be.',
      'wrong-too-long': f =>
        `Say it in at most ${f.most} letters; you wrote ${f.letters}. Please make it shorter.`,
      'correction-open': () =>
        'A request under this heading waits for an answer. To add something, take it back first and ask again.',
      'corrections-often': f =>
        `You can ask ${f.most} times within 24 hours. Try again 24 hours from now, or ask the card office if it is urgent.`,
      'correction-ended': () => 'This request was answered or taken back, and does not change any more.',
      'own-correction': () => 'This request is your own; somebody else of the office answers it.',
      'correction-reason-missing': () => 'Where nothing changes, say why; the person reads it.',
      'passed-on-to-nobody': () => 'Say to which office it was passed on; the person reads it.',
      'correction-prolonged': () => 'This request was prolonged once, and is not prolonged again.',
      'correction-overdue': () => 'Its last day is over, so it is not prolonged; please answer it soon.',
      'days-longer-wrong': f => `Say from 1 to ${f.most} days.`,
      'why-longer-missing': () => 'Say why it takes longer; the person reads it.',
    },
  },
}

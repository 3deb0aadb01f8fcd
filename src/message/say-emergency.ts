import type { Sayings } from './letter.ts'

/** What administrators are told when somebody came in by an emergency code. */
export type EmergencyTold = {
  /** To administrators: the emergency way in was used. It names nobody, for nobody is known, and no code. */
  kind: 'emergency-used'
  printedNumber: null
  at: Temporal.Instant
  /** For how many hours whoever it is may act. */
  hours: number
}

const zhTW = {
  subject: '有人使用了緊急登入',
  about: (when: string, hours: number) =>
    `${when}，有人以緊急代碼登入卡務系統，最多 ${hours} 小時內可以做系統管理員能做的事。這封信寄給每一位登記了信箱的系統管理員。`,
  expected: '若是您或同事在學校登入系統故障時使用的，請在值班紀錄註明用途；不必做其他事。',
  otherwise:
    '若沒有人知道這次登入，請立即在主機上執行 npm run break-glass，讓其餘代碼失效，並在工作台的「帳號」檢查角色是否遭更改；日誌中有這次登入與之後的每項操作。',
  why: '信裡沒有代碼，也沒有連結。在工作台的「通知信」可以停止或更改。',
}

const en: typeof zhTW = {
  subject: 'Somebody used the emergency sign-in',
  about: (when, hours) =>
    `An emergency code was used to sign in: ${when}. For up to ${hours === 1 ? 'one hour' : `${hours} hours`} whoever it was may do what an administrator may. Every administrator who gave an address is told.`,
  expected:
    "If it was you or a colleague, because the university's sign-in was away, write down what it was for; nothing else is to be done.",
  otherwise:
    'If nobody knows of it, run npm run break-glass on the machine at once: it makes the other codes void. Then look at the staff’s screen “Accounts” whether roles were changed; the journal has this sign-in and everything that was done after it.',
  why: 'There is no code in this mail, and no link. You can end or change it on the staff’s screen “Mail”.',
}

const words = { 'zh-TW': zhTW, en }

/** How it is written. */
export const sayEmergency: Sayings<EmergencyTold> = {
  'emergency-used': ({ at, hours }, { language, when }) => {
    const w = words[language]
    return { subject: w.subject, parts: [w.about(when(at), hours), w.expected, w.otherwise, w.why] }
  },
}

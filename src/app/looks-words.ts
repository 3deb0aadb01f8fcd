const zhTW = {
  title: '誰查閱過我的資料',
  about:
    '每次有同仁看到您的資料，這裡都會記下時間、單位、看到的內容與目的；您在名單中是其中一人，也算一次。同仁的姓名不列出，如有疑問，請向卡務辦公室詢問。',
  none: '還沒有人查閱過',
  noneNext: '有同仁看到您的資料之後，會列在這裡。',
  saw: (what: string) => `看到：${what}`,
  because: (purpose: string) => `目的：${purpose}`,
  older: '更早的紀錄',
  newest: '最新的紀錄',
  data: '關於我的資料',
  back: '回到我的學生證',
}

/** What the page "Who looked at my record" says. */
export const looksWords: Record<'zh-TW' | 'en', typeof zhTW> = {
  'zh-TW': zhTW,
  en: {
    title: 'Who looked at my record',
    about:
      'Whenever somebody of the staff sees your record, it is listed here: when, which office, what they saw and what for. To be one of many on a list counts too. Who it was in person is not shown; the card office answers questions.',
    none: 'Nobody has looked yet',
    noneNext: 'When somebody of the staff sees your record, it is listed here.',
    saw: what => `Saw: ${what}`,
    because: purpose => `For: ${purpose}`,
    older: 'Earlier',
    newest: 'The newest',
    data: 'What is kept of me',
    back: 'Back to My card',
  },
}

/** What messages say of a correction that was asked for. */
const zhTW = {
  subject: '您請求的更正已有答覆',
  about: (part: string, askedAt: string) => `您在 ${askedAt} 請求更正「${part}」的資料。`,
  corrected: '卡務承辦已更正。',
  'passed-on': (whom: string) => `這份資料不由卡務辦公室保管，已轉交：${whom}。更正後，系統會帶入新的內容。`,
  'not-changed': (why: string) => `卡務承辦查核後沒有更改。理由：${why}`,
  said: (what: string) => `承辦說明：${what}`,
  next: '您可以在「我的學生證」的「關於我的資料」查看；仍認為有錯時，可以在那裡再次請求更正。',
  longerSubject: '您請求的更正需要更久才能答覆',
  longer: (dueOn: string) => `卡務承辦需要更多時間查核，延長到 ${dueOn} 以前答覆；這是唯一一次延長。`,
  longerWhy: (why: string) => `原因：${why}`,
  ask: (where: string) => `有疑問請洽${where}。`,
}

const en: typeof zhTW = {
  subject: 'The correction that you asked for was answered',
  about: (part, askedAt) => `At ${askedAt} you asked for a correction under “${part}”.`,
  corrected: 'The card office has corrected it.',
  'passed-on': whom =>
    `It is not the card office that keeps this, so your request was passed on to: ${whom}. Once it is corrected there, the new data come here.`,
  'not-changed': why => `The card office has looked into it and changed nothing. The reason: ${why}`,
  said: what => `The office says: ${what}`,
  next: 'You see it in “My card” under “What is kept of me”. If you still think that it is wrong, you can ask again there.',
  longerSubject: 'The correction that you asked for takes longer to answer',
  longer: dueOn =>
    `The card office needs more time to look into it, and answers by ${dueOn} at the latest. It takes longer this once.`,
  longerWhy: why => `The reason: ${why}`,
  ask: where => `If you have a question, ask at ${where}.`,
}

export const correctionWords = { 'zh-TW': zhTW, en }

import type { RefusalWords } from '../server/perform.ts'
import type { LetterRefusal } from './letter-rules.ts'

const many = (count: unknown) => new Intl.NumberFormat('en').format(Number(count))

/** Why a letter is not sent, in both languages. */
export const letterRefusalWords: RefusalWords<LetterRefusal> = {
  'zh-TW': {
    'language-missing': f =>
      `${f.field === 'subject' ? '主旨' : '內文'}的${f.language === 'en' ? '英文' : '中文'}還是空的。兩種語言都要寫。`,
    'unknown-value': f => `「{${f.value}}」不是可以填入的值。請用下方列出的值，或去掉大括號。`,
    nobody: () => '這份名單現在沒有人，沒有寄出任何信。',
    'too-many': f => `一封信最多寄給 ${many(f.most)} 人。請先選一個櫃檯、系所或身分別，分次寄。`,
    'list-changed': f => `預覽之後名單或內容有變，現在是 ${many(f.people)} 人。沒有寄出；請再預覽一次。`,
    'number-again': f => `這封信會寄給 ${many(f.people)} 人。請再輸入一次人數，確認後寄出。`,
  },
  en: {
    'language-missing': f =>
      `The ${f.field === 'subject' ? 'subject' : 'text'} in ${f.language === 'en' ? 'English' : 'Chinese'} is empty. Write both languages.`,
    'unknown-value': f =>
      `“{${f.value}}” is no value that can be filled in. Use one of those listed below, or leave the braces out.`,
    nobody: () => 'There is nobody on this list now; nothing was sent.',
    'too-many': f =>
      `A letter goes to ${many(f.most)} people at most. Choose a counter, department or group, and send it part by part.`,
    'list-changed': f =>
      `The list or the text has changed since the preview; it is ${many(f.people)} people now. Nothing was sent: preview it again.`,
    'number-again': f =>
      `This letter goes to ${many(f.people)} people. Type the number once more to send it.`,
  },
}

const zhTW = {
  title: '寫信給這些人',
  about: '中文與英文都要寫；每個人收到自己語言的那一封，前後自動加上稱呼與署名。',
  subject: { 'zh-TW': '主旨（中文）', en: '主旨（英文）' },
  body: { 'zh-TW': '內文（中文）', en: '內文（英文）' },
  values: '可以填入的值，寄給每個人時以他的現況代入：',
  valueNames: {
    name: '姓名',
    where: '領取地點',
    deadline: '截止日',
    'deadline.lastDay': '最後一天',
    newEdition: '新卡名稱',
    bring: '攜帶什麼',
    askAt: '詢問處',
  },
  preview: '預覽',
  previewing: '預覽中…',
  as: (number: string) => `${number} 收到的樣子`,
  another: '看另一人的',
  goesTo: (people: number) => `會寄給 ${many(people)} 人，每人一封。`,
  without: (people: number) =>
    `其中 ${many(people)} 人沒有電子郵件：信只在「我的學生證」，請另外通知。寄出後可下載他們的名單。`,
  again: '人數很多，請再輸入一次人數',
  send: (people: number) => `寄給 ${many(people)} 人`,
  sending: '寄送中…',
  sent: (people: number) => `已寫給 ${many(people)} 人，由寄件匣寄出。`,
  sentAgain: '這封信已經寄過，沒有再寄一次。',
  exportWithout: '匯出沒有電子郵件的人',
  exportAll: '匯出全部收件人',
  cancel: '取消',
}
const en: typeof zhTW = {
  title: 'Write to these people',
  about:
    'Write it in Chinese and in English; each gets it in their own language, with a greeting before and the campus after it.',
  subject: { 'zh-TW': 'Subject (Chinese)', en: 'Subject (English)' },
  body: { 'zh-TW': 'Text (Chinese)', en: 'Text (English)' },
  values: 'Values that are filled in for each reader, as it stands with them when it is sent:',
  valueNames: {
    name: 'name',
    where: 'where they collect',
    deadline: 'deadline',
    'deadline.lastDay': 'last day',
    newEdition: 'name of the new card',
    bring: 'what to bring',
    askAt: 'where to ask',
  },
  preview: 'Preview',
  previewing: 'Making the preview…',
  as: number => `As ${number} gets it`,
  another: 'As another of them',
  goesTo: people => (people === 1 ? 'It goes to 1 person.' : `It goes to ${many(people)} people, once each.`),
  without: people =>
    `${many(people)} of them ${people === 1 ? 'has' : 'have'} no e-mail address: it stands in My card alone; tell them otherwise. Their list can be downloaded once it is sent.`,
  again: 'So many people: type their number once more',
  send: people => (people === 1 ? 'Send to 1 person' : `Send to ${many(people)} people`),
  sending: 'Sending…',
  sent: people =>
    people === 1
      ? 'Written to 1 person; the outbox mails it.'
      : `Written to ${many(people)} people; the outbox mails them.`,
  sentAgain: 'This letter was sent before; nothing was sent twice.',
  exportWithout: 'Export who has no e-mail address',
  exportAll: 'Export everybody it went to',
  cancel: 'Cancel',
}

/** What the screen of a letter says, in both languages. */
export const letterWords = { 'zh-TW': zhTW, en }

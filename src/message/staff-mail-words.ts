import type { StaffMailRefusal } from './staff-mail-rules.ts'

const zhTW = {
  title: '通知信',
  about:
    '門禁更新沒有全部完成、逾時、漏掉、被暫停，或有變更等第二人確認時，除了畫面上的提示，也寄信給您。每次更新的每種原因只寄一封；信裡只有建築與筆數，沒有姓名或卡號。',
  aboutAdmin:
    '有人使用緊急登入時，除了畫面上的提示，也寄信給您，讓您查明是不是同事。信裡沒有代碼；門禁更新的通知只寄給管理門禁的人。',
  address: '寄到',
  addressHint: '可以是您自己的或單位共用的信箱。',
  language: '語言',
  languages: { 'zh-TW': '中文', en: 'English' },
  doorTasks: '換卡待辦',
  doorTasksHint: '學生換卡後，有門等您決定時，一天寄一封。',
  doorTasksNone: '不寄',
  doorTasksAll: '全部的門',
  save: '寄給我',
  change: '儲存變更',
  end: '不再寄給我',
  saved: '已登記。從現在起需要您知道的事，會寄信給您。',
  ended: '不會再寄信給您；畫面上的提示照舊。',
  told: '目前會收到信的同仁',
  nobody: '沒有人會收到信',
  nobodyNext: '有事需要處理時，只有打開工作台的人會看到提示。',
  noMails: '還沒有設定郵件伺服器',
  noMailsNext: '信會留在寄件匣，不會寄出。請系統管理員設定 SMTP_HOST。',
  notDone: '沒有完成',
  refused: '無法顯示',
  tryAgain: '再試一次',
  refusal: {
    'not-an-address': () => '這不是電子郵件地址。請填像 doors@school.example 這樣的地址。',
    'keeps-no-doors': () => '系統管理員不管理門，沒有換卡待辦可寄。請只填信箱與語言。',
  } satisfies Record<StaffMailRefusal, () => string>,
}

const en: typeof zhTW = {
  title: 'Mail',
  about:
    'When a door update could not do everything, is late, was missed, is held, or waits for a second person, you are told by mail beside the notice on the screen: once for each update and cause. It names buildings and counts, never people or cards.',
  aboutAdmin:
    'When somebody uses the emergency sign-in, you are told by mail beside the notice on the screen, so that you can find out whether it was a colleague. There is no code in it; mail about door updates goes to those who keep the doors.',
  address: 'Send to',
  addressHint: 'Your own address, or one that your office shares.',
  language: 'Language',
  languages: { 'zh-TW': '中文', en: 'English' },
  doorTasks: 'Cards that changed',
  doorTasksHint: 'Once a day, while doors of students with a new card wait for your answer.',
  doorTasksNone: 'No mail',
  doorTasksAll: 'Of all doors',
  save: 'Tell me',
  change: 'Save the change',
  end: 'Tell me no more',
  saved: 'Kept. From now on you are told by mail.',
  ended: 'You are told no more by mail; the notices on the screens stay.',
  told: 'Colleagues who are told',
  nobody: 'Nobody is told by mail',
  nobodyNext: 'When something needs somebody, only who opens these screens sees it.',
  noMails: 'No mail server is configured',
  noMailsNext: 'Messages stay in the outbox and are not mailed. Whoever runs Gatehouse sets SMTP_HOST.',
  notDone: 'This was not done',
  refused: 'This cannot be shown',
  tryAgain: 'Try again',
  refusal: {
    'not-an-address': () => 'This is no e-mail address. Write one like doors@school.example.',
    'keeps-no-doors': () =>
      'Administrators keep no doors, so there are no changed cards to write about. Give an address and a language alone.',
  },
}

/** What the screen of mail to the staff says, in both languages. */
export const staffMailWords = { 'zh-TW': zhTW, en }

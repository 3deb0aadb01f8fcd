import type { Bilingual } from '../lib/words.ts'

/** A category of personal data as people read it: its name, and what it comprises. */
export interface CategorySaid {
  name: Bilingual
  comprises: Bilingual
}

/** Every category of db/data-map.yaml in words; a test finds one that has none. */
export const categoryWords: Readonly<Record<string, CategorySaid>> = {
  identity: {
    name: { 'zh-TW': '身分與學籍', en: 'Who you are' },
    comprises: {
      'zh-TW': '學號、中英文姓名、系所、學籍狀態，依註冊單位的名冊',
      en: 'student number, names, department and status, as the registrar’s roster has them',
    },
  },
  contact: {
    name: { 'zh-TW': '聯絡方式', en: 'How you are reached' },
    comprises: { 'zh-TW': '電子郵件、宿舍', en: 'e-mail address and hall' },
  },
  health: {
    name: { 'zh-TW': '是否完成健檢', en: 'Whether the health check is done' },
    comprises: {
      'zh-TW': '只記是否完成；不含健檢結果',
      en: 'only whether it is done; never what it found',
    },
  },
  photo: {
    name: { 'zh-TW': '照片', en: 'Your photo' },
    comprises: {
      'zh-TW': '您或承辦人員提供的照片與審核結果；不作臉部辨識',
      en: 'the photo that you or the office sent, and whether it was accepted; no faces are recognized by machine',
    },
  },
  card: {
    name: { 'zh-TW': '卡片', en: 'Your cards' },
    comprises: {
      'zh-TW': '晶片卡號與外觀卡號、製作、使用與借用期間、啟用時間、您自己的備忘',
      en: 'chip and printed numbers, making, when a card is in use or on loan, when it was activated, notes you keep of it',
    },
  },
  collection: {
    name: { 'zh-TW': '領卡', en: 'Collecting a card' },
    comprises: {
      'zh-TW': '何時、在哪個櫃檯、出示何種證件（不留證件號碼與影本）',
      en: 'when, at which counter, and which kind of document was shown (no number and no copy of it)',
    },
  },
  proxy: {
    name: { 'zh-TW': '代領人', en: 'Who collects for you' },
    comprises: {
      'zh-TW': '您指定的代領人姓名與電子郵件',
      en: 'name and e-mail address of the person whom you name',
    },
  },
  signature: {
    name: { 'zh-TW': '簽名', en: 'Signatures' },
    comprises: {
      'zh-TW': '簽收的筆跡圖像與簽收文字',
      en: 'the picture of what you signed, and the text above it',
    },
  },
  loss: {
    name: { 'zh-TW': '掛失與暫停', en: 'Missing cards' },
    comprises: {
      'zh-TW': '暫停門禁與掛失的時間與通報結果',
      en: 'when campus access was paused or a card reported lost, and what became of the report',
    },
  },
  access: {
    name: { 'zh-TW': '門禁權限', en: 'Which doors you may open' },
    comprises: {
      'zh-TW': '卡號可開啟的門、依據與期間',
      en: 'which doors a card number opens, why, and for how long',
    },
  },
  movements: {
    name: { 'zh-TW': '門禁刷卡紀錄', en: 'What happened at doors' },
    comprises: {
      'zh-TW': '卡號、門、時間、是否開啟',
      en: 'card number, door, time, and whether it opened',
    },
  },
  money: {
    name: { 'zh-TW': '補發與工本費', en: 'Reissues and their fees' },
    comprises: {
      'zh-TW': '補發申請、應繳與已繳金額、收據號碼、申訴理由',
      en: 'applications, what is due and paid, receipt numbers, what you said against a fee',
    },
  },
  refund: {
    name: { 'zh-TW': '儲值金退費', en: 'Stored value paid back' },
    comprises: {
      'zh-TW': '申請、匯款帳號或郵寄地址、發卡機構的回覆',
      en: 'your request, the bank account or address it goes to, what the issuer answers',
    },
  },
  messages: {
    name: { 'zh-TW': '寄給您的通知', en: 'Messages to you' },
    comprises: {
      'zh-TW': '通知內容、收件地址、接收推播的裝置',
      en: 'what was written, to which address, and the devices that are notified',
    },
  },
  'sign-in': {
    name: { 'zh-TW': '登入', en: 'Signing in' },
    comprises: {
      'zh-TW': '登入期間、登入系統給的代號、輸入錯誤的次數、短期網路位址；不含密碼',
      en: 'how long you are signed in, what the sign-in calls you, wrong codes, network addresses for a short time; never a password',
    },
  },
  correction: {
    name: { 'zh-TW': '更正請求', en: 'Corrections that you ask for' },
    comprises: {
      'zh-TW': '您認為有錯的內容、您的說明，以及卡務辦公室的答覆',
      en: 'what you say is wrong with what is kept of you, and what the card office answered',
    },
  },
  record: {
    name: { 'zh-TW': '作業紀錄', en: 'The record of what was done' },
    comprises: {
      'zh-TW': '誰在何時對您的卡片做了什麼、誰查閱過您的資料',
      en: 'who did what about your card and when, and who looked at your record',
    },
  },
}

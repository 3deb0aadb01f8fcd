import type { Bilingual } from './words.ts'

/**
 * What somebody of the staff is shown people's records for, as the people themselves read it under "Who looked at my record"
 * (GDPR art. 15 as read in C-579/21; PDPA art. 10). Each route that shows people declares one; there are no others.
 */
export const purposes = {
  desk: { 'zh-TW': '在櫃檯服務', en: 'Service at a desk' },
  question: { 'zh-TW': '回覆詢問、查明情況', en: 'Answering a question, or finding out what happened' },
  'second-person': { 'zh-TW': '第二人覆核', en: 'A second person’s check' },
  lists: { 'zh-TW': '卡務名單作業', en: 'Work on the card office’s lists' },
  roster: { 'zh-TW': '核對名冊', en: 'Comparing the registrar’s roster' },
  cards: { 'zh-TW': '卡片清點與配發', en: 'Counting and placing cards' },
  photos: { 'zh-TW': '審核照片', en: 'Looking through photos for cards' },
  production: { 'zh-TW': '製卡', en: 'Having cards made' },
  money: { 'zh-TW': '工本費與退費', en: 'Fees and refunds' },
  losses: { 'zh-TW': '處理遺失的卡片', en: 'Dealing with missing cards' },
  messages: { 'zh-TW': '寄送通知', en: 'Sending messages' },
  planning: { 'zh-TW': '規劃發卡', en: 'Planning how cards are given out' },
  doors: { 'zh-TW': '門禁管理', en: 'Looking after doors' },
  'own-data': { 'zh-TW': '本人請求提供自己的資料', en: 'The person asked for their own data' },
  correction: { 'zh-TW': '本人請求更正自己的資料', en: 'The person asked for a correction' },
  audit: { 'zh-TW': '稽核', en: 'Audit' },
  breach: { 'zh-TW': '查明個資事故影響的人', en: 'Finding out whom a loss of data concerns' },
} as const satisfies Readonly<Record<string, Bilingual>>
export type Purpose = keyof typeof purposes

/** What of somebody's record was shown, in a word or two; each route that shows people declares it. */
export const kindsShown = {
  card: { 'zh-TW': '姓名、學號、卡片狀態', en: 'Name, student number, how the card is' },
  found: { 'zh-TW': '搜尋結果', en: 'A search result' },
  list: { 'zh-TW': '名單', en: 'A list' },
  file: { 'zh-TW': '下載的名單檔案', en: 'A list taken out as a file' },
  story: { 'zh-TW': '完整歷程', en: 'The whole history' },
  record: { 'zh-TW': '名冊資料', en: 'The roster’s record' },
  photo: { 'zh-TW': '照片', en: 'The photo' },
  signature: { 'zh-TW': '簽名', en: 'The signature' },
  money: { 'zh-TW': '費用與退費', en: 'Fees and refunds' },
  messages: { 'zh-TW': '收到的通知', en: 'The messages received' },
  doors: { 'zh-TW': '可開啟的門', en: 'Which doors the card opens' },
  events: { 'zh-TW': '門禁刷卡紀錄', en: 'What happened at doors' },
  looks: { 'zh-TW': '查閱紀錄', en: 'Who looked at the record' },
  everything: { 'zh-TW': '保存的全部資料', en: 'Everything that is kept' },
} as const satisfies Readonly<Record<string, Bilingual>>
export type KindShown = keyof typeof kindsShown

/** Letters of what a reader may say they look for. */
export const longestReason = 200

const zhTW = {
  reason: '理由',
  reasonOptional: '理由（可不填）',
  preset: '常用理由',
  cancel: '取消',
  needed: '請填寫這一欄。',
  loading: '讀取中…',
  refused: '沒有執行',
  notLoaded: '讀取失敗',
  again: '再試一次',
  read: '已讀入',
  reading: '正在讀取檔案…',
}
const en: typeof zhTW = {
  reason: 'Reason',
  reasonOptional: 'Reason (may be left out)',
  preset: 'Usual reasons',
  cancel: 'Cancel',
  needed: 'Fill this in.',
  loading: 'Loading…',
  refused: 'Not done',
  notLoaded: 'Not loaded',
  again: 'Try again',
  read: 'Read',
  reading: 'Reading the file…',
}

/** What every act of the office's screens says around its own words. */
export const actWords = { 'zh-TW': zhTW, en }

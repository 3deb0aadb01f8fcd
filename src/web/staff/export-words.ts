const zhTW = {
  export: '匯出',
  these: {
    people: '匯出這些人',
    cards: '匯出這些卡片',
    batches: '匯出批次',
    boards: '匯出控制板',
    differences: '匯出差異',
  },
  formats: {
    xlsx: 'Excel（.xlsx）',
    csv: 'CSV（UTF-8）',
    big5: 'CSV，給舊系統（Big5）',
  },
  working: '正在匯出…',
  refused: '沒有匯出',
  oldTitle: '給舊系統的檔案（Big5）',
  looking: '正在查看哪些文字無法保留…',
  nothingLost: (rows: number) => `${rows.toLocaleString('en')} 列都能完整寫入 Big5，沒有文字會受損。`,
  lost: (cells: number) => `有 ${cells.toLocaleString('en')} 個儲存格的文字在這個檔案中會受損`,
  lostNext: '下列文字在 Big5 中無法表示，會變成問號。舊系統若能讀 UTF-8 或 Excel，請改用那些格式。',
  whose: '列',
  column: '欄位',
  text: '內容',
  characters: '受損的字',
  more: (shown: number) => `只列出前 ${shown} 個。`,
  download: '下載',
  downloadAnyway: '仍要下載',
  cancel: '取消',
}
const en: typeof zhTW = {
  export: 'Export',
  these: {
    people: 'Export these people',
    cards: 'Export these cards',
    batches: 'Export the batches',
    boards: 'Export the boards',
    differences: 'Export the differences',
  },
  formats: {
    xlsx: 'Excel (.xlsx)',
    csv: 'CSV (UTF-8)',
    big5: 'CSV for old systems (Big5)',
  },
  working: 'Exporting…',
  refused: 'Not exported',
  oldTitle: 'A file for old systems (Big5)',
  looking: 'Looking for what would be lost…',
  nothingLost: rows => `All ${rows.toLocaleString('en')} rows can be written in Big5; nothing is damaged.`,
  lost: cells =>
    cells === 1
      ? '1 cell will be damaged in this file'
      : `${cells.toLocaleString('en')} cells will be damaged in this file`,
  lostNext:
    'Big5 has no such characters; each becomes a question mark. If the old system reads UTF-8 or Excel, take one of those.',
  whose: 'Row',
  column: 'Column',
  text: 'What it says',
  characters: 'Lost',
  more: shown => `The first ${shown} are shown.`,
  download: 'Download',
  downloadAnyway: 'Download anyway',
  cancel: 'Cancel',
}

/** The words of every list's export. */
export const exportWords = { 'zh-TW': zhTW, en }

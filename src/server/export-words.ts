import type { RefusalWords } from './perform.ts'

/** Why a list is not exported. */
export type ExportRefusal = 'list-too-long' | 'others-exporting'

/** What is said of a list that is not exported. */
export const exportWords: RefusalWords<ExportRefusal> = {
  'zh-TW': {
    'list-too-long': f =>
      `清單超過 ${Number(f.rows).toLocaleString('en')} 列或 ${String(f.megabytes)} MB，沒有匯出。請用篩選條件縮小範圍，分次匯出。`,
    'others-exporting': () => '目前有其他人正在匯出，請稍候再試。',
  },
  en: {
    'list-too-long': f =>
      `The list has more than ${Number(f.rows).toLocaleString('en')} rows or ${String(f.megabytes)} MB and was not exported. Narrow it with the filters and export it in parts.`,
    'others-exporting': () => 'Others are exporting lists at this moment. Try again shortly.',
  },
}

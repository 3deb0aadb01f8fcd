import type { Facts } from '../lib/decision.ts'
import type { CellRefusal } from './cells.ts'
import type { HeaderRefusal } from './headers.ts'
import type { TableRefusal } from './table.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

const megabytes = (bytes: Facts[string]): string => (Number(bytes) / 1024 / 1024).toFixed(1)

const filesZh: Sentences<TableRefusal> = {
  'empty-file': () => '檔案是空的。請重新匯出。',
  'file-too-large': f =>
    `檔案大小 ${megabytes(f.bytes ?? 0)} MB，超過上限 ${megabytes(f.most ?? 0)} MB。請分成數個檔案。`,
  'spreadsheet-file': f =>
    `這是 ${f.is} 試算表，無法讀取。請在 Excel 選「另存新檔」→「Excel 活頁簿（.xlsx）」或「CSV UTF-8（逗號分隔）」。`,
  'not-a-text-file': f => `這是 ${f.is} 檔，不是 CSV 或 Excel 活頁簿（xlsx）。請確認選對檔案。`,
  'encrypted-workbook': () => '活頁簿有密碼保護。請在 Excel 移除開啟密碼，存檔後再上傳。',
  'damaged-workbook': () => '活頁簿已損壞，或不是 Excel 存成的 xlsx。請在 Excel 開啟後另存新檔，再上傳。',
  'workbook-too-large': f =>
    `活頁簿解開後太大（其中一部分超過 ${megabytes(f.most ?? 0)} MB），因此沒有讀取。請只留要上傳的工作表，或另存為「CSV UTF-8」。`,
  'workbook-takes-too-long': () => '檔案讀取過久，已停止。請分成數個檔案，或另存為「CSV UTF-8」。',
  'cells-far-right': f =>
    `儲存格 ${f.cell} 在第 702 欄（ZZ）之後。請刪除右邊不需要的欄（選取後按「刪除」），存檔後再上傳。`,
  'formulas-without-values': f =>
    `儲存格 ${f.cell} 的公式沒有計算結果。請在 Excel 開啟並存檔，或把公式貼成「值」後再上傳。`,
  'no-such-sheet': f => `活頁簿沒有這張工作表（共 ${f.sheets} 張）。請重新選擇。`,
  'utf-16-without-mark': () => '檔案是沒有標記的 UTF-16 編碼。請另存為「CSV UTF-8」。',
  'nul-characters': () => '檔案含有 NUL 字元，可能已損壞。請重新匯出。',
  'damaged-text': f => `檔案標示為 ${f.encoding}，但內容不完整或已損壞。請重新匯出。`,
  'simplified-chinese-encoding': () => '檔案是簡體中文編碼（GB18030）。請另存為「CSV UTF-8」後再上傳。',
  'japanese-encoding': () => '檔案是日文編碼（Shift-JIS）。請另存為「CSV UTF-8」後再上傳。',
  'unknown-encoding': () => '無法辨識檔案的文字編碼。請另存為「CSV UTF-8」後再上傳。',
  'unclosed-quote': f => `有一個雙引號沒有結束（檢查到第 ${f.line} 行）。請補上或刪除該雙引號。`,
  'row-too-long': f => `第 ${f.line} 行附近的一列超過 ${f.most} 個字元，通常是前面少了一個雙引號。`,
  'broken-quotes': f => `第 ${f.line} 行的雙引號位置有誤。`,
  'too-many-cells': f => `檔案超過 ${f.most} 格。請刪除不需要的欄位，或分成數個檔案。`,
  'too-many-rows': f => `檔案超過 ${f.most} 列。請分成數個檔案。`,
  'garbled-header': () =>
    '標題列是亂碼：檔案曾以錯誤的編碼開啟後存檔。請由校務系統重新匯出，不要先用 Excel 開啟。',
  'header-further-down': f => `第一列不是欄位名稱，欄位名稱在檔案第 ${f.line} 行。請刪除上面的各行。`,
  'no-header': f => `第一列不是欄位名稱（讀到「${f.seen}」）。第一列須是各欄的名稱。`,
  'too-many-columns': f => `檔案有 ${f.columns} 欄，上限 ${f.most} 欄。`,
  'doubled-columns': f => `欄位重複：${f.columns}。每一欄只能出現一次。`,
  'missing-columns': f => `缺少欄位：${f.columns}。`,
  'no-rows': () => '檔案只有標題列，沒有資料。',
}

const filesEn: Sentences<TableRefusal> = {
  'empty-file': () => 'The file is empty. Export it again.',
  'file-too-large': f =>
    `The file has ${megabytes(f.bytes ?? 0)} MB; at most ${megabytes(f.most ?? 0)} MB are read. Split it.`,
  'spreadsheet-file': f =>
    `This is a spreadsheet of the kind ${f.is}, which is not read. In Excel choose Save As, “Excel Workbook (.xlsx)” or “CSV UTF-8 (comma delimited)”.`,
  'not-a-text-file': f =>
    `This is a ${f.is} file, neither CSV nor an Excel workbook (xlsx). Check that it is the right file.`,
  'encrypted-workbook': () =>
    'The workbook is protected by a password. Take the password away in Excel, save, and upload it again.',
  'damaged-workbook': () =>
    'The workbook is damaged, or no xlsx as Excel saves it. Open it in Excel, save it under another name, and upload that.',
  'workbook-too-large': f =>
    `Unpacked, the workbook is too large (a part of it has more than ${megabytes(f.most ?? 0)} MB), so it was not read. Keep only the sheet to upload, or save it as “CSV UTF-8”.`,
  'workbook-takes-too-long': () =>
    'Reading the file took too long and was given up. Split it, or save it as “CSV UTF-8”.',
  'cells-far-right': f =>
    `The cell ${f.cell} lies beyond column 702 (ZZ). Delete the columns on the right that are not needed, save, and upload again.`,
  'formulas-without-values': f =>
    `The formula in the cell ${f.cell} has no result. Open the file in Excel and save it, or paste formulas as values, and upload again.`,
  'no-such-sheet': f => `The workbook has no such sheet (it has ${f.sheets}). Choose another.`,
  'utf-16-without-mark': () => 'The file is UTF-16 without its mark. Save it as “CSV UTF-8”.',
  'nul-characters': () => 'The file contains NUL characters and may be damaged. Export it again.',
  'damaged-text': f => `The file says it is ${f.encoding}, but it is cut or damaged. Export it again.`,
  'simplified-chinese-encoding': () =>
    'The file is in a Simplified Chinese encoding (GB18030). Save it as “CSV UTF-8” and upload it again.',
  'japanese-encoding': () =>
    'The file is in a Japanese encoding (Shift-JIS). Save it as “CSV UTF-8” and upload it again.',
  'unknown-encoding': () =>
    'The encoding of the file was not recognised. Save it as “CSV UTF-8” and upload it again.',
  'unclosed-quote': f =>
    `A quotation mark is never closed (looked up to line ${f.line}). Close it or delete it.`,
  'row-too-long': f =>
    `A row near line ${f.line} has more than ${f.most} characters; usually a quotation mark is missing before it.`,
  'broken-quotes': f => `The quotation marks on line ${f.line} are misplaced.`,
  'too-many-cells': f =>
    `The file has more than ${f.most} cells. Delete the columns that are not needed, or split it.`,
  'too-many-rows': f => `The file has more than ${f.most} rows. Split it.`,
  'garbled-header': () =>
    'The header is garbled: the file was opened with a wrong encoding and saved. Export it again and do not open it in Excel first.',
  'header-further-down': f =>
    `The first row is not the header; line ${f.line} of the file is. Delete the lines above it.`,
  'no-header': f => `The first row is not a header (it reads “${f.seen}”). It must name the columns.`,
  'too-many-columns': f => `The file has ${f.columns} columns; at most ${f.most} are read.`,
  'doubled-columns': f => `These columns occur twice: ${f.columns}. Each may occur once.`,
  'missing-columns': f => `These columns are missing: ${f.columns}.`,
  'no-rows': () => 'The file has a header and no rows.',
}

const cellsZh: Sentences<CellRefusal | 'wrong-cell-count' | 'over-lines'> = {
  'over-lines': f =>
    `欄位「${f.column}」的內容從第 ${f.from} 行延續到第 ${f.until} 行，其間的資料列可能因此沒有讀到。請改正多出或缺少的雙引號，或刪除換行。`,
  'wrong-cell-count': f =>
    `這一列有 ${f.cells} 格，應為 ${f.expected} 格。可能少了逗號，或內容有逗號而未加雙引號。`,
  'too-long': f => `內容有 ${f.characters} 個字元，上限 ${f.most} 個。`,
  'control-character': f => `含有控制字元或換行（${f.character}）。請刪除。`,
  'direction-character': f => `含有改變文字方向的隱藏字元（${f.character}）。請重新輸入此欄。`,
  'invisible-character': f => `含有看不見的字元（${f.character}）。請重新輸入此欄。`,
  'formula-error': f => `這一格的公式出錯了（${f.error}）。請更正公式，或直接輸入正確的值。`,
  'lost-character': f =>
    `有字元在先前存檔時遺失（變成「${f.character === 'U+FFFD' ? '\uFFFD' : '?'}」）。請查明原字，並以「CSV UTF-8」存檔。`,
  'private-use-character': f => `含有造字（${f.character}），其他系統無法顯示。請改用 Unicode 標準字。`,
}

const cellsEn: Sentences<CellRefusal | 'wrong-cell-count' | 'over-lines'> = {
  'over-lines': f =>
    `The cell of the column “${f.column}” goes on from line ${f.from} to line ${f.until}, so rows in between may not have been read. Correct the quotation marks, or delete the line breaks.`,
  'wrong-cell-count': f =>
    `This row has ${f.cells} cells instead of ${f.expected}. A comma is missing, or a cell with a comma is not in quotation marks.`,
  'too-long': f => `${f.characters} characters; at most ${f.most} are read.`,
  'control-character': f => `It contains a control character or a line break (${f.character}). Delete it.`,
  'direction-character': f =>
    `It contains a hidden character that turns the direction of text (${f.character}). Type this cell anew.`,
  'invisible-character': f => `It contains an invisible character (${f.character}). Type this cell anew.`,
  'formula-error': f =>
    `The formula in this cell has failed (${f.error}). Correct it, or type the right value.`,
  'lost-character': f =>
    `A character was lost when the file was saved before (it became “${f.character === 'U+FFFD' ? '\uFFFD' : '?'}”). Find the right one and save as “CSV UTF-8”.`,
  'private-use-character': f =>
    `It contains a self-made character (${f.character}) that other systems cannot show. Use the Unicode one.`,
}

const zhTW = {
  file: filesZh,
  cell: cellsZh,
  /** Where a fault stands: line, field and what is there. */
  at: (line: number, field: string | null, shown: string) =>
    `第 ${line} 行${field ? `「${field}」` : ''}：${shown}`,
  /** The two columns behind those of the file. */
  badFile: { line: '原檔行號', reason: '錯誤說明' },
  headers: {
    'no-header-said': () => '沒有欄位名稱。請重新選擇欄位。',
    'nothing-remembered': () => '這個欄位名稱沒有記住的設定。請重新檢視。',
  } satisfies Sentences<HeaderRefusal>,
}

const en: typeof zhTW = {
  file: filesEn,
  cell: cellsEn,
  at: (line, field, shown) => `Line ${line}${field ? `, ${field}` : ''}: ${shown}`,
  badFile: { line: 'line in the file', reason: 'what is wrong' },
  headers: {
    'no-header-said': () => 'There is no header. Choose the column again.',
    'nothing-remembered': () => 'Nothing is remembered of this header. Look again.',
  },
}

/** What is said of any CSV file, a roster or another, in both languages. */
export const tableWords = { 'zh-TW': zhTW, en }

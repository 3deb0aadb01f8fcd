import type { Facts } from '../lib/decision.ts'
import type { PersonField } from './person.ts'
import type { FileRefusal, RowRefusal, UploadRefusal } from './rules.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

/** A count with its thousands parted, as both languages write it. */
const count = (people: number): string => people.toLocaleString('en')

const megabytes = (bytes: Facts[string]): string => (Number(bytes) / 1024 / 1024).toFixed(1)

const filesZh: Sentences<FileRefusal> = {
  'empty-file': () => '檔案是空的。請重新匯出名冊。',
  'file-too-large': f =>
    `檔案大小 ${megabytes(f.bytes ?? 0)} MB，超過上限 ${megabytes(f.most ?? 0)} MB。請分成數個檔案。`,
  'spreadsheet-file': f =>
    `這是 Excel 活頁簿（${f.is}），不是 CSV。請在 Excel 選「另存新檔」→「CSV UTF-8（逗號分隔）」。`,
  'not-a-text-file': f => `這是 ${f.is} 檔，不是 CSV 文字檔。請確認選對檔案。`,
  'utf-16-without-mark': () => '檔案是沒有標記的 UTF-16 編碼。請另存為「CSV UTF-8」。',
  'nul-characters': () => '檔案含有 NUL 字元，可能已損壞。請重新匯出。',
  'damaged-text': f => `檔案標示為 ${f.encoding}，但內容不完整或已損壞。請重新匯出。`,
  'simplified-chinese-encoding': () => '檔案是簡體中文編碼（GB18030）。請另存為「CSV UTF-8」後再上傳。',
  'japanese-encoding': () => '檔案是日文編碼（Shift-JIS）。請另存為「CSV UTF-8」後再上傳。',
  'unknown-encoding': () => '無法辨識檔案的文字編碼。請另存為「CSV UTF-8」後再上傳。',
  'unclosed-quote': f => `有一個雙引號沒有結束（檢查到第 ${f.line} 行）。請補上或刪除該雙引號。`,
  'row-too-long': f => `第 ${f.line} 行附近的一列超過 ${f.most} 個字元，通常是前面少了一個雙引號。`,
  'broken-quotes': f => `第 ${f.line} 行的雙引號位置有誤。`,
  'too-many-rows': f => `檔案超過 ${f.most} 列。請分成數個檔案。`,
  'garbled-header': () =>
    '標題列是亂碼：檔案曾以錯誤的編碼開啟後存檔。請由校務系統重新匯出，不要先用 Excel 開啟。',
  'header-further-down': f => `第一列不是欄位名稱，欄位名稱在第 ${f.row} 列。請刪除上面的列。`,
  'no-header': f => `第一列不是欄位名稱（讀到「${f.seen}」）。第一列須有學號、姓名等欄位名稱。`,
  'too-many-columns': f => `檔案有 ${f.columns} 欄，上限 ${f.most} 欄。`,
  'doubled-columns': f => `欄位重複：${f.columns}。每一欄只能出現一次。`,
  'missing-columns': f => `缺少欄位：${f.columns}。`,
  'no-rows': () => '檔案只有標題列，沒有學生資料。',
}

const filesEn: Sentences<FileRefusal> = {
  'empty-file': () => 'The file is empty. Export the roster again.',
  'file-too-large': f =>
    `The file has ${megabytes(f.bytes ?? 0)} MB; at most ${megabytes(f.most ?? 0)} MB are read. Split it.`,
  'spreadsheet-file': f =>
    `This is an Excel workbook (${f.is}), not CSV. In Excel choose Save As, “CSV UTF-8 (comma delimited)”.`,
  'not-a-text-file': f => `This is a ${f.is} file, not a CSV text file. Check that it is the right file.`,
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
  'too-many-rows': f => `The file has more than ${f.most} rows. Split it.`,
  'garbled-header': () =>
    'The header is garbled: the file was opened with a wrong encoding and saved. Export it again and do not open it in Excel first.',
  'header-further-down': f => `The first row is not the header; row ${f.row} is. Delete the rows above it.`,
  'no-header': f =>
    `The first row is not a header (it reads “${f.seen}”). It must name the columns: student_number, name_zh, …`,
  'too-many-columns': f => `The file has ${f.columns} columns; at most ${f.most} are read.`,
  'doubled-columns': f => `These columns occur twice: ${f.columns}. Each may occur once.`,
  'missing-columns': f => `These columns are missing: ${f.columns}.`,
  'no-rows': () => 'The file has a header and no students.',
}

const uploadsZh: Sentences<UploadRefusal> = {
  'no-such-upload': () => '找不到這個上傳檔案。請重新上傳名冊。',
  'applied-already': f => `這個檔案已於 ${f.at} 套用，沒有再次變更。若有新的名冊，請重新上傳。`,
  'register-changed': () => '預覽之後，名冊資料已有變動，因此沒有套用。請重新檢視差異，再按一次套用。',
}

const rowsZh: Sentences<RowRefusal> = {
  'wrong-cell-count': f =>
    `這一列有 ${f.cells} 格，應為 ${f.expected} 格。可能少了逗號，或內容有逗號而未加雙引號。`,
  'duplicate-in-file': f => `同一學號也出現在第 ${f.line} 行（共 ${f.times} 次）。請只留一列。`,
  empty: () => '此欄不可空白。',
  'written-by-spreadsheet': () =>
    '試算表把學號改成數字了（如 1.23E+09）。請將該欄設為「文字」格式後重新匯出。',
  'leading-zeros-lost': f => `學號前面的 0 不見了，可能是 ${f.perhaps}。請將該欄設為「文字」格式後重新匯出。`,
  'wrong-shape': f => `不是學號的格式（${f.shape}：9 為數字、A 為大寫英文字母）。`,
  'too-long': f => `內容有 ${f.characters} 個字元，上限 ${f.most} 個。`,
  'control-character': f => `含有控制字元或換行（${f.character}）。請刪除。`,
  'direction-character': f => `含有改變文字方向的隱藏字元（${f.character}）。請重新輸入此欄。`,
  'invisible-character': f => `含有看不見的字元（${f.character}）。請重新輸入此欄。`,
  'lost-character': f =>
    `有字元在先前存檔時遺失（變成「${f.character === 'U+FFFD' ? '\uFFFD' : '?'}」）。請查明原字，並以「CSV UTF-8」存檔。`,
  'private-use-character': f => `含有造字（${f.character}），其他系統無法顯示。請改用 Unicode 標準字。`,
  'name-too-long': f => `姓名超過 ${f.most} 個字。`,
  'unknown-department': () => '沒有這個系所代碼。請改正，或先在方案中新增系所。',
  'unknown-site': () => '沒有這個校區。',
  'unknown-hall': () => '沒有這個宿舍。不住宿者請留空白。',
  'unknown-word': f => `不認得這個值。可用：${f.allowed}。`,
  'two-digit-year': () => '兩位數年份無法分辨民國或西元。請寫三位數民國年（111）或四位數西元年（2022）。',
  'not-a-year': () => '不是學年度。請寫民國年（111）或西元年（2022）。',
  'year-out-of-range': f => `${f.year} 學年不在 ${f.earliest} 至 ${f.latest} 之間。`,
  'not-a-term': () => '不是學期。請寫 112-1 或 2023-1，多個學期以空格分開。',
  'not-a-date': () => '不是日期。請寫 2024-02-19 或 113/02/19。',
  'not-an-email': () => '不是電子郵件地址。',
}

const uploadsEn: Sentences<UploadRefusal> = {
  'no-such-upload': () => 'There is no such upload. Upload the roster again.',
  'applied-already': f =>
    `This file was applied on ${f.at}; nothing was changed again. Upload the new roster if there is one.`,
  'register-changed': () =>
    'The register has changed since you looked, so nothing was applied. Look at the difference again, then apply.',
}

const rowsEn: Sentences<RowRefusal> = {
  'wrong-cell-count': f =>
    `This row has ${f.cells} cells instead of ${f.expected}. A comma is missing, or a cell with a comma is not in quotation marks.`,
  'duplicate-in-file': f =>
    `The same student number is also on line ${f.line} (${f.times} times in all). Keep one row.`,
  empty: () => 'This cell must not be blank.',
  'written-by-spreadsheet': () =>
    'A spreadsheet made a quantity of the student number (like 1.23E+09). Format the column as text and export again.',
  'leading-zeros-lost': f =>
    `The zeros in front are gone; it may be ${f.perhaps}. Format the column as text and export again.`,
  'wrong-shape': f =>
    `This is not how student numbers are written (${f.shape}: 9 is a digit, A a capital letter).`,
  'too-long': f => `${f.characters} characters; at most ${f.most} are read.`,
  'control-character': f => `It contains a control character or a line break (${f.character}). Delete it.`,
  'direction-character': f =>
    `It contains a hidden character that turns the direction of text (${f.character}). Type this cell anew.`,
  'invisible-character': f => `It contains an invisible character (${f.character}). Type this cell anew.`,
  'lost-character': f =>
    `A character was lost when the file was saved before (it became “${f.character === 'U+FFFD' ? '\uFFFD' : '?'}”). Find the right one and save as “CSV UTF-8”.`,
  'private-use-character': f =>
    `It contains a self-made character (${f.character}) that other systems cannot show. Use the Unicode one.`,
  'name-too-long': f => `The name has more than ${f.most} characters.`,
  'unknown-department': () =>
    'There is no such department. Correct it, or add the department to the programme first.',
  'unknown-site': () => 'There is no such campus.',
  'unknown-hall': () => 'There is no such hall. Leave it blank for people who live elsewhere.',
  'unknown-word': f => `This value is not known. Use one of: ${f.allowed}.`,
  'two-digit-year': () => 'Two digits may be either calendar. Write three digits (ROC, 111) or four (2022).',
  'not-a-year': () => 'This is not an academic year. Write 111 (ROC) or 2022.',
  'year-out-of-range': f => `The year ${f.year} is not between ${f.earliest} and ${f.latest}.`,
  'not-a-term': () => 'This is not a term. Write 112-1 or 2023-1, several parted by spaces.',
  'not-a-date': () => 'This is not a date. Write 2024-02-19 or 113/02/19.',
  'not-an-email': () => 'This is not an e-mail address.',
}

const fieldsZh: Readonly<Record<PersonField, string>> = {
  studentNumber: '學號',
  nameZh: '姓名',
  nameEn: '英文姓名',
  department: '系所代碼',
  entryYear: '入學學年度',
  degree: '學制',
  kind: '身分別',
  status: '學籍狀態',
  site: '校區',
  hall: '宿舍',
  email: '電子郵件',
  language: '語言',
  healthCheck: '新生健檢',
  leaveTerms: '休學學期',
  returnedOn: '復學日期',
  alsoStaff: '教職員身分',
}

const fieldsEn: Readonly<Record<PersonField, string>> = {
  studentNumber: 'student number',
  nameZh: 'Chinese name',
  nameEn: 'English name',
  department: 'department',
  entryYear: 'academic year of entry',
  degree: 'degree',
  kind: 'kind of student',
  status: 'enrolment status',
  site: 'campus',
  hall: 'hall',
  email: 'e-mail',
  language: 'language',
  healthCheck: 'health check',
  leaveTerms: 'terms on leave',
  returnedOn: 'returned on',
  alsoStaff: 'also staff',
}

const zhTW = {
  file: { ...filesZh, ...uploadsZh } satisfies Sentences<FileRefusal | UploadRefusal>,
  row: rowsZh,
  fields: fieldsZh,
  /** Where a fault stands: line, field and what is there. */
  at: (line: number, field: string | null, shown: string) =>
    `第 ${line} 行${field ? `「${field}」` : ''}：${shown}`,
  /** The two columns behind those of the file. */
  badFile: { line: '原檔行號', reason: '錯誤說明' },
  values: {
    enrolled: '在學',
    'on-leave': '休學',
    graduated: '畢業',
    withdrawn: '退學',
    'not-registered': '未註冊',
    regular: '一般生',
    exchange: '交換生',
    visiting: '訪問生',
    'in-service': '在職生',
    bachelor: '學士',
    master: '碩士',
    doctor: '博士',
    done: '已完成',
    missed: '未完成',
    none: '（空白）',
    yes: '是',
    no: '否',
  },
  applying: {
    adds: (people: number) => `新增 ${count(people)} 人`,
    changes: (people: number) => `變更 ${count(people)} 人`,
    losesEnrolment: (people: number) => `其中 ${count(people)} 人不再在學，校園門禁將於下次更新時停用`,
    leavesAlone: (people: number) => `不在檔案中或資料列有誤的 ${count(people)} 人維持不變`,
  },
}

const en: typeof zhTW = {
  file: { ...filesEn, ...uploadsEn },
  row: rowsEn,
  fields: fieldsEn,
  at: (line, field, shown) => `Line ${line}${field ? `, ${field}` : ''}: ${shown}`,
  badFile: { line: 'line in the file', reason: 'what is wrong' },
  values: {
    enrolled: 'enrolled',
    'on-leave': 'on leave',
    graduated: 'graduated',
    withdrawn: 'withdrawn',
    'not-registered': 'not registered',
    regular: 'regular student',
    exchange: 'exchange student',
    visiting: 'visiting student',
    'in-service': 'in-service student',
    bachelor: 'bachelor',
    master: 'master',
    doctor: 'doctor',
    done: 'done',
    missed: 'missed',
    none: '(blank)',
    yes: 'yes',
    no: 'no',
  },
  applying: {
    adds: people => `adds ${count(people)} people`,
    changes: people => `changes ${count(people)} people`,
    losesEnrolment: people =>
      `${count(people)} of them are no longer enrolled; their campus access ends at the next update`,
    leavesAlone: people =>
      `leaves ${count(people)} people as they are, who are missing from the file or stand in a bad row`,
  },
}

/** What the roster room says, in both languages. */
export const words = { 'zh-TW': zhTW, en }

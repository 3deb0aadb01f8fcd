import type { Facts } from '../lib/decision.ts'
import type { PersonField } from './person.ts'
import type { QuestionRefusal } from './question-rules.ts'
import type { FileRefusal, RowRefusal, UploadRefusal } from './rules.ts'
import { tableWords } from './table-words.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

/** A count with its thousands parted, as both languages write it. */
const count = (people: number): string => people.toLocaleString('en')

const filesZh: Sentences<FileRefusal> = {
  ...tableWords['zh-TW'].file,
  'empty-file': () => '檔案是空的。請重新匯出名冊。',
  'no-header': f => `第一列不是欄位名稱（讀到「${f.seen}」）。第一列須有學號、姓名等欄位名稱。`,
  'no-rows': () => '檔案只有標題列，沒有學生資料。',
}

const filesEn: Sentences<FileRefusal> = {
  ...tableWords.en.file,
  'empty-file': () => 'The file is empty. Export the roster again.',
  'no-header': f =>
    `The first row is not a header (it reads “${f.seen}”). It must name the columns: student_number, name_zh, …`,
  'no-rows': () => 'The file has a header and no students.',
}

/** What other files of the last 24 hours have ended, where they have; it is counted too. */
const latelyZh = (people: number, lately: number): string =>
  lately === 0
    ? ''
    : `，過去 24 小時內另有檔案使 ${lately} 人不再在學而未經第二人確認，兩者合計 ${count(people + lately)} 人`
const latelyEn = (people: number, lately: number): string =>
  lately === 0
    ? ''
    : `, and files of the last 24 hours have ended that of ${peopleEn(lately)} without a second person, which counts too: ${count(people + lately)} in all`
const peopleEn = (count: number): string => (count === 1 ? '1 person' : `${count} people`)

const uploadsZh: Sentences<UploadRefusal> = {
  'no-such-upload': () => '找不到這個上傳檔案。請重新上傳名冊。',
  'file-forgotten': () =>
    '這個檔案的內容已依保存期限刪除，只保留套用的筆數與時間。如有需要，請重新上傳名冊。',
  'applied-already': f => `這個檔案已於 ${f.at} 套用，沒有再次變更。若有新的名冊，請重新上傳。`,
  'second-person-needed': f =>
    `套用後將有 ${f.people} 人不再在學${latelyZh(Number(f.people), Number(f.lately))}（在學 ${f.of} 人，免確認上限 ${f.most} 人），須由另一位承辦人確認。請按「請第二人確認」。`,
  'register-changed': () => '預覽之後，名冊資料已有變動，因此沒有套用。請重新檢視差異，再按一次套用。',
}

const questionsZh: Sentences<QuestionRefusal> = {
  'no-second-person-needed': () => '這個檔案不需要第二人確認，請直接套用。',
  'asked-already': () => '已經請第二人確認，請等候答覆，或收回請求。',
  'no-question': () => '這個檔案目前沒有等候確認的請求。請重新檢視。',
  'asked-by-yourself': () => '這是您自己提出的請求，須由另一位承辦人確認。',
  'asked-by-another': () => '這是另一位承辦人提出的請求，只有提出的人可以收回。',
  'another-difference': () =>
    '提出請求之後，名冊資料已有變動，與當時的差異不同。請重新檢視，由提出的人再請求一次。',
  'no-reason-given': () => '不同意時請寫明原因。',
}

const rowsZh: Sentences<RowRefusal> = {
  ...tableWords['zh-TW'].cell,
  'duplicate-in-file': f => `同一學號也出現在第 ${f.line} 行（共 ${f.times} 次）。請只留一列。`,
  'change-without-day': () => '寫了預定學籍狀態，卻沒有學籍異動日。請補上日期，或兩欄都留白。',
  'day-without-change': () => '寫了學籍異動日，卻沒有預定學籍狀態。請補上狀態，或兩欄都留白。',
  empty: () => '此欄不可空白。',
  'written-by-spreadsheet': () =>
    '試算表把學號改成數字了（如 1.23E+09）。請將該欄設為「文字」格式後重新匯出。',
  'leading-zeros-lost': f => `學號前面的 0 不見了，可能是 ${f.perhaps}。請將該欄設為「文字」格式後重新匯出。`,
  'wrong-shape': f => `不是學號的格式（${f.shape}：9 為數字、A 為大寫英文字母）。`,
  'name-too-long': f => `姓名超過 ${f.most} 個字。`,
  'unknown-department': () => '沒有這個系所代碼。請改正，或先在方案中新增系所。',
  'unknown-site': f => `沒有這個校區。現有：${f.known}。`,
  'unknown-hall': () => '沒有這個宿舍。門禁群組設定了該宿舍的門之後才有；不住宿者請留空白。',
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
  'file-forgotten': () =>
    'What stood in this file is not kept any more; only its counts and dates are. Upload the roster again if you need it.',
  'applied-already': f =>
    `This file was applied on ${f.at}; nothing was changed again. Upload the new roster if there is one.`,
  'second-person-needed': f =>
    `Applying it would end the enrolment of ${peopleEn(Number(f.people))}${latelyEn(Number(f.people), Number(f.lately))} (of ${f.of} enrolled; ${f.most} would pass), so a second person of the office confirms it. Choose “Ask a second person”.`,
  'register-changed': () =>
    'The register has changed since you looked, so nothing was applied. Look at the difference again, then apply.',
}

const questionsEn: Sentences<QuestionRefusal> = {
  'no-second-person-needed': () => 'This file needs no second person. Apply it.',
  'asked-already': () =>
    'A second person has been asked already. Wait for the answer, or take the question back.',
  'no-question': () => 'Nothing about this file waits for an answer now. Look again.',
  'asked-by-yourself': () => 'You asked this yourself; somebody else of the office answers.',
  'asked-by-another': () => 'Somebody else asked this; only who asked takes it back.',
  'another-difference': () =>
    'The register has changed since the question was asked, so the difference is another one. Look again, and let the one who asked ask anew.',
  'no-reason-given': () => 'Say why you decline.',
}

const rowsEn: Sentences<RowRefusal> = {
  ...tableWords.en.cell,
  'duplicate-in-file': f =>
    `The same student number is also on line ${f.line} (${f.times} times in all). Keep one row.`,
  'change-without-day': () =>
    'A planned status is given without its day. Add the day, or leave both cells blank.',
  'day-without-change': () =>
    'A day is given without the planned status. Add the status, or leave both cells blank.',
  empty: () => 'This cell must not be blank.',
  'written-by-spreadsheet': () =>
    'A spreadsheet made a quantity of the student number (like 1.23E+09). Format the column as text and export again.',
  'leading-zeros-lost': f =>
    `The zeros in front are gone; it may be ${f.perhaps}. Format the column as text and export again.`,
  'wrong-shape': f =>
    `This is not how student numbers are written (${f.shape}: 9 is a digit, A a capital letter).`,
  'name-too-long': f => `The name has more than ${f.most} characters.`,
  'unknown-department': () =>
    'There is no such department. Correct it, or add the department to the programme first.',
  'unknown-site': f => `There is no such campus. There are: ${f.known}.`,
  'unknown-hall': () =>
    'There is no such hall. A hall is known once an access group of the doors opens for it; leave it blank for people who live elsewhere.',
  'unknown-word': f => `This value is not known. Use one of: ${f.allowedEn}.`,
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
  nextStatus: '預定學籍狀態',
  nextStatusOn: '學籍異動日',
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
  nextStatus: 'planned status',
  nextStatusOn: 'planned status from',
  alsoStaff: 'also staff',
}

const zhTW = {
  file: { ...filesZh, ...uploadsZh, ...questionsZh } satisfies Sentences<
    FileRefusal | UploadRefusal | QuestionRefusal
  >,
  row: rowsZh,
  fields: fieldsZh,
  at: tableWords['zh-TW'].at,
  badFile: tableWords['zh-TW'].badFile,
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
    losesEnrolment: (people: number) =>
      `其中 ${count(people)} 人即刻或自檔案所載之日起不再在學，校園門禁將於其後的更新時終止`,
    leavesAlone: (people: number) => `不在檔案中或資料列有誤的 ${count(people)} 人維持不變`,
  },
}

const en: typeof zhTW = {
  file: { ...filesEn, ...uploadsEn, ...questionsEn },
  row: rowsEn,
  fields: fieldsEn,
  at: tableWords.en.at,
  badFile: tableWords.en.badFile,
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
      `${count(people)} of them are no longer enrolled, now or from the day that the file says; their campus access ends at the next update after it`,
    leavesAlone: people =>
      `leaves ${count(people)} people as they are, who are missing from the file or stand in a bad row`,
  },
}

/** What the roster room says, in both languages. */
export const words = { 'zh-TW': zhTW, en }

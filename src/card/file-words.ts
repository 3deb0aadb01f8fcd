import type { Facts, Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { tableWords } from '../roster/table-words.ts'
import type { CheckedRow } from './file-check.ts'
import type { CardField, FileKind } from './file-columns.ts'
import { numbersEn, numbersZh } from './numbers-words.ts'
import { wrongDigitsEn, wrongDigitsZh } from './printed-words.ts'
import type { TakeRefusal } from './take-file.ts'
import { words as cardWords } from './words.ts'

type Fault = CheckedRow['faults'][number]
type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

const filesZh: Sentences<TakeRefusal> = {
  ...tableWords['zh-TW'].file,
  'format-loses-bytes': f =>
    `卡號格式「${f.format}」不保留 4 及 7 位元組內碼的每個位元組，無法辨認是哪一張卡。請製卡廠商改用 ${f.lossless} 重新匯出。`,
  'printed-numbers-rounded': () =>
    '所有 16 碼以上的外觀卡號，第 16 碼起都是 0：試算表把號碼改成數字，末碼遺失了。請以製卡廠商的原始檔上傳，不要用試算表存檔。',
  'no-such-upload': () => '找不到這個上傳檔案。請重新上傳。',
  'file-forgotten': () => '這個檔案的內容已依保存期限刪除，只保留套用的筆數與時間。如有需要，請重新上傳。',
  'applied-already': f => `這個檔案已於 ${f.at} 套用，沒有再次變更。`,
  'register-changed': () => '預覽之後，登錄資料已有變動，因此沒有套用。請重新檢視，再按一次套用。',
}

const filesEn: Sentences<TakeRefusal> = {
  ...tableWords.en.file,
  'format-loses-bytes': f =>
    `The number format “${f.format}” does not keep every byte of four- and seven-byte chips, so it identifies no card. Ask the maker for ${f.lossless}.`,
  'printed-numbers-rounded': () =>
    'Every printed number of 16 or more digits has only 0 from the 16th on: a spreadsheet made quantities of them and the last digits are lost. Upload the maker’s own file, not one that a spreadsheet saved.',
  'no-such-upload': () => 'There is no such upload. Upload the file again.',
  'file-forgotten': () =>
    'What stood in this file is not kept any more; only its counts and dates are. Upload it again if you need it.',
  'applied-already': f => `This file was applied on ${f.at}; nothing was changed again.`,
  'register-changed': () =>
    'The register has changed since you looked, so nothing was applied. Look again, then apply.',
}

const fieldsZh: Readonly<Record<CardField, string>> = {
  chip: '內碼',
  printedNumber: '外觀卡號',
  edition: '版別',
  studentNumber: '學號',
  counter: '櫃檯',
  box: '卡盒',
  carrierCode: '啟用碼',
  heldSince: '領取日期',
  how: '取得方式',
  item: '項次',
}

const fieldsEn: typeof fieldsZh = {
  chip: 'chip number',
  printedNumber: 'printed number',
  edition: 'edition',
  studentNumber: 'student number',
  counter: 'counter',
  box: 'box',
  carrierCode: 'activation code',
  heldSince: 'held since',
  how: 'how it was given',
  item: 'item',
}

const formatZh = (f: Facts): string => cardWords['zh-TW'].formats[f.format as 'be-hex'] ?? f.format
const formatEn = (f: Facts): string => cardWords.en.formats[f.format as 'be-hex'] ?? f.format
const differs = (f: Facts, fields: Readonly<Record<string, string>>, between: string): string =>
  String(f.differs)
    .split(' ')
    .map(field => fields[field] ?? field)
    .join(between)

const rowsZh: Sentences<Fault['refusal']> = {
  ...tableWords['zh-TW'].cell,
  ...cardWords['zh-TW'].chip,
  ...numbersZh,
  'not-hex': () => '內碼須為十六進位（0–9、A–F）。若檔案是十進位，請在上傳時選擇卡號格式。',
  'wrong-length': f =>
    `內碼須為 8 或 14 個十六進位字元（4 或 7 位元組），此處為 ${f.digits} 個。請向製卡廠商核對這一列。`,
  'blank-chip': () => '內碼全為 0 或全為 F，不是有效的卡片。請重讀這張卡，或請製卡廠商更換。',
  'random-chip': () =>
    '這是手機或隱私卡每次感應都會改變的隨機號碼（以 08 開頭），不能登錄。請刪除這一列，並確認讀的是學生證。',
  'not-digits': () => '外觀卡號只有數字。請依卡面核對這一列。',
  'wrong-digit-count': f => `${wrongDigitsZh(f)}請依卡面核對這一列。`,
  'length-unknown-to-readers': f =>
    `門口的讀卡機（${formatZh(f)}）無法送出 ${f.bytes} 位元組的內碼，這張卡打不開那些門。不可發出，請製卡廠商換一張。`,
  'number-reserved': f =>
    `門口的控制器把這張卡的號碼 ${f.number} 保留作他用，無法寫入。不可發出，請製卡廠商換一張。`,
  empty: () => '此欄不可空白。請補上後重新上傳。',
  'written-by-spreadsheet': f =>
    `試算表把號碼改成數字了（如 ${f.example ?? '1.23E+09'}）。請將該欄設為「文字」格式，由原始檔重新匯出。`,
  'leading-zeros-lost': f => `號碼前面的 0 不見了，可能是 ${f.perhaps}。請將該欄設為「文字」格式後重新匯出。`,
  'not-this-format': f => `不是「${formatZh(f)}」的號碼。請核對這一列，或在上傳時改選卡號格式。`,
  'wrong-shape': f => `不是學號的格式（${f.shape}：9 為數字、A 為大寫英文字母）。`,
  'unknown-edition': f => `換發作業中沒有這個版別。可用：${f.known}。`,
  'unknown-counter': f => `換發作業中沒有這個櫃檯。可用：${f.known}。`,
  'not-a-carrier-code': f => `不是啟用碼：至少 ${f.least} 個英文字母或數字（不含 U）。請確認欄位，或留白。`,
  'box-too-long': f => `卡盒名稱超過 ${f.most} 個字元。`,
  'not-a-date': () => '不是日期。請寫 2023-09-06 或 112/09/06。',
  'in-the-future': f => `領取日期晚於今天（${f.today}）。請改正日期。`,
  'too-long-ago': f => `領取日期早於 ${f.earliest}。請核對年份。`,
  'other-kind': () => '這一列的取得方式與上傳時選擇的檔案種類不同。請確認選對種類與檔案。',
  'unknown-word': f => `不認得這個值。可用：${f.allowed}。`,
  'chip-twice': f => `同一內碼也出現在第 ${f.line} 行（共 ${f.times} 次）。請只留正確的一列。`,
  'printed-twice': f => `同一外觀卡號也出現在第 ${f.line} 行（共 ${f.times} 次）。請只留正確的一列。`,
  'student-twice': f =>
    `同一學號也出現在第 ${f.line} 行（共 ${f.times} 次），每人只能有一張。請只留正確的一列。`,
  'chip-in-register': f =>
    f.differs === ''
      ? `這張卡已在登錄資料中（${f.student ?? '空白卡'}），且與這一列完全相同。這一列可以刪除。`
      : `這張卡已在登錄資料中（${f.student ?? '空白卡'}），但「${differs(f, fieldsZh, '、')}」不同。若登錄資料正確，請刪除這一列。`,
  'card-retired': f =>
    `這張卡已於 ${f.on} 註銷（${cardWords['zh-TW'].retired[String(f.reason)] ?? f.reason}），不可再入庫。請刪除這一列，並收回卡片。`,
  'printed-in-register': f => `這個外觀卡號已是另一張卡（內碼 ${f.chip}）的號碼。請核對兩張卡。`,
  'number-taken': f =>
    `門口的讀卡機分不出這張卡與登錄中的卡 ${f.chip}：以「${formatZh(f)}」送出時都是 ${f.number}。不可發出，請製卡廠商換一張。`,
  'number-twice': f =>
    `門口的讀卡機分不出這張卡與第 ${f.line} 行的卡 ${f.chip}：以「${formatZh(f)}」送出時都是 ${f.number}。只能使用其中一張，請刪除另一列並更換。`,
  'unknown-person': () => '名冊中沒有這個學號。請核對，或先匯入名冊。',
  'pack-waits': f => `這位學生已有一張同版別的卡待領（內碼 ${f.chip}）。若那張不能用，請先註銷。`,
  'holds-already': f => `這位學生已持有同版別的卡（內碼 ${f.chip}）。請核對學號；若那張已遺失，請先掛失。`,
  'uses-another': f => `這位學生在這段期間已使用另一張卡（內碼 ${f.chip}）的校園門禁。請核對學號與日期。`,
  'edition-given-now': () =>
    '這是現在發給的版別：登錄為舊卡會不經啟用就開通校園門禁。若是健檢時發給的卡片，請改選「健檢時發給的卡片」重新上傳；否則請改正版別。',
  'edition-ends': f =>
    `這個版別的校園門禁將於 ${f.ends} 結束，健檢時不發給這種卡。若是學生原已持有的舊卡，請改選「舊卡（學生已持有）」重新上傳；否則請改正版別。`,
  'access-ended': f => `這個版別的校園門禁於 ${f.ends} 結束，不可能在那天之後才領取。請核對日期與版別。`,
}

const rowsEn: Sentences<Fault['refusal']> = {
  ...tableWords.en.cell,
  ...cardWords.en.chip,
  ...numbersEn,
  'not-hex': () =>
    'A chip number is hexadecimal (0–9, A–F). If the file writes decimals, choose its number format when you upload it.',
  'wrong-length': f =>
    `A chip number has 8 or 14 hexadecimal digits (4 or 7 bytes); this has ${f.digits}. Check the row with the maker.`,
  'blank-chip': () =>
    'All zeros or all ones: this is no card. Read the card again, or ask the maker for another.',
  'random-chip': () =>
    'This is a random number (it begins with 08): a phone or privacy card gives another at each tap. Delete the row, and make sure that student cards were read.',
  'not-digits': () => 'A printed number has digits only. Compare the row with the card.',
  'wrong-digit-count': f => `${wrongDigitsEn(f)} Compare the row with the card.`,
  'length-unknown-to-readers': f =>
    `Readers at doors (${formatEn(f)}) are not known to send ${f.bytes}-byte chip numbers; the card would open none of those doors. It must not be given out; ask the maker for another.`,
  'number-reserved': f =>
    `Controllers at doors keep the number ${f.number} for themselves, so they cannot hold this card. It must not be given out; ask the maker for another.`,
  empty: () => 'This cell must not be blank. Fill it in and upload again.',
  'written-by-spreadsheet': f =>
    `A spreadsheet made a quantity of the number (like ${f.example ?? '1.23E+09'}). Format the column as text and export the original again.`,
  'leading-zeros-lost': f =>
    `The zeros in front are gone; it may be ${f.perhaps}. Format the column as text and export again.`,
  'not-this-format': f =>
    `This is no number of the format “${formatEn(f)}”. Check the row, or choose another number format when you upload the file.`,
  'wrong-shape': f =>
    `This is not how student numbers are written (${f.shape}: 9 is a digit, A a capital letter).`,
  'unknown-edition': f => `The programme has no such edition. Use one of: ${f.known}.`,
  'unknown-counter': f => `The programme has no such counter. Use one of: ${f.known}.`,
  'not-a-carrier-code': f =>
    `This is no activation code: at least ${f.least} letters and digits (no U). Check the column, or leave it blank.`,
  'box-too-long': f => `The name of a box has at most ${f.most} characters.`,
  'not-a-date': () => 'This is not a date. Write 2023-09-06 or 112/09/06.',
  'in-the-future': f => `The date is later than today (${f.today}). Correct it.`,
  'too-long-ago': f => `The date is before ${f.earliest}. Check the year.`,
  'other-kind': () =>
    'This row was given otherwise than the kind of file that was chosen says. Check the kind and the file.',
  'unknown-word': f => `This value is not known. Use one of: ${f.allowed}.`,
  'chip-twice': f =>
    `The same chip number is also on line ${f.line} (${f.times} times in all). Keep the right row.`,
  'printed-twice': f =>
    `The same printed number is also on line ${f.line} (${f.times} times in all). Keep the right row.`,
  'student-twice': f =>
    `The same student is also on line ${f.line} (${f.times} times in all), and each may have one. Keep the right row.`,
  'chip-in-register': f =>
    f.differs === ''
      ? `This card is in the register already (${f.student ?? 'a blank'}), exactly as this row has it. The row can be deleted.`
      : `This card is in the register already (${f.student ?? 'a blank'}), with another ${differs(f, fieldsEn, ', ')}. If the register is right, delete the row.`,
  'card-retired': f =>
    `This card was retired for good on ${f.on} (${cardWords.en.retired[String(f.reason)] ?? f.reason}). Delete the row and keep the card back.`,
  'printed-in-register': f => `Another card (chip ${f.chip}) has this printed number. Compare the two cards.`,
  'number-taken': f =>
    `Readers at doors cannot tell this card from card ${f.chip} of the register: as “${formatEn(f)}” both are ${f.number}. It must not be given out; ask the maker for another.`,
  'number-twice': f =>
    `Readers at doors cannot tell this card from card ${f.chip} on line ${f.line}: as “${formatEn(f)}” both are ${f.number}. Use one of them, delete the other row, and ask for another card.`,
  'unknown-person': () => 'The roster has no such student number. Check it, or import the roster first.',
  'pack-waits': f =>
    `A card of this edition waits for this student already (chip ${f.chip}). If it is of no use, retire it first.`,
  'holds-already': f =>
    `This student holds a card of this edition already (chip ${f.chip}). Check the student number; if that card was lost, report it first.`,
  'uses-another': f =>
    `In that time this student has campus access with another card (chip ${f.chip}). Check the student number and the date.`,
  'edition-given-now': () =>
    'This edition is given today: as an old card it would open doors without being activated. If it was given at the health examination, upload the file as that kind; else correct the edition.',
  'edition-ends': f =>
    `Campus access of this edition ends on ${f.ends}; no such card is given at the health examination. If students held it before, upload the file as old cards; else correct the edition.`,
  'access-ended': f =>
    `Campus access of this edition ends on ${f.ends}; a card cannot have been given after that. Check the date and the edition.`,
}

const kindsZh: Readonly<Record<FileKind, string>> = {
  stock: '新製卡片（庫存）',
  numbers: '卡號對照（內碼與外觀卡號）',
  'old-cards': '舊卡（學生已持有）',
  'health-check': '已發給新生的新卡（如健檢或迎新時）',
}
const kindsEn: typeof kindsZh = {
  stock: 'New cards (stock)',
  numbers: 'Numbers of cards (chip and printed)',
  'old-cards': 'Old cards (held by students)',
  'health-check': 'New cards given already (at a health examination, a welcome week)',
}

const zhTW = { file: filesZh, row: rowsZh, fields: fieldsZh, kinds: kindsZh }
const en: typeof zhTW = { file: filesEn, row: rowsEn, fields: fieldsEn, kinds: kindsEn }

/** What is said of files of cards, in both languages. */
export const fileWords = { 'zh-TW': zhTW, en }

/** Why a file of cards is not taken in, as a sentence with what to do. */
export const sayTake = (refused: Refused<TakeRefusal>, language: Language): string =>
  fileWords[language].file[refused.refusal](refused.facts)

/** What is wrong in a row, as a sentence with what to do. */
export const sayRowFault = ({ refusal, facts }: Fault, language: Language): string =>
  fileWords[language].row[refusal](facts)

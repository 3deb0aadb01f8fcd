import { sayCount } from '../web/when.ts'

const zhTW = {
  title: '檔案寫不出的姓名',
  about: (encoding: string) =>
    `交給這個系統的檔案用 ${encoding} 編碼。這個編碼沒有的字，檔案裡會依設定改用英文姓名或符號；門禁本身不受影響。`,
  personal: '查看時會記錄是誰看了哪些人的姓名。',
  look: '查看是哪些人（會留下紀錄）',
  none: '每個人的姓名都寫得出來',
  noneNext: '應能開這個系統的門的人，姓名都在它的編碼裡；或檔案裡沒有姓名欄。',
  count: (people: number) => `${sayCount(people, 'en')} 人的姓名寫不完整`,
  countNext: '請告訴對方系統的管理者，或把檔案設定改為 UTF-8。',
  student: '學號',
  missing: '編碼沒有的字',
  more: (shown: number) => `只列前 ${shown} 人。`,
  looking: '核對中…',
  refused: '無法顯示',
}
const en: typeof zhTW = {
  title: 'Names its files cannot write',
  about: encoding =>
    `Files for this system are written in ${encoding}. For a character that it has not, the English name or a sign stands in the file, as the settings say; doors open all the same.`,
  personal: 'When you look, it is written down that you saw them, and of whom.',
  look: 'See who (written down)',
  none: 'Every name can be written',
  noneNext:
    'Of everybody who should open this system’s doors the name survives its encoding, or its files have no names.',
  count: people => `${sayCount(people, 'en')} ${people === 1 ? 'name does' : 'names do'} not survive`,
  countNext: 'Tell whoever runs the other system, or set its files to UTF-8.',
  student: 'Student number',
  missing: 'Characters it has not',
  more: shown => `Only the first ${shown} are listed.`,
  looking: 'Looking…',
  refused: 'This cannot be shown',
}

/** What is said of names that another system's files cannot write, in both languages. */
export const unwritableWords = { 'zh-TW': zhTW, en }

/** A count with its thousands parted, as both languages write it. */
const count = (people: number): string => people.toLocaleString('en')

const zhTW = {
  title: '名冊匯入',
  about: '上傳教務系統匯出的名冊（CSV 或 Excel）。上傳後先顯示差異，按下套用才會變更。',
  drop: '把名冊檔案拖曳到這裡，或',
  limits:
    'CSV（UTF-8、UTF-16 或 Big5）或 Excel 活頁簿（xlsx，讀第一張看得見的工作表），最大 20 MB。至少須有學號、姓名、英文姓名、系所、入學學年度、學制、身分別、學籍狀態、校區等欄位。',
  nothingChanged: '名冊沒有任何變更。',
  noneYet: '還沒有上傳過名冊',
  noneYetNext: '第一次匯入時，檔案中的每個人都會列為新增。',
  applied: (adds: number, changes: number) => `已套用：新增 ${count(adds)}，變更 ${count(changes)}`,
  converted: (years: number) => `${count(years)} 筆民國年已換算為西元年`,
  lists: { changed: '變更', added: '新增', missing: '不在檔案中', bad: '錯誤列' },
  unchanged: (people: number) => `${count(people)} 人沒有變更`,
  empty: {
    changed: ['沒有變更', '檔案中已在名冊的人，內容都與名冊相同。'],
    added: ['沒有新增', '檔案中的每個人都已在名冊中。'],
    missing: ['沒有缺少', '名冊中的每個人都在檔案裡。'],
    bad: ['沒有錯誤', '每一列都可以使用。'],
  },
  missingNote: '名冊有、檔案沒有的人維持不變；不會因為檔案較短而停止任何人的權限。',
  badNote: '錯誤列不套用，這些人維持不變。下載後依最後一欄修正，再把檔案拖進來即可。',
  badWithoutNumber: (rows: number) => `其中 ${rows} 列讀不出學號，可能是「不在檔案中」的人。`,
  number: '學號',
  name: '姓名',
  department: '系所',
  status: '學籍',
  changes: '變更內容',
  becomes: '改為',
  apply: (adds: number, changes: number) =>
    `套用：${[adds > 0 && `新增 ${count(adds)} 人`, changes > 0 && `變更 ${count(changes)} 人`].filter(Boolean).join('，')}`,
  nothingToDo: '與名冊相同，沒有需要套用的變更',
  nothingToDoNext: '若預期有變更，請確認上傳的是最新匯出的檔案。',
  onlyBad: '可用的資料列都與名冊相同；錯誤列請修正後再上傳',
  done: '已套用',
  doneNext: '相關人員的門禁權限已重新計算，將於下次更新時生效。',
  appliedBefore: '這個檔案已經套用過。',
}

const en: typeof zhTW = {
  title: 'Roster import',
  about:
    'Upload the roster that the registrar’s system exports (CSV or Excel). You see the difference first; nothing changes until you apply it.',
  drop: 'Drop the roster file here, or',
  limits:
    'CSV (UTF-8, UTF-16 or Big5) or an Excel workbook (xlsx; its first visible sheet is read), at most 20 MB, with at least student number, both names, department, year of entry, degree, kind, status and campus.',
  nothingChanged: 'Nothing was changed in the register.',
  noneYet: 'No roster was uploaded yet',
  noneYetNext: 'At the first import everybody in the file is listed as added.',
  applied: (adds, changes) => `Applied: ${count(adds)} added, ${count(changes)} changed`,
  converted: years => `${count(years)} years of the ROC calendar were converted`,
  lists: { changed: 'Changed', added: 'Added', missing: 'Missing', bad: 'Bad rows' },
  unchanged: people => `${count(people)} people unchanged`,
  empty: {
    changed: ['Nothing changed', 'Whoever is in the register reads the same in the file.'],
    added: ['Nobody is new', 'Everybody in the file is in the register.'],
    missing: ['Nobody is missing', 'Everybody in the register is in the file.'],
    bad: ['No bad rows', 'Every row can be used.'],
  },
  missingNote:
    'Who is in the register and not in the file stays as they are: a short file ends nobody’s access.',
  badNote:
    'Bad rows are not applied; these people stay as they are. Download them, correct them by the last column, and drop that file here.',
  badWithoutNumber: rows =>
    `Of ${rows} of them the student number could not be read; some of the missing may be these.`,
  number: 'Student number',
  name: 'Name',
  department: 'Department',
  status: 'Status',
  changes: 'What changes',
  becomes: 'becomes',
  apply: (adds, changes) =>
    `Apply: ${[adds > 0 && `add ${count(adds)}`, changes > 0 && `change ${count(changes)}`].filter(Boolean).join(', ')}`,
  nothingToDo: 'The same as the register: there is nothing to apply',
  nothingToDoNext: 'If you expected changes, check that this is the newest export.',
  onlyBad: 'The rows that can be used read the same as the register; correct the bad ones and upload them',
  done: 'Applied',
  doneNext: 'The access of everybody concerned was computed anew; the doors follow at the next update.',
  appliedBefore: 'This file was applied before.',
}

/** The words of the import screen. */
export const importWords = { 'zh-TW': zhTW, en }

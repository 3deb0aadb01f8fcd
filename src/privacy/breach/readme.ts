import { categoryWords } from '../category-words.ts'
import { blank, type Found } from './letters.ts'
import type { BreachQuestion } from './question.ts'

/** What the README says beside what the drafts do. */
export interface Told extends Found {
  question: BreachQuestion
  /** What following the journal's chain found, as a sentence; and whether it is whole. */
  journal: string
  journalWhole: boolean
  /** People who are forgotten since: they cannot be told. */
  forgotten: number
  accounts: number
  /** Where looks of the beginning of the time are not kept any more: from when on they are. */
  looksSince: string | null
  /** Tables whose rows name nobody, of those that were copied. */
  nameNobody: readonly string[]
}

function askedOf({ account, role, tables }: BreachQuestion): { zh: string; en: string } {
  if (account !== null || role !== null) {
    const whoZh = [account && `帳號 ${account}`, role && `角色 ${role}`].filter(Boolean).join('、')
    const who = [account && `the account ${account}`, role && `the role ${role}`]
      .filter(Boolean)
      .join(', in ')
    return { zh: `${whoZh} 看過或處理過哪些人`, en: `whom ${who} was shown or acted on` }
  }
  return tables.length === 0
    ? { zh: '整個資料庫被複製', en: 'the whole database was copied' }
    : { zh: `資料表被複製：${tables.join('、')}`, en: `these tables were copied: ${tables.join(', ')}` }
}

const files = `
| 檔案 file | 內容 what it is |
|---|---|
| affected.csv | 可能受影響的人、資料類別、次數、最早與最晚、經由哪些帳號 · who may be concerned, by which data, how often, first, last, by whom |
| accounts.csv | 期間內查閱或操作的帳號與其登入 · every account that looked or acted then, and its sign-ins |
| journal.jsonl | 稽核紀錄原文，一行一筆 · the journal, an entry a line, in the form in which it is sealed |
| looks.jsonl | 查閱紀錄與當時看到的人 · looks, and whom each showed: they are forgotten after a time, so keep these |
| notice-to-people.*.md | 通知當事人的草稿 · drafts for the people |
| notice-to-authority.*.md | 通報主管機關的草稿 · drafts for the authority |
`

function limitsZh(told: Told): string[] {
  const copied = told.question.account === null && told.question.role === null
  return [
    ...(told.journalWhole ? [] : ['**稽核紀錄與其封存不符：此資料夾的名單可能不完整，請先查明。**']),
    ...(told.looksSince ? [`查閱紀錄只保存到 ${told.looksSince}；更早看到的人不在名單中。`] : []),
    ...(copied
      ? [
          '名單是現在資料庫裡的內容，不是當時的：之後刪除的不在其中，之後新增的也列入。',
          '名冊等檔案無法得知其中有誰：只要檔案還在，就列出所有人。',
        ]
      : [
          '本系統以外的途徑（資料庫管理者、備份、主機）不會留下查閱紀錄。懷疑資料庫被複製時，請不加 --account 與 --role 再做一次。',
        ]),
    ...(told.forgotten > 0 ? [`其中 ${told.forgotten} 人的身分資料已依保存期限刪除，無法通知。`] : []),
    ...(told.nameNobody.length > 0 ? [`無法連結到任何人的資料表：${told.nameNobody.join('、')}。`] : []),
    '製作本資料夾也記為一次查閱：名單上每個人都會在「誰查閱過我的資料」看到。',
    '資料夾含個人資料：只交給必須處理的人，事後刪除。',
  ]
}

function limitsEn(told: Told): string[] {
  const copied = told.question.account === null && told.question.role === null
  return [
    ...(told.journalWhole
      ? []
      : ['**The journal does not fit its seals: this list may lack people. Find out why first.**']),
    ...(told.looksSince
      ? [`Looks are kept since ${told.looksSince} only; whoever was seen before is not listed.`]
      : []),
    ...(copied
      ? [
          'It is what the database holds now, not then: what was erased since is not in it, what came since is.',
          'Nobody can say from outside who stands in a file such as a roster: while one is kept, everybody is listed.',
        ]
      : [
          'What did not go through Gatehouse (the database’s administrators, backups, the machine) leaves no look. If the database may have been copied, ask again without --account and --role.',
        ]),
    ...(told.forgotten > 0
      ? [`Of ${told.forgotten} of them it is forgotten who they were; they cannot be told.`]
      : []),
    ...(told.nameNobody.length > 0
      ? [`Tables whose rows lead to nobody: ${told.nameNobody.join(', ')}.`]
      : []),
    'Making this is itself a look: everybody on the list reads of it under “Who looked at my record”.',
    'The folder has personal data: give it to those who must work with it, and delete it afterwards.',
  ]
}

const list = (lines: readonly string[]): string => lines.map(line => `- ${line}`).join('\n')

/** What was asked, what was found, what this does not know, and what is in the folder. */
export function readme(told: Told): string {
  const asked = askedOf(told.question)
  const categories = [...told.categories].map(([category, people]) => {
    const { name } = categoryWords[category]!
    return `| ${name['zh-TW']} · ${name.en} | ${people} |`
  })
  return `# 個資事故資料夾 · Breach pack

- 問題：${asked.zh}
- Asked: ${asked.en}
- 期間 time: ${told.from} – ${told.to}（校園當地時間 the campus's own time）
- 製作 made: ${told.madeAt}
- 可能受影響 people who may be concerned: **${told.people}**
- 期間內有活動的帳號 accounts that looked or acted then: ${told.accounts}
- 稽核紀錄 the journal: ${told.journal}

| 資料類別 category | 人數 people |
|---|---|
${categories.join('\n')}

## 這裡不能告訴您的

${list(limitsZh(told))}

## What this cannot tell

${list(limitsEn(told))}

## 檔案 · Files
${files}
草稿中 ${blank['zh-TW']('…')} 與 ${blank.en('…')} 是軟體無法得知、必須由人填寫的部分。 Marks like these are what no software knows.
`
}

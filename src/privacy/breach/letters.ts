import type { Language } from '../../lib/words.ts'
import type { Programme } from '../../programme/shape.ts'
import { categoryWords } from '../category-words.ts'

/** What is known for certain when drafts are written. */
export interface Found {
  campus: Record<Language, string>
  privacy: Programme['privacy']
  /** The time asked about, in the campus's own time. */
  from: string
  to: string
  madeAt: string
  people: number
  /** Of how many people each category is concerned, in the order of the data map. */
  categories: ReadonlyMap<string, number>
}

/** A blank that only people can fill in; the README says to look for these marks. */
export const blank = {
  'zh-TW': (what: string) => `【待填：${what}】`,
  en: (what: string) => `[TO FILL IN: ${what}]`,
}

const categoryLine = (found: Found, language: Language): string =>
  [...found.categories]
    .map(([category, people]) => {
      const { name, comprises } = categoryWords[category]!
      return language === 'zh-TW'
        ? `- ${name[language]}（${comprises[language]}）：${people} 人`
        : `- ${name[language]} (${comprises[language]}): ${people} people`
    })
    .join('\n')

function contactOf({ privacy }: Found, language: Language): string {
  const office = privacy?.rightsOffice
  if (!office)
    return blank[language](language === 'zh-TW' ? '聯絡窗口、電話、電子郵件' : 'contact, phone, e-mail')
  return [office.name[language], office.phone, office.email, office.address[language]].join(
    language === 'zh-TW' ? '，' : ', ',
  )
}

function officerOf({ privacy }: Found, language: Language): string {
  const officer = privacy?.officer
  if (!officer) return blank[language](language === 'zh-TW' ? '個資保護聯絡人' : 'data protection officer')
  return [officer.name[language], ...(officer.phone ? [officer.phone] : []), officer.email].join(
    language === 'zh-TW' ? '，' : ', ',
  )
}

const controllerOf = (found: Found, language: Language): string =>
  found.privacy?.controller[language] ?? found.campus[language]

function toPeopleZh(found: Found): string {
  const fill = blank['zh-TW']
  return `# 個人資料事故通知（草稿，寄發前請補完所有【待填】）

依個人資料保護法第 12 條及其施行細則第 22 條：以適當方式通知當事人，內容包括個人資料被侵害之事實及已採取之因應措施。
寄送時，«…» 以 affected.csv 的同名欄位帶入。

---

«姓名» 您好：

${controllerOf(found, 'zh-TW')}於${fill('發現的日期與時間')}發現，${fill('發生了什麼：竊取、洩漏、竄改或其他侵害，一兩句話')}。
可能受影響的期間為 ${found.from} 至 ${found.to}（校園當地時間）。

**涉及您的資料**：«資料類別»

**我們已採取的措施**：${fill('例如：停用帳號、封鎖連線、更換憑證、通報主管機關與警方')}

**可能的影響**：${fill('例如：可能收到冒名的電子郵件或電話')}

**建議您**：${fill('例如：提防冒名詐騙、卡片異常時請在「我的學生證」暫停門禁或掛失')}

您可以登入「我的學生證」，在「誰查閱過我的資料」查看查閱紀錄，也可以依個人資料保護法第 3 條行使查詢、更正與刪除等權利。

聯絡窗口：${contactOf(found, 'zh-TW')}
`
}

function toPeopleEn(found: Found): string {
  const fill = blank.en
  return `# Notice of a personal data breach (draft: fill in every [TO FILL IN] before it is sent)

By article 12 of Taiwan's Personal Data Protection Act and article 22 of its Enforcement Rules (the facts, and the measures taken),
and by article 34 of the GDPR (its nature, a contact, likely consequences, measures). «…» are columns of affected.csv.

---

Dear «Name»,

On ${fill('day and hour on which it was noticed')}, ${controllerOf(found, 'en')} found that ${fill('what happened, in a sentence or two: stolen, disclosed, altered, lost')}.
It may concern the time from ${found.from} to ${found.to} (the campus's own time).

**Which of your data**: «Categories»

**What we have done**: ${fill('for example: the account was ended, the connection closed, keys changed, authority and police told')}

**What may follow**: ${fill('for example: messages or calls in a false name')}

**What you can do**: ${fill('for example: beware of such calls; pause or report your card under "My card" when something looks wrong')}

Signed in, you can read who looked at your record under "Who looked at my record". You may ask to see, correct and erase your data.

Contact: ${contactOf(found, 'en')}
Data protection officer: ${officerOf(found, 'en')}
`
}

function toAuthorityZh(found: Found): string {
  const fill = blank['zh-TW']
  return `# 個人資料事故通報（草稿，送出前請補完所有【待填】）

一、通報機關：${controllerOf(found, 'zh-TW')}
二、發生時間：${found.from} 至 ${found.to}（校園當地時間）之間；確切時間：${fill('經查證的時間')}
三、發現時間與經過：${fill('何時、由誰、如何發現')}
四、事故種類：${fill('竊取、洩漏、竄改、毀損、滅失或其他侵害')}
五、發生原因與事實：${fill('已知的事實與原因')}
六、可能受影響的人數：${found.people} 人（依查閱紀錄與稽核紀錄計算，名單見 affected.csv）
七、個人資料類別與人數：
${categoryLine(found, 'zh-TW')}
八、可能的影響：${fill('對當事人可能造成的損害')}
九、已採取與擬採取的因應措施：${fill('控制、復原與防止再發生的措施')}
十、通知當事人的時間與方式：${fill('何時、以何種方式；未通知者的理由')}
十一、聯絡窗口：${contactOf(found, 'zh-TW')}；個資保護聯絡人：${officerOf(found, 'zh-TW')}
十二、本件製作時間：${found.madeAt}
`
}

function toAuthorityEn(found: Found): string {
  const fill = blank.en
  return `# Notification of a personal data breach (draft: fill in every [TO FILL IN] before it is sent)

For the supervisory authority (GDPR art. 33(3)), and for Taiwan's authority (when, how, how many, which categories, measures).

1. Controller: ${controllerOf(found, 'en')}
2. Nature of the breach: ${fill('stolen, disclosed, altered, destroyed or lost; how it came about')}
3. When: between ${found.from} and ${found.to} (the campus's own time); known exactly: ${fill('the time that was established')}
4. Noticed: ${fill('when, by whom, how')}; if more than 72 hours ago, why it is told only now: ${fill('reasons, art. 33(1)')}
5. People concerned, approximately: ${found.people} (from the record of who looked and the journal; affected.csv names them)
6. Categories of data, and of how many people:
${categoryLine(found, 'en')}
7. Data protection officer: ${officerOf(found, 'en')}; other contact: ${contactOf(found, 'en')}
8. Likely consequences: ${fill('for those concerned')}
9. Measures taken or proposed: ${fill('to contain, to repair, and to keep it from happening again')}
10. People told: ${fill('when and how; why not, where they were not (art. 34(3))')}
11. This was made at ${found.madeAt}.
`
}

/** Drafts of what is told to people and to the authority, each a file by its name. */
export const letters = (found: Found): Record<string, string> => ({
  'notice-to-people.zh-TW.md': toPeopleZh(found),
  'notice-to-people.en.md': toPeopleEn(found),
  'notice-to-authority.zh-TW.md': toAuthorityZh(found),
  'notice-to-authority.en.md': toAuthorityEn(found),
})

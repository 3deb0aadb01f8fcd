import type { Facts } from '../lib/decision.ts'
import { sayDate, sayWall } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import type { RefusalWords } from '../server/perform.ts'
import type { PublishRefusal } from './may-publish.ts'

const wall = (at: Facts[string] | undefined, language: Language): string => sayWall(String(at), language)
const day = (on: Facts[string] | undefined, language: Language): string =>
  sayDate(Temporal.PlainDate.from(String(on)), language)

/** Why a programme is not published, and what to do. */
export const publishWords: RefusalWords<PublishRefusal> = {
  'zh-TW': {
    'programme-has-problems': (f: Facts) =>
      `檔案有 ${f.count} 個問題（第一個在第 ${f.line} 行），因此沒有發布。請先檢查檔案並逐一改正。`,
    'changed-meanwhile': (f: Facts) =>
      f.version === null
        ? '比對時的版本已不存在，因此沒有發布。請重新檢查檔案。'
        : `檢查之後已有人發布第 ${f.version} 版，因此沒有發布。請下載該版、併入您的修改，再重新檢查。`,
    'not-what-was-looked-at': () => '內容與檢查過的檔案不同，因此沒有發布。請重新檢查後再發布。',
    'nothing-changes': (f: Facts) => `內容與現行的第 ${f.version} 版相同，沒有需要發布的變更。`,
    'another-campus': (f: Facts) =>
      `現行作業屬於「${f.campus}」、時區 ${f.zone}，更新時段、承諾時間、已登錄的學號與金額都依此訂定，不能更換。請把 campus 的 id、zone、studentNumber 與 currency 改回原值；另一所學校請另外安裝。`,
    'edition-in-use': (f: Facts) =>
      `已有 ${f.count} 張卡片屬於版別「${f.id}」，不能從 editions 移除。請保留這個版別。`,
    'counter-has-cards': (f: Facts) =>
      `櫃檯「${f.id}」還有 ${f.count} 張卡片，不能移除。請先移走卡片，或保留這個櫃檯。`,
    'counter-has-clerks': (f: Facts) =>
      `櫃檯「${f.id}」還有 ${f.count} 位櫃檯人員，不能移除。請保留這個櫃檯。`,
    'site-in-use': (f: Facts) =>
      `名冊中有 ${f.count} 人屬於校區「${f.id}」，不能移除。請保留這個校區，或先匯入更正後的名冊。`,
    'faculty-in-use': (f: Facts) =>
      `有 ${f.count} 個門禁群組開放給學院「${f.id}」，不能移除。請保留這個學院，或先更改門禁群組。`,
    'department-in-use': (f: Facts) =>
      `名冊中有 ${f.count} 人屬於系所「${f.id}」，不能移除。請保留這個系所，或先匯入更正後的名冊。`,
    'deadline-has-passed': (f: Facts) =>
      `版別「${f.edition}」的校園門禁已於${day(f.on, 'zh-TW')}終止；已終止的不會恢復。請保留原來的截止日，或從 deadline.editions 移除這個版別。`,
    'deadline-in-the-past': (f: Facts) =>
      `截止日${day(f.on, 'zh-TW')}已經過去，版別「${f.edition}」的校園門禁不能回溯終止。請改為未來的日期。`,
    'deadline-outruns-doors': (f: Facts) =>
      `各門要到 ${wall(f.learn, 'zh-TW')} 才都知道新的截止日，但原來或新的截止時刻是 ${wall(f.end, 'zh-TW')}；這段時間會有人被擋在門外，或有人仍能進入。請把截止日訂在 ${wall(f.learn, 'zh-TW')} 之後；若原截止日已近，請維持不變。`,
    'promise-broken': (f: Facts) =>
      `已有 ${f.count} 人啟用新卡並得到承諾的時間，新的更新時段來不及兌現。請在 ${wall(f.after, 'zh-TW')} 的更新開始之後再發布，或調整更新時段。`,
    'changes-overtaken': (f: Facts) =>
      `已有 ${f.count} 人的門禁變更排在 ${wall(f.after, 'zh-TW')} 的更新；新的時段在 ${wall(f.next, 'zh-TW')} 就先更新，之後的決定會被排定的變更蓋過。請在 ${wall(f.after, 'zh-TW')} 的更新開始之後再發布。`,
    'update-due': (f: Facts) => `${wall(f.at, 'zh-TW')} 的更新時間已到，即將開始。請稍候片刻再發布。`,
    'cards-coming-in': () =>
      '有一個卡片檔案正在套用，依據的是現行的版別與櫃檯。沒有任何變更。請稍候片刻再發布。',
    'needs-second-person': (f: Facts) =>
      `現行的第 ${f.version} 版規定由第二人發布，您不能一個人發布。請提交給另一位承辦，由他查看差異後發布。`,
  },
  en: {
    'programme-has-problems': (f: Facts) =>
      `The file has ${f.count} problems (the first on line ${f.line}) and was not published. Have it checked and mend each of them first.`,
    'changed-meanwhile': (f: Facts) =>
      f.version === null
        ? 'The version it was compared with is not there, so it was not published. Have it checked again.'
        : `Version ${f.version} was published after yours was checked, so yours was not published. Download that version, bring your changes into it, and have it checked again.`,
    'not-what-was-looked-at': () =>
      'This is not the text that was checked, so it was not published. Have it checked again, then publish.',
    'nothing-changes': f =>
      `It says the same as version ${f.version}, which is in force: nothing to publish.`,
    'another-campus': f =>
      `The programme in force belongs to "${f.campus}" in ${f.zone}; updates, promises, registered student numbers and amounts hang on that and cannot be given another. Put id, zone, studentNumber and currency of campus back; another campus gets a Gatehouse of its own.`,
    'edition-in-use': f =>
      `${f.count} cards are of the edition "${f.id}", so it cannot be taken out of editions. Keep it.`,
    'counter-has-cards': f =>
      `${f.count} cards lie at the counter "${f.id}", so it cannot be removed. Move the cards first, or keep the counter.`,
    'counter-has-clerks': f =>
      `${f.count} clerks work at the counter "${f.id}", so it cannot be removed. Keep the counter.`,
    'site-in-use': f =>
      `${f.count} people of the roster belong to the site "${f.id}", so it cannot be removed. Keep it, or import a corrected roster first.`,
    'faculty-in-use': f =>
      `${f.count} access groups open doors to the faculty "${f.id}", so it cannot be removed. Keep it, or change the groups first.`,
    'department-in-use': f =>
      `${f.count} people of the roster belong to the department "${f.id}", so it cannot be removed. Keep it, or import a corrected roster first.`,
    'deadline-has-passed': f =>
      `The campus access of the edition "${f.edition}" ended on ${day(f.on, 'en')}; what has ended stays ended. Keep that date, or take the edition out of deadline.editions.`,
    'deadline-in-the-past': f =>
      `The deadline ${day(f.on, 'en')} lies in the past, and the campus access of the edition "${f.edition}" cannot end in retrospect. Choose a date to come.`,
    'deadline-outruns-doors': f =>
      `All doors know of the new deadline only by ${wall(f.learn, 'en')}, but access ends, as it was or as it would be, on ${wall(f.end, 'en')}; until they know, people would stand outside or still get in. Choose a deadline after ${wall(f.learn, 'en')}; where the old one is that near, leave it.`,
    'promise-broken': f =>
      `${f.count} people have activated and were promised a time that the new updates would not keep. Publish after the update of ${wall(f.after, 'en')} has begun, or choose other times.`,
    'changes-overtaken': f =>
      `Changes of ${f.count} people wait for the update of ${wall(f.after, 'en')}; the new timetable has one on ${wall(f.next, 'en')} before it, and what is decided for that one would be undone by what waits. Publish after the update of ${wall(f.after, 'en')} has begun.`,
    'needs-second-person': f =>
      `Version ${f.version}, which is in force, has a second person publish: you cannot do it alone. Propose it, and another officer looks at the difference and publishes it.`,
    'cards-coming-in': () =>
      'A file of cards is being applied just now, by the editions and counters in force. Nothing was changed. Publish in a moment, when it is done.',
    'update-due': f =>
      `The update of ${wall(f.at, 'en')} is due and about to begin. Publish in a moment, when it has.`,
  },
}

import type { Facts } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { labelOf } from './field-words.ts'
import { sayForm, sayKind } from './form-words.ts'

/** A field as the form calls it, and by the name that it has in the text. */
function sayField({ name, within }: Facts, language: Language): string {
  const label = labelOf([String(within), String(name)], language)
  if (language === 'zh-TW') return `「${label}」（${name}）`
  return label === name ? `"${name}"` : `"${label}" (${name})`
}

const zhTW = {
  place: (line: number, path: string) => `第 ${line} 行${path ? `（${path}）` : ''}：`,
  problems: {
    'text-too-long': (f: Facts) => `檔案超過 ${f.most} 個字元。請確認選對檔案，或刪去不需要的內容。`,
    'stray-character': () => '這裡有無法保存的字元（空字元或殘缺的字）。請以 UTF-8 重新存檔，或刪除該字元。',
    'nested-too-deep': () => '括號或縮排的層次太深。請確認選對檔案。',
    'not-yaml': (f: Facts) => `無法讀取此處的 YAML 格式（${f.said}）。請檢查縮排、引號與冒號。`,
    'doubled-field': () => '同一個欄位寫了兩次。請只留一個。',
    'not-a-programme': () => '這不是換發計畫：最外層應該是「欄位: 值」。請從 programmes/ 裡的範例開始。',
    'field-missing': (f: Facts) => `缺少欄位${sayField(f, 'zh-TW')}。請補上。`,
    'field-unknown': (f: Facts) => `不認得欄位「${f.name}」。請改正拼字或刪除。`,
    'language-missing': (f: Facts) => `缺少${f.language === 'en' ? '英文' : '中文'}文字。兩種語言都要寫。`,
    'text-empty': () => '文字是空的。請填寫。',
    'list-empty': () => '清單是空的。請至少填一項；可不填的欄位請整個刪去。',
    'too-long': () => '內容太長。請縮短。',
    'wrong-type': (f: Facts) => `應為${sayKind(f.wanted, 'zh-TW')}，但寫的是 ${f.given}。請改正。`,
    'wrong-form': (f: Facts) => `寫法不正確：${f.given}。${sayForm(f.wanted, 'zh-TW')}`,
    'not-one-of': (f: Facts) => `應為下列之一：${f.wanted}；但寫的是 ${f.given}。請改正。`,
    'not-a-date': (f: Facts) => `${f.given} 不是存在的日期。請寫成 2024-03-01 的形式。`,
    'not-a-time': (f: Facts) => `${f.given} 不是時刻。請寫成 15:00 的 24 小時制形式。`,
    'number-out-of-range': (f: Facts) => `數字 ${f.given} 超出範圍（應 ${f.limit}）。請改正。`,
    'unknown-zone': (f: Facts) => `不認得時區「${f.zone}」。請寫名稱，例如 Asia/Taipei，不要寫時差。`,
    'doubled-id': (f: Facts) => `代號「${f.id}」用了兩次。請改其中一個。`,
    'law-asks-more': (f: Facts) =>
      `${f.law} 要求告知事項寫明「${f.field}」。請在 privacy 補上，或從 laws 移除這部法律。`,
    'doubled-address': (f: Facts) =>
      `電子郵件地址「${f.email}」用了兩次，同一地址只會收到一封信。請改其中一個，或合併成一個單位。`,
    'unknown-counter': (f: Facts) => `沒有代號為「${f.id}」的櫃檯。現有：${f.known}。請改正或新增櫃檯。`,
    'unknown-edition': (f: Facts) => `沒有代號為「${f.id}」的卡片版本。現有：${f.known}。請改正或新增版本。`,
    'unknown-evidence': (f: Facts) => `沒有代號為「${f.id}」的證明。現有：${f.known}。請改正或新增證明。`,
    'unknown-faculty': (f: Facts) => `沒有代號為「${f.id}」的學院。現有：${f.known}。請改正或新增學院。`,
    'unknown-cohort': (f: Facts) => `沒有代號為「${f.id}」的群組。現有：${f.known}。請改正或新增群組。`,
    'unknown-site': (f: Facts) => `沒有代號為「${f.id}」的校區。現有：${f.known}。請改正或新增校區。`,
    'unknown-source': (f: Facts) => `出處「${f.id}」不在 sources 裡。請改正或補上網址。`,
    'pointer-to-nothing': (f: Facts) => `「${f.pointer}」沒有指到任何值。請改正或刪除。`,
    'kinds-never-asked': (f: Facts) =>
      `證明「${f.id}」由系統查驗，不會詢問種類。請刪除 kinds；只有證件類才填。`,
    'second-person-never-asked': (f: Facts) =>
      `出示「${f.id}」本來就可領取，不會再請第二人確認。請將它從 accepts 或 whenNeither 移除，或改為 clerk-alone。`,
    'proxy-shows-the-phone': () =>
      '代領人沒有學生的手機，不能出示 APP 的動態條碼。請將 app-proof 從代領的應備證明移除。',
    'cohort-gap': (f: Facts) =>
      `最後一個群組「${f.id}」仍有條件，有些人會不屬於任何群組。請在最後加一個沒有條件的群組（when: {}）。`,
    'cohorts-never-reached': (f: Facts) =>
      `群組「${f.id}」沒有條件，後面的群組永遠輪不到。請加上條件，或移到最後。`,
    'years-turned': (f: Facts) => `入學年度起（${f.from}）晚於迄（${f.through}）。請對調。`,
    'closes-before-opens': (f: Facts) => `櫃檯「${f.id}」${f.from} 開、${f.until} 關。關門要晚於開門。`,
    'dates-turned': (f: Facts) => `${f.from} 起至 ${f.until} 前，沒有任何一天。結束日要晚於開始日。`,
    'timetable-empty': () => '門禁沒有任何更新時段，啟用的卡片永遠不會生效。請至少填一個時段。',
    'doubled-time': (f: Facts) => `更新時段 ${f.at} 寫了兩次。請刪除一個。`,
    'usually-longer-than-most': (f: Facts) => `${f.at} 時段的通常時間比最長時間還長。請改正。`,
    'windows-overlap': (f: Facts) =>
      `${f.on} ${f.at} 的更新最長會到下一時段 ${f.nextAt} 開始之後（也要考慮日光節約時間）。請拉開時段或縮短時間。`,
    'deadline-before-start': (f: Facts) => `截止日 ${f.on} 不在計畫開始日 ${f.startsOn} 之後。請改正。`,
    'issued-edition-ends': (f: Facts) =>
      `仍在發給的版本「${f.edition}」會在 ${f.on} 失去門禁權限。請從 deadline.editions 移除，或改發別的版本。`,
    'temporary-edition-given': (f: Facts) =>
      `臨時卡不能用版別「${f.edition}」：它是發給學生的版別，或會隨截止日失效。請為臨時卡另立一個版別。`,
    'printed-length-twice': (f: Facts) =>
      `外觀卡號 ${f.length} 碼同時寫在 digits 與 chipInDecimal，櫃檯無法分辨。請從其中一處刪除。`,
    'writes-at-no-hour': (f: Facts) =>
      `從 ${f.from} 到 ${f.until} 沒有任何時刻可以寄信。結束時刻要晚於開始時刻。`,
    'told-too-late': (f: Facts) => `${f.on} 才通知，已經不早於 ${f.until}。請把通知的日子提前。`,
    'dates-gap': (f: Facts) =>
      `「${f.what}」從 ${f.from} 起${f.until === null ? '' : `到 ${f.until} 前`}沒有紀錄。請補上或調整日期。`,
    'dates-overlap': (f: Facts) => `「${f.what}」在 ${f.from} 有兩筆紀錄同時有效。請給前一筆填上 until。`,
    'kind-cannot-pay': (f: Facts) =>
      `沒有寫「${f.kind}」怎麼繳補發工本費。請在 reissue.pays 裡加上這種身分。`,
    'no-kiosk': () => '可以在 e 卡服務站繳費，卻沒有任何服務站。請在 reissue.kiosks 補上，或刪除 kiosk。',
    'unknown-department': (f: Facts) => `沒有代號為「${f.id}」的系所。現有：${f.known}。請改正或新增系所。`,
    'wave-too-long': (f: Facts) => `梯次「${f.id}」超過 ${f.most} 天。請縮短。`,
    'wave-before-start': (f: Facts) =>
      `梯次「${f.id}」從 ${f.from} 開始，早於作業開始日 ${f.startsOn}。請延後梯次，或提前開始日。`,
    'wave-while-closed': (f: Facts) =>
      `梯次「${f.id}」（${f.from} 至 ${f.until} 前）期間，櫃檯「${f.counter}」沒有一天開放。請改梯次的日期、櫃檯，或開放時間。`,
    'waves-overlap': (f: Facts) =>
      `梯次「${f.id}」與「${f.other}」從 ${f.from} 起在同一櫃檯重疊，有些人會同時屬於兩個梯次。請錯開日期，或讓條件不重疊。`,
    'deadline-before-waves': (f: Facts) =>
      `截止日 ${f.on} 不晚於第一個梯次（${f.from}）：大家還沒領到新卡，舊卡就不能開門。請把截止日延後，或提前梯次。`,
    'wave-after-deadline': (f: Facts) =>
      `梯次「${f.id}」從 ${f.from} 開始，已不早於截止日 ${f.on}。請提前這個梯次，或延後截止日。`,
    'deadline-while-closed': (f: Facts) =>
      `截止日 ${f.on} 沒有任何櫃檯開放，被擋在門外的人無處可去。請改在有櫃檯開放的日子，或在那天開放一個櫃檯。`,
    'unknown-value': (f: Facts) =>
      `文字裡的 {${f.name}} 沒有對應的值，印出來會是空的。請改正名稱或補上資料。`,
  },
  statuses: {
    enrolled: '在學',
    'on-leave': '休學',
    'not-registered': '未註冊',
    graduated: '畢業',
    withdrawn: '退學',
    left: '離校',
  },
  kinds: { regular: '一般生', 'in-service': '在職專班學生', exchange: '交換生', visiting: '訪問生' },
  weekdays: { mon: '週一', tue: '週二', wed: '週三', thu: '週四', fri: '週五', sat: '週六', sun: '週日' },
  fees: {
    exchange: '換發',
    reissue: '補發工本費',
    'loss-handling': '掛失手續費',
    'registered-mail': '掛號郵資',
    'bank-transfer': '匯款手續費',
  },
  invented: '此值為示範用，尚待卡務單位確認',
}

const en: typeof zhTW = {
  place: (line, path) => `Line ${line}${path ? ` (${path})` : ''}: `,
  problems: {
    'text-too-long': f =>
      `The file has more than ${f.most} characters. Check that it is the right file, or remove what is not needed.`,
    'stray-character': () =>
      'Here is a character that cannot be kept (NUL, or half of a character). Save the file as UTF-8 again, or delete it.',
    'nested-too-deep': () => 'Brackets or indentation are nested too deep. Check that it is the right file.',
    'not-yaml': f => `The YAML cannot be read here (${f.said}). Check indentation, quotes and colons.`,
    'doubled-field': () => 'The same field is written twice. Keep one.',
    'not-a-programme': () =>
      'This is not a programme: its outermost level must be "field: value". Start from a sample in programmes/.',
    'field-missing': f => `The field ${sayField(f, 'en')} is missing. Add it.`,
    'field-unknown': f => `There is no field "${f.name}". Correct its spelling or remove it.`,
    'language-missing': f =>
      `The ${f.language === 'en' ? 'English' : 'Chinese'} text is missing. Write both languages.`,
    'text-empty': () => 'The text is empty. Fill it in.',
    'list-empty': () => 'The list is empty. Give at least one item, or leave the field out where it may be.',
    'too-long': () => 'This is too long. Shorten it.',
    'wrong-type': f => `This must be ${sayKind(f.wanted, 'en')}, but it is ${f.given}. Correct it.`,
    'wrong-form': f => `This is not written as it must be: ${f.given}. ${sayForm(f.wanted, 'en')}`,
    'not-one-of': f => `This must be one of: ${f.wanted}; but it is ${f.given}. Correct it.`,
    'not-a-date': f => `${f.given} is not a date that exists. Write it like 2024-03-01.`,
    'not-a-time': f => `${f.given} is not a time of day. Write it on 24 hours, like 15:00.`,
    'number-out-of-range': f => `The number ${f.given} is out of range (must be ${f.limit}). Correct it.`,
    'unknown-zone': f =>
      `The time zone "${f.zone}" is not known. Write its name, like Asia/Taipei, not an offset.`,
    'doubled-id': f => `The id "${f.id}" is used twice. Change one of them.`,
    'law-asks-more': f =>
      `The ${f.law} asks the notice to say “${f.field}”. Add it under privacy, or take the law from laws.`,
    'doubled-address': f =>
      `The e-mail address "${f.email}" is used twice, and is written to once only. Change one, or make it one place.`,
    'unknown-counter': f =>
      `There is no counter "${f.id}". There are: ${f.known}. Correct it or add the counter.`,
    'unknown-edition': f =>
      `There is no edition "${f.id}". There are: ${f.known}. Correct it or add the edition.`,
    'unknown-evidence': f =>
      `There is no evidence "${f.id}". There are: ${f.known}. Correct it or add the evidence.`,
    'unknown-faculty': f =>
      `There is no faculty "${f.id}". There are: ${f.known}. Correct it or add the faculty.`,
    'unknown-cohort': f => `There is no group "${f.id}". There are: ${f.known}. Correct it or add the group.`,
    'unknown-site': f => `There is no site "${f.id}". There are: ${f.known}. Correct it or add the site.`,
    'unknown-source': f => `The source "${f.id}" is not listed under sources. Correct it or add its address.`,
    'pointer-to-nothing': f => `"${f.pointer}" points at nothing. Correct or remove it.`,
    'kinds-never-asked': f =>
      `"${f.id}" is checked by Gatehouse, and nobody is asked of which kind it is. Remove kinds; only documents have them.`,
    'second-person-never-asked': f =>
      `"${f.id}" is accepted from everybody, so no second person would ever be asked. Take it out of accepts or of whenNeither, or write clerk-alone.`,
    'proxy-shows-the-phone': () =>
      'A proxy has not the student’s phone and cannot show the live code of the app. Take app-proof out of what a proxy brings.',
    'cohort-gap': f =>
      `The last cohort "${f.id}" still has conditions, so some people belong to none. End with a cohort without conditions (when: {}).`,
    'cohorts-never-reached': f =>
      `The cohort "${f.id}" has no conditions, so those after it are never reached. Give it conditions or move it to the end.`,
    'years-turned': f => `The first year of entry (${f.from}) is after the last (${f.through}). Swap them.`,
    'closes-before-opens': f =>
      `Counter "${f.id}" opens at ${f.from} and closes at ${f.until}. It must close after it opens.`,
    'dates-turned': f =>
      `From ${f.from} until before ${f.until} there is no day. The end must come after the start.`,
    'timetable-empty': () =>
      'The doors are never updated, so no activated card would ever open one. Give at least one window.',
    'doubled-time': f => `The window at ${f.at} is written twice. Remove one.`,
    'usually-longer-than-most': f =>
      `The window at ${f.at} usually takes longer than it may at most. Correct it.`,
    'windows-overlap': f =>
      `On ${f.on} the window at ${f.at} may still run when the next one, ${f.nextAt}, starts (summer time counts too). Move them apart or shorten the time.`,
    'deadline-before-start': f =>
      `The deadline ${f.on} does not come after the programme's start on ${f.startsOn}. Correct it.`,
    'issued-edition-ends': f =>
      `Edition "${f.edition}" is still issued and would lose campus access on ${f.on}. Take it out of deadline.editions, or issue another.`,
    'temporary-edition-given': f =>
      `Temporary cards cannot be of edition "${f.edition}": it is given to students, or ends with the deadline. Make an edition of their own.`,
    'printed-length-twice': f =>
      `Printed numbers of ${f.length} digits stand in both digits and chipInDecimal, and no desk could tell which. Take them out of one.`,
    'writes-at-no-hour': f =>
      `From ${f.from} until ${f.until} there is no hour at which anybody could be written to. It must end later than it begins.`,
    'told-too-late': f =>
      `People would be told on ${f.on}, which is too late for ${f.until}. Choose an earlier day.`,
    'dates-gap': f =>
      `"${f.what}" has no record from ${f.from}${f.until === null ? '' : ` until ${f.until}`}. Add one or move the dates.`,
    'dates-overlap': f =>
      `"${f.what}" has two records that count on ${f.from}. Give the earlier one an "until".`,
    'kind-cannot-pay': f =>
      `How "${f.kind}" students pay for a reissue is not said. Add them to reissue.pays.`,
    'no-kiosk': () => 'A kiosk is offered and there is none. Add it to reissue.kiosks, or take "kiosk" away.',
    'unknown-department': f =>
      `There is no department "${f.id}". There are: ${f.known}. Correct it or add the department.`,
    'wave-too-long': f => `The wave "${f.id}" is longer than ${f.most} days. Shorten it.`,
    'wave-before-start': f =>
      `The wave "${f.id}" begins on ${f.from}, before the programme does on ${f.startsOn}. Move the wave, or begin the programme earlier.`,
    'wave-while-closed': f =>
      `During the wave "${f.id}" (from ${f.from}, until before ${f.until}) the counter "${f.counter}" is open on no day. Change the wave’s days or counter, or the counter’s hours.`,
    'waves-overlap': f =>
      `The waves "${f.id}" and "${f.other}" overlap at one counter from ${f.from} on, and some people would belong to both. Move the days apart, or let each name other people.`,
    'deadline-before-waves': f =>
      `The deadline ${f.on} is not after the first wave (${f.from}): old cards would stop opening doors before anybody has collected. Move the deadline, or the waves.`,
    'wave-after-deadline': f =>
      `The wave "${f.id}" begins on ${f.from}, which is not before the deadline ${f.on}. Move the wave before it, or the deadline after it.`,
    'deadline-while-closed': f =>
      `On the deadline, ${f.on}, no counter is open, and who then stands outside has nowhere to go. Choose a day on which one is open, or open one on that day.`,
    'unknown-value': f =>
      `{${f.name}} in the text has no value and would be printed empty. Correct the name or add the data.`,
  },
  statuses: {
    enrolled: 'enrolled',
    'on-leave': 'on leave',
    'not-registered': 'not registered',
    graduated: 'graduated',
    withdrawn: 'withdrawn',
    left: 'left',
  },
  kinds: {
    regular: 'regular student',
    'in-service': 'in-service student',
    exchange: 'exchange student',
    visiting: 'visiting student',
  },
  weekdays: { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' },
  fees: {
    exchange: 'exchange',
    reissue: 'reissue fee',
    'loss-handling': 'loss handling fee',
    'registered-mail': 'registered mail',
    'bank-transfer': 'bank transfer fee',
  },
  invented: 'a sample value that the card office has yet to confirm',
}

/** The programme room's words; each rule a programme can break has its sentence, and what to do. */
export const words = { 'zh-TW': zhTW, en }

/** The rules that a programme's text can break. */
export type ProblemRule = keyof typeof zhTW.problems

/**
 * What a field means for the office, in both languages, by its path without places of lists; as docs/settings.md says it.
 * A field whose name says all has none.
 */
export const fieldHelp: Readonly<Record<string, { 'zh-TW': string; en: string }>> = {
  id: {
    'zh-TW': '小寫英文、數字與連字號，例如 ntnu-2023。',
    en: 'Small letters, digits and hyphens, such as ntnu-2023.',
  },
  startsOn: { 'zh-TW': '在這一天之前沒有人能領卡。', en: 'Nobody collects before this day.' },
  publishing: {
    'zh-TW': '現行版本的規定決定；沒有寫就是由第二人發布。',
    en: 'What is in force decides. Unless said, a second person publishes.',
  },
  'campus.zone': {
    'zh-TW': '時區名稱，例如 Asia/Taipei；所有時刻都依它。',
    en: 'By name, such as Asia/Taipei; all times are in it.',
  },
  'campus.language': {
    'zh-TW': '名冊沒有寫語言的人，用這種語言通知。',
    en: 'For whom the roster names no language.',
  },
  'campus.studentNumber': {
    'zh-TW': '9 代表數字，A 代表大寫字母，例如 99999999A。',
    en: '9 is a digit, A a capital letter: 99999999A.',
  },
  'campus.printedNumber': {
    'zh-TW': '卡面上的號碼有幾碼；沒有寫是 16 碼，印內碼十進位的舊卡 8 至 10 碼。',
    en: 'How many digits cards print; 16 unless said, and 8 to 10 on older cards that print the chip number in decimal.',
  },
  'campus.currency.code': { 'zh-TW': '三個大寫字母，例如 TWD。', en: 'Three capitals, such as TWD.' },
  'campus.currency.minorDigits': {
    'zh-TW': '金額一律寫最小單位：0 表示 200 就是 200 元，2 表示 200 是 2.00。',
    en: 'Amounts are minor units: with 0, 200 is 200; with 2 it is 2.00.',
  },
  'campus.sites': { 'zh-TW': '先請學生到自己校區的櫃檯。', en: 'People are sent to their own site first.' },
  'editions.generation': { 'zh-TW': '數字大的較新。', en: 'The higher one is newer.' },
  issued: {
    'zh-TW': '從哪一天起發給哪一種卡；各段要相接。',
    en: 'Which edition is given since when; the spans follow each other.',
  },
  cardYears: {
    'zh-TW': '沒有截止日的卡片，告訴門幾年；沒有寫是 5 年。',
    en: 'For how long doors are told a card without an end; 5 unless said.',
  },
  'deadline.on': {
    'zh-TW': '在這一天的零時，下列版別的校園門禁終止。',
    en: 'At the start of this day campus access of these editions ends.',
  },
  'deadline.reason': { 'zh-TW': '給學生看的原因。', en: 'Why, as people read it.' },
  remindDaysBefore: {
    'zh-TW': '截止日前幾天提醒，以逗號分開。',
    en: 'Days before the deadline, parted by commas.',
  },
  'counters.hours': {
    'zh-TW': '每一列：哪幾天、幾點到幾點。',
    en: 'A row: on which days, from when until when.',
  },
  'counters.closures': { 'zh-TW': '「至」的那一天又開放。', en: 'It is open again on the day of “until”.' },
  'counters.map': { 'zh-TW': 'https 網址，只做連結。', en: 'An https address; it is linked, never loaded.' },
  'counters.phones': { 'zh-TW': '舊號碼留著，寫上「至」。', en: 'Old numbers stay, with their “until”.' },
  askAt: { 'zh-TW': '櫃檯自己無法處理的情形，請到這裡。', en: 'For cases that no counter settles alone.' },
  'departments.faculty': { 'zh-TW': '學院決定門禁。', en: 'The faculty decides doors.' },
  'departments.counter': { 'zh-TW': '這個系所的學生在哪裡領卡。', en: 'Where its students collect.' },
  'timetable.windows': {
    'zh-TW': '門在這些時刻得知變更；承諾給學生的時間依此而定。',
    en: 'When doors learn what changed; promises go by these.',
  },
  'timetable.windows.atMostMinutes': { 'zh-TW': '承諾：最遲這麼久完成。', en: 'The promise: done by then.' },
  'timetable.atOnceWithinMinutes': {
    'zh-TW': '掛失等不等時段的變更，多久之內到達各門。',
    en: 'What cannot wait, such as a loss, is at every door by then.',
  },
  repayments: {
    'zh-TW': '超過金額的退還須由第二人同意；沒有填寫就不限制。金額以最小單位計。',
    en: 'More than that is paid back by two persons; without it there is no limit. In minor units.',
  },
  guard: {
    'zh-TW': '一次更新會使多少人失去門禁時，先等第二人。',
    en: 'An update that takes access from so many waits for a second person.',
  },
  cohorts: {
    'zh-TW': '由上而下，第一個符合的決定；最後一個要沒有條件。',
    en: 'From the first to the last; the first that fits decides. The last one has no conditions.',
  },
  'cohorts.why': { 'zh-TW': '學生會看到的說明。', en: 'Said to the student.' },
  'cohorts.when.leaveTerms': {
    'zh-TW': '2023-1 是 112 學年度第 1 學期；以逗號分開。',
    en: '2023-1 is fall 2023; parted by commas.',
  },
  'evidence.kinds': { 'zh-TW': '只記種類，不記號碼。', en: 'The kind is noted, never a number.' },
  'pickup.accepts': {
    'zh-TW': '其中一組即可；一組裡的每一項都要。',
    en: 'One of the groups is enough; of a group, all.',
  },
  'pickup.signatureText': {
    'zh-TW': '簽收的文字；大括號的值會自動填入。',
    en: 'What is signed; values in braces are filled in.',
  },
  'appProof.lifetimeSeconds': { 'zh-TW': '動態驗證碼幾秒後失效。', en: 'A live code is good for so long.' },
  doesNotMove: { 'zh-TW': '不會移轉到新卡的功能。', en: 'What stays on the old card.' },
  fees: {
    'zh-TW': '同一項費用的各段日期要相接；金額寫最小單位。',
    en: 'The spans of one fee follow each other; amounts in minor units.',
  },
  'issuer.sendsAt': {
    'zh-TW': '掛失在這些時刻送交發卡機構；以逗號分開，空白表示立即。',
    en: 'When loss reports leave, parted by commas; none: at once.',
  },
  'reissue.pays': { 'zh-TW': '每種身分都要寫到。', en: 'Each kind of student is named.' },
  'messages.from': { 'zh-TW': '在這個時間之外不寄信。', en: 'Nobody is written to outside of these hours.' },
  retention: { 'zh-TW': '過了這麼久就刪除。', en: 'Older things are forgotten.' },
  'retention.leaverMonths': {
    'zh-TW': '畢業或退學後過了這麼久，姓名、學號、電子郵件等就刪除，只留無法辨識是誰的紀錄。',
    en: 'So long after somebody left, name, number and address go; what happened stays as nobody’s.',
  },
  privacy: {
    'zh-TW': '公開在「個人資料告知事項」。資料類別、誰可查閱、保存多久，由系統依資料清冊與保存期限自動寫入。',
    en: 'Public under “How your data is used”. Categories, readers and periods are filled in from the data map and the periods above.',
  },
  'privacy.correctionDays': {
    'zh-TW': '從請求的次日起算的日曆天；沒有寫是 30（個資法第 13 條第 2 項）。',
    en: 'Days of the calendar after the one on which it was asked for; 30 unless said (PDPA art. 13(2)).',
  },
  notice: {
    'zh-TW': '一句一點；大括號的值依現行規定自動填入。',
    en: 'A sentence a point; values in braces are filled in from the rules.',
  },
  sources: { 'zh-TW': '事實的出處：代號與網址。', en: 'Where facts were read: a key and its address.' },
  invented: {
    'zh-TW': '尚待確認的值的位置，一行一個，確認後刪除；全部都待確認就寫「整份作業」。',
    en: 'Places of values to be confirmed, a line each; take one off when it is. For all of them, write “the whole programme”.',
  },
  waves: {
    'zh-TW': '哪些人在哪幾天到哪裡；之前會請他們等到第一天，之後仍可來（除非另外勾選）。',
    en: 'Who comes on which days where. Before them people are told to wait; afterwards they may still come, unless said.',
  },
  handoversPerHour: { 'zh-TW': '沒有寫是 30。', en: '30 unless said.' },
}

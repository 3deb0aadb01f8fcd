const zhTW = {
  title: '我找不到卡片',
  about: '先暫停校園門禁就好：立即生效、隨時可恢復、免費。確定找不到，再掛失。這是兩件事，不會一起發生。',
  back: '回我的學生證',
  doors: '哪些門已不再開、哪些門還連不上，請看「我的學生證」。',
  ending: (digits: string) => `末四碼 ${digits}`,
  none: '您的名下沒有卡片',
  noneNext: '領取卡片之後，才能在這裡暫停門禁或掛失。',

  pauseTitle: '暫停校園門禁',
  pauseText: '每一扇連得到的門立即不再開。卡片仍是您的，儲值金與學生優待照常，隨時可以恢復，不收費。',
  pause: '暫停校園門禁',
  pausedSince: (at: string) => `校園門禁自 ${at} 起暫停`,
  pausedText:
    '連得到的門都不開；連不上的，一恢復連線就不開。卡片仍是您的；儲值金沒有鎖住，撿到的人仍可消費。',
  resume: '恢復校園門禁',
  resumesLeft: (times: number) => `您還可以自行恢復 ${times} 次，之後須到櫃檯辦理。`,
  noResumes: (where: string) => `自行恢復的次數已用完。請帶卡片到${where}，由承辦人員恢復。`,
  nothingToPause: '這張卡目前沒有校園門禁，不必暫停。',

  lossTitle: '掛失',
  lossText: (issuer: string) =>
    `掛失會立即終止這張卡的校園門禁，並通知${issuer}永久鎖住儲值金。送出之後不能取消。`,
  when: '何時送出',
  now: (at: string) => `盡快：${at} 送出`,
  nowAtOnce: '確認後立即送出',
  later: '到這個時間再送出，除非我找到',
  laterTime: '送出時間',
  goOn: '看完整費用，下一步確認',

  sent: '送給發卡機構',
  atOnce: '確認後立即，不能取消',
  takeBack: '可以取消到',
  takeBackUntil: (at: string) => `${at}；在那之前取消，一切照舊`,
  access: '校園門禁',
  accessEnds: '確認後立即終止，不等更新時段',
  value: '儲值金',
  valueLocked: (issuer: string, days: number) =>
    `${issuer}收到後永久鎖住，找到卡片也不能恢復；餘額約 ${days} 個工作天退還`,
  valueLockedBefore: '先前已永久鎖住，不會再送一次',
  handling: '手續費',
  handlingFee: (fee: string) => `${fee}，由餘額扣除`,
  risk: '被盜用的損失',
  riskFromReport: (hours: number, issuer: string) =>
    `從掛失起算 ${hours} 小時內由您負擔，之後由${issuer}負擔`,
  riskFromReceipt: (hours: number, issuer: string) =>
    `從${issuer}收到掛失起算 ${hours} 小時內由您負擔（收到之前也是），之後由${issuer}負擔`,
  card: '新卡',
  cardFree: '免費：領取新卡即可',
  cardFee: (fee: string) => `補發工本費 ${fee}`,
  cardAsk: '補發工本費請洽註冊組',
  cardNone: '不必補發：您已領取新卡',

  confirmTitle: '確認掛失',
  confirmText: '這是最後一步。請看完下面每一項。',
  confirm: '確定掛失這張卡',
  notYet: '先不掛失',

  reportedAt: (at: string) => `已於 ${at} 掛失`,
  leavesAt: (at: string) => `將於 ${at} 送給發卡機構`,
  wasSentAt: (at: string) => `已於 ${at} 送給發卡機構`,
  receivedAt: (at: string) => `發卡機構於 ${at} 收到`,
  issuerRefused: (why: string, issuer: string) => `${issuer}沒有受理：${why}。儲值金還沒有鎖住，請直接致電：`,
  riskUntil: (at: string) => `${at} 之前被盜用的由您負擔`,
  riskNotStarted: (hours: number) => `尚未起算；發卡機構收到後 ${hours} 小時內由您負擔`,
  oldGoesOn: '各門還沒有改用這張新卡，所以舊卡照常開門。',
  foundTitle: '找到卡片了？',
  withdrawText: (until: string) =>
    `在 ${until} 之前取消掛失，一切照舊：卡片是您的，原有的校園門禁立即恢復，儲值金從未鎖住。`,
  withdraw: '我找到卡片了，取消掛失',
  foundText: '掛失已送出：找到卡片時，校園門禁可以恢復，儲值金永久鎖住、不能恢復。',
  found: '我找到卡片了，恢復校園門禁',
  leftTitle: '離校後學校不能掛失',
  callIssuer: (issuer: string) => `要更早鎖住儲值金，請直接致電${issuer}：`,
}

const en: typeof zhTW = {
  title: 'I can’t find my card',
  about:
    'Pause its campus access first: at once, free, and taken back whenever you like. Report it lost when you are sure. These are two switches, and one never brings the other.',
  back: 'Back to my card',
  doors: 'Which doors no longer open to it, and which could not be reached, stands on “My card”.',
  ending: digits => `ending ${digits}`,
  none: 'You have no card',
  noneNext: 'Once you have collected a card, it can be paused or reported lost here.',

  pauseTitle: 'Pause campus access',
  pauseText:
    'Every door that can be reached stops opening to it at once. The card stays yours, its stored value and student fare go on, you can resume at any time, and it costs nothing.',
  pause: 'Pause campus access',
  pausedSince: at => `Campus access is paused since ${at}`,
  pausedText:
    'Every door that can be reached stays shut to it, and the others as soon as they answer again. The card is yours; its stored value is not locked, so a finder can spend it.',
  resume: 'Resume campus access',
  resumesLeft: times =>
    `You can resume ${times === 1 ? 'once more' : `${times} more times`} yourself; after that at a desk.`,
  noResumes: where =>
    `You cannot resume by yourself any more. Bring the card to ${where}, where it is resumed.`,
  nothingToPause: 'This card has no campus access now, so there is none to pause.',

  lossTitle: 'Report it lost',
  lossText: issuer =>
    `This ends the card’s campus access at once, and tells ${issuer} to lock its stored value for good. Once sent, it cannot be undone.`,
  when: 'When it is sent',
  now: at => `As soon as possible: ${at}`,
  nowAtOnce: 'At once, when I confirm',
  later: 'At this time, unless I find it',
  laterTime: 'Time of sending',
  goOn: 'See the whole cost and confirm',

  sent: 'Sent to the issuer',
  atOnce: 'At once when you confirm; it cannot be taken back',
  takeBack: 'Can be taken back',
  takeBackUntil: at => `Until ${at}; until then taking it back leaves everything as it was`,
  access: 'Campus access',
  accessEnds: 'Ends at once when you confirm; it does not wait for an update',
  value: 'Stored value',
  valueLocked: (issuer, days) =>
    `Locked for good once ${issuer} has the report, also if you find the card; the balance is paid back in about ${days} working days`,
  valueLockedBefore: 'Locked for good before; the issuer is not told a second time',
  handling: 'Handling fee',
  handlingFee: fee => `${fee}, taken from the balance`,
  risk: 'If somebody spends from it',
  riskFromReport: (hours, issuer) =>
    `Your loss within ${hours} hours of your report; after that ${issuer} bears it`,
  riskFromReceipt: (hours, issuer) =>
    `Your loss until ${hours} hours after ${issuer} receives the report, and before it does; after that ${issuer} bears it`,
  card: 'A new card',
  cardFree: 'Free: collect your new card',
  cardFee: fee => `Reissue fee ${fee}`,
  cardAsk: 'Ask the Registration Division about the reissue fee',
  cardNone: 'None is needed: you have your new card',

  confirmTitle: 'Report this card lost?',
  confirmText: 'This is the last step. Please read each line.',
  confirm: 'Report this card lost',
  notYet: 'Not yet',

  reportedAt: at => `Reported lost at ${at}`,
  leavesAt: at => `It goes to the issuer at ${at}`,
  wasSentAt: at => `It went to the issuer at ${at}`,
  receivedAt: at => `The issuer received it at ${at}`,
  issuerRefused: (why, issuer) =>
    `${issuer} did not take it: ${why}. The stored value is not locked; call directly: `,
  riskUntil: at => `What is spent before ${at} is your loss`,
  riskNotStarted: hours => `Not started; your loss until ${hours} hours after the issuer receives the report`,
  oldGoesOn: 'The doors had not switched to this new card yet, so your old card goes on opening them.',
  foundTitle: 'Found it?',
  withdrawText: until =>
    `Take the report back before ${until} and everything is as before: the card is yours, the campus access that it had comes back at once, and its stored value was never locked.`,
  withdraw: 'I found it: take the report back',
  foundText:
    'The report has been sent. If you have found the card, its campus access can come back; its stored value is locked for good.',
  found: 'I found it: give campus access back',
  leftTitle: 'After leaving, the university cannot report a card lost',
  callIssuer: issuer => `To have the stored value locked sooner, call ${issuer}: `,
}

/** What the pages for a card that is missing say, in both languages. */
export const missingWords = { 'zh-TW': zhTW, en }

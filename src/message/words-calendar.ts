const lines = (items: readonly string[], mark: string): string =>
  items.map(item => `${mark}${item}`).join('\n')

/** What messages say that come because a day has come. */
const zhTW = {
  between: '',
  days: (days: number) => (days === 1 ? '明天' : `${days} 天後`),
  left: (days: number) => (days === 1 ? '明天起' : `再 ${days} 天`),
  hours: (hours: readonly string[]) => `開放時間（不含公告的休息日）：\n${lines(hours, '・')}`,
  proxy: (bring: string) =>
    `不能親自領取時，請先在「我的學生證」指定代領人；代領人請攜帶代領碼，以及${bring}。`,
  keepsOld: '舊卡不用繳回，仍由您保管；卡內的儲值金照常可以使用，不受影響。',
  keepsPurse: '舊卡裡的儲值金不受影響，照常可以使用。',
  activates: '領取後請在「我的學生證」啟用；啟用之前，新卡不能開校園裡的任何門。',
  stops: (card: string, when: string, days: string) =>
    `您的舊卡${card}自 ${when} 起（${days}）不能再開校園裡的門。`,

  announced: {
    concerned: (title: string) => `${title}：您需要換發`,
    notConcerned: (title: string) => `${title}：您不需要辦理`,
    forYou: '這次換發與您有關。',
    notForYou: '這次換發您不需要辦理任何手續。',
    free: '換發免費。',
    costs: (fee: string) => `換發費用：${fee}。`,
    lastDay: (day: string, when: string) => `舊卡可以開門的最後一天是 ${day}，自 ${when} 起不能再開門。`,
    before: '請在那之前領取並啟用新卡。',
  },
  atDesk: {
    subject: (edition: string, where: string) => `您的${edition}可以領取了：${where}`,
  },
  notCollected: {
    subject: (left: string) => `${left}舊卡就不能開門，您還沒有領取新卡`,
    next: '您還沒有領取新卡。',
    without: (left: string) => `${left}舊卡就不能開門，您手上沒有可用的新卡`,
  },
  notActivated: {
    subject: (left: string) => `${left}舊卡就不能開門，您的新卡還沒有啟用`,
    collected: (edition: string, at: string) => `您已於 ${at} 領取${edition}，但還沒有啟用。`,
    fetched: (edition: string, at: string) => `您的${edition}已於 ${at} 交給班代轉交給您，還沒有啟用。`,
    next: '請在那之前到「我的學生證」啟用，不必再到櫃檯。',
    onceThere:
      '拿到後請在那之前到「我的學生證」啟用；還沒有拿到時請向班代詢問，班代沒有轉交的卡會送回櫃檯，由您領取。',
    doors: (windows: string) => `各門在每天 ${windows} 的門禁更新改用新卡；啟用後會告訴您確切的時間。`,
    lost: '如果新卡已經遺失，請在「我的學生證」掛失，才能補發。',
  },
  fare: {
    subject: (day: string) => `學生優待到 ${day}為止：還在學請辦理展延`,
    ends: (day: string, years: number) =>
      `您卡片上的學生優待，依入學年度起 ${years} 年（或上次展延）計算，到 ${day}為止。`,
    prolong: (where: string) =>
      `屆時仍在學，請在那之前攜帶卡片本身至${where}辦理展延：優待要用機器寫進卡片，無法在網路上辦理。`,
    otherwise: '沒有展延的卡片之後會自動改扣一般票價，差額無法補退。',
    untouched: '校園門禁與卡內的儲值金不受影響。',
    already: '今年已經展延，或即將畢業，就不需要辦理。',
  },
}

const en: typeof zhTW = {
  between: ' ',
  days: days => (days === 1 ? 'tomorrow' : `in ${days} days`),
  left: days => (days === 1 ? 'tomorrow' : `in ${days} days`),
  hours: hours => `Open (but on the closing days that are announced):\n${lines(hours, '- ')}`,
  proxy: bring =>
    `If you cannot come yourself, name somebody in "My card" first; they bring the code that they get, and ${bring}.`,
  keepsOld:
    'You keep the old card; it is not asked back. Its stored value is not touched and goes on working.',
  keepsPurse: 'The stored value of the old card is not touched and goes on working.',
  activates: 'When you have the new card, activate it in "My card"; until then it opens no door on campus.',
  stops: (card, when, days) => `Your old card${card} stops opening doors on campus at ${when}: ${days}.`,

  announced: {
    concerned: title => `${title}: this concerns you`,
    notConcerned: title => `${title}: nothing for you to do`,
    forYou: 'This change of cards concerns you.',
    notForYou: 'This change of cards asks nothing of you.',
    free: 'The new card is free of charge.',
    costs: fee => `The new card costs ${fee}.`,
    lastDay: (day, when) =>
      `The last day on which your old card opens doors is ${day}; from ${when} on it opens none.`,
    before: 'Please collect and activate the new card before.',
  },
  atDesk: {
    subject: (edition, where) => `Your ${edition} can be collected: ${where}`,
  },
  notCollected: {
    subject: left => `Your old card stops opening doors ${left}, and the new one is not collected`,
    next: 'You have not collected the new card yet.',
    without: left =>
      `${left.charAt(0).toUpperCase()}${left.slice(1)} your old card stops opening doors, and you have no new one to use`,
  },
  notActivated: {
    subject: left => `Your old card stops opening doors ${left}, and the new one is not activated`,
    collected: (edition, at) => `You collected your ${edition} at ${at}, but it is not activated yet.`,
    fetched: (edition, at) =>
      `Your ${edition} was given to your class representative at ${at}, and it is not activated yet.`,
    next: 'Activate it in "My card" before; you need not come to a desk again.',
    onceThere:
      'Activate it in "My card" once you have it. If you do not have it yet, ask your class representative; what they do not hand out comes back to the desk, where you collect it.',
    doors: windows =>
      `Doors change to the new card with the door updates at ${windows} each day, and you are told the exact time when you activate.`,
    lost: 'If the new card is lost, report it in "My card", so that another one can be made.',
  },
  fare: {
    subject: day => `Your student fare ends on ${day}: prolong it if you still study`,
    ends: (day, years) =>
      `Counted as ${years} years from your entry, or from when it was last prolonged, the student fare on your card ends on ${day}.`,
    prolong: where =>
      `If you are still a student then, bring the card itself to ${where} before that day to have it prolonged: a machine writes it on the card, so it cannot be done online.`,
    otherwise:
      'A card that was not prolonged charges the full fare from then on, and the difference is not paid back.',
    untouched: 'Campus access and the stored value on the card are not touched.',
    already: 'If you had it prolonged this year, or graduate before, there is nothing to do.',
  },
}

/** Words of the messages that come by the calendar, in both languages. */
export const calendarWords = { 'zh-TW': zhTW, en }

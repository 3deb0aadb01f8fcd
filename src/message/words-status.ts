const zhTW = {
  statuses: {
    enrolled: '在學',
    'on-leave': '休學',
    graduated: '畢業',
    withdrawn: '退學',
    'not-registered': '未註冊',
  },
  aheadSubject: (status: string, on: string) => `${on} 起您的學籍為「${status}」：學生證會如何`,
  ahead: (status: string, on: string) => `依註冊組資料，您的學籍自 ${on} 起為「${status}」。`,
  subject: {
    stops: (status: string) => `學籍「${status}」：校園門禁的終止`,
    returns: '您已復學：校園門禁的恢復',
  },
  now: (status: string) => `您的學籍現在是「${status}」。`,
  accessEndsOn: (on: string) => `校園門禁：到 ${on} 的前一天為止。門禁控制器事先就知道這一天。`,
  accessStops: (at: string, latest: string) => `校園門禁：在 ${at} 的門禁更新終止，最晚 ${latest}。`,
  accessReturns: (at: string, latest: string) =>
    `校園門禁：在 ${at} 的門禁更新恢復，最晚 ${latest}。不必辦理任何手續。`,
  accessReturnsOn: (on: string) => `校園門禁：${on} 起，在當天第一次門禁更新恢復。`,
  nothingInUse: (where: string) =>
    `目前您沒有使用中的校園門禁。新卡的領取或啟用請看「我的學生證」，或洽${where}。`,
  keeps: '卡片：留在您身邊，不必繳回。',
  purse: (issuer: string) => `儲值金：不受影響，由${issuer}管理，仍可使用。`,
  fareLeave: '學生優待票：依卡片上的到期日，不因此延長。',
  fareLeaving: '學生優待票：不再適用；離校手續時會把卡片轉為一般卡。',
  noReissue: '休學期間不補發。遺失時仍可在「我的學生證」掛失。',
  lossFirst: (issuer: string, phones: string) =>
    `如果卡片遺失，請在離校前先掛失：離校後它是一般的無記名卡，學校無法再代為掛失，也不再補發。要保障儲值金，請自行向${issuer}辦理記名${phones === '' ? '' : `（電話 ${phones}）`}。`,
  lossNow: (issuer: string, phones: string) =>
    `它現在是一般的無記名卡，學校無法再代為掛失，也不再補發。要保障儲值金，請自行向${issuer}辦理記名${phones === '' ? '' : `（電話 ${phones}）`}。`,
}

const en: typeof zhTW = {
  statuses: {
    enrolled: 'enrolled',
    'on-leave': 'on leave',
    graduated: 'graduated',
    withdrawn: 'withdrawn',
    'not-registered': 'not registered',
  },
  aheadSubject: (status, on) => `From ${on} you are ${status}: what becomes of your student card`,
  ahead: (status, on) => `The registrar has you as ${status} from ${on} on.`,
  subject: {
    stops: status => `You are ${status}: the end of your campus access`,
    returns: 'You are back: your campus access returns',
  },
  now: status => `Your student status is now: ${status}.`,
  accessEndsOn: on =>
    `Campus access: until the day before ${on}. The door controllers know that day beforehand.`,
  accessStops: (at, latest) =>
    `Campus access: ends with the door update of ${at}, at the latest at ${latest}.`,
  accessReturns: (at, latest) =>
    `Campus access: comes back with the door update of ${at}, at the latest at ${latest}. There is nothing you need to do.`,
  accessReturnsOn: on => `Campus access: comes back on ${on}, with the first door update of that day.`,
  nothingInUse: where =>
    `None of your cards has campus access now. See "My card" for collecting or activating the new one, or ask at ${where}.`,
  keeps: 'The card: you keep it; it is not asked back.',
  purse: issuer => `Stored value: not touched; ${issuer} keeps it, and it can still be used.`,
  fareLeave: 'Student fare: until the date written on the card; it is not prolonged.',
  fareLeaving:
    'Student fare: no longer yours; at the leaving procedure the card is turned into an ordinary one.',
  noReissue: 'No card is reissued during a leave. A lost card can still be reported in "My card".',
  lossFirst: (issuer, phones) =>
    `If the card is lost, report it before you leave: afterwards it is an ordinary anonymous card, the university can no longer report it for you, and it is not replaced. To protect its stored value, register it with ${issuer} yourself${phones === '' ? '' : ` (phone ${phones})`}.`,
  lossNow: (issuer, phones) =>
    `It is now an ordinary anonymous card: the university can no longer report it lost, and it is not replaced. To protect its stored value, register it with ${issuer} yourself${phones === '' ? '' : ` (phone ${phones})`}.`,
}

/** What is written to people whose student status changes, in both languages. */
export const statusWords = { 'zh-TW': zhTW, en }

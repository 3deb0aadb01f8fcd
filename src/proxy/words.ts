import type { Facts } from '../lib/decision.ts'
import type { NamingRefusal } from './rules.ts'

type Sentences = Record<NamingRefusal | 'unknown-person', (facts: Facts) => string>

const zhTW = {
  refusal: {
    'unknown-person': () => '名冊中沒有這個學號。請核對學號；若無誤，請洽註冊組確認學籍。',
    'proxies-not-allowed': () => '本次作業須由本人領取，不能由他人代領。若無法前往，請洽詢櫃檯。',
    'proxies-not-for-this-card': () => '這張卡須由本人領取，不能由他人代領。若無法前往，請洽詢櫃檯。',
    'proxies-not-for-this-group': () => '您的身分別須由本人領取，不能由他人代領。若無法前往，請洽詢櫃檯。',
    'nothing-to-collect-now': () =>
      '目前沒有可以領取的卡，還不能指定代領人。「我的學生證」會說明何時可領；可領取之後再來指定。',
    'name-missing': () => '請輸入代領人的姓名，與代領人證件上的姓名相同。',
    'name-too-long': f => `姓名最多 ${f.most} 個字。請輸入證件上的姓名。`,
    'name-not-a-name': () =>
      '姓名只能有文字、空格、句點、連字號與間隔號，句點後請空一格。請輸入代領人證件上的姓名。',
    'name-is-the-holders': () => '這是您自己的姓名。本人領取不需要指定代領人；請輸入代領人的姓名。',
    'address-not-one': () => '這不是完整的電子郵件地址。請改正，或留白、由您自己把代領碼交給代領人。',
    'proxy-named-already': f =>
      `您已指定${f.name}代領，一次只能指定一人。要換人，請先取消這次指定，再重新指定。`,
    'named-too-often': f => `24 小時內最多指定 ${f.most} 次。請過 24 小時再試，或到櫃檯請承辦人員協助。`,
  } satisfies Sentences,

  title: '請他人代領',
  intro:
    '不能親自到場時，可以請一個人代您領取。代領人會有一組只能用一次的代領碼；領取後卡片仍由您本人在自己的手機上啟用。',
  bring: '代領人要帶',
  codeToo: '代領碼',
  days: (days: number) => `指定後 ${days} 天內有效（含當天）；一次只能指定一人。`,
  name: '代領人姓名',
  nameHint: '與代領人的身分證件相同，櫃檯會核對。',
  email: '代領人的電子郵件',
  emailHint: '填了會把代領碼寄給代領人；也可以留白，由您自己轉交。',
  language: '給代領人的通知用',
  speaks: '代領人使用的語言',
  languages: { 'zh-TW': '中文', en: 'English' },
  submit: '指定代領人',
  fixFirst: '尚未指定，請先改正。',

  live: (name: string, lastDay: string) => `${name}可以代您領卡，到 ${lastDay}為止（含當天）。`,
  mailed: (address: string) => `代領碼會寄到 ${address}。`,
  notMailed: '沒有填電子郵件，請您自己把代領碼交給代領人。',
  noMailAtDesk: '這裡目前不寄電子郵件：代領碼只顯示給辦理指定的人，由持卡人轉交給代領人。',
  noMail: '這裡目前不寄電子郵件：代領碼只顯示給您，請您自己轉交給代領人。',
  codeTitle: '代領碼',
  codeOnce: (until: string) => `只顯示到 ${until}，之後不會再出現。請現在交給代領人，不要給別人。`,
  codePicture: '代領碼的二維條碼，文字內容在旁邊',
  codeElsewhere: (minutes: number) =>
    `這裡不顯示代領碼：只有辦理指定的人能看到，而且只在指定後的 ${minutes} 分鐘內。`,
  codeGone: '代領碼已不再顯示。若代領人沒有收到，請取消這次指定，再重新指定一次。',
  withdraw: '取消這次指定',
  withdrawAbout: '取消後，代領碼立即失效。',
  collected: (name: string, at: string) => `${name}已於 ${at} 代您領取卡片。`,
  collectedNext: '拿到卡片之後，請在「我的學生證」啟用。若這不是您的意思，請立即洽詢櫃檯。',
  cannot: '目前不能指定代領人',
  back: '回到我的學生證',

  onMyCard: '請他人代領',
  onMyCardLive: (name: string, lastDay: string) => `您已指定${name}代領，到 ${lastDay}為止`,
  onMyCardLiveMore: '查看或取消',
  onMyCardCollected: (name: string, at: string) => `${name}已於 ${at} 代您領取`,
}

const en: typeof zhTW = {
  refusal: {
    'unknown-person': () =>
      'The roster has no such student number. Compare it; if it is right, ask the Registration Division.',
    'proxies-not-allowed': () =>
      'In this change each student collects in person; nobody else can collect for you. If you cannot come, ask at a counter.',
    'proxies-not-for-this-card': () =>
      'This card is collected in person; nobody else can collect it for you. If you cannot come, ask at a counter.',
    'proxies-not-for-this-group': () =>
      'Students of your group collect in person; nobody else can collect for you. If you cannot come, ask at a counter.',
    'nothing-to-collect-now': () =>
      'No card lies ready for you now, so nobody can be named yet. “My card” tells when you can collect; name somebody then.',
    'name-missing': () => 'Enter the name of the person, as it stands on their identity document.',
    'name-too-long': f => `A name has at most ${f.most} characters. Enter it as it stands on the document.`,
    'name-not-a-name': () =>
      'A name has letters, spaces, full stops, hyphens and apostrophes only, and a space after a full stop. Enter it as it stands on the document.',
    'name-is-the-holders': () =>
      'This is your own name. To collect yourself you need to name nobody; enter the name of the person who collects for you.',
    'address-not-one': () =>
      'This is no complete e-mail address. Correct it, or leave it empty and hand the code on yourself.',
    'proxy-named-already': f =>
      `You have named ${f.name} already, and one person can be named at a time. To change it, withdraw that first, then name somebody again.`,
    'named-too-often': f =>
      `At most ${f.most} people can be named within 24 hours. Try again after 24 hours, or ask at a counter.`,
  },

  title: 'Somebody else collects',
  intro:
    'If you cannot come yourself, one person can collect for you. They get a code of their own that works once; afterwards the card is still activated by you, on your own phone.',
  bring: 'They bring',
  codeToo: 'the proxy code',
  days: days =>
    `Good for ${days} ${days === 1 ? 'day' : 'days'}, today included; one person can be named at a time.`,
  name: 'Their name',
  nameHint: 'As on their identity document; the desk compares it.',
  email: 'Their e-mail address',
  emailHint: 'The code is mailed to it. Leave it empty to hand the code on yourself.',
  language: 'We write to them in',
  speaks: 'Their language',
  languages: { 'zh-TW': '中文', en: 'English' },
  submit: 'Name this person',
  fixFirst: 'Nobody was named. Please correct this first.',

  live: (name, lastDay) => `${name} may collect your card, until ${lastDay} at the latest.`,
  mailed: address => `The code is mailed to ${address}.`,
  notMailed: 'No e-mail address was given: hand the code on yourself.',
  noMailAtDesk:
    'No e-mail is sent from here at present: only who named sees the code, and the holder hands it on.',
  noMail: 'No e-mail is sent from here at present: the code is shown to you alone, to hand on yourself.',
  codeTitle: 'Proxy code',
  codeOnce: until =>
    `Shown until ${until} and never again. Hand it to the person you named now, and to nobody else.`,
  codePicture: 'The proxy code as a QR code; its text is beside it',
  codeElsewhere: minutes =>
    `The code is not shown here: only who named sees it, and only for the first ${minutes} minutes.`,
  codeGone:
    'The code is no longer shown. If it did not reach the person you named, withdraw this and name them again.',
  withdraw: 'Withdraw this',
  withdrawAbout: 'The code is then worth nothing at once.',
  collected: (name, at) => `${name} collected your card at ${at}.`,
  collectedNext:
    'Once you have the card in hand, activate it in “My card”. If you did not want this, ask at a counter at once.',
  cannot: 'Nobody can be named now',
  back: 'Back to My card',

  onMyCard: 'Have somebody else collect it',
  onMyCardLive: (name, lastDay) => `You named ${name} to collect it, until ${lastDay} at the latest`,
  onMyCardLiveMore: 'Look at it or withdraw it',
  onMyCardCollected: (name, at) => `${name} collected it for you at ${at}`,
}

/** What is said of somebody else collecting, in both languages. */
export const words = { 'zh-TW': zhTW, en }

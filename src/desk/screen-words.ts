import { keyOf } from './keys.ts'
import { verdictWords } from './verdict-words.ts'

/** What a sentence about something shown is filled with. */
interface Said {
  ending: string
  name: string
  kind: string
  /** Whether a proxy stands there, so that it has to be said whose document it is. */
  byProxy: boolean
}

const zhTW = {
  title: '領卡櫃檯',
  at: (counter: string) => `櫃檯：${counter}`,
  present: '為現場的持卡人辦理',
  scan: '感應卡片、掃描領取碼，或輸入學號',
  keys: '按鍵',
  keysOn: '使用快速鍵',
  sound: '提示音',
  reader: '讀卡機格式',
  readerEnds: '讀卡機在掃描後送出',
  readerEndsWith: { suffix: 'Enter 或 Tab', nothing: '什麼都不送' },
  readerQuiet: '有一陣子沒有掃描了。若讀卡機沒有反應，請感應任一張卡測試，並檢查接線與下方的本機設定。',
  settings: '本機設定',
  settingsNote: '只存在這台電腦。',
  /** With the keys of this computer, which can be changed. */
  key: {
    get seen() {
      return `${keyOf('seen')} 已目視舊卡`
    },
    get document() {
      return `${keyOf('document1')}、${keyOf('document2')}、${keyOf('document3')} 已目視證件`
    },
    get ask() {
      return `${keyOf('ask')} 請第二人確認`
    },
    get name() {
      return `${keyOf('name')} 輸入姓名`
    },
    get witnessed() {
      return `${keyOf('witnessed')} 見證紙本簽名並交付`
    },
    get handOver() {
      return `${keyOf('handOver')} 交付`
    },
    get undo() {
      return `${keyOf('undo')} 撤銷交付`
    },
    get clear() {
      return `${keyOf('clear')} 清除，重新開始`
    },
  },
  person: '學生',
  noPerson: '尚未掃描學生',
  noPersonNext: '請學生出示舊卡或 APP 領取碼，或輸入學號。',
  insteadOf: (name: string) => `改為這位學生；${name}的資料已清除`,
  insteadOfNext: '前一位尚未完成。若掃錯了，請重新掃描前一位；舊卡與證件要再查驗一次。',
  noPhoto: '尚無照片',
  photoOf: (name: string) => `${name}的照片`,
  oldPhoto: (year: string) => `${year} 年的照片，請再看一眼`,
  box: '盒',
  counter: '卡片所在',
  here: '本櫃檯',
  sayToStudent: '對學生說明',
  nothingLies: '沒有待領的卡',
  card: '要交付的卡',
  noCard: '尚未感應新卡',
  takeFrom: (box: string) => `請從 ${box} 盒取卡，在讀卡機上感應。`,
  tapCard: '請感應要交付的新卡。',
  belongs: '是這位學生的卡',
  blank: '空白卡，尚未指定學生',
  number: '卡號',
  compare: '請核對卡面的姓名與卡號。',
  evidence: '身分查驗',
  noEvidence: '尚未查驗',
  evidenceNext: '感應舊卡，或掃描 APP 領取碼。截圖不予受理。',
  evidenceKinds: {
    'old-card': ({ ending }: Said) => `已感應舊卡 ${ending}`,
    'old-card-seen': () => '已目視舊卡',
    'app-proof': () => '已掃描 APP 領取碼',
    document: ({ name, kind, byProxy }: Said) =>
      `已目視${byProxy && kind ? `${name}：${kind}` : kind || name}`,
    'proxy-code': () => '已掃描代領碼',
  },
  whichKind: (name: string) => `${name}：是哪一種？`,
  takeBack: '取消這一項',
  ask: '請第二人確認',
  second: {
    'to-ask': '需要第二人確認',
    waits: '等待第二人確認',
    confirmed: '第二人已確認',
    declined: '第二人不確認',
  },
  goodUntil: '有效至',
  secondWhere: '同櫃檯的另一位同仁或卡務承辦人，在「第二人確認」畫面回答。',
  secondsLeft: (seconds: number) => `剩 ${seconds} 秒`,
  seen: '已目視本人舊卡',
  sign: '簽收',
  signLater: '核對卡片與身分後，在此簽收。',
  proxy: '代領人',
  proxyAbout: '核對代領人本人的證件正本，姓名須相同；委託書須有學生簽名。',
  proxyName: '代領人輸入自己的姓名',
  signedText: '學生簽署的內容',
  otherLanguage: 'English',
  draw: '請在框內簽名',
  drawAgain: '重簽',
  typeName: '改為輸入姓名',
  name: '學生輸入自己的姓名',
  nameHint: (names: string) => `與名冊相同：${names}`,
  witnessed: '已見證紙本簽名，交付',
  handOver: '交付',
  clear: '清除',
  tryAgain: '立即再試',
  last: '我今天最近五筆交付',
  noneYet: '今天還沒有交付。交付後會列在這裡，短時間內可以撤銷。',
  verdict: verdictWords['zh-TW'],
}

const en: typeof zhTW = {
  title: 'Desk',
  at: counter => `Counter: ${counter}`,
  present: 'For a person who is here',
  scan: 'Tap a card, scan a pickup code, or type a student number',
  keys: 'Keys',
  keysOn: 'Use shortcut keys',
  sound: 'Sounds',
  reader: 'Card reader sends',
  readerEnds: 'After a scan the reader sends',
  readerEndsWith: { suffix: 'Enter or Tab', nothing: 'nothing' },
  readerQuiet:
    'No scan for a while. If the reader does nothing, tap any card to test it; check its cable and the settings below.',
  settings: 'This computer',
  settingsNote: 'Kept on this computer only.',
  key: {
    get seen() {
      return `${keyOf('seen')} old card seen`
    },
    get document() {
      return `${keyOf('document1')}, ${keyOf('document2')}, ${keyOf('document3')} document seen`
    },
    get ask() {
      return `${keyOf('ask')} ask a second person`
    },
    get name() {
      return `${keyOf('name')} type the name`
    },
    get witnessed() {
      return `${keyOf('witnessed')} signed on paper: hand over`
    },
    get handOver() {
      return `${keyOf('handOver')} hand over`
    },
    get undo() {
      return `${keyOf('undo')} undo a handover`
    },
    get clear() {
      return `${keyOf('clear')} start over`
    },
  },
  person: 'Student',
  noPerson: 'Nobody scanned yet',
  noPersonNext: 'Ask for the old card or the code in the app, or type the student number.',
  insteadOf: name => `Another student now; what lay here of ${name} is gone`,
  insteadOfNext:
    'That one was not finished. If this scan was a mistake, scan the student before again; old card and documents are checked anew.',
  noPhoto: 'No photo on file',
  photoOf: name => `Photo of ${name}`,
  oldPhoto: year => `Photo of ${year}: look twice`,
  box: 'Box',
  counter: 'Card lies at',
  here: 'this counter',
  sayToStudent: 'Tell the student',
  nothingLies: 'No card waits',
  card: 'Card to give',
  noCard: 'No new card tapped yet',
  takeFrom: box => `Take it from box ${box} and tap it on the reader.`,
  tapCard: 'Tap the new card that is to be given.',
  belongs: 'This is the student’s card',
  blank: 'Blank card, nobody’s yet',
  number: 'Number',
  compare: 'Compare name and number on the card.',
  evidence: 'Identity',
  noEvidence: 'Not checked yet',
  evidenceNext: 'Tap the old card, or scan the code in the app. A screenshot is not accepted.',
  evidenceKinds: {
    'old-card': ({ ending }) => `Old card ${ending} tapped`,
    'old-card-seen': () => 'Old card seen',
    'app-proof': () => 'App code scanned',
    document: ({ name, kind, byProxy }) => `Seen: ${byProxy && kind ? `${name}: ${kind}` : kind || name}`,
    'proxy-code': () => 'Proxy code scanned',
  },
  whichKind: name => `${name}: which kind?`,
  takeBack: 'Take back',
  ask: 'Ask a second person',
  second: {
    'to-ask': 'A second person has to confirm',
    waits: 'Waiting for a second person',
    confirmed: 'A second person confirmed',
    declined: 'A second person declined',
  },
  goodUntil: 'Good until',
  secondWhere: 'Another clerk of this counter, or the card office, answers on the screen “Second person”.',
  secondsLeft: seconds => `${seconds} s left`,
  seen: 'I have seen their old card',
  sign: 'Signature',
  signLater: 'Signed here once card and identity are checked.',
  proxy: 'Proxy',
  proxyAbout:
    'Compare the name with the proxy’s own original ID; the letter of authorization is signed by the student.',
  proxyName: 'The proxy types their own name',
  signedText: 'What the student signs',
  otherLanguage: '中文',
  draw: 'Sign in this field',
  drawAgain: 'Sign again',
  typeName: 'Type the name instead',
  name: 'The student types their own name',
  nameHint: names => `As in the roster: ${names}`,
  witnessed: 'Signed on paper, I witnessed it: hand over',
  handOver: 'Hand over',
  clear: 'Start over',
  tryAgain: 'Try now',
  last: 'My last five today',
  noneYet: 'Nothing handed over today. What you hand over is listed here, and can be undone soon after.',
  verdict: verdictWords.en,
}

/** The words of the desk's screen. */
export const deskWords = { 'zh-TW': zhTW, en }

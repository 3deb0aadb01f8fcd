import type { Facts } from '../lib/decision.ts'
import { sayCount } from '../web/when.ts'
import type { AdoptRefusal, AskRefusal, Standing, SurveyOutcome } from './rules.ts'

type Sentences = Record<AskRefusal | AdoptRefusal, (facts: Facts) => string>

/** Thousands are grouped alike in both languages. */
const count = (numbers: number): string => sayCount(numbers, 'en')
const cards = (numbers: number): string => `${count(numbers)} ${numbers === 1 ? 'card' : 'cards'}`

const zhTW = {
  title: '控制器上的卡片',
  about:
    '控制器由多個系統共用。這裡列出每臺控制器上實際有哪些卡片：本系統的、其他系統的、不該在的、該在而不在的。其他系統的卡片只會列出，不會更動。',
  refused: '無法顯示',
  tryAgain: '再試一次',
  notDone: '沒有完成',
  sum: '全部控制器',
  controllers: '已讀取的控制器',
  ofAll: (read: number, all: number) => `${count(read)} / ${count(all)} 臺`,
  building: '建築',
  list: '清單',
  acts: '操作',
  ours: '相符',
  different: '不符',
  missing: '缺少',
  leftOver: '殘留',
  others: '其他系統',
  taken: '號碼被占用',
  notRead: '尚未讀取完整清單',
  readAt: '讀取時間',
  waits: '等候讀取',
  reading: '讀取中',
  places: '已讀取的位置',
  read: '讀取完整清單',
  readOf: (building: string) => `讀取完整清單：${building}`,
  readAll: '讀取全部控制器',
  readAllAbout: '逐一讀取清單上的每個位置；更新與掛失優先處理，不會因此延後。',
  show: '查看',
  showOf: (building: string) => `查看「${building}」的卡片`,
  close: '關閉',
  outcome: {
    complete: '已完整讀取',
    silent: '讀取途中沒有回應',
    unreadable: '有一筆記錄無法判讀',
    repeating: '同一號碼出現兩次',
    endless: '清單沒有結尾',
    unsteady: '清單一直在變動',
    fault: '系統發生錯誤',
  } satisfies Record<SurveyOutcome, string>,
  outcomeNext: {
    complete: '',
    silent: '請檢查電源與網路，再讀取一次。',
    unreadable: '請用控制器廠商的工具檢查該位置，再讀取一次。',
    repeating: '請再讀取一次；若仍相同，請檢查控制器的記憶體。',
    endless: '控制器的卡片多於登記的容量，或回報不實。請核對容量，再讀取一次。',
    unsteady: '讀取期間一直有卡片被移除，或一直被其他工作打斷。請於更新結束後再讀取一次。',
    fault: '請把時間告知系統管理員，再讀取一次。',
  } satisfies Record<SurveyOutcome, string>,
  atPlace: (place: number) => `位置 ${count(place)}`,
  lastStays: '上一次完整讀取的結果仍然有效。',
  found: '清單上需要留意的卡片',
  nothingFound: '這臺控制器上的卡片都與登記相符',
  nothingFoundNext: '沒有其他系統的卡片，也沒有殘留的卡片。',
  number: '門禁卡號',
  doors: '門',
  days: '期間',
  standingTitle: '狀況',
  standing: {
    ours: '相符',
    different: '不符',
    'left-over': '殘留',
    foreign: '其他系統',
  } satisfies Record<Standing, string>,
  adopted: (standing: string) => `${standing}，已接管`,
  takenSince: (time: string) => `號碼被占用，${time} 起`,
  takenAbout:
    '這個號碼也屬於本系統的一張卡。為避免取代別人的卡，系統沒有寫入，持卡人的舊卡維持有效。若確認是同一張卡，請接管這個號碼；否則請為持卡人換一張卡。',
  noDoor: '無',
  byProfile: (door: number | string, profile: number) => `${door}（時段 ${profile}）`,
  pin: '有密碼',
  until: (from: string, to: string) => `${from} 至 ${to}`,
  more: '還有更多卡片未列出。',
  adoption: '接管現有內容',
  adoptionAbout: '接管只涉及登記上查得到的卡號。請先看清楚會發生什麼事；接管後這些號碼就由系統管理。',
  preview: '預覽接管',
  confirmed: (numbers: number) => `${count(numbers)} 張與登記相符：只記入帳冊，不重新寫入。`,
  changed: (numbers: number) => `${count(numbers)} 張的門或期間不符：改為登記的內容。`,
  willGo: (numbers: number, time: string) =>
    `${count(numbers)} 張不該在這裡：於 ${time} 的更新移除；已掛失者立即移除。`,
  stays: (numbers: number) => `${count(numbers)} 張屬於其他系統：維持原狀。`,
  takenApart: (numbers: number) =>
    `${count(numbers)} 個號碼被占用，不在這次接管之內：請在上方的清單逐一確認，再個別接管。`,
  listTaken: '號碼被占用的卡片（不在這次接管之內）',
  becomes: '接管後',
  alsoStaff: '兼教職員',
  nothingToAdopt: '沒有可接管的卡片',
  nothingToAdoptNext: '登記上查得到的卡片都已由系統管理。',
  adoptNow: (numbers: number) => `接管 ${count(numbers)} 張卡片`,
  adoptNumber: '接管這個號碼',
  done: '已接管',
  doneAbout: (numbers: number, leftOver: number, time: string) =>
    `${count(numbers)} 個號碼由系統管理；${count(leftOver)} 張殘留卡片於 ${time} 的更新移除。`,
  student: '學號',
  lost: '已掛失',
  listChanged: '門或期間不符的卡片',
  listLeftOver: '不該在這裡的卡片',
  shownOnly: (shown: number) => `只列出前 ${count(shown)} 張。`,
  refusal: {
    'no-such-controller': () => '找不到這臺控制器，因此什麼都沒有做。請重新整理後再選一次。',
    'reading-already': () => '這些控制器的清單已經在讀取，不必再要求一次。請等候讀取完成。',
    'not-read-yet': () => '還沒有完整讀取過這臺控制器的清單，不知道要接管什麼。請先讀取完整清單。',
    'read-too-long-ago': ({ hours }) =>
      `清單是 ${hours} 小時以前讀取的，現在的內容可能已經不同。請再讀取一次，然後接管。`,
    'changed-since': () => '預覽之後，登記或清單已經改變，因此沒有接管。請再看一次預覽。',
    'too-many-to-look-at': ({ cards: many, most }) =>
      `接管會更改或移除 ${many} 張卡片，多於可以逐一查看的 ${most} 張，因此沒有接管。請先核對這臺控制器的讀卡機格式與名冊；若無誤，請逐一接管號碼。`,
    'not-this-number': () =>
      '這個號碼沒有接管：登記上沒有這個號碼的卡片，或它已由本系統管理。請重新整理後確認清單。',
    'nothing-to-adopt': () => '沒有可接管的卡片：登記上查得到的都已由系統管理，或號碼被占用而須個別接管。',
  } satisfies Sentences,
}
const en: typeof zhTW = {
  title: 'Cards on the controllers',
  about:
    'Controllers are shared by several systems. This is what really stands on each: our cards, other systems’, those that should not be there, those that should and are not. Other systems’ cards are only listed, never touched.',
  refused: 'This cannot be shown',
  tryAgain: 'Try again',
  notDone: 'Not done',
  sum: 'All controllers',
  controllers: 'Controllers read',
  ofAll: (read, all) => `${count(read)} of ${count(all)}`,
  building: 'Building',
  list: 'Card list',
  acts: 'Actions',
  ours: 'As they should be',
  different: 'Different',
  missing: 'Missing',
  leftOver: 'Left over',
  others: 'Other systems’',
  taken: 'Number taken',
  notRead: 'not read yet',
  readAt: 'Read',
  waits: 'waits to be read',
  reading: 'Reading',
  places: 'Places read',
  read: 'Read the whole list',
  readOf: building => `Read the whole list of ${building}`,
  readAll: 'Read all controllers',
  readAllAbout: 'Every place of each list is read. Updates and lost cards go first and do not wait for it.',
  show: 'Show',
  showOf: building => `Show the cards of ${building}`,
  close: 'Close',
  outcome: {
    complete: 'Read to its end',
    silent: 'No answer halfway',
    unreadable: 'A record cannot be read',
    repeating: 'One number stands there twice',
    endless: 'The list does not end',
    unsteady: 'The list keeps changing',
    fault: 'A fault of the system',
  },
  outcomeNext: {
    complete: '',
    silent: 'Check power and network, then read it again.',
    unreadable: 'Look at that place with the vendor’s tool, then read the list again.',
    repeating: 'Read it again; if it stays so, have the controller’s memory checked.',
    endless:
      'It holds more cards than the capacity on record, or does not tell the truth. Check the capacity, then read it again.',
    unsteady:
      'Cards were removed, or other work came between, all the time while it was read. Read it again after the update.',
    fault: 'Tell the administrators the time, then read it again.',
  },
  atPlace: place => `place ${count(place)}`,
  lastStays: 'What the last complete reading found still counts.',
  found: 'Cards on the list that need a look',
  nothingFound: 'All cards on this controller are as they should be',
  nothingFoundNext: 'No other system’s cards, and none left over.',
  number: 'Number at the door',
  doors: 'Doors',
  days: 'Days',
  standingTitle: 'How it stands',
  standing: {
    ours: 'as it should be',
    different: 'different',
    'left-over': 'left over',
    foreign: 'other system’s',
  },
  adopted: standing => `${standing}, adopted since`,
  takenSince: time => `number taken, since ${time}`,
  takenAbout:
    'A card of ours has this number, too. It was not written, so that nobody else’s card is replaced, and its holder’s old card goes on opening doors. If both are the same card, adopt the number; otherwise give the holder another card.',
  noDoor: 'none',
  byProfile: (door, profile) => `${door} (profile ${profile})`,
  pin: 'with a code',
  until: (from, to) => `${from} to ${to}`,
  more: 'There are more cards than are listed.',
  adoption: 'Adopt what stands there',
  adoptionAbout:
    'Adopting concerns only numbers whose card the register knows. See first what it would do; from then on these numbers are ours.',
  preview: 'Preview the adoption',
  confirmed: numbers =>
    `${cards(numbers)} as the register wants: written into the ledger, not onto the controller.`,
  changed: numbers => `${cards(numbers)} with other doors or days: made as the register wants.`,
  willGo: (numbers, time) =>
    `${cards(numbers)} that should not be there: removed by the update of ${time}, those reported lost at once.`,
  stays: numbers => `${cards(numbers)} of other systems: left as they are.`,
  takenApart: numbers =>
    `${count(numbers)} ${numbers === 1 ? 'number that is' : 'numbers that are'} taken: not part of this. Look at each in the list above, and adopt it by itself.`,
  listTaken: 'Cards whose number is taken (not part of this)',
  becomes: 'Becomes',
  alsoStaff: 'also staff',
  nothingToAdopt: 'There is nothing to adopt',
  nothingToAdoptNext: 'All cards that the register knows are ours already.',
  adoptNow: numbers => `Adopt ${cards(numbers)}`,
  adoptNumber: 'Adopt this number',
  done: 'Adopted',
  doneAbout: (numbers, leftOver, time) =>
    `${count(numbers)} ${numbers === 1 ? 'number is' : 'numbers are'} ours now; ${cards(leftOver)} left over will be removed by the update of ${time}.`,
  student: 'Student number',
  lost: 'reported lost',
  listChanged: 'Cards with other doors or days',
  listLeftOver: 'Cards that should not be there',
  shownOnly: shown => `Only the first ${count(shown)} are listed.`,
  refusal: {
    'no-such-controller': () =>
      'There is no such controller, so nothing was done. Reload the page and choose again.',
    'reading-already': () => 'These lists are being read already; wait until they have been read.',
    'not-read-yet': () =>
      'This controller’s list has not been read to its end yet, so it is not known what to adopt. Read the whole list first.',
    'read-too-long-ago': ({ hours }) =>
      `The list was read more than ${hours} hours ago and may have changed. Read it again, then adopt.`,
    'changed-since': () =>
      'The register or the list has changed since the preview, so nothing was adopted. Look at the preview again.',
    'too-many-to-look-at': ({ cards: many, most }) =>
      `This would change or remove ${many} cards, more than the ${most} that can be looked at one by one, so nothing was adopted. Check the number format of this controller’s readers and the roster first; if both are right, adopt numbers one by one.`,
    'not-this-number': () =>
      'This number was not adopted: the register knows no card of it, or it is ours already. Reload the page and look at the list.',
    'nothing-to-adopt': () =>
      'There is nothing to adopt: all cards that the register knows are ours already, or their numbers are taken and adopted one by one.',
  },
}

/** What is said about the cards that stand on controllers, in both languages. */
export const surveyWords = { 'zh-TW': zhTW, en }

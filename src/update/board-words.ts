import type { Facts } from '../lib/decision.ts'
import { sayCount } from '../web/when.ts'
import type { BoardRefusal, Strangeness } from './board-rules.ts'

type Sentences = Record<BoardRefusal, (facts: Facts) => string>
const count = (numbers: number): string => sayCount(numbers, 'en')

const zhTW = {
  title: '回應的不是原來的控制板',
  about: '在確認之前，系統不會把任何卡片寫入這些位置，也不會調整其時鐘；持卡人原有的卡片維持不變。',
  how: {
    'other-serial': '這個位址回應的是另一塊控制板（序號不同）',
    'other-board': '序號相同，但網路卡位址或韌體不同：可能已換板，或有兩塊板共用一個序號',
    elsewhere: '這臺控制器的序號從別的位址回應：該回應不予採信',
  } satisfies Record<Strangeness, string>,
  doors: '門',
  expected: '原來的控制板',
  seen: '目前回應的控制板',
  from: '回應的位址',
  since: '發現時間',
  last: '最近一次',
  knownSince: '登記自',
  none: '尚未見過',
  board: (serial: number, mac: string | null, firmware: string | null, madeOn: string | null) =>
    [`序號 ${serial}`, mac, firmware && `韌體 ${firmware}`, madeOn].filter(Boolean).join('・'),
  belongsTo: (building: string, id: number) =>
    `這個序號屬於「${building}」的控制器 ${id}：兩塊控制板可能互換了，或有兩塊共用一個序號。請先查明接線與位址。`,
  standsAt: (building: string, id: number) =>
    `這個位址登記給「${building}」的控制器 ${id}：可能有兩臺控制器共用一個序號。`,
  nextElsewhere: '請檢查網路上是否有另一臺同序號的控制器，或位址轉換；若控制器已移到這個位址，請更改其位址。',
  replace: '這是替換的控制板',
  replaceOf: (building: string) => `「${building}」：這是替換的控制板`,
  sure: (cards: number) =>
    `請先到現場核對標籤上的序號。確認後，系統會把 ${count(cards)} 張卡片依一般順序重新寫入，並讀取這塊板上的完整清單。`,
  yes: '確認已替換',
  back: '返回',
  notReplaced: '若不是替換，請把原來的控制板接回：系統認出它之後會自動繼續。',
  lookedAt: '已查看',
  lookedAtOf: (host: string) => `已查看來自 ${host} 的回應`,
  notDone: '沒有完成',
  done: '已登記為新的控制板，正在重新寫入卡片。',
  more: '還有更多未列出。',
  refusal: {
    'no-such-stranger': () => '現在沒有別的控制板在這裡回應，因此什麼都沒有做。請重新整理頁面。',
    'stranger-elsewhere': () =>
      '在這臺控制器的位址上沒有別的控制板，只有來自別處的回應，因此沒有替換。若控制器已移到別的位址，請更改其位址。',
    'stranger-changed': ({ serial, mac }) =>
      `現在回應的是序號 ${serial}、網路卡位址 ${mac} 的控制板，與您看到的不同，因此沒有替換。請重新核對。`,
    'serial-of-another': ({ serial, controller }) =>
      `序號 ${serial} 屬於控制器 ${controller}，因此沒有替換：卡片會寫到別的門。請查明是否兩塊控制板互換，或更改控制器的位址。`,
    'serial-is-none': () => '這塊控制板回應的序號是 0，不是有效的序號，因此沒有替換。請檢查控制板。',
  } satisfies Sentences,
}
const en: typeof zhTW = {
  title: 'It is not the expected board that answers',
  about:
    'Until this is settled, no card is written there and no clock is set; the cards that open these doors stay as they are.',
  how: {
    'other-serial': 'Another board answers at this address (another serial number)',
    'other-board':
      'The same serial number with another hardware address or firmware: the board was replaced, or two boards have one number',
    elsewhere:
      'Replies with this controller’s serial number come from another address: they are not believed',
  },
  doors: 'Doors',
  expected: 'The board that is expected',
  seen: 'The board that answers',
  from: 'It answers from',
  since: 'Seen since',
  last: 'Last seen',
  knownSince: 'Known since',
  none: 'not met yet',
  board: (serial, mac, firmware, madeOn) =>
    [`serial ${serial}`, mac, firmware && `firmware ${firmware}`, madeOn].filter(Boolean).join(' · '),
  belongsTo: (building, id) =>
    `This serial number is that of controller ${id}, ${building}: two boards may have been swapped, or two have one number. Find out how they are connected first.`,
  standsAt: (building, id) =>
    `This address is recorded for controller ${id}, ${building}: two controllers may have one serial number.`,
  nextElsewhere:
    'Look for a second controller with this number on the network, or for translated addresses; where the controller has moved to this address, change its address.',
  replace: 'This is the replacement',
  replaceOf: building => `${building}: this is the replacement`,
  sure: cards =>
    `Compare the serial number on its label first. Then ${count(cards)} ${cards === 1 ? 'card is' : 'cards are'} put onto it again in the usual order, and its whole list is read.`,
  yes: 'It was replaced',
  back: 'Back',
  notReplaced:
    'If it is not a replacement, connect the right board again: the update goes on by itself once it answers.',
  lookedAt: 'Looked at',
  lookedAtOf: host => `Replies from ${host} looked at`,
  notDone: 'Not done',
  done: 'It is the controller’s board from now on; its cards are being put again.',
  more: 'There are more than are listed.',
  refusal: {
    'no-such-stranger': () => 'No other board answers here now, so nothing was done. Reload the page.',
    'stranger-elsewhere': () =>
      'No other board stands at this controller’s address, replies only came from elsewhere; so nothing was replaced. If the controller has moved, change its address.',
    'stranger-changed': ({ serial, mac }) =>
      `The board that answers now has the serial number ${serial} and the hardware address ${mac}, not those that you saw; so nothing was replaced. Compare them again.`,
    'serial-of-another': ({ serial, controller }) =>
      `The serial number ${serial} is that of controller ${controller}, so nothing was replaced: cards would go to other doors. Find out whether two boards were swapped, or change the controllers’ addresses.`,
    'serial-is-none': () =>
      'This board says that its serial number is 0, which is none; so nothing was replaced. Have the board checked.',
  },
}

/** What is said about boards that stand where others should, in both languages. */
export const boardWords = { 'zh-TW': zhTW, en }

import type { RefusalWords } from '../server/perform.ts'
import type { UncollectedRefusal } from './uncollected.ts'

/** Why uncollected cards are not retired, in both languages. */
export const uncollectedRefusals: RefusalWords<UncollectedRefusal> = {
  'zh-TW': {
    'before-deadline': f => `${f.deadline} 之前學生還會來領，不能註銷。個別的卡片請到「卡片庫存」。`,
    'are-kept': () => '換發作業規定逾期未領的卡片要保留（overview.uncollected）。要註銷，請先發布新版本。',
    'no-cards': () => '沒有選任何卡片。請勾選要註銷的卡片。',
    'count-differs': f => `選了 ${f.chosen} 張，但輸入的是 ${f.said} 張。沒有註銷任何卡片；請核對後再試。`,
  },
  en: {
    'before-deadline': f =>
      `Until ${f.deadline} students still come for them; they are not retired before. For a single card see Card stock.`,
    'are-kept': () =>
      'The programme says that uncollected cards are kept (overview.uncollected). Publish a new version first if they are to be retired.',
    'no-cards': () => 'No card was chosen. Tick those that are to be retired.',
    'count-differs': f =>
      `${f.chosen} cards are chosen, and ${f.said} was typed. Nothing was retired: look at them again.`,
  },
}

const many = (count: number) => new Intl.NumberFormat('en').format(count)

const zhTW = {
  title: '逾期未領的卡片',
  about: '依櫃檯與卡盒列出做好而沒有人領的卡片。查看會留下紀錄。',
  loading: '讀取中…',
  refused: '無法顯示',
  todo: {
    keep: '依換發作業，這些卡片要保留。',
    'send-back': '依換發作業：取出卡片，註銷後送回註冊組。',
    destroy: '依換發作業：取出卡片，註銷後銷毀。',
  },
  before: (deadline: string) => `截止日 ${deadline} 之後才能註銷。現在可以先看各櫃檯還有多少。`,
  counter: '櫃檯',
  box: '卡盒',
  cards: '張數',
  since: '最早入庫',
  everywhere: '全部櫃檯',
  choose: '選擇',
  chooseCard: (number: string) => `選擇 ${number} 的卡片`,
  chooseAll: '全選這一頁',
  student: '學號',
  name: '姓名',
  ending: '末四碼',
  inStock: '入庫',
  none: '沒有逾期未領的卡片',
  noneNext: '每一張做好的卡都有人領走了。',
  reason: '註銷原因（寫入紀錄）',
  count: (chosen: number) => `選了 ${many(chosen)} 張；請再輸入一次張數`,
  retire: (chosen: number) => `註銷 ${many(chosen)} 張`,
  retired: (done: number, of: number) => `${many(of)} 張中已註銷 ${many(done)} 張。`,
  notRetired: '沒有註銷',
  people: '寫信給還沒領的人',
}
const en: typeof zhTW = {
  title: 'Cards that nobody collected',
  about: 'Cards that are made and wait, by counter and box. That you looked is written down.',
  loading: 'Loading…',
  refused: 'This cannot be shown',
  todo: {
    keep: 'The programme says that these cards are kept.',
    'send-back': 'The programme says: take them out, retire them here, and send them back to the registrar.',
    destroy: 'The programme says: take them out, retire them here, and destroy them.',
  },
  before: deadline =>
    `They are retired after the deadline of ${deadline} at the earliest. See how many lie where.`,
  counter: 'Counter',
  box: 'Box',
  cards: 'Cards',
  since: 'In stock since, the oldest',
  everywhere: 'All counters',
  choose: 'Choose',
  chooseCard: number => `Choose the card of ${number}`,
  chooseAll: 'Choose all on this page',
  student: 'Student number',
  name: 'Name',
  ending: 'Ends in',
  inStock: 'In stock since',
  none: 'No card waits',
  noneNext: 'Every card that was made has been collected.',
  reason: 'Why they are retired (goes into the journal)',
  count: chosen =>
    `${many(chosen)} ${chosen === 1 ? 'card is' : 'cards are'} chosen; type the number once more`,
  retire: chosen => (chosen === 1 ? 'Retire 1 card' : `Retire ${many(chosen)} cards`),
  retired: (done, of) => `${many(done)} of ${many(of)} ${of === 1 ? 'card was' : 'cards were'} retired.`,
  notRetired: 'Not retired',
  people: 'Write to who has not collected',
}

/** What the screen of uncollected cards says, in both languages. */
export const uncollectedWords = { 'zh-TW': zhTW, en }

import type { CardState } from './card-states.ts'

const zhTW = {
  title: '人員查詢',
  about:
    '可用中文姓名的一部分、英文姓名、學號、電子郵件、卡片上的號碼，或讀卡機送出的號碼。誰查詢、看到了誰，都會留下紀錄，當事人也看得到；輸入的內容不會。',
  search: '查詢',
  label: '姓名、學號或卡號',
  reason: '查閱理由（可留空）',
  searching: '查詢中…',
  refused: '無法查詢',
  nobody: '查無此人',
  nobodyNext: '請少打幾個字，或改用學號。',
  more: (shown: number) => `符合的人很多，只列 ${shown} 人。請多打幾個字。`,
  student: '學號',
  name: '姓名',
  department: '系所',
  status: '學籍',
  card: '新卡',
  history: (number: string) => `${number} 的完整紀錄`,
  statuses: {
    enrolled: '在學',
    'on-leave': '休學',
    graduated: '畢業',
    withdrawn: '退學',
    'not-registered': '未註冊',
  } as Record<string, string>,
  cards: {
    'in-use': '使用中',
    paused: '門禁暫停',
    fetched: '由班代轉交中',
    collected: '已領，未啟用',
    lost: '已掛失',
    waits: '待領',
    none: '沒有卡',
  } satisfies Record<CardState, string>,
}
const en: typeof zhTW = {
  title: 'People',
  about:
    'By a part of the Chinese name, the English name, student number, e-mail, a number on a card, or one as a reader sends it. Who searched, and whom they saw, is written down, and those people read it; what was typed is not.',
  search: 'Search',
  label: 'Name, student number or card number',
  reason: 'What for (optional)',
  searching: 'Searching…',
  refused: 'The search failed',
  nobody: 'Nobody was found',
  nobodyNext: 'Type less of the name, or the student number.',
  more: shown => `There are many; only ${shown} are shown. Type more.`,
  student: 'Student number',
  name: 'Name',
  department: 'Department',
  status: 'Status',
  card: 'New card',
  history: number => `Everything of ${number}`,
  statuses: {
    enrolled: 'enrolled',
    'on-leave': 'on leave',
    graduated: 'graduated',
    withdrawn: 'withdrawn',
    'not-registered': 'not registered',
  },
  cards: {
    'in-use': 'in use',
    paused: 'campus access paused',
    fetched: 'with the class representative',
    collected: 'collected, not activated',
    lost: 'reported lost',
    waits: 'waits to be collected',
    none: 'none',
  },
}

/** What the screen that finds people says, in both languages. */
export const peopleWords = { 'zh-TW': zhTW, en }

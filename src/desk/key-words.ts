import type { DeskAct, KeyRefusal } from './key-rules.ts'

const zhTW = {
  title: '更改快速鍵',
  about: '先按要更改的那一列，再按想用的鍵。只存在這台電腦。',
  act: '動作',
  key: '鍵',
  acts: {
    seen: '已目視舊卡',
    document1: '第一種證件',
    document2: '第二種證件',
    document3: '第三種證件',
    ask: '請第二人確認',
    name: '輸入姓名',
    witnessed: '見證紙本簽名並交付',
    handOver: '交付',
    phone: '用學生的手機簽收',
    tablet: '用平板簽收',
    undo: '撤銷最近的交付',
    clear: '清除，重新開始',
  } satisfies Record<DeskAct, string>,
  change: (act: string, key: string) => `更改「${act}」的鍵，目前是 ${key}`,
  pressNow: '請按鍵…',
  changed: (key: string, act: string) => `已改用 ${key}：${act}。`,
  reset: '恢復原設定',
  usualAgain: '已恢復原來的快速鍵。',
  refusals: {
    'key-types': (key: string) =>
      `不能使用「${key}」：數字、Enter、Tab 等是掃描與輸入用的。請選 F1 到 F10、Esc，或一個英文字母。`,
    'key-of-the-browser': (key: string) => `不能使用 ${key}：瀏覽器自己會用到。請選別的鍵。`,
    'key-in-use': (key: string, other: string) =>
      `${key} 已用於「${other}」。請選別的鍵，或先更改「${other}」的鍵。`,
  } satisfies Record<KeyRefusal, (key: string, other: string) => string>,
}

const en: typeof zhTW = {
  title: 'Change the keys',
  about: 'Press the row that is to be changed, then the key you want. Kept on this computer only.',
  act: 'What it does',
  key: 'Key',
  acts: {
    seen: 'Old card seen',
    document1: 'First document seen',
    document2: 'Second document seen',
    document3: 'Third document seen',
    ask: 'Ask a second person',
    name: 'Type the name',
    witnessed: 'Signed on paper: hand over',
    handOver: 'Hand over',
    phone: 'Sign on their phone',
    tablet: 'Sign on the tablet',
    undo: 'Undo the last handover',
    clear: 'Start over',
  },
  change: (act, key) => `Change the key for “${act}”, now ${key}`,
  pressNow: 'Press a key…',
  changed: (key, act) => `${key} now does this: ${act}.`,
  reset: 'Usual keys again',
  usualAgain: 'The keys are as they came.',
  refusals: {
    'key-types': key =>
      `“${key}” cannot be used: digits, Enter, Tab and the like belong to scans and typing. Choose F1 to F10, Esc, or a letter.`,
    'key-of-the-browser': key =>
      `${key} cannot be used: the browser has a use of its own for it. Choose another one.`,
    'key-in-use': (key, other) =>
      `${key} is in use: “${other}”. Choose another key, or change that one first.`,
  },
}

/** The words of the table of keys. */
export const keyWords = { 'zh-TW': zhTW, en }

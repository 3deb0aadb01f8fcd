import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { sayCounters } from '../programme/template.ts'
import type { Say } from '../server/perform.ts'
import type { UndoReason, UndoRefusal } from './undo-rules.ts'

interface Said {
  counter: string
  minutes: number
}

const zhTW = {
  undo: '撤銷交付',
  undoOf: (name: string) => `撤銷交付：${name}`,
  whyTitle: (name: string) => `為什麼撤銷交付給${name}的卡？`,
  whyNext: '卡片須仍在櫃檯上。撤銷後學生會收到通知，紀錄與簽名仍會保留。',
  keep: '不撤銷',
  reasons: {
    'by-mistake': '按錯了',
    'wrong-person': '交給了別人',
    'not-taken': '學生沒有帶走',
    faulty: '卡片有瑕疵（永久註銷）',
  } satisfies Record<UndoReason, string>,
  retireTitle: (name: string, ending: string) => `要永久註銷${name}的卡（${ending}）嗎？`,
  retireNext: '註銷之後，這張卡永遠不能再交付，也無法復原。若卡片沒有瑕疵，請選「回上一步」。',
  retire: '撤銷並永久註銷',
  back: '回上一步',
  left: (time: string) => `還可撤銷 ${time}`,
  undone: (name: string) => `${name}：已撤銷`,
  undoneFaulty: (name: string) =>
    `已撤銷交付給${name}的卡，並註銷這張有瑕疵的卡。請將卡片放在一旁交卡務承辦人；後續會通知學生。`,
  undoneNow: (name: string, box: string | null) =>
    `已撤銷交付給${name}的卡。${box === null ? '請將卡片放回原處。' : `請將卡片放回 ${box} 盒。`}`,
  refusals: {
    'nothing-handed-over': () => '登錄資料中沒有這筆交付，沒有可撤銷的。請重新整理最近交付的清單。',
    'undone-already': () => '這筆交付已經撤銷，不必再做。',
    'not-undone-here': () => '這筆交付不能在櫃檯撤銷。請洽卡務承辦人。',
    'undone-at-its-counter': ({ counter }: Said) =>
      `這張卡是在${counter}交付的，只有該櫃檯或卡務承辦人能撤銷。`,
    'activated-since': () =>
      '學生已啟用這張卡，門禁已改用它，不能再撤銷。若拿卡的不是本人，請立即為本人辦理掛失。',
    'lost-since': () => '這張卡已掛失，不能再撤銷。請洽卡務承辦人。',
    'more-since': () => '這張卡交付後已有其他辦理事項，不能再撤銷。請洽卡務承辦人。',
    'undo-too-late': ({ minutes }: Said) =>
      `交付已超過 ${minutes} 分鐘，不能再撤銷。若拿卡的不是本人，請立即為本人辦理掛失；其他情形請洽卡務承辦人。`,
  } satisfies Record<UndoRefusal, (said: Said) => string>,
}

const en: typeof zhTW = {
  undo: 'Undo',
  undoOf: name => `Undo the handover to ${name}`,
  whyTitle: name => `Why is the handover to ${name} undone?`,
  whyNext: 'The card must still lie on the desk. The student is told, and the record and signature are kept.',
  keep: 'Leave it',
  reasons: {
    'by-mistake': 'Pressed by mistake',
    'wrong-person': 'Given to somebody else',
    'not-taken': 'The student did not take it',
    faulty: 'The card is faulty (retired for good)',
  },
  retireTitle: (name, ending) => `Retire the card of ${name} (${ending}) for good?`,
  retireNext:
    'A card that is retired is never handed over again, and that cannot be undone. If it is not faulty, go back.',
  retire: 'Undo and retire the card',
  back: 'Back',
  left: time => `can be undone for ${time}`,
  undone: name => `${name}: undone`,
  undoneFaulty: name =>
    `The handover to ${name} is undone and the faulty card retired. Put it aside for the card office; the student is told what follows.`,
  undoneNow: (name, box) =>
    `The handover to ${name} is undone. Put the card back ${box === null ? 'where it lay' : `into box ${box}`}.`,
  refusals: {
    'nothing-handed-over': () =>
      'The register knows no such handover, so there is nothing to undo. Load the list of handovers again.',
    'undone-already': () => 'This handover is undone already; nothing is left to do.',
    'not-undone-here': () => 'This handover cannot be undone at a desk. Ask the card office.',
    'undone-at-its-counter': ({ counter }) =>
      `This card was handed over at ${counter}; only that counter or the card office can undo it.`,
    'activated-since': () =>
      'The student has activated the card and the doors go by it, so this cannot be undone. If somebody else holds it, report it lost for its owner at once.',
    'lost-since': () => 'The card was reported lost, so this cannot be undone. Ask the card office.',
    'more-since': () =>
      'Something else was done with the card since, so this cannot be undone. Ask the card office.',
    'undo-too-late': ({ minutes }) =>
      `It was handed over more than ${minutes === 1 ? 'a minute' : `${minutes} minutes`} ago and cannot be undone. If somebody else holds it, report it lost for its owner at once; otherwise ask the card office.`,
  },
}

/** What is said of undoing a handover, in both languages. */
export const undoWords = { 'zh-TW': zhTW, en }

/** Says why a handover is not undone, with the programme's names of counters. */
export const sayUndo =
  (programme: () => Programme): Say<UndoRefusal> =>
  ({ refusal, facts }, language: Language) =>
    undoWords[language].refusals[refusal]({
      counter: typeof facts.counter === 'string' ? sayCounters(programme(), [facts.counter], language) : '—',
      minutes: Number(facts.minutes ?? 0),
    })

import { keyOf } from './keys.ts'

const zhTW = {
  start: () => ['請掃描', '感應舊卡、新卡，或掃描 APP 領取碼、輸入學號，順序不拘，不需先點選。'],
  card: () => ['可領取', '請取卡並感應。'],
  evidence: (missing: string, keys: boolean) => [
    '請查驗身分',
    `${missing}${keys ? '目視的證件按畫面上的鍵記錄。' : '目視的證件按畫面上的按鈕記錄。'}`,
  ],
  proxy: (name: string, missing: string, keys: boolean) => [
    `代領人：${name}`,
    `${missing}${keys ? '目視的證件按畫面上的鍵或按鈕記錄。' : '目視的證件按畫面上的按鈕記錄。'}`,
  ],
  proxySigns: (name: string, keys: boolean) => [
    `請代領人簽名：${name}`,
    keys
      ? `簽名後按 ${keyOf('handOver')} 交付；紙本簽名按 ${keyOf('witnessed')}。`
      : '簽名後交付；也可見證紙本簽名。',
  ],
  ask: (keys: boolean) => [
    '需要第二人確認',
    `學生沒有舊卡也沒有 APP，請${keys ? `按 ${keyOf('ask')} ` : ''}提出，由另一位同仁核對證件。`,
  ],
  waits: () => ['等待第二人確認', '請另一位同仁在自己的畫面確認。確認後這裡會自動繼續，不必按鍵。'],
  signature: (keys: boolean) => [
    '請學生簽名',
    keys
      ? `簽名後按 ${keyOf('handOver')} 交付；紙本簽名按 ${keyOf('witnessed')}。`
      : '簽名後交付；也可見證紙本簽名。',
  ],
  sending: () => ['交付中', '請稍候。'],
  refused: '未接受',
  stop: '不可交付',
  done: (name: string) => `已交付：${name}`,
  doneNext: (ending: string) => `卡號 ${ending}。請提醒學生在 APP 啟用；下一位請直接掃描。`,
  undone: '已撤銷',
  offline: '沒有網路',
  offlineNext: (waiting: number) =>
    waiting === 0
      ? '可以繼續掃描：掃描與輸入的內容都會保留，連線後自動送出，不會重複。'
      : `已保留 ${waiting} 筆，連線後自動送出，不會重複；重新整理頁面也不會遺失。`,
}

const en: typeof zhTW = {
  start: () => [
    'Scan',
    'The old card, the new card, the code in the app or a student number, in any order; no need to click.',
  ],
  card: () => ['May collect', 'Fetch the card and tap it.'],
  evidence: (missing, keys) => [
    'Check the identity',
    `${missing} What you see with your own eyes is recorded with ${keys ? 'the keys shown' : 'the buttons'}.`,
  ],
  proxy: (name, missing, keys) => [
    `A proxy: ${name}`,
    `${missing} What you see with your own eyes is recorded with ${keys ? 'the keys or buttons shown' : 'the buttons'}.`,
  ],
  proxySigns: (name, keys) => [
    `The proxy signs: ${name}`,
    keys
      ? `Then ${keyOf('handOver')} hands over; ${keyOf('witnessed')} where they signed on paper.`
      : 'Then hand over, or witness a signature on paper.',
  ],
  ask: keys => [
    'A second person has to confirm',
    `The student has neither the old card nor the app. ${keys ? `${keyOf('ask')} asks` : 'Ask'} another of the staff to look at the document.`,
  ],
  waits: () => [
    'Waiting for a second person',
    'Another of the staff confirms on their own screen. This one goes on by itself; no key is needed.',
  ],
  signature: keys => [
    'The student signs',
    keys
      ? `Then ${keyOf('handOver')} hands over; ${keyOf('witnessed')} where they signed on paper.`
      : 'Then hand over, or witness a signature on paper.',
  ],
  sending: () => ['Handing over', 'One moment.'],
  refused: 'Not accepted',
  stop: 'Do not hand over',
  done: name => `Handed over: ${name}`,
  doneNext: ending =>
    `Card ${ending}. Remind the student to activate it in the app. Next, please: just scan.`,
  undone: 'Undone',
  offline: 'No network',
  offlineNext: waiting =>
    waiting === 0
      ? 'Go on scanning: what is scanned and typed is kept, and sent by itself once the network is back, never twice.'
      : `${waiting} kept; sent by itself once the network is back, never twice, also if the page is loaded anew.`,
}

/** What the bar at the bottom of the desk says, with the keys of this computer. */
export const verdictWords = { 'zh-TW': zhTW, en }

import type { ClockRefusal } from './demo-clock.ts'

const zhTW = {
  title: '示範時鐘',
  about:
    '這是示範校園：人物皆為虛構，門禁控制器由模擬器扮演。校園時間可以往前移動，沿途的每個門禁更新時段與日期都會照常發生。',
  now: '現在校園時間',
  nextUpdate: '下一個門禁更新時段',
  deadline: '舊卡校園門禁截止時間',
  deadlineGone: '已過',
  moveTitle: '把時間往前移',
  to: {
    'next-update': '到下一個更新時段',
    'next-day': '過一天',
    deadline: '到截止時間',
  },
  toHint: {
    'next-update': '更新隨即開始，可在「門禁更新」畫面看到進度。',
    'next-day': '到明天的同一時間。',
    deadline: '沿途每個更新時段都會執行；若相隔數月，需要半分鐘以上。',
  },
  onlyForward: '時間只能往前，不能倒退。',
  moving: '時間移動中',
  movingTo: '前往',
  movingNote: '本頁每秒自動更新，可以離開再回來。',
  windows: '門禁更新畫面（門禁管理人員）',
  refused: '時間沒有移動',
  refusal: {
    'deadline-passed': '截止時間已過；請選擇其他目的地。',
    'still-moving': '時間還在移動，請等到達後再試。',
  } satisfies Record<ClockRefusal, string>,
}
const en: typeof zhTW = {
  title: 'Demo clock',
  about:
    'This is the campus to try: its people are invented and an emulator plays its door controllers. Its time can be moved forward, and every door update and every date on the way happens as usual.',
  now: 'Campus time now',
  nextUpdate: 'Next door update',
  deadline: 'End of the old cards’ campus access',
  deadlineGone: 'has passed',
  moveTitle: 'Move the time forward',
  to: {
    'next-update': 'To the next update',
    'next-day': 'One day',
    deadline: 'To the deadline',
  },
  toHint: {
    'next-update': 'The update begins at once; its progress is on the screen “Door updates”.',
    'next-day': 'To the same time tomorrow.',
    deadline: 'Every update on the way is carried out; over some months this takes half a minute or more.',
  },
  onlyForward: 'Time only goes forward, never back.',
  moving: 'Time is moving',
  movingTo: 'To',
  movingNote: 'This page renews itself every second. You can leave it and come back.',
  windows: 'Door updates (for the access keeper)',
  refused: 'The time was not moved',
  refusal: {
    'deadline-passed': 'The deadline has passed; choose another way to go.',
    'still-moving': 'The time is still moving; try again when it has arrived.',
  },
}

/** What the demo clock says, in both languages. */
export const words = { 'zh-TW': zhTW, en }

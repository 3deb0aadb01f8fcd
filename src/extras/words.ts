const zhTW = {
  title: '不會轉移的功能',
  intro: '下列功能留在舊卡上，啟用新卡也不會轉移，請分別辦理。',
  states: { 'ask-yourself': '若您有使用', 'set-up-again': '需重新設定', done: '新卡已設定' },
  ask: (owner: string) => `洽${owner}`,
  door: (building: string, door: string) => `${building}　${door}`,
  grantedOn: '舊卡設定日',
  none: '您沒有舊卡，沒有需要轉移的功能。',
}

const en: typeof zhTW = {
  title: 'What does not move',
  intro: 'These stay on the old card, even when you activate the new one. Please set them up separately.',
  states: {
    'ask-yourself': 'if you use it',
    'set-up-again': 'to be set up again',
    done: 'set up on the new card',
  },
  ask: owner => `Ask ${owner}`,
  door: (building, door) => `${building}, ${door}`,
  grantedOn: 'On the old card since',
  none: 'You have no old card, so there is nothing to move.',
}

/** What is said of the things that stay on the old card, in both languages. */
export const words = { 'zh-TW': zhTW, en }

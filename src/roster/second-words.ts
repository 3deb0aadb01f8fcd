const zhTW = {
  needed: '套用前須由第二人確認',
  waits: '等候第二人確認',
  why: '不再在學的人數超過方案設定的上限。請另一位承辦人檢視同一份差異後，同意（立即套用）或不同意（附理由）。',
  lately: (people: number) =>
    `過去 24 小時內，其他檔案已使 ${people} 人不再在學而未經第二人確認，與這個檔案合併計算。同意後，這些也視為已確認。`,
  ask: '請第二人確認',
  askAnew: '以目前的差異重新請求',
  asked: (who: string) => `由 ${who} 提出：`,
  takeBack: '收回請求',
  other: '提出請求之後，名冊資料已有變動；目前的差異與當時不同，請由提出的人重新請求。',
  reason: '理由',
  reasonHint: '不同意時必填；同意時可留白。會記入操作紀錄。',
  letGo: '同意並套用',
  decline: '不同意',
  declined: (who: string) => `${who} 不同意這個檔案`,
  notDone: '沒有執行',
  lookAgain: '重新檢視',
}

const en: typeof zhTW = {
  needed: 'A second person confirms this before it is applied',
  waits: 'Waits for a second person',
  why: 'More people would stop being enrolled than the programme lets pass. Another person of the office looks at the same difference and lets it go, which applies it at once, or declines with a reason.',
  lately: people =>
    `Files of the last 24 hours have ended the enrolment of ${people === 1 ? '1 person' : `${people} people`} without a second person; they are counted with this file. Who lets it go confirms them, too.`,
  ask: 'Ask a second person',
  askAnew: 'Ask anew about the difference as it is now',
  asked: who => `Asked by ${who}:`,
  takeBack: 'Take the question back',
  other:
    'The register has changed since the question was asked. The difference is another one now; the one who asked asks anew.',
  reason: 'Reason',
  reasonHint: 'Needed to decline; may stay blank to let it go. It is written in the journal.',
  letGo: 'Let it go and apply it',
  decline: 'Decline',
  declined: who => `${who} has declined this file`,
  notDone: 'Not done',
  lookAgain: 'Look again',
}

/** What is said where a roster needs a second person. */
export const secondWords = { 'zh-TW': zhTW, en }

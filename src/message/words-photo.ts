/** What messages say of a photo that a holder sent. */
const zhTW = {
  accepted: {
    subject: '您的照片已採用',
    parts: [
      '您送出的照片已由卡務承辦採用。',
      '之後的櫃檯查驗與新製的卡片都使用這張照片；已經製作的卡片不會改變。',
    ],
  },
  declined: {
    subject: '您的照片沒有採用，請再送一張',
    about: '卡務承辦沒有採用您送出的照片。',
    next: '請在「我的學生證」的「我的照片」再送一張。',
    ask: (where: string) => `有疑問請洽${where}。`,
  },
}

const en: typeof zhTW = {
  accepted: {
    subject: 'Your photo was accepted',
    parts: [
      'The card office has accepted the photo that you sent.',
      'From now on desks compare it, and new cards are made with it. Cards that are made already do not change.',
    ],
  },
  declined: {
    subject: 'Your photo was not accepted: please send another one',
    about: 'The card office has not accepted the photo that you sent.',
    next: 'Please send another one in “My photo” of “My card”.',
    ask: where => `If you have a question, ask at ${where}.`,
  },
}

export const photoWords = { 'zh-TW': zhTW, en }

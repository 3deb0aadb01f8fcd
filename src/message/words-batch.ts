/** What messages say of a card that went with a class representative. */
const zhTW = {
  given: {
    subject: '您的新卡由班代代領',
    given: (name: string, at: string, counter: string) =>
      `您的新學生證已於 ${at} 在${counter}交給班代${name}，由班代轉交給您。`,
    next: '拿到卡片之後，請在學校 APP 啟用。啟用之前，新卡不能開校園裡的任何門，舊卡照常使用。',
    back: (on: string) => `若到 ${on} 還沒有拿到，班代會把卡片送回櫃檯，請您到櫃檯領取。`,
  },
  back: {
    subject: '您的新卡已送回櫃檯，請到櫃檯領取',
    back: (at: string, counter: string) => `班代沒有把卡片交給您，已於 ${at} 送回${counter}。`,
    next: '請攜帶原本要求的證件，到該櫃檯領取。',
  },
}

const en: typeof zhTW = {
  given: {
    subject: 'Your class representative has your new card',
    given: (name, at, counter) =>
      `At ${at} your new student card was given to your class representative ${name} at ${counter}, who hands it to you.`,
    next: 'Once you have it in hand, activate it in the university’s app. Until then it opens no door on campus, and your old card goes on as before.',
    back: on => `If you have not got it by ${on}, it comes back to the desk, where you collect it.`,
  },
  back: {
    subject: 'Your new card is back at the desk: please collect it',
    back: (at, counter) =>
      `Your class representative did not hand you the card. It has been back at ${counter} since ${at}.`,
    next: 'Please collect it there, with what you were asked to bring.',
  },
}

export const batchWords = { 'zh-TW': zhTW, en }

import type { AnsweringRefusal, askingRefusals, UseRefusal } from './signing-rules.ts'

/** What only the clerk is told: why somebody is not asked to sign, or why what was signed is not for this handover. */
export type SigningAtDesk = UseRefusal | (typeof askingRefusals)[number]

interface At {
  counter: string
  until: string
}

const zhTW = {
  desk: {
    'not-ready-to-sign': '還不能簽收：請先感應卡片並完成身分查驗。',
    'proxy-signs-here': '現場是代領人，不能請學生用手機簽收。請代領人在這個畫面或平板上簽名。',
    'asked-at-another-desk': ({ counter, until }: At) =>
      `${counter}正在請這位學生簽收，到 ${until} 為止。請確認學生在哪個櫃檯；若就在您面前，請在這個畫面簽收。`,
    'signature-not-asked': '沒有這份簽收，或不是由您提出的。請再請學生簽收一次，或在這個畫面簽名。',
    'signed-for-another-card': '學生簽收的是另一張卡，不能用於這張。請核對卡片，再請學生簽收一次。',
    'signed-by-another': '簽收的人不是現在領卡的人。請現場的人簽收。',
    'refused-by-signer':
      '學生表示這不是他的卡，不可交付。請與學生核對卡面的姓名與卡號；若卡片正確，請再請學生簽收一次，否則改感應正確的卡。',
    'signature-withdrawn': '這份簽收已取消或已用過。請再請學生簽收一次，或在這個畫面簽名。',
    'signature-too-late': '簽收的時間已過。請再請學生簽收一次，或在這個畫面簽名。',
    'signature-awaited': '學生還沒有簽收。請等學生簽收，或在這個畫面簽名。',
    'signed-other-words': '簽收之後，簽收文字已經變更。請學生再簽收一次。',
  },
  refusals: {
    'signed-already': '您已經簽收了，不需要再簽一次。',
    'refused-already': '您已表示這不是您的卡。若卡片其實正確，請告訴櫃檯人員，由他再請您簽收一次。',
    'no-longer-asked': '櫃檯已不再請您簽收。若您還在櫃檯，請告訴櫃檯人員。',
    'asked-too-long-ago': '簽收的時間已過。請告訴櫃檯人員，由他再請您簽收一次。',
    'not-signed': '還沒有簽名。請簽名、輸入姓名，或按「我已領取」。',
    'name-differs': '輸入的姓名與登記的不同。請輸入學生證上的中文或英文姓名，或改用「我已領取」。',
  },
  titleOf: (edition: string) => `請簽收：${edition}`,
  asked: (counter: string, until: string) => `${counter}請您簽收，請在 ${until} 前完成。`,
  received: '我已領取',
  receivedAbout: '按下就是簽收上面這段文字，不必手寫。',
  orName: '改以姓名或手寫簽收',
  name: '輸入您的姓名',
  nameHint: '中文或英文，與學生證上的相同。',
  signName: '以姓名簽收',
  draw: '請在框內簽名',
  drawAgain: '重簽',
  signDrawn: '以手寫簽收',
  refuse: '這不是我的卡',
  refuseAbout: '卡片或姓名不對、或您不在櫃檯：按這裡，櫃檯就不會交付。',
  signedTitle: '已簽收',
  signedAbout: '櫃檯已收到，請領取卡片。',
  refusedTitle: '您表示這不是您的卡',
  refusedAbout: '櫃檯不會交付這張卡。若您在櫃檯，請告訴櫃檯人員；若不在，請立即洽櫃檯。',
  look: '重新整理',
}

const en: typeof zhTW = {
  desk: {
    'not-ready-to-sign': 'It is too early to sign: tap the card and check the identity first.',
    'proxy-signs-here':
      'A proxy stands here, so the student’s own phone is not asked. The proxy signs on this screen or on the tablet.',
    'asked-at-another-desk': ({ counter, until }) =>
      `${counter} is asking this student to sign, until ${until}. Find out at which counter the student is; if it is yours, let them sign on this screen.`,
    'signature-not-asked':
      'There is no such signature, or somebody else asked for it. Ask the student again, or let them sign on this screen.',
    'signed-for-another-card':
      'The student signed for another card, and that is worth nothing for this one. Compare the card, then ask them again.',
    'signed-by-another': 'Whoever signed is not who collects now. Let the person who is here sign.',
    'refused-by-signer':
      'The student says that this is not their card: do not hand it over. Compare name and number on it with the student. If it is right, ask them to sign again; if not, tap the right card.',
    'signature-withdrawn':
      'This signature was withdrawn or used already. Ask the student again, or let them sign on this screen.',
    'signature-too-late':
      'The time to sign has run out. Ask the student again, or let them sign on this screen.',
    'signature-awaited': 'The student has not signed yet. Wait for them, or let them sign on this screen.',
    'signed-other-words': 'The sentence was changed after it was signed. Ask the student to sign again.',
  },
  refusals: {
    'signed-already': 'You have signed already; once is enough.',
    'refused-already':
      'You said that this is not your card. If it is yours after all, tell the clerk, who asks you again.',
    'no-longer-asked':
      'The desk does not ask for your signature any more. If you still stand there, tell the clerk.',
    'asked-too-long-ago': 'The time to sign has run out. Tell the clerk, who asks you again.',
    'not-signed': 'Nothing is signed yet. Sign, type your name, or press “I have received it”.',
    'name-differs':
      'That is not the name on file. Type your Chinese or English name as on the student card, or press “I have received it”.',
  },
  titleOf: edition => `Please sign: ${edition}`,
  asked: (counter, until) => `${counter} asks for your signature, until ${until}.`,
  received: 'I have received it',
  receivedAbout: 'This signs the sentence above; no drawing is needed.',
  orName: 'Sign with your name or by hand instead',
  name: 'Your name',
  nameHint: 'In Chinese or English, as on the student card.',
  signName: 'Sign with my name',
  draw: 'Sign in this field',
  drawAgain: 'Sign again',
  signDrawn: 'Sign by hand',
  refuse: 'This is not my card',
  refuseAbout:
    'The card or the name is wrong, or you are not at a desk: press this, and the desk does not hand it over.',
  signedTitle: 'Signed',
  signedAbout: 'The desk knows. Please take your card.',
  refusedTitle: 'You said that this is not your card',
  refusedAbout:
    'The desk does not hand this card over. If you stand there, tell the clerk; if you do not, ask the desk at once.',
  look: 'Look again',
}

/** What is said of a signature that is given on a phone or on a tablet: to the clerk, and to who signs. */
export const signingWords = { 'zh-TW': zhTW, en }

/** The words of why an answer was not taken. */
export const answeringWords = (refusal: AnsweringRefusal, language: keyof typeof signingWords): string =>
  signingWords[language].refusals[refusal]

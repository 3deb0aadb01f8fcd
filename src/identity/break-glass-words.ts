const zhTW = {
  title: '緊急登入',
  about:
    '這是學校登入系統無法使用，或剛建置完成、還沒有任何帳號時的入口，供系統管理員使用。請輸入事先列印保管的緊急代碼；每組代碼只能使用一次。',
  code: '緊急代碼',
  hint: '共 16 個字元，例如 7K2M-0QXA-9T4E-HB5C；大小寫與連字號皆可省略。',
  signIn: '登入',
  wrong: '這不是可用的緊急代碼：可能打錯、已用過、已過期，或已被新的一批取代。請檢查後再輸入。',
  enough:
    '這個位址在十分鐘內已輸入太多次錯誤的代碼，之後的錯誤代碼不再逐一回覆。正確的代碼仍然可以登入；也可以在主機上執行 npm run break-glass 產生新的一批。',
  follows: '登入後以系統管理的角色使用一小時；每次使用都會記錄，並在所有同仁的畫面上顯示。',
  usedTitle: '有人使用了緊急登入',
  used: (times: number) =>
    `最近七天內使用了 ${times} 次。若這不是您或同事預期的操作，請立即在主機上執行 npm run break-glass，讓其餘代碼失效。`,
  usedLast: '最近一次：',
  guessedTitle: '有人在猜測緊急代碼',
  guessed: '最近一天內，有一個位址連續輸入了十次錯誤的緊急代碼。代碼有 80 位元，猜測無法成功；請查明來源。',
}
const en: typeof zhTW = {
  title: 'Emergency sign-in',
  about:
    "This is the administrators' way in while the university's sign-in cannot be used, or in a new installation in which nobody has an account yet. Enter one of the codes that were printed beforehand; each can be used once.",
  code: 'Emergency code',
  hint: '16 characters, such as 7K2M-0QXA-9T4E-HB5C; small letters and missing dashes do not matter.',
  signIn: 'Sign in',
  wrong:
    'This is no emergency code that can be used: mistyped, used already, expired, or replaced by newer ones. Check it and enter it again.',
  enough:
    'Too many wrong codes were entered from this address within ten minutes, and further wrong ones are not answered one by one. A right code still lets you in; npm run break-glass on the machine itself makes new ones.',
  follows:
    'You are an administrator for one hour then. Each use is written down, and all staff are told on their screens.',
  usedTitle: 'Somebody used the emergency sign-in',
  used: times =>
    `Within the last seven days it was used ${times} ${times === 1 ? 'time' : 'times'}. If you or a colleague did not expect that, run npm run break-glass on the machine at once: it makes the other codes void.`,
  usedLast: 'The last time:',
  guessedTitle: 'Somebody guesses at emergency codes',
  guessed:
    'Within the last day ten wrong emergency codes came from one address. With 80 bits a guess cannot be right; find out where they come from.',
}

/** The sentences of the emergency way in. */
export const emergencyWords = { 'zh-TW': zhTW, en }

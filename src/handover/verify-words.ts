import type { SignedOn, SigningManner } from './signature.ts'

const zhTW = {
  title: '簽收查驗',
  about:
    '輸入交付編號（在學生的完整紀錄中，每次交付旁都有），看當時簽了什麼，內容是否與簽收時相同。每次查驗都會留下紀錄。',
  number: '交付編號',
  show: '查驗',
  digits: '交付編號只有數字，例如 1234。',
  receiptHint: '收據上的編碼不在這裡輸入：請先從「人員查詢」找到學生再查驗，編碼列在下方供比對。',
  receiptCode: '這是收據上的編碼，不是交付編號。請先從「人員查詢」找到這位學生再查驗，編碼列在下方供比對。',
  loading: '查驗中…',
  none: '這個編號沒有可查驗的簽收',
  noneNext:
    '可能是編號有誤，或簽收已過保存期限而刪除。交付本身仍在學生的完整紀錄中；請從「人員查詢」找到這位學生再查驗。',
  refused: '無法查驗',
  fits: '與簽收時相同',
  fitsAbout: '依保存的內容重新計算雜湊值，與簽收時的一致。',
  differs: '與簽收時不同',
  differsAbout: '保存的內容在簽收後遭變更，不能當作簽收的證明。請保留現狀，通知卡務主管與系統管理員。',
  undone: '這次交付已經撤銷',
  undoneAbout: '這次簽收不能證明學生現在持有這張卡。當時簽的內容照規定期限保存，列在下方。',
  undoneAt: '撤銷時間',
  undoneWhy: '撤銷原因',
  undoneBy: '撤銷的人',
  text: '簽收的文字',
  drawing: '手寫簽名',
  typed: '輸入的姓名',
  person: '學生',
  card: '卡號末四碼',
  counter: '櫃檯',
  clerk: '經手人',
  at: '簽收時間',
  how: '簽收方式',
  hash: '雜湊值（SHA-256）',
  short: '收據上的編碼',
  eraseOn: '保存到',
  manners: {
    drawn: '手寫',
    typed: '輸入姓名',
    confirmed: '按「我已領取」',
    witnessed: '由櫃檯人員見證',
  } satisfies Record<SigningManner, string>,
  places: {
    desk: '在櫃檯的畫面或紙本',
    phone: '在本人的手機',
    tablet: '在簽收平板',
  } satisfies Record<SignedOn, string>,
  between: '，',
}

const en: typeof zhTW = {
  title: 'Verify a signature',
  about:
    'Type the number of a handover (it stands beside each handover in a person’s story) to see what was signed and whether it is still the same. Each look is journalled.',
  number: 'Number of the handover',
  show: 'Verify',
  digits: 'The number of a handover has digits alone, for example 1234.',
  receiptHint: 'The code on a receipt is compared below; find the person under People first.',
  receiptCode:
    'This is the code on a receipt, not the number of a handover. It is compared below; find the person under People first and verify from there.',
  loading: 'Verifying…',
  none: 'There is no signature to verify under this number',
  noneNext:
    'The number may be wrong, or the signature erased after its day. The handover itself stays in the person’s story: find them under People and verify from there.',
  refused: 'It cannot be verified',
  fits: 'It is what was signed',
  fitsAbout: 'The hash, worked out anew from what is kept, is the one of the signature.',
  differs: 'It is not what was signed',
  differsAbout:
    'What is kept was changed after it was signed and proves nothing. Leave it as it is, and tell the head of the card office and whoever runs Gatehouse.',
  undone: 'This handover was undone',
  undoneAbout:
    'It is no proof that the student has the card now. What was signed then is kept for as long as the rules say, and stands below.',
  undoneAt: 'Undone',
  undoneWhy: 'Why',
  undoneBy: 'Undone by',
  text: 'What was signed',
  drawing: 'The drawn signature',
  typed: 'The name that was typed',
  person: 'Student',
  card: 'Card, last four',
  counter: 'Counter',
  clerk: 'Clerk',
  at: 'When',
  how: 'How',
  hash: 'Hash (SHA-256)',
  short: 'As the receipt says it',
  eraseOn: 'Kept until',
  manners: {
    drawn: 'drawn',
    typed: 'by typing the name',
    confirmed: 'with “I have received it”',
    witnessed: 'witnessed by the clerk',
  },
  places: {
    desk: 'on the desk’s screen or on paper',
    phone: 'on their own phone',
    tablet: 'on the signing tablet',
  },
  between: ', ',
}

/** The words of the screen on which the office verifies a signature. */
export const verifyWords = { 'zh-TW': zhTW, en }

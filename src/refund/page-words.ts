import type { DestinationField } from './destination.ts'
import type { RefundReason, RefundStage } from './rules.ts'
import type { RefundStep } from './standing.ts'

/** What the sentence of a case is filled with, already said. */
interface Said {
  issuer: string
  by: string
  on: string
  amount: string
  left: boolean
}

const leadZh: Record<RefundStage, (f: Said) => string> = {
  asked: () => '已申請退費，等待送交發卡機構。',
  sent: f => `已送交${f.issuer}，等待收件${f.by && `；預計 ${f.by}前付款`}。`,
  received: f => `${f.issuer}已收件，承諾最遲 ${f.by}付款。`,
  paid: f =>
    f.left
      ? `${f.issuer}已於 ${f.on}付款 ${f.amount}。`
      : `${f.issuer}已於 ${f.on}結清：扣除費用後沒有可退的金額。`,
  refused: f => `${f.issuer}沒有付款，需要您更正。`,
  closed: f => `${f.issuer}已結束這個案件，沒有付款。`,
  withdrawn: () => '您已取消退費，可以繼續消費卡內儲值金。',
}

const zhTW = {
  title: '退還卡內儲值金',
  about: (issuer: string, days: number) =>
    `卡內的儲值金由${issuer}保管，也由${issuer}付款，收件後約 ${days} 個工作天。學校不經手款項，也不知道卡內有多少錢：金額以${issuer}的結算為準。`,
  keepTitle: '不退費也可以',
  keep: '舊卡的儲值金一直可以消費。把它花完不需要辦任何手續。',
  passTitle: '卡上有定期票嗎？',
  pass: (name: string) => `申請退費後，卡上的${name}也不能再用，而且不會另外退款。`,
  which: '哪一張卡？',
  ending: (digits: string) => `末四碼 ${digits}`,
  why: {
    'old-card': '舊卡',
    lost: '已掛失，儲值金已鎖住',
    leaving: '已離校',
  } satisfies Record<RefundReason, string>,
  how: '怎麼收款？',
  bank: '匯入銀行帳戶',
  mail: '掛號郵寄',
  noAccount: '沒有台灣的銀行帳戶，請選擇掛號郵寄。',
  free: '不扣費用。',
  between: '、',
  fees: {
    'loss-handling': (amount: string) => `掛失手續費 ${amount}`,
    'bank-transfer': (amount: string) => `匯費 ${amount}`,
    'registered-mail': (amount: string) => `郵資 ${amount}`,
  },
  takenOff: (issuer: string) => `由${issuer}扣除：`,
  labels: {
    bank: '銀行代號',
    branch: '分行代號',
    account: '本人帳號',
    iban: '本人帳戶的 IBAN',
    address: '郵寄地址',
  } satisfies Record<DestinationField, string>,
  hints: {
    bank: '3 位數字，例如 004。',
    branch: '4 位數字，在存摺封面。',
    account: '最多 14 位數字；不足的 0 由系統補在前面，不必自己補。',
    iban: '兩個英文字母開頭，空格可有可無。',
    address: '郵遞區號、縣市、路名與門牌。',
  } satisfies Record<DestinationField, string>,
  kept: '帳號或地址只交給發卡機構，案件結束後依期限刪除。',
  ask: '申請退費',
  beforeAsk: '送出給發卡機構之前可以取消。送出之後，這張卡的儲值金就不要再用了。',
  change: '更改收款方式',
  changeAgain: '更正並重新送出',
  withdraw: '取消退費，繼續消費',
  withdrawAbout: '還沒有送出，可以取消；收款資料會立即刪除。',
  back: '回到我的學生證',
  track: '退費進度',
  steps: {
    asked: '已申請',
    sent: '已送出',
    received: '發卡機構已收件',
    paid: '已付款',
  } satisfies Record<RefundStep, string>,
  ahead: {
    asked: '申請',
    sent: '送交發卡機構',
    received: '發卡機構收件',
    paid: '付款',
  } satisfies Record<RefundStep, string>,
  nothingPaid: '已結清',
  failed: '沒有付款',
  latest: (by: string) => `最遲 ${by}`,
  late: '逾期',
  to: '收款方式',
  card: '卡片',
  reason: '原因',
  lead: leadZh,
  lateLead: (issuer: string, by: string) =>
    `退費逾期：原應最遲 ${by}付款。承辦人員會向${issuer}催問，您不必重新申請。`,
  less: (amount: string) => `結算金額為 ${amount}，由發卡機構處理，學校不會向您收款。`,
  doNotSpend: '請不要再用這張卡消費，以免結算後金額不符。',
  none: '您目前沒有可退費的卡片',
  noneNext: '領取並啟用新卡之後，舊卡的儲值金可以在這裡申請退還。',
  cannot: '還不能退費的卡片',
  fixFirst: '沒有任何變更。請先更正下列問題。',
}

const en: typeof zhTW = {
  title: 'Refund of stored value',
  about: (issuer, days) =>
    `The stored value of a card is kept by ${issuer}, and ${issuer} pays it back, about ${days} working days after it has your case. The money does not pass the university, which does not know how much it is: what ${issuer} settles counts.`,
  keepTitle: 'You need not ask for it',
  keep: 'The stored value of an old card can go on being spent. Spending it all needs no form.',
  passTitle: 'Is a commuter pass on the card?',
  pass: name =>
    `After you ask for a refund, ${name} on the card can no longer be used, and is not paid back on its own.`,
  which: 'Which card?',
  ending: digits => `ending ${digits}`,
  why: {
    'old-card': 'your old card',
    lost: 'lost; its stored value is locked',
    leaving: 'you have left the university',
  },
  how: 'How should it reach you?',
  bank: 'Bank transfer',
  mail: 'Registered letter',
  noAccount: 'Without an account at a bank in Taiwan, choose the registered letter.',
  free: 'nothing.',
  between: ', ',
  fees: {
    'loss-handling': amount => `${amount} for handling the loss`,
    'bank-transfer': amount => `${amount} for the transfer`,
    'registered-mail': amount => `${amount} postage`,
  },
  takenOff: issuer => `${issuer} takes off: `,
  labels: {
    bank: 'Bank code',
    branch: 'Branch code',
    account: 'Your own account number',
    iban: 'IBAN of your own account',
    address: 'Postal address',
  },
  hints: {
    bank: 'Three digits, for example 004.',
    branch: 'Four digits, on the cover of your bank book.',
    account: 'Up to 14 digits. Zeros in front are filled in for you.',
    iban: 'It begins with two letters; spaces do not matter.',
    address: 'Postcode, city, street and number.',
  },
  kept: 'Account and address go to the issuer alone, and are erased some time after the case has ended.',
  ask: 'Ask for the refund',
  beforeAsk:
    'You can withdraw it until it goes to the issuer. After that, please do not spend from this card any more.',
  change: 'Change where it goes',
  changeAgain: 'Correct it and send it again',
  withdraw: 'Withdraw it and go on spending',
  withdrawAbout: 'It was not sent yet, so you can withdraw it; the account or address is erased at once.',
  back: 'Back to My card',
  track: 'Way of your refund',
  steps: { asked: 'Asked for', sent: 'Sent', received: 'Received by the issuer', paid: 'Paid' },
  ahead: {
    asked: 'Ask for it',
    sent: 'Sent to the issuer',
    received: 'Received by the issuer',
    paid: 'Paid',
  },
  nothingPaid: 'Settled',
  failed: 'not paid',
  latest: by => `by ${by}`,
  late: 'Late',
  to: 'Goes to',
  card: 'Card',
  reason: 'Why',
  lead: {
    asked: () => 'You asked for a refund; it waits to go to the issuer.',
    sent: f =>
      `It went to ${f.issuer}, which has yet to confirm it${f.by && `; payment is expected by ${f.by}`}.`,
    received: f => `${f.issuer} has your case and is to pay by ${f.by}.`,
    paid: f =>
      f.left
        ? `${f.issuer} paid ${f.amount} on ${f.on}.`
        : `${f.issuer} settled it on ${f.on}: after its fees nothing was left to pay.`,
    refused: f => `${f.issuer} could not pay; something needs to be corrected.`,
    closed: f => `${f.issuer} has closed the case and does not pay.`,
    withdrawn: () => 'You withdrew the refund. The stored value can go on being spent.',
  },
  lateLead: (issuer, by) =>
    `Your refund is late: it was to be paid by ${by}. The office asks ${issuer}; you need not ask anew.`,
  less: amount =>
    `The settlement is ${amount}. That is the issuer’s matter; the university asks nothing of you.`,
  doNotSpend: 'Please do not spend from this card any more, or the settlement may not agree.',
  none: 'You have no card that can be refunded now',
  noneNext: 'Once you have collected and activated the new card, the old one can be refunded here.',
  cannot: 'Cards that cannot be refunded now',
  fixFirst: 'Nothing was changed. Please correct this first.',
}

/** What the page of a refund says, in both languages. */
export const pageWords = { 'zh-TW': zhTW, en }

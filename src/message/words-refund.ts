const zhTW = {
  ways: { bank: '匯入您的帳戶', 'registered-mail': '掛號郵寄' },
  fees: (issuer: string, fees: readonly string[]) => `${issuer}付款前會扣除：${fees.join('、')}。`,
  feeNames: {
    'loss-handling': (amount: string) => `掛失手續費 ${amount}`,
    'bank-transfer': (amount: string) => `匯費 ${amount}`,
    'registered-mail': (amount: string) => `掛號郵資 ${amount}`,
  },
  askIfNotYou: (where: string) => `如果不是您本人申請、更改或取消，請立即洽詢${where}。`,
  asked: {
    subject: '已申請退還卡內儲值金',
    said: (card: string, way: string, to: string) => `您申請退還卡片${card}的儲值金，${way}（${to}）。`,
    next: (issuer: string, days: number) =>
      `下一步：我們把案件送交${issuer}，由${issuer}結算並付款，收件後約 ${days} 個工作天。卡內有多少錢只有${issuer}知道；學校不經手款項。`,
    withdraw: '送出之前，您可以在「我的學生證」的「退費」更改收款方式或取消，繼續消費卡內儲值金。',
  },
  withdrawn: {
    subject: '已取消退還卡內儲值金',
    said: (card: string, at: string) =>
      `櫃檯已於 ${at} 依您的要求取消卡片${card}的退費申請，收款資料已刪除。`,
    next: '卡內儲值金可以繼續消費。需要退費時，請重新申請。',
  },
  sent: {
    subject: (issuer: string) => `退費案件已送交${issuer}`,
    said: (card: string, issuer: string) =>
      `卡片${card}的退費案件已送交${issuer}。請不要再用這張卡消費，以免結算後金額不符。`,
    next: (issuer: string, days: number) =>
      `${issuer}收件後約 ${days} 個工作天付款；收件後會再通知您承諾的日期。`,
  },
  received: {
    subject: (by: string) => `發卡機構已收件，最遲 ${by}付款`,
    said: (card: string, issuer: string, on: string) => `${issuer}已於 ${on}收到卡片${card}的退費案件。`,
    by: (by: string, way: string) => `最遲 ${by}付款，${way}。逾期我們會向發卡機構催問，並告訴您。`,
  },
  paid: {
    subject: (amount: string) => `退費已付款：${amount}`,
    said: (card: string, issuer: string, on: string, amount: string, way: string) =>
      `${issuer}已於 ${on} 結清卡片${card}的儲值金，付款 ${amount}，${way}。`,
    notThere: (issuer: string) => `若幾天後仍未收到，請洽${issuer}。`,
    nothingSubject: '退費已結清：沒有可退的金額',
    nothing: (card: string, issuer: string, on: string) =>
      `${issuer}已於 ${on} 結清卡片${card}的儲值金。扣除費用後沒有可退的金額，因此不會付款，您也不必做任何事。`,
    less: (amount: string) => `結算金額為 ${amount}，由發卡機構處理，學校不會向您收款。`,
  },
  refused: {
    subject: '退費沒有付款',
    subjectAgain: '退費沒有付款，請更正收款方式',
    said: (card: string, issuer: string) => `${issuer}沒有支付卡片${card}的退費。`,
    where: '請到「我的學生證」的「退費」更正。',
  },
  late: {
    subject: '退費逾期',
    said: (card: string, issuer: string, by: string) =>
      `${issuer}承諾最遲 ${by}支付卡片${card}的退費，但到現在還沒有付款紀錄。`,
    unanswered: (card: string, issuer: string, by: string) =>
      `卡片${card}的退費案件送交${issuer}後，原預計 ${by}前付款，但到現在還沒有收件回覆。`,
    next: (askAt: string) =>
      `承辦人員的清單上已標示這個案件，會向發卡機構催問。您不必重新申請；有疑問請洽${askAt}。`,
  },
}
const en: typeof zhTW = {
  ways: { bank: 'to your bank account', 'registered-mail': 'by registered letter' },
  fees: (issuer, fees) => `Before it pays, ${issuer} takes off: ${fees.join(', ')}.`,
  feeNames: {
    'loss-handling': amount => `${amount} for handling the loss`,
    'bank-transfer': amount => `${amount} for the transfer`,
    'registered-mail': amount => `${amount} for the letter`,
  },
  askIfNotYou: where => `If you did not ask for this, change it or withdraw it, ask at once at ${where}.`,
  asked: {
    subject: 'You asked for the stored value of a card to be paid back',
    said: (card, way, to) =>
      `You asked for the stored value of your card${card} to be paid back, ${way} (${to}).`,
    next: (issuer, days) =>
      `Next: the case goes to ${issuer}, which settles and pays it about ${days} working days after it has it. Only ${issuer} knows how much is on the card; the money does not pass the university.`,
    withdraw:
      'Until it is sent you can change where it goes, or withdraw it and go on spending, at “My card”, “Refund”.',
  },
  withdrawn: {
    subject: 'Your refund was withdrawn',
    said: (card, at) =>
      `At ${at} a desk withdrew the refund of your card${card}, as you asked. Where it was to go is erased.`,
    next: 'You can go on spending what is on the card. If you want it paid back after all, ask for it anew.',
  },
  sent: {
    subject: issuer => `Your refund went to ${issuer}`,
    said: (card, issuer) =>
      `The refund of your card${card} went to ${issuer}. Please do not spend from this card any more, or the settlement may not agree.`,
    next: (issuer, days) =>
      `${issuer} pays about ${days} working days after it has the case; you are told the day once it has.`,
  },
  received: {
    subject: by => `The issuer has your refund; it is paid by ${by}`,
    said: (card, issuer, on) => `${issuer} received the refund of your card${card} on ${on}.`,
    by: (by, way) => `It is to be paid by ${by}, ${way}. If it is late, we ask the issuer and tell you.`,
  },
  paid: {
    subject: amount => `Your refund was paid: ${amount}`,
    said: (card, issuer, on, amount, way) =>
      `${issuer} settled the stored value of your card${card} on ${on} and paid ${amount}, ${way}.`,
    notThere: issuer => `If it has not arrived in a few days, ask ${issuer}.`,
    nothingSubject: 'Your refund is settled: nothing was left to pay',
    nothing: (card, issuer, on) =>
      `${issuer} settled the stored value of your card${card} on ${on}. After its fees nothing was left, so nothing is paid, and there is nothing for you to do.`,
    less: amount =>
      `The settlement is ${amount}. That is the issuer’s matter; the university asks nothing of you.`,
  },
  refused: {
    subject: 'Your refund was not paid',
    subjectAgain: 'Your refund was not paid: please correct where it goes',
    said: (card, issuer) => `${issuer} did not pay the refund of your card${card}.`,
    where: 'Correct it at “My card”, “Refund”.',
  },
  late: {
    subject: 'Your refund is late',
    said: (card, issuer, by) =>
      `${issuer} was to pay the refund of your card${card} by ${by}, and we have not read of a payment yet.`,
    unanswered: (card, issuer, by) =>
      `The refund of your card${card} went to ${issuer} and was expected by ${by}, but the issuer has not confirmed that it has it.`,
    next: askAt =>
      `The office sees it in its list and asks the issuer. You need not ask anew; questions are answered at ${askAt}.`,
  },
}

/** What messages of refunds say, in both languages. */
export const refundWords = { 'zh-TW': zhTW, en }

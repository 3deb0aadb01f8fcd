import type { PaymentWay, ReissueReason } from '../programme/shape-cards.ts'

/** How an application ended before a card was made. */
type Cancelled = 'withdrawn' | 'found-again' | 'left'

const lines = (items: readonly string[], mark: string): string =>
  items.map(item => `${mark}${item}`).join('\n')

/** What messages say of a card that is issued anew and of its fee. */
const zhTW = {
  reasons: { lost: '遺失補發', damaged: '損壞換發', 'name-changed': '更名換發' } satisfies Record<
    ReissueReason,
    string
  >,
  ways: {
    online: () => '線上：「我的學生證」→「補換發」',
    kiosk: (where: string) => `e 卡服務站：${where}`,
    counter: (where: string) => `櫃檯：${where}`,
  } satisfies Record<PaymentWay, (where: string) => string>,
  applied: {
    subject: (reason: string) => `已申請${reason}`,
    free: (reason: string, at: string) => `您已於 ${at} 申請${reason}。不需繳費，卡片會開始製作。`,
    applied: (reason: string, at: string, amount: string) => `您已於 ${at} 申請${reason}，工本費 ${amount}。`,
    until: (day: string) => `請於 ${day}以前繳費；逾期未繳，申請自動取消。`,
    ways: (ways: readonly string[]) => `繳費方式：\n${lines(ways, '・')}`,
    next: '繳費後才開始製卡。製卡完成會再通知您。',
  },
  reminded: {
    subject: (day: string) => `補換發工本費尚未繳納，請於 ${day}以前繳費`,
    reminded: (reason: string, at: string, amount: string) =>
      `您於 ${at} 申請${reason}，工本費 ${amount} 尚未繳納。`,
  },
  paid: {
    subject: (amount: string) => `繳費收據：${amount}`,
    paid: (amount: string, at: string, way: string) =>
      `您的補換發工本費 ${amount} 已於 ${at} 繳納（${way}）。`,
    way: { online: '線上', kiosk: 'e 卡服務站', counter: '櫃檯' } satisfies Record<PaymentWay, string>,
    next: '卡片會開始製作。製卡完成會再通知您領取地點。',
  },
  waived: {
    subject: '補換發工本費已免除',
    waived: (amount: string) => `您的補換發工本費 ${amount} 已免除。`,
    back: (amount: string, where: string) => `您已繳的 ${amount} 會退還，請洽${where}。`,
  },
  lapsed: {
    subject: '逾期未繳費，補換發申請已取消',
    lapsed: (reason: string, at: string) => `您於 ${at} 申請的${reason}逾期未繳費，已自動取消，沒有製卡。`,
    next: '仍需要卡片時，請重新申請。若您在取消前後已經付款，款項不會遺失：我們會另外通知您如何處理。',
  },
  cancelled: {
    subject: '補換發申請已取消',
    cancelled: {
      withdrawn: '您已取消補換發申請，不需繳費。',
      'found-again': '您的卡片已找回，補換發申請已取消，不再製卡。',
      left: '依學籍狀態，您已不是在學學生，補換發申請已取消。',
    } satisfies Record<Cancelled, string>,
    kept: (amount: string) => `已繳的工本費 ${amount} 依規定不退還。`,
    back: (amount: string, where: string) => `已繳的 ${amount} 會退還，請洽${where}。`,
  },
  produced: {
    subject: (where: string) => `卡片已製好，請至${where}領取`,
    produced: (edition: string, where: string) => `您的${edition}已製好，在${where}。`,
    bring: (bring: string) => `請攜帶：${bring}`,
    hours: (hours: readonly string[]) => `開放時間：\n${lines(hours, '・')}`,
    handIn: '請一併帶舊卡繳回。在您啟用新卡之前，校園門禁仍登錄在舊卡上。',
    next: '領取後請啟用；啟用之前，新卡不能開校園裡的任何門。',
  },
  disputed: {
    subject: '已提出工本費申訴',
    disputed: (reason: string, amount: string, at: string) =>
      `櫃檯已於 ${at} 依您的要求提出：您的${reason}不應收工本費 ${amount}。`,
    next: '下一步：由承辦人員決定，結果會再通知您；期間申請不會逾期取消。',
    notYou: (where: string) => `如果您沒有提出，請立即洽詢${where}。`,
  },
  decided: {
    subject: {
      granted: '工本費申訴結果：免繳',
      refused: '工本費申訴結果：仍須繳納',
      stays: '工本費申訴結果：維持原繳',
    },
    granted: '您對工本費提出的意見，承辦人員已同意，不需繳費。',
    refused: '您對工本費提出的意見，承辦人員認為仍須繳納。',
    stays: '您對工本費提出的意見，承辦人員認為本來就須繳納；您已繳清，不必再付。',
    reason: (reason: string) => `說明：${reason}`,
    until: (amount: string, day: string) => `工本費 ${amount}，請於 ${day}以前繳納；逾期未繳，申請自動取消。`,
  },
  owedBack: {
    subject: (amount: string) => `我們收到一筆不需繳的款項 ${amount}，會退還給您`,
    owed: (amount: string) =>
      `我們收到您的線上付款 ${amount}，但這筆款項已不需繳納（重複、逾期或金額不符）。`,
    back: (where: string) => `款項已記在帳上，會退還給您，請洽${where}。`,
  },
  receipt: {
    subject: '您輸入的收據不能用來繳費',
    outcomes: {
      used: '這張收據已經用過。',
      'other-amount': '這張收據的金額與應繳工本費不同。',
      'of-somebody-else': '這張收據上的學號不是您的。',
    } as Record<string, string>,
    next: (where: string) => `請檢查收據號碼後再輸入，或洽${where}。`,
  },
}

const en: typeof zhTW = {
  reasons: {
    lost: 'a card in place of your lost one',
    damaged: 'a card in place of your damaged one',
    'name-changed': 'a card with your new name',
  },
  ways: {
    online: () => 'online: "My card", "Reissue"',
    kiosk: where => `at an e-card kiosk: ${where}`,
    counter: where => `at a counter: ${where}`,
  },
  applied: {
    subject: reason => `You applied for ${reason}`,
    free: (reason, at) =>
      `You applied for ${reason} at ${at}. There is nothing to pay, and the card will be made.`,
    applied: (reason, at, amount) => `You applied for ${reason} at ${at}. The fee is ${amount}.`,
    until: day => `Please pay by ${day}; unpaid, the application is cancelled by itself after that day.`,
    ways: ways => `How you can pay:\n${lines(ways, '- ')}`,
    next: 'The card is made once you have paid. You will be told when it can be collected.',
  },
  reminded: {
    subject: day => `The reissue fee is not paid yet; please pay by ${day}`,
    reminded: (reason, at, amount) =>
      `You applied for ${reason} at ${at}. The fee of ${amount} is not paid yet.`,
  },
  paid: {
    subject: amount => `Receipt: ${amount}`,
    paid: (amount, at, way) => `Your reissue fee of ${amount} was paid at ${at} (${way}).`,
    way: { online: 'online', kiosk: 'at an e-card kiosk', counter: 'at a counter' },
    next: 'The card will be made. You will be told when and where to collect it.',
  },
  waived: {
    subject: 'Your reissue fee was waived',
    waived: amount => `Your reissue fee of ${amount} was waived.`,
    back: (amount, where) => `The ${amount} that you paid will be paid back; ask at ${where}.`,
  },
  lapsed: {
    subject: 'Not paid in time: your application was cancelled',
    lapsed: (reason, at) =>
      `At ${at} you applied for ${reason}. It was not paid in time and is cancelled; no card was made.`,
    next: 'If you still need a card, apply again. If you paid around that time, your money is not lost: we will tell you what becomes of it.',
  },
  cancelled: {
    subject: 'Your reissue application was cancelled',
    cancelled: {
      withdrawn: 'You took your application back. There is nothing to pay.',
      'found-again': 'Your card was found again, so the application is cancelled and no card is made.',
      left: 'You are no student here any more, so the application is cancelled.',
    },
    kept: amount => `The fee of ${amount} that you paid is not paid back, as the rules say.`,
    back: (amount, where) => `The ${amount} that you paid will be paid back; ask at ${where}.`,
  },
  produced: {
    subject: where => `Your card is made: collect it at ${where}`,
    produced: (edition, where) => `Your ${edition} is made and lies at ${where}.`,
    bring: bring => `Please bring: ${bring}`,
    hours: hours => `Open:\n${lines(hours, '- ')}`,
    handIn:
      'Please hand in the old card there. Until you activate the new one, campus access stays on the old card.',
    next: 'Activate the new card when you have it; until then it opens no door on campus.',
  },
  disputed: {
    subject: 'Your fee is disputed',
    disputed: (reason, amount, at) =>
      `At ${at} a desk put forward, as you asked, that the fee of ${amount} for ${reason} is not due.`,
    next: 'Next: the office decides, and you are told. Until then your application is not cancelled for being unpaid.',
    notYou: where => `If you did not ask for this, ask at once at ${where}.`,
  },
  decided: {
    subject: {
      granted: 'Your fee: nothing to pay',
      refused: 'Your fee: it is due',
      stays: 'Your fee: it stays as it was paid',
    },
    granted: 'You said that the fee is not due, and the office agrees. There is nothing to pay.',
    refused: 'You said that the fee is not due. The office finds that it is.',
    stays:
      'You said that the fee is not due. The office finds that it was; it is settled, and there is nothing more to pay.',
    reason: reason => `Why: ${reason}`,
    until: (amount, day) =>
      `The fee is ${amount}. Please pay by ${day}; unpaid, the application is cancelled by itself after that day.`,
  },
  owedBack: {
    subject: amount => `We received ${amount} that was not due, and pay it back`,
    owed: amount =>
      `We received your online payment of ${amount}, but it was not due any more (paid twice, too late, or another amount).`,
    back: where => `It is on our books and will be paid back; ask at ${where}.`,
  },
  receipt: {
    subject: 'The receipt you typed does not pay your fee',
    outcomes: {
      used: 'This receipt has been used already.',
      'other-amount': 'The amount on this receipt is not the fee that is due.',
      'of-somebody-else': 'The student number on this receipt is not yours.',
    },
    next: where => `Check the number and type it again, or ask at ${where}.`,
  },
}

/** Words of the messages of reissues, in both languages. */
export const reissueWords = { 'zh-TW': zhTW, en }

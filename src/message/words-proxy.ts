/** What messages say of somebody who collects for a holder. No name stands in a subject: it shows on a locked phone and in logs of mail servers. */
const zhTW = {
  named: {
    subject: '您已指定代領人',
    named: (proxy: string, at: string, lastDay: string) =>
      `您已於 ${at} 指定${proxy}代您領取學生證，到 ${lastDay}為止。`,
    how: '代領人須在櫃檯出示代領碼與應備證件。卡片領取後，仍由您本人在自己的手機上啟用。',
    withdraw: '要取消，請到「我的學生證」的「請他人代領」；取消後代領碼立即失效。',
  },
  withdrawn: {
    subject: '已取消代領人',
    withdrawn: (proxy: string, at: string) =>
      `櫃檯已於 ${at} 依您的要求取消${proxy}代您領取學生證；代領碼已失效，${proxy}不能再代領。`,
    next: '您可以本人領取，或在「我的學生證」重新指定代領人。',
  },
  invited: {
    subject: '請代領學生證',
    asked: (holder: string, lastDay: string) => `${holder}指定您代為領取學生證，到 ${lastDay}為止。`,
    code: (code: string) => `代領碼：${code}`,
    once: '代領碼只能用一次。請在櫃檯出示，不要給別人。',
    where: (where: string) => `領取地點：${where}`,
    bring: (bring: string) => `請帶：${bring}。`,
    mistake: '若您不認識這個人，請不要理會這封信。',
  },
  collected: {
    subject: '代領人已代您領取學生證',
    collected: (proxy: string, at: string, counter: string | null, edition: string) =>
      `${proxy}已於 ${at}${counter === null ? '' : ` 在${counter}`}代您領取並簽收${edition}。`,
    next: '下一步：拿到卡片之後，請在學校 APP 啟用。啟用之前，新卡不能開校園裡的任何門。',
  },
  used: {
    subject: '您已代領學生證',
    used: (holder: string, at: string) => `您的代領碼已於 ${at} 用於代${holder}領取學生證，不能再用。`,
    next: '請將卡片原封交給本人，由本人啟用。',
    notYou: (where: string) => `如果不是您本人，請立即洽詢${where}。`,
  },
  ended: {
    subject: '不必再代領學生證',
    ended: (holder: string, at: string) => `您代${holder}領取學生證的代領碼已於 ${at} 失效，不必再前往櫃檯。`,
  },
  again: {
    subject: '您的代領碼恢復有效',
    again: (holder: string, at: string, lastDay: string) =>
      `${holder}學生證的領取紀錄已於 ${at} 在櫃檯撤銷。您的代領碼恢復有效，到 ${lastDay}為止。`,
    next: '代領碼與先前寄給您的相同；卡片若仍待領取，請再到櫃檯出示。',
  },
}

const en: typeof zhTW = {
  named: {
    subject: 'You named somebody to collect your card',
    named: (proxy, at, lastDay) =>
      `At ${at} you named ${proxy} to collect your student card for you, until ${lastDay} at the latest.`,
    how: 'They show the proxy code and what is to be brought at the desk. Afterwards the card is still activated by you, on your own phone.',
    withdraw:
      'To withdraw it, open “Somebody else collects” in “My card”; the code is then worth nothing at once.',
  },
  withdrawn: {
    subject: 'Nobody else collects your card any more',
    withdrawn: (proxy, at) =>
      `At ${at} a desk withdrew, at your wish, that ${proxy} collects your student card; the code is worth nothing now.`,
    next: 'You can collect it yourself, or name somebody again in “My card”.',
  },
  invited: {
    subject: 'Please collect a student card for somebody',
    asked: (holder, lastDay) =>
      `${holder} named you to collect their student card, until ${lastDay} at the latest.`,
    code: code => `Your proxy code: ${code}`,
    once: 'It works once. Show it at the desk and give it to nobody else.',
    where: where => `Where: ${where}`,
    bring: bring => `Please bring ${bring}.`,
    mistake: 'If you do not know this person, please take no notice of this letter.',
  },
  collected: {
    subject: 'Your student card was collected for you',
    collected: (proxy, at, counter, edition) =>
      `At ${at} ${proxy} collected and signed for the ${edition} for you${counter === null ? '' : ` at ${counter}`}.`,
    next: 'Next: once you have the card in hand, activate it in the university’s app. Until then it opens no door on campus.',
  },
  used: {
    subject: 'You collected a student card for somebody',
    used: (holder, at) =>
      `Your proxy code was used at ${at} to collect the student card of ${holder}; it works no more.`,
    next: 'Please hand the card to them as it is; they activate it themselves.',
    notYou: where => `If this was not you, ask at once at ${where}.`,
  },
  ended: {
    subject: 'No need to collect a student card any more',
    ended: (holder, at) =>
      `Your proxy code for the student card of ${holder} ended at ${at}; you need not go to the desk.`,
  },
  again: {
    subject: 'Your proxy code is good again',
    again: (holder, at, lastDay) =>
      `The handover of the student card of ${holder} was undone at the desk at ${at}. Your proxy code is good again, until ${lastDay} at the latest.`,
    next: 'It is the code that you have; show it at the desk if the card is still to be collected.',
  },
}

export const proxyWords = { 'zh-TW': zhTW, en }

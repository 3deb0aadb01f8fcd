const zhTW = {
  lost: {
    subject: '已掛失：這張卡的校園門禁已終止',
    reported: (card: string, at: string) => `您的卡片${card}已於 ${at} 掛失。`,
    access:
      '校園門禁：從現在起終止，不等更新時段。系統立即通知每一扇門；暫時連不上的門，一恢復連線就會收到。',
    oldGoesOn: '各門還沒有改用這張新卡，所以舊卡照常開門，到它自己的期限為止。',
    toIssuer: (issuer: string, at: string) =>
      `儲值金：掛失資料將於 ${at} 送給${issuer}，由${issuer}永久鎖住儲值金。`,
    sentToIssuer: (issuer: string) =>
      `儲值金：掛失資料已送給${issuer}，由${issuer}永久鎖住儲值金；不能取消。`,
    lockedBefore: '儲值金：先前已永久鎖住，不會再送一次。',
    takeBack: (until: string) =>
      `在 ${until} 之前找到卡片，請到「我的學生證」→「我找不到卡片」取消掛失，一切照舊：卡片是您的，校園門禁立即恢復，儲值金不受影響。`,
    call: (issuer: string, phones: string) => `急需立即鎖住儲值金時，請致電${issuer}：${phones}。`,
  },
  risk: {
    until: (until: string, issuer: string) => `${until} 之前被盜用的金額由您負擔，之後由${issuer}負擔。`,
    afterReceipt: (hours: number, issuer: string) =>
      `從${issuer}收到掛失起算 ${hours} 小時內（以及收到之前）被盜用的金額由您負擔，之後由${issuer}負擔。`,
  },
  paused: {
    subject: '這張卡的校園門禁已暫停',
    since: (card: string, at: string) => `您的卡片${card}的校園門禁自 ${at} 起暫停，系統立即通知每一扇門。`,
    rest: '卡片仍是您的；儲值金與學生優待不受影響，也沒有鎖住，撿到的人仍可消費。',
    resume: (times: number) =>
      times > 0
        ? `可以隨時到「我的學生證」→「我找不到卡片」恢復，您還可以自行恢復 ${times} 次。`
        : '自行恢復的次數已用完；要恢復時，請帶卡片到櫃檯。',
  },
  resumed: {
    subject: '這張卡的校園門禁已恢復',
    since: (card: string, at: string) => `您的卡片${card}的校園門禁已於 ${at} 恢復。`,
    atOnce: '系統立即通知每一扇門；暫時連不上的門，一恢復連線就會收到。',
    byWindow: (from: string) => `各門照原訂時間，在 ${from} 開始的門禁更新改用這張卡。`,
  },
  withdrawn: {
    subject: '掛失已取消',
    at: (card: string, at: string) =>
      `您的卡片${card}的掛失已於 ${at} 取消，沒有送給發卡機構；儲值金不受影響。`,
  },
  found: {
    subject: '尋獲的卡片：校園門禁已恢復，儲值金不能恢復',
    at: (card: string, at: string) => `您的卡片${card}已於 ${at} 登記尋獲。`,
    value: '儲值金：掛失已送出，永久鎖住，不能恢復；餘額依退費程序辦理。',
  },
  back: {
    access: '校園門禁：已恢復，系統立即通知每一扇門。',
    noAccess: '校園門禁：沒有恢復。這張卡原本沒有門禁、已到期，或您已改用另一張卡。',
  },
  sent: {
    subject: (issuer: string) => `掛失已送給${issuer}`,
    at: (card: string, at: string, issuer: string) =>
      `您的卡片${card}的掛失已於 ${at} 送給${issuer}，不能再取消；儲值金由${issuer}永久鎖住。`,
  },
  received: {
    subject: (issuer: string) => `${issuer}已收到掛失`,
    at: (card: string, at: string, issuer: string) => `${issuer}已於 ${at} 收到您的卡片${card}的掛失。`,
  },
  refused: {
    subject: (issuer: string) => `${issuer}沒有受理掛失，請您處理`,
    because: (card: string, issuer: string, why: string) =>
      `${issuer}沒有受理您的卡片${card}的掛失：${why}。儲值金還沒有鎖住。`,
    next: (issuer: string, phones: string) =>
      phones ? `請直接致電${issuer}：${phones}。校園門禁仍然終止。` : `請直接洽${issuer}。校園門禁仍然終止。`,
  },
}

const en: typeof zhTW = {
  lost: {
    subject: 'Reported lost: this card’s campus access has ended',
    reported: (card, at) => `Your card${card} was reported lost at ${at}.`,
    access:
      'Campus access: it ended just now and does not wait for an update. Every door is told at once; a door that cannot be reached is told as soon as it answers again.',
    oldGoesOn:
      'The doors had not switched to this new card yet, so your old card goes on opening them until its own end.',
    toIssuer: (issuer, at) =>
      `Stored value: the report goes to ${issuer} at ${at}, which then locks the stored value for good.`,
    sentToIssuer: issuer =>
      `Stored value: the report has gone to ${issuer}, which locks the stored value for good; it cannot be taken back.`,
    lockedBefore: 'Stored value: it was locked for good before, and is not reported a second time.',
    takeBack: until =>
      `If you find the card before ${until}, take the report back at “My card”, “I can’t find my card”. Everything is as before then: the card is yours, its campus access comes back at once, and its stored value is untouched.`,
    call: (issuer, phones) => `If the stored value must be locked sooner, call ${issuer}: ${phones}.`,
  },
  risk: {
    until: (until, issuer) => `What is spent before ${until} is your loss; after that ${issuer} bears it.`,
    afterReceipt: (hours, issuer) =>
      `What is spent until ${hours} hours after ${issuer} receives the report, and before it does, is your loss; after that ${issuer} bears it.`,
  },
  paused: {
    subject: 'This card’s campus access is paused',
    since: (card, at) =>
      `Campus access of your card${card} is paused since ${at}; every door is told at once.`,
    rest: 'The card is yours. Its stored value and student fare go on; the value is not locked, so a finder can spend it.',
    resume: times =>
      times > 0
        ? `Resume it whenever you like at “My card”, “I can’t find my card”: ${times === 1 ? 'once more' : `${times} more times`} by yourself.`
        : 'You cannot resume it by yourself any more; bring the card to a desk.',
  },
  resumed: {
    subject: 'This card’s campus access goes on',
    since: (card, at) => `Campus access of your card${card} was resumed at ${at}.`,
    atOnce: 'Every door is told at once; a door that cannot be reached is told as soon as it answers again.',
    byWindow: from =>
      `The doors switch to this card as it was promised, with the update that begins at ${from}.`,
  },
  withdrawn: {
    subject: 'Your loss report was taken back',
    at: (card, at) =>
      `The loss report of your card${card} was taken back at ${at}. It was not sent to the issuer, and the stored value is untouched.`,
  },
  found: {
    subject: 'Your card was found: campus access is back, stored value is not',
    at: (card, at) => `Your card${card} was recorded as found at ${at}.`,
    value:
      'Stored value: the report had been sent, so it is locked for good; the balance is paid back by the refund procedure.',
  },
  back: {
    access: 'Campus access: it is back, and every door is told at once.',
    noAccess:
      'Campus access: it does not come back. The card had none, its date has come, or another card of yours is in use.',
  },
  sent: {
    subject: issuer => `Your loss report has gone to ${issuer}`,
    at: (card, at, issuer) =>
      `The loss report of your card${card} went to ${issuer} at ${at} and cannot be taken back; ${issuer} locks the stored value for good.`,
  },
  received: {
    subject: issuer => `${issuer} has received your loss report`,
    at: (card, at, issuer) => `${issuer} received the loss report of your card${card} at ${at}.`,
  },
  refused: {
    subject: issuer => `${issuer} did not take your loss report: please act`,
    because: (card, issuer, why) =>
      `${issuer} did not take the loss report of your card${card}: ${why}. The stored value is not locked.`,
    next: (issuer, phones) =>
      phones
        ? `Please call ${issuer} directly: ${phones}. Campus access stays ended.`
        : `Please ask ${issuer} directly. Campus access stays ended.`,
  },
}

/** What messages about a card that is missing say, in both languages. */
export const lossWords = { 'zh-TW': zhTW, en }

/** What places of the university are told of lost cards. No name stands in it, and none in the subject. */
const zhTW = {
  lost: {
    subject: '學生證掛失通知',
    reported: (card: string, at: string) => `一張學生證${card}已於 ${at} 掛失。這張卡不能開校園的門。`,
    whose: (studentNumber: string) => `學號：${studentNumber}`,
    show: '若有人出示這張卡，請不要憑卡放行或提供服務；若有人送交這張卡，請留下卡片。',
    bring: (where: string) => `請將卡片送交或洽詢${where}。`,
    over: '卡片尋獲、取消掛失，或本人領取另一張卡時，會再寄一封信。',
  },
  over: {
    subject: '學生證掛失已結束',
    subjectReplaced: '掛失學生證的本人已領取另一張卡',
    withdrawn: (card: string, lostAt: string, at: string) =>
      `於 ${lostAt} 掛失的學生證${card}，已於 ${at} 取消掛失。`,
    found: (card: string, lostAt: string, at: string) =>
      `於 ${lostAt} 掛失的學生證${card}，已於 ${at} 尋獲。`,
    replaced: (card: string, lostAt: string, at: string) =>
      `於 ${lostAt} 掛失的學生證${card}，本人已於 ${at} 領取另一張卡。`,
    subjectNotReplaced: '掛失學生證的本人尚未領取另一張卡',
    'not-replaced': (card: string, lostAt: string, at: string) =>
      `於 ${lostAt} 掛失的學生證${card}：先前通知本人已領取另一張卡，該領取紀錄已於 ${at} 撤銷，請以此信為準。`,
    goOn: '若因掛失停止了本人的借閱或其他服務，可以憑新卡恢復。',
    keep: '掛失的那張卡仍在掛失中；若有人出示，請留下卡片並送交卡務單位。',
    theirs: '卡片仍由本人持有，請照一般學生證處理。',
    notTheirs: '但本人已改用另一張卡，這張卡不再使用；若有人出示，請留下卡片並送交卡務單位。',
  },
}

const en: typeof zhTW = {
  lost: {
    subject: 'A student card was reported lost',
    reported: (card, at) => `A student card${card} was reported lost at ${at}. It gives no campus access.`,
    whose: studentNumber => `Student number: ${studentNumber}`,
    show: 'If somebody shows it, please do not let them in and do not serve them on it; if somebody hands it in, please keep it.',
    bring: where => `Please pass the card on to, or ask, ${where}.`,
    over: 'You will be written to again when it is found, when the report is taken back, or when its holder collects another card.',
  },
  over: {
    subject: 'A student card is no longer reported lost',
    subjectReplaced: 'The holder of a lost student card has another one',
    withdrawn: (card, lostAt, at) =>
      `The report of ${lostAt} that a student card${card} was lost was taken back at ${at}.`,
    found: (card, lostAt, at) =>
      `The student card${card} that was reported lost at ${lostAt} was found at ${at}.`,
    replaced: (card, lostAt, at) =>
      `At ${at} the holder of the student card${card} that was reported lost at ${lostAt} collected another one.`,
    subjectNotReplaced: 'The holder of a lost student card has no other one yet',
    'not-replaced': (card, lostAt, at) =>
      `You were told that the holder of the student card${card} reported lost at ${lostAt} has another one; that handover was undone at ${at}, and they have none.`,
    goOn: 'What was stopped for its holder because of the loss can go on with the new card.',
    keep: 'The lost card stays lost: if somebody shows it, please keep it and pass it on to the card office.',
    theirs: 'It is its holder’s card again: please treat it as any student card.',
    notTheirs:
      'Its holder has another card now, and this one is not used any more: if somebody shows it, please keep it and pass it on to the card office.',
  },
}

export const placesWords = { 'zh-TW': zhTW, en }

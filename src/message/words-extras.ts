/** What messages say of doors that the old card opened one by one, and of temporary cards. */
const zhTW = {
  doorsSetUp: {
    subject: (doors: string) => `已為新卡設定：${doors}`,
    setUp: (card: string, doors: readonly string[]) =>
      `下列個別門禁已設定到您的新卡${card}：\n${doors.map(door => `・${door}`).join('\n')}`,
    from: (startsAt: string, endsBy: string) =>
      `${startsAt} 開始的門禁更新會通知這些門，最遲 ${endsBy} 起可開門。`,
    where: '是否已經可以開門，請看「我的學生證」。',
  },
  doorDeclined: {
    subject: (door: string) => `新卡不開通：${door}`,
    declined: (card: string, door: string, owner: string) => `${owner}未為您的新卡${card}開通${door}。`,
    reason: (reason: string) => `原因：${reason}`,
    others: '其他的門不受影響。如有疑問，請直接洽詢該處的門禁負責人。',
  },
  lent: {
    subject: (until: string) => `臨時卡借用收據：可開門到 ${until}`,
    lent: (card: string, at: string, counter: string) => `您已於 ${at} 在${counter}借用一張臨時卡${card}。`,
    opens: (until: string) =>
      `臨時卡可開您原本就能進出的公共區域的門，到 ${until} 為止，之後自動失效；不含個別設定的門。`,
    at: '各門現在就會收到，不等更新時段。',
    back: (counters: string) => `用完請歸還：${counters}。`,
    careful: '臨時卡遺失時請立即告知櫃檯。',
  },
  returned: {
    subject: '臨時卡已歸還',
    returned: (card: string, at: string) => `臨時卡${card}已於 ${at} 歸還，不再開啟任何門。謝謝。`,
  },
}

const en: typeof zhTW = {
  doorsSetUp: {
    subject: doors => `Set up for your new card: ${doors}`,
    setUp: (card, doors) =>
      `These doors were set up for your new card${card}:\n${doors.map(door => `- ${door}`).join('\n')}`,
    from: (startsAt, endsBy) =>
      `They are told by the door update that starts at ${startsAt}, and open from ${endsBy} at the latest.`,
    where: '“My card” shows whether they open already.',
  },
  doorDeclined: {
    subject: door => `Not opened for your new card: ${door}`,
    declined: (card, door, owner) => `${owner} did not open ${door} for your new card${card}.`,
    reason: reason => `The reason given: ${reason}`,
    others: 'Other doors are not concerned. If you have questions, please ask whoever keeps that door.',
  },
  lent: {
    subject: until => `Receipt of a temporary card: it opens doors until ${until}`,
    lent: (card, at, counter) => `At ${at} you borrowed a temporary card${card} at ${counter}.`,
    opens: until =>
      `It opens the doors that are open to you as to others of your group until ${until}, and then ends by itself; it does not open doors that were set up for you one by one.`,
    at: 'The doors are told right now, without waiting for an update.',
    back: counters => `Please bring it back when you are done: ${counters}.`,
    careful: 'If you lose the temporary card, tell a counter at once.',
  },
  returned: {
    subject: 'Your temporary card is back',
    returned: (card, at) =>
      `The temporary card${card} was returned at ${at} and opens no door any more. Thank you.`,
  },
}

export const extrasWords = { 'zh-TW': zhTW, en }

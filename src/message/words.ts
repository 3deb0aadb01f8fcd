import type { LeftUndone, NoticeKind } from '../update/notices.ts'

/** A list as it stands in a letter, a line each. */
const lines = (items: readonly string[], mark: string): string =>
  items.map(item => `${mark}${item}`).join('\n')

const zhTW = {
  greeting: (name: string) => `${name} 您好：`,
  closing: (campus: string) => `${campus}　學生證系統\n這是系統自動寄出的信，不需回覆。`,
  lastDigits: (digits: string) => `（卡號末四碼 ${digits}）`,
  askIfNotYou: (where: string) => `如果不是您本人，請立即洽詢${where}。`,
  askIfWrong: (where: string) => `如果這與事實不符，請洽${where}。`,

  handedOver: {
    subject: (edition: string) => `領取收據：${edition}`,
    receipt: (edition: string, at: string) => `您已於 ${at} 領取並簽收${edition}。`,
    number: (masked: string) => `卡號：${masked}`,
    counter: (counter: string) => `領取地點：${counter}`,
    clerk: (clerk: string) => `承辦人員：${clerk}`,
    next: '下一步：請在學校 APP 啟用新卡。啟用之前，新卡不能開校園裡的任何門。',
    oldUntil: (until: string) => `在您啟用新卡之前，舊卡仍可開門，最遲到 ${until}。`,
    oldGoesOn: '在您啟用新卡之前，舊卡仍可開門。',
    oldKept: '舊卡不用繳回，卡內的儲值金仍可使用。',
  },

  undone: {
    subject: '領取紀錄已撤銷',
    undone: (card: string, handedOverAt: string, at: string, counter: string | null) =>
      `${handedOverAt} 的領取紀錄${card}，已於 ${at}${counter === null ? '' : ` 由${counter}`}撤銷。先前寄給您的領取收據不再有效。`,
    faulty: {
      theirs:
        '這張卡有瑕疵，已註銷，不能再領取。學校會為您重新製卡，製成後另行通知。領取時的簽名與紀錄，照規定的期限保存。',
      blank:
        '這張卡有瑕疵，已註銷，不能再領取。您自己的新卡仍等您領取，地點請看「我的學生證」。領取時的簽名與紀錄，照規定的期限保存。',
    },
    next: '這張卡目前不在您手上，仍等您領取。領取時的簽名與紀錄，照規定的期限保存。',
  },

  activated: {
    subject: (newFrom: string) => `新卡已登錄，最遲 ${newFrom} 起可開門`,
    accepted: (card: string, at: string) =>
      `您已於 ${at} 啟用新卡${card}。校園門禁已改登錄在新卡上，各門會依下列時間跟上。`,
    old: (until: string) => `舊卡：可開門到 ${until}。`,
    window: (startsAt: string) => `門禁更新：${startsAt} 開始。`,
    atOnce: '舊卡的校園門禁會在下次門禁更新完成前到期，所以新卡不等更新時段，現在就送到各門。',
    new: (from: string) => `新卡：最遲 ${from} 起可開門。`,
    carryBoth: (until: string) => `請兩張卡都帶著，直到 ${until}。`,
    purse: '舊卡裡的儲值金留在舊卡，仍可使用。',
    staysBehind: (items: readonly string[]) => `以下功能不會移到新卡，請分別辦理：\n${lines(items, '・')}`,
    stays: (name: string, owner: string) => `${name}：請洽${owner}`,
    next: '各門確認使用新卡之後，我們會再通知您。',
  },

  confirmed: {
    subject: (since: string) => `各門已自 ${since} 起使用您的新卡`,
    since: (card: string, since: string, count: number) =>
      `各門已自 ${since} 起使用您的新卡${card}，並經門禁系統確認（${count} 個控制器中的 ${count} 個）。`,
    leaveOld: '校園的門不再需要舊卡。',
  },

  waiting: {
    subject: '有些門還沒有使用您的新卡',
    count: (card: string, confirmed: number, of: number) =>
      `門禁系統已確認新卡${card}的有 ${of} 個控制器中的 ${confirmed} 個。`,
    oldWorks: (buildings: string) => `還在等待：${buildings}。那裡舊卡仍可開門，請兩張卡都帶著。`,
    noneWorks: (buildings: string, where: string) =>
      `還在等待：${buildings}。那裡還沒有確認您的任何一張卡；需要進出時請洽${where}。`,
    silent: (buildings: string) => `${buildings}的門禁控制器沒有回應；一恢復連線，就會改用您的新卡。`,
    held: (buildings: string) => `${buildings}的門禁更新暫停中；一解除暫停，就會改用您的新卡。`,
    unconfirmed: (buildings: string, by: string) => `${buildings}預計最遲 ${by}，在下一次更新完成。`,
    next: '各門都確認之後再通知您。',
  },

  staff: {
    subject: {
      'guard-waits': (at: string) => `${at} 的門禁更新：有變更等第二人確認`,
      'window-incomplete': (at: string) => `${at} 的門禁更新沒有全部完成`,
      'window-late': (at: string) => `${at} 的門禁更新逾時`,
      'window-missed': (at: string) => `${at} 的門禁更新補做先前漏掉的更新`,
    } satisfies Record<NoticeKind, (at: string) => string>,
    about: {
      'guard-waits': (at: string, people: number) =>
        `${at} 的門禁更新會讓 ${people} 人失去門禁而沒有另一張卡，超過一次可通過的人數。這些變更沒有送出，卡片維持有效；其他變更照常進行。`,
      'window-incomplete': (at: string) =>
        `${at} 的門禁更新已結束，但有變更沒有完成。這些變更不會遺失，系統會持續重試；暫停中的會等到解除暫停。`,
      'window-late': (at: string) => `${at} 的門禁更新沒有在承諾的時間內完成；系統仍繼續傳送。`,
      'window-missed': (at: string, many: number, first: string) =>
        `自 ${first} 起有 ${many} 次門禁更新沒有執行，或到下一個時段還沒做完。這些變更由 ${at} 的更新補做，比告知持卡人的時間晚。`,
    } satisfies Record<NoticeKind, (at: string, many: number, first: string) => string>,
    where: (places: readonly string[]) => `未完成的地方：\n${lines(places, '・')}`,
    left: (where: string, why: string, numbers: number) => `${where}：${why}，剩 ${numbers} 筆`,
    outcome: {
      partly: '有卡片未確認',
      unreachable: '控制器沒有回應，請檢查電源與網路',
      held: '更新暫停中',
      late: '逾時',
    } satisfies Record<LeftUndone['outcome'], string>,
    next: {
      'guard-waits': '下一步：請到工作台的「門禁更新」，查看是哪些人、哪些門，再同意或拒絕。',
      'window-incomplete':
        '下一步：請到工作台的「門禁更新」，查看後按「我來處理」，其他同仁就知道有人處理了。',
      'window-late': '下一步：請到工作台的「門禁更新」，查看後按「我來處理」，其他同仁就知道有人處理了。',
      'window-missed': '下一步：請查明系統是否停止過，再到工作台的「門禁更新」按「我來處理」。',
    } satisfies Record<NoticeKind, string>,
    why: '您會收到這封信，是因為您在工作台的「通知信」登記了這個地址；在那裡也可以停止。',
  },
}

const en: typeof zhTW = {
  greeting: name => `Dear ${name},`,
  closing: campus => `${campus}, student cards\nThis message was sent automatically; please do not reply.`,
  lastDigits: digits => ` (card number ending in ${digits})`,
  askIfNotYou: where => `If this was not you, ask at once at ${where}.`,
  askIfWrong: where => `If this is not so, ask at ${where}.`,

  handedOver: {
    subject: edition => `Receipt: ${edition}`,
    receipt: (edition, at) => `You collected and signed for the ${edition} at ${at}.`,
    number: masked => `Card number: ${masked}`,
    counter: counter => `Collected at: ${counter}`,
    clerk: clerk => `Handed over by: ${clerk}`,
    next: 'Next: activate the new card in the university’s app. Until then it opens no door on campus.',
    oldUntil: until => `Until you activate it your old card opens doors, at the latest until ${until}.`,
    oldGoesOn: 'Until you activate it your old card opens doors.',
    oldKept: 'You keep the old card, and its stored value can still be used.',
  },

  undone: {
    subject: 'The handover of your card was undone',
    undone: (card, handedOverAt, at, counter) =>
      `The handover of your card${card} at ${handedOverAt} was undone${counter === null ? '' : ` by ${counter}`} at ${at}. The receipt that you got for it no longer counts.`,
    faulty: {
      theirs:
        'The card is faulty and was retired; it cannot be collected any more. Another one is made for you, and you will be told when to collect it. The signature and the record are kept for as long as the rules say.',
      blank:
        'The card is faulty and was retired; it cannot be collected any more. Your own new card still waits to be collected: “My card” says where. The signature and the record are kept for as long as the rules say.',
    },
    next: 'You do not have this card now; it waits to be collected. The signature and the record are kept for as long as the rules say.',
  },

  activated: {
    subject: newFrom => `New card registered; it opens doors from ${newFrom} at the latest`,
    accepted: (card, at) =>
      `At ${at} you activated your new card${card}. Campus access is now registered on it, and the doors follow at these times.`,
    old: until => `Old card: opens doors until ${until}.`,
    window: startsAt => `Door update: begins at ${startsAt}.`,
    atOnce:
      'The old card’s campus access ends before the next door update is done, so the new card does not wait for it: it is being sent to the doors now.',
    new: from => `New card: opens doors from ${from} at the latest.`,
    carryBoth: until => `Carry both cards until ${until}.`,
    purse: 'The stored value stays on the old card and can still be used.',
    staysBehind: items =>
      `These did not move to the new card; please set them up separately:\n${lines(items, '- ')}`,
    stays: (name, owner) => `${name}: ask ${owner}`,
    next: 'When the doors have confirmed the new card, we tell you.',
  },

  confirmed: {
    subject: since => `Doors use your new card since ${since}`,
    since: (card, since, count) =>
      `Doors use your new card${card} since ${since}, confirmed by the access system (${count} of ${count} controllers).`,
    leaveOld: 'You no longer need the old card for the doors on campus.',
  },

  waiting: {
    subject: 'Some doors do not use your new card yet',
    count: (card, confirmed, of) =>
      `The access system has confirmed your new card${card} at ${confirmed} of ${of} controllers.`,
    oldWorks: buildings => `Still waiting: ${buildings}. Your old card opens doors there; carry both cards.`,
    noneWorks: (buildings, where) =>
      `Still waiting: ${buildings}. No card of yours is confirmed there yet; if you must get in, ask at ${where}.`,
    silent: buildings =>
      `The door controllers of ${buildings} do not answer. They change to your new card as soon as they answer again.`,
    held: buildings =>
      `Door updates of ${buildings} are held. They change to your new card as soon as that is lifted.`,
    unconfirmed: (buildings, by) => `${buildings}: expected by ${by}, with the next update.`,
    next: 'We tell you when all doors have confirmed.',
  },

  staff: {
    subject: {
      'guard-waits': at => `Door update of ${at}: changes wait for a second person`,
      'window-incomplete': at => `Door update of ${at}: not everything was done`,
      'window-late': at => `Door update of ${at}: late`,
      'window-missed': at => `Door update of ${at}: does the work of updates that were missed`,
    },
    about: {
      'guard-waits': (at, people) =>
        `The door update of ${at} would take access from ${people} ${people === 1 ? 'person' : 'people'} without another card, more than may pass at once. These changes were not sent and the cards stay valid; everything else goes on.`,
      'window-incomplete': at =>
        `The door update of ${at} is over, and something was not done. Nothing of it is lost: it is tried again by itself, and what is held goes when the hold is lifted.`,
      'window-late': at => `The door update of ${at} was not done by the time that was promised; it goes on.`,
      'window-missed': (at, many, first) =>
        `${many === 1 ? 'A door update' : `${many} door updates`} from ${first} on did not run, or did not end before the next one began. The update of ${at} does that work, later than card holders were told.`,
    },
    where: places => `Left undone:\n${lines(places, '- ')}`,
    left: (where, why, numbers) =>
      `${where}: ${why}, ${numbers} ${numbers === 1 ? 'card number' : 'card numbers'} left`,
    outcome: {
      partly: 'not all confirmed',
      unreachable: 'the controller does not answer; check its power and network',
      held: 'updates are held',
      late: 'not done in time',
    },
    next: {
      'guard-waits':
        'Next: on the staff’s screen “Door updates” see who and which doors it concerns, and let it go or refuse.',
      'window-incomplete':
        'Next: look at the staff’s screen “Door updates” and press “I take care of it”, so that others know.',
      'window-late':
        'Next: look at the staff’s screen “Door updates” and press “I take care of it”, so that others know.',
      'window-missed':
        'Next: find out whether Gatehouse stopped, then press “I take care of it” on the staff’s screen “Door updates”.',
    },
    why: 'You get this because you gave this address on the staff’s screen “Mail”; there you can end it, too.',
  },
}

/** What the messages say, in both languages. Values come in already said: times with their date, names, places. */
export const words = { 'zh-TW': zhTW, en }

const lines = (items: readonly string[], mark: string): string =>
  items.map(item => `${mark}${item}`).join('\n')

/** What the daily mail to the keepers of doors says. */
const zhTW = {
  subject: (news: number) => `換卡待辦：新增 ${news} 項`,
  ofAll: '下列的門，有學生換了卡：舊卡上個別開通的門，不會自動移到新卡，請決定是否為新卡開通。',
  ofOwner: (owner: string) =>
    `由${owner}管理的下列的門，有學生換了卡：舊卡上個別開通的門，不會自動移到新卡，請決定是否為新卡開通。`,
  doors: (doors: readonly string[]) => lines(doors, '・'),
  door: (place: string, tasks: number, news: number) =>
    `${place}：待決定 ${tasks} 項${news === 0 ? '' : `，其中新增 ${news} 項`}`,
  next: (link: string) => `下一步：請到工作台的「換卡待辦」，一次可以處理多項：${link}`,
  why: '有新的待辦時，這封信一天寄一封；信裡沒有姓名或卡號。在工作台的「通知信」可以停止或更改。',
}

const en: typeof zhTW = {
  subject: news =>
    news === 1
      ? 'Cards that changed: 1 new door to answer'
      : `Cards that changed: ${news} new doors to answer`,
  ofAll:
    'Students have changed cards at the doors below. What was granted to the old card one by one does not move to the new one: decide whether the door opens for it.',
  ofOwner: owner =>
    `Students have changed cards at the doors of ${owner} below. What was granted to the old card one by one does not move to the new one: decide whether the door opens for it.`,
  doors: doors => lines(doors, '- '),
  door: (place, tasks, news) => `${place}: ${tasks} to answer${news === 0 ? '' : `, ${news} of them new`}`,
  next: link => `Next: the staff’s screen “Cards that changed”, where many are answered at once: ${link}`,
  why: 'While there is something new, one such mail comes a day; it names no people or cards. You can end or change it on the staff’s screen “Mail”.',
}

/** Words of the daily mail to the keepers of doors, in both languages. */
export const digestWords = { 'zh-TW': zhTW, en }

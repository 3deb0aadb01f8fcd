import type { Facts } from '../lib/decision.ts'
import { sayCount } from '../web/when.ts'
import type { RestoreRefusal, RestoreSign } from './restored-rules.ts'

type Sentences = Record<RestoreRefusal, (facts: Facts) => string>
const count = (numbers: number): string => sayCount(numbers, 'en')

const zhTW = {
  title: '資料庫已還原：暫停寫入所有門禁控制器',
  about: (time: string) =>
    `資料庫於 ${time} 起被發現是較舊的版本。備份之後的啟用與掛失，資料庫並不知道，但門上仍有記錄。在讀完各控制器的清單並由人員確認之前，不寫入任何卡片，掛失也不例外。`,
  sign: {
    said: '由人員告知',
    'other-server': '資料庫在另一臺伺服器上',
    'other-timeline': '資料庫伺服器已還原到較早的時間點，或由備援接手',
    'journal-behind': '先前寫入的記錄已不存在',
  } satisfies Record<RestoreSign, string>,
  how: '如何得知',
  progress: '已讀取的控制器',
  ofAll: (read: number, all: number) => `${count(read)} / ${count(all)} 臺`,
  building: '建築',
  list: '清單',
  read: '已讀取',
  reading: '讀取中',
  notRead: '尚未讀取',
  failed: '讀取失敗，請再讀取一次',
  puts: '將重新寫入',
  changes: '將更改',
  removals: '將移除',
  leftOver: '殘留',
  people: '查看是誰的卡片',
  hide: '收起',
  peopleAbout:
    '「將重新寫入」的卡片在備份之後曾被移除：可能已掛失或已換卡。請先重新登記這些掛失與啟用，再放行。查看會留下記錄。',
  student: '學號',
  controller: '控制器',
  deedTitle: '將要做的事',
  deed: { put: '重新寫入', change: '更改', remove: '移除' },
  decided: '資料庫中的決定時間',
  nothing: '已讀取的控制器上沒有差異。',
  more: '只列出前面的部分。',
  release: (read: number) => `放行已讀取的 ${count(read)} 臺控制器`,
  released: '已放行；其餘控制器繼續等候。',
  sure: '放行後，上列差異會依一般順序寫入控制器，無法收回。',
  refused: '無法顯示',
  refusal: {
    'no-controllers': () => '沒有登記任何控制器，因此沒有需要暫停的。',
    'restored-already': () => '所有控制器都已經因資料庫還原而暫停，不必再說一次。',
    'nothing-restored': () => '沒有控制器因資料庫還原而等候，因此什麼都沒有做。請重新整理頁面。',
    'release-needs-reason': () => '沒有寫原因，因此沒有放行。請寫下核對的結果。',
    'nothing-read-since': ({ waiting }) =>
      `${waiting} 臺等候的控制器中，沒有一臺在還原後讀完清單，因此沒有放行。請先讀取完整清單。`,
    'difference-changed': () => '差異與您看到的已經不同，因此沒有放行。請再看一次。',
  } satisfies Sentences,
}
const en: typeof zhTW = {
  title: 'The database was brought back: nothing is sent to any door',
  about: time =>
    `Since ${time} the database is known to be an older copy. It does not know what was activated and reported lost after that copy was made; the doors still do. Before the controllers’ lists are read and somebody lets them go, no card is written, not even a lost one is removed.`,
  sign: {
    said: 'somebody said so',
    'other-server': 'the database is on another server',
    'other-timeline': 'its server was brought back to an earlier moment, or a standby took over',
    'journal-behind': 'what was written before is not there any more',
  },
  how: 'How it is known',
  progress: 'Controllers read',
  ofAll: (read, all) => `${count(read)} of ${count(all)}`,
  building: 'Building',
  list: 'List',
  read: 'read',
  reading: 'being read',
  notRead: 'not read yet',
  failed: 'could not be read: ask for it again',
  puts: 'Would be put again',
  changes: 'Would change',
  removals: 'Would go',
  leftOver: 'Left over',
  people: 'Show whose cards',
  hide: 'Hide',
  peopleAbout:
    'A card that would be put again was taken away after the copy was made: it may have been lost or replaced. Report those losses and activations again first, then let the controllers go. Who looks is written down.',
  student: 'Student number',
  controller: 'Controller',
  deedTitle: 'Would be',
  deed: { put: 'put again', change: 'changed', remove: 'removed' },
  decided: 'Decided, as this database knows',
  nothing: 'There is no difference on the controllers that were read.',
  more: 'Only the first are listed.',
  release: read => `Let ${count(read)} ${read === 1 ? 'controller' : 'controllers'} go`,
  released: 'Let go; the others go on waiting.',
  sure: 'Then the differences above are written to the controllers in the usual order. This cannot be taken back.',
  refused: 'This cannot be shown',
  refusal: {
    'no-controllers': () => 'No controller is recorded, so there is nothing to keep waiting.',
    'restored-already': () =>
      'Every controller waits already because the database was brought back; it need not be said again.',
    'nothing-restored': () =>
      'No controller waits because the database was brought back, so nothing was done. Reload the page.',
    'release-needs-reason': () => 'No reason was given, so nothing was let go. Write down what you compared.',
    'nothing-read-since': ({ waiting }) =>
      `Of the ${waiting} controllers that wait, none had its list read to the end since, so nothing was let go. Read the whole lists first.`,
    'difference-changed': () =>
      'The difference is no longer what you saw, so nothing was let go. Look at it again.',
  },
}

/** What is said after the database was brought back from an older copy, in both languages. */
export const restoredWords = { 'zh-TW': zhTW, en }

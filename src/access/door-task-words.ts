import type { Facts } from '../lib/decision.ts'
import type { DeclineRefusal, TaskRefusal } from './door-task-rules.ts'

type Sentences<Reason extends string> = Readonly<Record<Reason, (facts: Facts) => string>>

const zhTW = {
  title: '換卡待辦',
  about: '下列學生已啟用新卡；舊卡上個別設定的門，請決定是否為新卡開通。姓名的讀取會留下紀錄。',
  owner: '門禁負責人',
  anyOwner: '全部負責人',
  building: '大樓',
  anyBuilding: '全部大樓',
  columns: {
    pick: '選取',
    student: '學生',
    door: '門',
    owner: '負責人',
    since: '舊卡設定時間',
    asked: '換卡時間',
    answer: '處理',
  },
  card: (ending: string) => `新卡 ${ending}`,
  pick: (name: string, door: string) => `選取 ${name}：${door}`,
  pickAll: '全選',
  open: '為新卡開通',
  answerAbout: (what: string, name: string, door: string) => `${what}：${name}，${door}`,
  openPicked: (count: number) => `為所選 ${count} 項開通`,
  decline: '不開通',
  why: '為什麼不開通',
  whyHint: '學生會看到這段話。請勿填寫個人資料。',
  sendDecline: '送出',
  back: '返回',
  opened: (count: number, from: string) => `已開通 ${count} 項；${from} 的門禁更新後即可開門。`,
  declined: (name: string) => `已告知 ${name}。`,
  notOpened: (count: number) => `有 ${count} 項未開通：`,
  more: '還有其他待辦；處理完這些之後會出現。',
  noneTitle: '沒有待辦',
  noneNext: '學生啟用新卡後，舊卡上個別設定的門會列在這裡。',
  loading: '讀取中…',
  retry: '再試一次',
  openRefusals: {
    'unknown-task': () => '沒有這項待辦。請重新整理清單。',
    'declined-already': () =>
      '這項已回覆不開通，並已告知學生。若要改為開通，請以學號另行設定這扇門的個別門禁。',
    'grant-ended': () => '舊卡上的這項設定已經終止，新卡不需開通。',
    'not-enrolled': () => '這位學生目前不是在學狀態，校園的門都不會打開，因此不開通。',
    'new-card-not-in-use': () =>
      '這張新卡目前沒有校園門禁（例如已掛失）。學生啟用下一張卡後，會再出現一項待辦。',
    'opened-by-group': f => `門禁群組「${f.nameZh}」已為這位學生打開這扇門，不需個別開通。`,
  } satisfies Sentences<TaskRefusal>,
  declineRefusals: {
    'unknown-task': () => '沒有這項待辦。請重新整理清單。',
    'done-already': () => '這扇門已為新卡開通。若要收回，請終止該項個別門禁設定。',
    'reason-missing': () => '請填寫不開通的原因，學生會看到。',
  } satisfies Sentences<DeclineRefusal>,
}

const en: typeof zhTW = {
  title: 'Cards that changed',
  about:
    'These students switched to a new card. Decide whether the door that was granted to the old one opens for the new one. Reading the names is recorded.',
  owner: 'Door’s owner',
  anyOwner: 'All owners',
  building: 'Building',
  anyBuilding: 'All buildings',
  columns: {
    pick: 'Choose',
    student: 'Student',
    door: 'Door',
    owner: 'Owner',
    since: 'On the old card since',
    asked: 'Card changed',
    answer: 'Answer',
  },
  card: ending => `new card ${ending}`,
  pick: (name, door) => `Choose ${name}: ${door}`,
  pickAll: 'Choose all',
  open: 'Open for the new card',
  answerAbout: (what, name, door) => `${what}: ${name}, ${door}`,
  openPicked: count => (count === 1 ? 'Open the one chosen' : `Open the ${count} chosen`),
  decline: 'Decline',
  why: 'Why it stays closed',
  whyHint: 'The student reads this. No personal details, please.',
  sendDecline: 'Send',
  back: 'Back',
  opened: (count, from) =>
    `${count} ${count === 1 ? 'door opens' : 'doors open'} with the update at ${from}.`,
  declined: name => `${name} was told.`,
  notOpened: count => (count === 1 ? 'One was not opened:' : `${count} were not opened:`),
  more: 'There are others; they appear when these are answered.',
  noneTitle: 'Nothing to do',
  noneNext: 'When a student switches to a new card, the doors that were granted to the old one appear here.',
  loading: 'Loading…',
  retry: 'Try again',
  openRefusals: {
    'unknown-task': () => 'There is no such task. Load the list again.',
    'declined-already': () =>
      'This was declined, and the student was told. To open it after all, grant the door to the student’s card anew.',
    'grant-ended': () => 'The grant on the old card has ended, so nothing is owed to the new card.',
    'not-enrolled': () => 'This student is not enrolled now, so no door on campus opens.',
    'new-card-not-in-use': () =>
      'This new card has no campus access now (it may have been reported lost). When the student activates the next card there will be another task.',
    'opened-by-group': f =>
      `The access group “${f.nameEn}” opens this door to the student anyway; there is nothing to grant.`,
  },
  declineRefusals: {
    'unknown-task': () => 'There is no such task. Load the list again.',
    'done-already': () =>
      'This door was opened for the new card. To take it back, end that individual grant.',
    'reason-missing': () => 'Say why it stays closed; the student reads it.',
  },
}

/** What is said of doors whose people have a new card, in both languages. */
export const doorTaskWords = { 'zh-TW': zhTW, en }

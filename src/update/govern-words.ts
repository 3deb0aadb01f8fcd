import type { Facts } from '../lib/decision.ts'
import { sayCount } from '../web/when.ts'
import type { StaffNotices } from './govern-shapes.ts'
import type { GuardRefusal } from './guard-rules.ts'
import type { HoldRefusal } from './hold-rules.ts'
import type { NoticeKind } from './notices.ts'

type GuardSentences = Record<GuardRefusal, (facts: Facts) => string>
type HoldSentences = Record<HoldRefusal, (facts: Facts) => string>
type Outcome = StaffNotices['notices'][number]['left'][number]['outcome']

/** Thousands are grouped alike in both languages. */
const count = (numbers: number): string => sayCount(numbers, 'en')
const people = (many: number): string => `${count(many)} ${many === 1 ? 'person' : 'people'}`
const cards = (many: number): string => `${count(many)} ${many === 1 ? 'card number' : 'card numbers'}`

const zhTW = {
  // The guard.
  guard: '需要第二人確認',
  guardAbout: (many: number) =>
    `這次更新會讓 ${count(many)} 人失去門禁而沒有另一張卡，超過一次可通過的人數。這些變更不會送出，卡片維持有效；其他變更照常進行。`,
  refusedTitle: '已拒絕，等待修正',
  refusedAbout: (who: string, reason: string) =>
    `${who}已拒絕，原因：${reason}。卡片維持有效。請由造成變更的承辦修正：名冊由承辦重新匯入，門禁群組由門禁管理改回，換發作業由承辦重新發布。修正後的變更送達控制器，這裡就不再顯示。`,
  campus: '全校',
  limit: (where: string, many: number, of: number, most: number) =>
    `${where}：${count(of)} 人中的 ${count(many)} 人（不需第二人時最多 ${count(most)} 人）`,
  causedBy: '變更由',
  causes: '原因',
  byDate: '日期屆至，不是任何人的操作',
  who: '查看是哪些人、哪些門',
  letGo: '同意，送出',
  refuse: '拒絕',
  reason: '原因',
  reasonHint: '會寫入紀錄。請勿填寫姓名或卡號。',
  ownAct: '這是您自己的變更造成的，須由另一位同仁回答。',
  letGoDone: (numbers: number) => `已同意，${count(numbers)} 筆變更現在送出。`,
  refusedDone: '已拒絕，卡片維持有效。',
  student: '學號',
  places: '會失去的門',
  shortened: (day: string) => `改到 ${day} 為止`,
  more: '往下看更多人',
  first: '回到開頭',
  back: '返回',
  loading: '載入中…',
  notDone: '沒有完成',
  // The dry run.
  dryRun: '預演下一次更新',
  dryTitle: '預演',
  dryAbout: '依目前的資料，下一次更新會做的事。不會送出任何內容。',
  dryClose: '關閉預演',
  dryGuardNone: '沒有變更需要第二人確認。',
  dryGuard: (many: number) => `會停下來等第二人確認的變更：${count(many)} 人會失去門禁。`,
  dryApprove: '事先同意這些人失去門禁',
  approved: (many: number) =>
    `已事先同意 ${count(many)} 人。更新開始時，只有這些人會直接送出；之後增加的人另外計算。`,
  building: '建築',
  put: '寫入',
  change: '修改',
  remove: '移除',
  persons: '人數',
  condition: '狀況',
  goes: '會送出',
  dryNothing: '下一次更新目前沒有任何變更。',
  givesNow: '立即更新',
  dryRunNow: (numbers: number) =>
    `若選「立即更新」：現在就寫入或放寬 ${count(numbers)} 筆，不移除任何卡；其餘留到原定時段。`,
  dryRunNowNot: (why: string) => `「立即更新」目前不會做任何事：${why}`,
  // Run now and holds.
  runNow: '立即更新',
  runAbout: '下一次更新要寫入的卡現在就送出。移除的卡留到原定時段，因為已告知持卡人可用到那時。',
  runDone: (numbers: number) => `已開始：${count(numbers)} 筆。`,
  hold: '暫停更新',
  holdAbout: '一般變更會等到解除暫停為止。掛失與立即生效的變更照常送出。',
  holdDone: '已暫停。',
  where: '範圍',
  everywhere: '全部控制器',
  choose: '請選擇',
  go: '送出',
  holds: '暫停中的更新',
  heldBy: (who: string, reason: string) => `${who}：${reason}`,
  since: (time: string) => `${time} 起`,
  lift: '解除',
  liftOf: (where: string) => `解除暫停：${where}`,
  lifted: '已解除，等候中的變更現在送出。',
  // Notices.
  notices: '請處理',
  notice: {
    'guard-waits': (many: number, time: string) =>
      `${time} 的更新停下 ${count(many)} 人的變更，等第二人確認。`,
    'window-incomplete': (_many: number, time: string) => `${time} 的更新沒有全部完成。`,
    'window-late': (_many: number, time: string) => `${time} 的更新沒有在承諾的時間內完成；系統仍繼續傳送。`,
    'window-missed': (many: number, time: string, first: string) =>
      many === 1
        ? `${first} 的更新沒有執行，或到下一個時段還沒做完。它的變更由 ${time} 的更新補做，比告知持卡人的時間晚。請查明系統是否停止過。`
        : `自 ${first} 起有 ${count(many)} 次更新沒有執行，或到下一個時段還沒做完。這些變更由 ${time} 的更新補做，比告知持卡人的時間晚。請查明系統是否停止過。`,
  } satisfies Record<NoticeKind, (many: number, time: string, first: string) => string>,
  left: (where: string, numbers: number) => `${where}（剩 ${count(numbers)} 筆）`,
  leftElsewhere: (many: number) => `，以及另外 ${count(many)} 處`,
  outcome: {
    partly: '有卡片未確認',
    unreachable: '控制器沒有回應',
    held: '已暫停更新',
    late: '逾時',
  } satisfies Record<Outcome, string>,
  acknowledge: '我來處理',
  acknowledged: '已登記由您處理。',
  file: {
    guarded: '等第二人確認',
    held: '暫停中',
    goes: '會送出',
  },
  guardRefusal: {
    'no-such-guard': () => '沒有這一筆。請重新整理畫面。',
    'answered-already': () => '已有同仁回答。請重新整理畫面。',
    'own-act': () => '這是您自己的變更造成的，須由另一位同仁回答。',
    'guard-needs-reason': () => '請寫下原因，會留在紀錄裡。',
    'changed-since-dry-run': () => '預演之後有了變動，會失去門禁的人不同了。請再預演一次，看過後再同意。',
    'window-has-begun': () => '這次更新已經開始。請看是否有變更在等第二人確認。',
    'nothing-to-approve': () => '下一次更新沒有需要第二人確認的變更。',
  } satisfies GuardSentences,
  holdRefusal: {
    'no-such-controller-here': ({ controller }) => `沒有序號 ${controller} 的控制器。請從清單選擇。`,
    'held-already': () => '已經暫停，不必再做一次。',
    'no-such-hold': () => '這個暫停已經解除。請重新整理畫面。',
    'hold-needs-reason': () => '請寫下原因，會留在紀錄裡。',
    'update-under-way': () => '更新正在進行，該送出的變更都在其中。請等它結束再試。',
    'asked-already': () => '已有同仁要求立即更新，馬上就會開始。',
    'nothing-to-let-go': () => '那裡沒有等候寫入的卡。移除的卡會留到原定時段。',
    'held-there': () => '那裡的更新已暫停。請先解除暫停。',
    'no-such-notice': () => '已有同仁處理。請重新整理畫面。',
  } satisfies HoldSentences,
}

const en: typeof zhTW = {
  guard: 'Waits for a second person',
  guardAbout: many =>
    `This update would take access from ${people(many)} who ${many === 1 ? 'has' : 'have'} no other card, more than may pass at once. These changes are not sent and the cards stay valid; everything else goes on.`,
  refusedTitle: 'Refused, and not repaired yet',
  refusedAbout: (who, reason) =>
    `Refused by ${who}: ${reason}. The cards stay valid. Whoever caused it repairs it: the office imports the right roster or publishes the right programme, the access keeper sets the group right. When that has reached the controllers, this is not shown any more.`,
  campus: 'The campus',
  limit: (where, many, of, most) =>
    `${where}: ${count(many)} of ${people(of)} (at most ${count(most)} without a second person)`,
  causedBy: 'Changed by',
  causes: 'Cause',
  byDate: 'a date, and nobody’s act',
  who: 'See who, and which doors',
  letGo: 'Agree, and send',
  refuse: 'Refuse',
  reason: 'Reason',
  reasonHint: 'It is kept in the journal. No names and no card numbers.',
  ownAct: 'Your own change caused this: somebody else must answer.',
  letGoDone: numbers => `Agreed: ${cards(numbers)} are being sent now.`,
  refusedDone: 'Refused: the cards stay valid.',
  student: 'Student number',
  places: 'Doors that would be lost',
  shortened: day => `only until ${day}`,
  more: 'More people',
  first: 'Back to the first',
  back: 'Back',
  loading: 'Loading …',
  notDone: 'Not done',
  dryRun: 'Dry run',
  dryTitle: 'Dry run',
  dryAbout: 'What the next update would do as things stand now. Nothing is sent.',
  dryClose: 'Close the dry run',
  dryGuardNone: 'Nothing would wait for a second person.',
  dryGuard: many => `Would wait for a second person: ${people(many)} would lose access.`,
  dryApprove: 'Approve beforehand that they lose access',
  approved: many =>
    `Approved beforehand for ${people(many)}. When the update begins exactly they are let pass; whoever is added counts anew.`,
  building: 'Building',
  put: 'Put',
  change: 'Change',
  remove: 'Remove',
  persons: 'People',
  condition: 'Condition',
  goes: 'goes',
  dryNothing: 'The next update has nothing to change as things stand.',
  givesNow: 'With “run now”',
  dryRunNow: numbers =>
    `“Run now” would put or widen ${cards(numbers)} at once and remove none; the rest stays for the update.`,
  dryRunNowNot: why => `“Run now” would do nothing at present: ${why}`,
  runNow: 'Run now',
  runAbout:
    'Cards that the next update would put go now. Cards that it removes stay until then, because their holders were told so.',
  runDone: numbers => `Begun: ${cards(numbers)}.`,
  hold: 'Hold a building',
  holdAbout: 'Ordinary changes wait until the hold is lifted. Lost cards and whatever is at once go on.',
  holdDone: 'Held.',
  where: 'Where',
  everywhere: 'All controllers',
  choose: 'Choose',
  go: 'Do it',
  holds: 'Updates that are held',
  heldBy: (who, reason) => `${who}: ${reason}`,
  since: time => `since ${time}`,
  lift: 'Lift',
  liftOf: where => `Lift the hold: ${where}`,
  lifted: 'Lifted: what waited is being sent now.',
  notices: 'Somebody is needed',
  notice: {
    'guard-waits': (many, time) =>
      `The update of ${time} stopped the changes of ${people(many)}: they wait for a second person.`,
    'window-incomplete': (_many, time) => `The update of ${time} could not do everything.`,
    'window-late': (_many, time) =>
      `The update of ${time} was not done by the time that was promised; it goes on.`,
    'window-missed': (many, time, first) =>
      many === 1
        ? `The update of ${first} did not run, or was not over when the next one began. The update of ${time} does its work, later than card holders were told. Find out whether Gatehouse stopped.`
        : `${count(many)} updates from ${first} on did not run, or were not over when the next one began. The update of ${time} does their work, later than card holders were told. Find out whether Gatehouse stopped.`,
  },
  left: (where, numbers) => `${where} (${cards(numbers)} left)`,
  leftElsewhere: many => ` and ${count(many)} more`,
  outcome: {
    partly: 'Not all confirmed',
    unreachable: 'No answer',
    held: 'Updates held',
    late: 'Not done in time',
  },
  acknowledge: 'I take care of it',
  acknowledged: 'Noted: you take care of it.',
  file: {
    guarded: 'waits for a second person',
    held: 'held',
    goes: 'goes',
  },
  guardRefusal: {
    'no-such-guard': () => 'There is no such thing to answer. Look at the screen again.',
    'answered-already': () => 'Somebody has answered this already. Look at the screen again.',
    'own-act': () => 'Your own change caused this: somebody else must answer.',
    'guard-needs-reason': () => 'Say why: it is kept in the journal.',
    'changed-since-dry-run': () =>
      'Something has changed since the dry run: others would lose access. Look at it again, then approve.',
    'window-has-begun': () => 'That update has begun. See whether changes wait for a second person.',
    'nothing-to-approve': () => 'Nothing of the next update would wait for a second person.',
  },
  holdRefusal: {
    'no-such-controller-here': ({ controller }) =>
      `There is no controller with the serial number ${controller}. Choose one of the list.`,
    'held-already': () => 'That is held already; there is nothing to do.',
    'no-such-hold': () => 'That hold was lifted already. Look at the screen again.',
    'hold-needs-reason': () => 'Say why: it is kept in the journal.',
    'update-under-way': () =>
      'An update is under way and carries whatever is due. Try again when it has ended.',
    'asked-already': () => 'Somebody has asked for that already; it begins in a moment.',
    'nothing-to-let-go': () => 'No card waits to be put there. Cards that are removed stay for their update.',
    'held-there': () => 'Updates there are held. Lift the hold first.',
    'no-such-notice': () => 'Somebody takes care of it already. Look at the screen again.',
  },
}

/** What governing the windows says, in both languages. */
export const governWords = { 'zh-TW': zhTW, en }

import '../web/staff/staff.css'
import type { Screen, StaffNotice } from '../web/staff/screen.ts'
import { startStaff } from '../web/staff/start.tsx'

/**
 * The staff's screens, in the order the home screen lists them. One entry a screen:
 *
 * ```ts
 * {
 *   path: '/desk',
 *   title: { 'zh-TW': '領卡櫃檯', en: 'Desk' },
 *   about: { 'zh-TW': '掃描、查驗身分、交付新卡。', en: 'Scan, check the identity, hand the new card over.' },
 *   roles: ['desk', 'office'],
 *   load: async () => (await import('../handover/desk.tsx')).Desk,
 * }
 * ```
 */
const screens: readonly Screen[] = [
  {
    path: '/desk',
    title: { 'zh-TW': '領卡櫃檯', en: 'Desk' },
    about: { 'zh-TW': '掃描、查驗身分、交付新卡。', en: 'Scan, check the identity, hand the new card over.' },
    roles: ['desk'],
    load: async () => (await import('../handover/desk.tsx')).Desk,
  },
  {
    path: '/present',
    title: { 'zh-TW': '為現場的持卡人辦理', en: 'For a person who is here' },
    about: {
      'zh-TW': '持卡人在現場而沒有手機：啟用、暫停、掛失、補發、退費。',
      en: 'Somebody is here without a phone: activate, pause, report lost, reissue, refund.',
    },
    roles: ['desk', 'office'],
  },
  {
    path: '/confirmations',
    title: { 'zh-TW': '第二人確認', en: 'Second person' },
    about: {
      'zh-TW': '學生沒有舊卡也沒有手機時，由另一位同仁核對證件。',
      en: 'Confirm the document of a student who has neither the old card nor a phone.',
    },
    roles: ['desk', 'office'],
    load: async () => (await import('../handover/confirmations.tsx')).Confirmations,
  },
  {
    path: '/programme',
    title: { 'zh-TW': '換發作業', en: 'Programme' },
    about: {
      'zh-TW': '日期、時段、櫃檯、費用與公告：檢查新版，看差異，再發布。',
      en: 'Dates, updates, counters, fees, notice: check a new version, see the difference, publish it.',
    },
    roles: ['office'],
    load: async () => (await import('../programme/versions.tsx')).ProgrammeVersions,
  },
  {
    path: '/programme/edit',
    title: { 'zh-TW': '編輯換發作業', en: 'Edit the programme' },
    about: {
      'zh-TW': '以表單或文字檔編寫草稿，提交後由另一位承辦發布。',
      en: 'Write a draft by form or as text; a second person publishes it.',
    },
    roles: ['office'],
    load: async () => (await import('../programme/drafts-list.tsx')).Drafts,
  },
  {
    path: '/programme/edit/$id',
    title: { 'zh-TW': '編輯換發作業', en: 'Edit the programme' },
    about: { 'zh-TW': '一份草稿。', en: 'One draft.' },
    roles: ['office'],
    unlisted: true,
    load: async () => (await import('../programme/editor.tsx')).ProgrammeEditor,
  },
  {
    path: '/programme/proposals/$id',
    title: { 'zh-TW': '提案', en: 'Proposal' },
    about: { 'zh-TW': '等待第二人的提案。', en: 'A proposal that waits for a second person.' },
    roles: ['office'],
    unlisted: true,
    load: async () => (await import('../programme/proposal.tsx')).ProgrammeProposal,
  },
  {
    path: '/rehearsal',
    title: { 'zh-TW': '截止日預演', en: 'Deadline rehearsal' },
    about: {
      'zh-TW': '到了截止日，誰會失去校園門禁；移動幾天會怎樣。',
      en: 'Who would lose campus access at the deadline; what moving it changes.',
    },
    roles: ['office'],
    load: async () => (await import('../message/rehearsal.tsx')).DeadlineRehearsal,
  },
  {
    path: '/import',
    title: { 'zh-TW': '名冊匯入', en: 'Roster import' },
    about: {
      'zh-TW': '上傳名冊，先看差異再套用。',
      en: 'Upload the roster, see the difference first, then apply it.',
    },
    roles: ['office'],
    load: async () => (await import('../roster/import.tsx')).RosterImport,
  },
  {
    path: '/stock',
    title: { 'zh-TW': '卡片庫存', en: 'Card stock' },
    about: {
      'zh-TW': '上傳卡片檔案，查詢、註銷、移動卡片。',
      en: 'Upload files of cards; find, retire and move a card.',
    },
    roles: ['office'],
    load: async () => (await import('../card/stock.tsx')).Stock,
  },
  {
    path: '/windows',
    title: { 'zh-TW': '門禁更新', en: 'Door updates' },
    about: {
      'zh-TW': '今日更新時段、進度、下一次的變更。',
      en: 'Today’s updates, their progress, the next changes.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/windows.tsx')).Windows,
  },
  {
    path: '/doors',
    title: { 'zh-TW': '門禁總覽', en: 'Doors at a glance' },
    about: {
      'zh-TW': '每臺控制器的狀況、時鐘與事件；每日核對；資料保存期限。',
      en: 'Each controller’s condition, clock and events; the daily check; how long things are kept.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/doors-overview.tsx')).DoorsOverview,
  },
  {
    path: '/doors/$serial',
    title: { 'zh-TW': '控制器', en: 'Controller' },
    about: { 'zh-TW': '一臺控制器的時鐘與門禁事件。', en: 'One controller’s clock and events.' },
    roles: ['access', 'office', 'auditor'],
    unlisted: true,
    load: async () => (await import('../update/controller-page.tsx')).ControllerPage,
  },
  {
    path: '/controllers',
    title: { 'zh-TW': '控制器上的卡片', en: 'Cards on the controllers' },
    about: {
      'zh-TW': '讀取控制器的完整清單、其他系統的卡片、接管現有內容。',
      en: 'Read what really stands on a controller, others’ cards, adopt its content.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/controllers.tsx')).Controllers,
  },
  {
    path: '/ask',
    title: { 'zh-TW': '門禁查詢', en: 'Ask a door' },
    about: {
      'zh-TW': '這扇門為什麼不讓這個人進去；現在誰能開。',
      en: 'Why a door refuses somebody; who opens it now.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/ask.tsx')).AskDoor,
  },
  {
    path: '/history',
    title: { 'zh-TW': '門禁歷史', en: 'Door history' },
    about: {
      'zh-TW': '某個時間誰能開門、為什麼；控制器裡有什麼。',
      en: 'Who could open a door at a moment, and why; what a controller held.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/history.tsx')).History,
  },
  {
    path: '/unreachable',
    title: { 'zh-TW': '沒有回應的控制器', en: 'Silent controllers' },
    about: {
      'zh-TW': '自何時起、什麼在等、影響誰、何時再試。',
      en: 'Since when, what waits there, whom it concerns, the next try.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/unreachable.tsx')).UnreachableControllers,
  },
  {
    path: '/expiry',
    title: { 'zh-TW': '到期行事曆', en: 'Expiry calendar' },
    about: {
      'zh-TW': '哪一天有多少卡片到了門禁的最後一日。',
      en: 'On which day how many cards open doors for the last time.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/expiry-calendar.tsx')).ExpiryCalendar,
  },
  {
    path: '/numbers',
    title: { 'zh-TW': '號碼查詢', en: 'Number lab' },
    about: {
      'zh-TW': '一個號碼在各種讀卡格式中是什麼、是哪張卡。',
      en: 'What a number is in each reader’s format, and which card.',
    },
    roles: ['access', 'office', 'auditor'],
    load: async () => (await import('../update/lab.tsx')).NumberLab,
  },
  {
    path: '/door-tasks',
    title: { 'zh-TW': '換卡待辦', en: 'Cards that changed' },
    about: {
      'zh-TW': '學生換了新卡：舊卡上個別設定的門，一鍵為新卡開通。',
      en: 'Students with a new card: open the doors of the old one for it.',
    },
    roles: ['access'],
    load: async () => (await import('../access/door-tasks.tsx')).DoorTasks,
  },
  {
    path: '/mail',
    title: { 'zh-TW': '更新通知信', en: 'Mail about updates' },
    about: {
      'zh-TW': '更新失敗、逾時、暫停或等人確認時寄信給您。',
      en: 'Be told by mail when an update fails, is late, is held or waits.',
    },
    roles: ['access', 'office'],
    load: async () => (await import('../message/staff-mail.tsx')).StaffMailScreen,
  },
  {
    path: '/outbox',
    title: { 'zh-TW': '寄件匣', en: 'Outbox' },
    about: {
      'zh-TW': '系統通知學生與同仁的每一封信，以及是否已寄出。',
      en: 'What students and staff were told, and whether it was mailed.',
    },
    roles: ['office'],
    load: async () => (await import('../message/outbox.tsx')).Outbox,
  },
  {
    path: '/gallery',
    title: { 'zh-TW': '元件一覽', en: 'All components' },
    about: { 'zh-TW': '供開發人員檢視所有元件。', en: 'All components, for those who build screens.' },
    unlisted: true,
    load: async () => (await import('../web/staff/gallery.tsx')).StaffGallery,
  },
]

/** What must be read, above every screen of those whom it concerns. */
const notices: readonly StaffNotice[] = [
  {
    roles: ['access', 'office'],
    load: async () => (await import('../update/expiry-notice.tsx')).ExpiryNotices,
  },
]

startStaff(screens, notices)

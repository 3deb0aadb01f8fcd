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
    path: '/tablet',
    title: { 'zh-TW': '簽收平板', en: 'Signing tablet' },
    about: {
      'zh-TW': '放在學生面前的裝置：只能簽收，看不到其他任何資料。',
      en: 'A device before the student: it does nothing but sign, and shows nothing else.',
    },
    roles: ['desk'],
    alone: true,
    load: async () => (await import('../handover/tablet.tsx')).Tablet,
  },
  {
    path: '/batches',
    title: { 'zh-TW': '班代批次領取', en: 'Class representatives' },
    about: {
      'zh-TW': '一次簽收，代領同系所同學的卡片；未發出者掃描送回。',
      en: 'Somebody fetches the cards of fellow students; what was not given is scanned back.',
    },
    roles: ['desk', 'office'],
    load: async () => (await import('../batch/batches.tsx')).Batches,
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
    path: '/shift',
    title: { 'zh-TW': '班末清點', en: 'End of shift' },
    about: {
      'zh-TW': '清點櫃檯的卡片與收取的費用，可列印。',
      en: 'Count the cards of a counter and the fees it took; one page to print.',
    },
    roles: ['desk', 'office'],
    load: async () => (await import('../handover/shift-screen.tsx')).Shift,
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
    path: '/overview',
    title: { 'zh-TW': '進度總覽', en: 'Overview' },
    about: {
      'zh-TW': '走到哪一步、趕不趕得上截止日、誰卡住了、為什麼。',
      en: 'How far it is, whether the deadline is met, who is stuck and why.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../overview/overview.tsx')).Overview,
  },
  {
    path: '/overview/$list',
    title: { 'zh-TW': '名單', en: 'List of people' },
    about: { 'zh-TW': '進度總覽中一個數字背後的人。', en: 'The people behind a number of the overview.' },
    roles: ['office', 'auditor'],
    unlisted: true,
    load: async () => (await import('../overview/list.tsx')).PeopleOfList,
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
    path: '/people',
    title: { 'zh-TW': '人員查詢', en: 'People' },
    about: {
      'zh-TW': '用姓名、學號、電子郵件或卡片上的號碼找人；看他的完整紀錄。',
      en: 'Find somebody by name, student number, e-mail or card number; read their whole story.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../overview/people.tsx')).People,
  },
  {
    path: '/people/$id',
    title: { 'zh-TW': '完整紀錄', en: 'Everything of a person' },
    about: { 'zh-TW': '一個人的完整紀錄。', en: 'Everything that happened to a person.' },
    roles: ['office', 'auditor'],
    unlisted: true,
    load: async () => (await import('../overview/timeline.tsx')).Timeline,
  },
  {
    path: '/uncollected',
    title: { 'zh-TW': '逾期未領的卡片', en: 'Uncollected cards' },
    about: {
      'zh-TW': '哪些卡片沒有人領、放在哪個卡盒；截止後註銷。',
      en: 'Which cards nobody came for, in which box; retire them after the deadline.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../overview/uncollected.tsx')).Uncollected,
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
    path: '/photos',
    title: { 'zh-TW': '照片', en: 'Photos' },
    about: {
      'zh-TW': '收錄照片檔、查看持卡人送出的照片、誰還沒有照片。',
      en: 'Take in files of photos, look at those that holders sent, see who has none.',
    },
    roles: ['office'],
    load: async () => (await import('../photo/photos.tsx')).Photos,
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
    path: '/reissues',
    title: { 'zh-TW': '補換發', en: 'Reissues' },
    about: {
      'zh-TW': '申請、工本費、意見、退還，服務站的收據。',
      en: 'Applications, fees, disputes, what is owed back, kiosk receipts.',
    },
    roles: ['office'],
    load: async () => (await import('../reissue/office-screen.tsx')).OfficeReissues,
  },
  {
    path: '/refunds',
    title: { 'zh-TW': '退費', en: 'Refunds' },
    about: {
      'zh-TW': '每件到哪裡了、送給發卡機構的檔案與回覆、對帳。',
      en: 'How far each is, files for the issuer and its answers, reconciliation.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../refund/office-screen.tsx')).OfficeRefunds,
  },
  {
    path: '/losses',
    title: { 'zh-TW': '掛失', en: 'Loss reports' },
    about: {
      'zh-TW': '等待送出的掛失、送出的檔案、發卡機構的回覆。',
      en: 'Reports that wait for the issuer, files sent, its answers.',
    },
    roles: ['office'],
    load: async () => (await import('../loss/office-screen.tsx')).OfficeLosses,
  },
  {
    path: '/loans',
    title: { 'zh-TW': '臨時卡', en: 'Temporary cards' },
    about: { 'zh-TW': '借出中、逾期與遺失的臨時卡。', en: 'Temporary cards out, overdue and lost.' },
    roles: ['office'],
    load: async () => (await import('../handover/loans.tsx')).Loans,
  },
  {
    path: '/cashier',
    title: { 'zh-TW': '出納日結', en: 'Cashier day' },
    about: {
      'zh-TW': '一天收了多少、誰收的、退了多少；清點櫃檯現金。',
      en: 'What a day took, by whom, what was paid back; counters counted.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../reissue/cashier.tsx')).Cashier,
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

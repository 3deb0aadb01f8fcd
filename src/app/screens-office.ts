import type { Screen } from '../web/staff/screen.ts'

/** How far the programme is, and what it promises. */
export const programmeScreens: readonly Screen[] = [
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
    path: '/programme/differences',
    title: { 'zh-TW': '兩個版本的差異', en: 'What differs between two versions' },
    about: { 'zh-TW': '任兩個已發布版本的差異。', en: 'What differs between any two published versions.' },
    roles: ['office'],
    unlisted: true,
    load: async () => (await import('../programme/version-difference.tsx')).VersionDifference,
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
]

/** Who they are, what they are told, the cards that nobody fetched. */
export const peopleScreens: readonly Screen[] = [
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
    path: '/signatures',
    title: { 'zh-TW': '簽收查驗', en: 'Verify a signature' },
    about: {
      'zh-TW': '一次交付簽了什麼、由誰經手、內容是否與簽收時相同。',
      en: 'What was signed for a handover, before whom, and whether it is still the same.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../handover/verify-signature.tsx')).VerifySignature,
  },
  {
    path: '/signatures/$card',
    title: { 'zh-TW': '簽收查驗', en: 'Verify a signature' },
    about: { 'zh-TW': '一次交付的簽收。', en: 'What was signed for one handover.' },
    roles: ['office', 'auditor'],
    unlisted: true,
    load: async () => (await import('../handover/verify-signature.tsx')).VerifySignature,
  },
  {
    path: '/corrections',
    title: { 'zh-TW': '更正請求', en: 'Corrections' },
    about: {
      'zh-TW': '誰認為自己的資料有錯、最晚哪一天要答覆。',
      en: 'Who says that something kept of them is wrong, and by when it is answered.',
    },
    roles: ['office', 'auditor'],
    load: async () => (await import('../privacy/corrections.tsx')).Corrections,
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
    path: '/outbox',
    title: { 'zh-TW': '寄件匣', en: 'Outbox' },
    about: {
      'zh-TW': '系統通知學生與同仁的每一封信，以及是否已寄出。',
      en: 'What students and staff were told, and whether it was mailed.',
    },
    roles: ['office'],
    load: async () => (await import('../message/outbox.tsx')).Outbox,
  },
]

/** What comes as files: people, photos, cards. */
export const fileScreens: readonly Screen[] = [
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
    path: '/production',
    title: { 'zh-TW': '製卡', en: 'Card production' },
    about: {
      'zh-TW': '誰需要製卡、送給廠商的批次、還有哪些卡片沒有送回。',
      en: 'Who needs a card made, batches at the card maker’s, which cards are not back.',
    },
    roles: ['office'],
    load: async () => (await import('../production/production.tsx')).Production,
  },
  {
    path: '/production/$id',
    title: { 'zh-TW': '製卡批次', en: 'Production batch' },
    about: { 'zh-TW': '一個送給廠商的批次。', en: 'One batch at the card maker’s.' },
    roles: ['office'],
    unlisted: true,
    load: async () => (await import('../production/batch.tsx')).ProductionBatch,
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
]

/** Cards that are lost, damaged or made anew, and the money for them. */
export const moneyScreens: readonly Screen[] = [
  {
    path: '/reissues',
    title: { 'zh-TW': '補換發', en: 'Reissues' },
    about: {
      'zh-TW': '申請、工本費、意見、退還，服務站的收據。',
      en: 'Applications, fees, disputes, what is owed back, kiosk receipts.',
    },
    roles: ['office', 'cashier'],
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
    load: async () => (await import('../loan/screen.tsx')).Loans,
  },
  {
    path: '/cashier',
    title: { 'zh-TW': '出納日結', en: 'Cashier day' },
    about: {
      'zh-TW': '一天收了多少、誰收的、退了多少；清點櫃檯現金。',
      en: 'What a day took, by whom, what was paid back; counters counted.',
    },
    roles: ['office', 'cashier', 'auditor'],
    load: async () => (await import('../reissue/cashier.tsx')).Cashier,
  },
  {
    path: '/gallery',
    title: { 'zh-TW': '元件一覽', en: 'All components' },
    about: { 'zh-TW': '供開發人員檢視所有元件。', en: 'All components, for those who build screens.' },
    unlisted: true,
    load: async () => (await import('../web/staff/gallery.tsx')).StaffGallery,
  },
]

import '../web/staff/staff.css'
import type { Screen } from '../web/staff/screen.ts'
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
    path: '/outbox',
    title: { 'zh-TW': '寄件匣', en: 'Outbox' },
    about: {
      'zh-TW': '系統通知學生的每一封信，以及是否已寄出。',
      en: 'What students were told, and whether it was mailed.',
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

startStaff(screens)

import '../web/staff/staff.css'
import type { ScreenGroup, StaffNotice } from '../web/staff/screen.ts'
import { startStaff } from '../web/staff/start.tsx'
import { accessScreens } from './screens-access.ts'
import { adminScreens, auditScreens } from './screens-admin.ts'
import { deskScreens } from './screens-desk.ts'
import { fileScreens, moneyScreens, peopleScreens, programmeScreens } from './screens-office.ts'

/**
 * The staff's screens, in the groups and the order in which the home screen lists them. One entry a screen:
 *
 * ```ts
 * {
 *   path: '/desk',
 *   title: { 'zh-TW': '領卡櫃檯', en: 'Desk' },
 *   about: { 'zh-TW': '掃描、查驗身分、交付新卡。', en: 'Scan, check the identity, hand the new card over.' },
 *   roles: ['desk', 'office'],
 *   load: async () => (await import('../desk/screen.tsx')).Desk,
 * }
 * ```
 */
const groups: readonly ScreenGroup[] = [
  { title: { 'zh-TW': '櫃檯', en: 'At the desk' }, screens: deskScreens },
  { title: { 'zh-TW': '換發作業', en: 'The programme' }, screens: programmeScreens },
  { title: { 'zh-TW': '持卡人', en: 'People' }, screens: peopleScreens },
  { title: { 'zh-TW': '名冊、照片與卡片', en: 'Rosters, photos and cards' }, screens: fileScreens },
  { title: { 'zh-TW': '補發、遺失與費用', en: 'Reissues, losses and money' }, screens: moneyScreens },
  { title: { 'zh-TW': '門禁', en: 'Doors' }, screens: accessScreens },
  { title: { 'zh-TW': '稽核', en: 'Audit' }, screens: auditScreens },
  { title: { 'zh-TW': '系統', en: 'Administration' }, screens: adminScreens },
]

/** What must be read, above every screen of those whom it concerns. */
const notices: readonly StaffNotice[] = [
  {
    roles: ['desk', 'office', 'access', 'cashier', 'auditor', 'admin'],
    load: async () => (await import('../identity/break-glass-notice.tsx')).EmergencyNotices,
  },
  {
    roles: ['access', 'office'],
    load: async () => (await import('../update/expiry-notice.tsx')).ExpiryNotices,
  },
  {
    roles: ['office'],
    load: async () => (await import('../programme/proposal-notice.tsx')).ProposalNotices,
  },
]

startStaff(groups, notices)

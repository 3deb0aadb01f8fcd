import '../web/staff/staff.css'
import type { Screen, StaffNotice } from '../web/staff/screen.ts'
import { startStaff } from '../web/staff/start.tsx'
import { accessScreens } from './screens-access.ts'
import { deskScreens } from './screens-desk.ts'
import { officeScreens } from './screens-office.ts'

/**
 * The staff's screens, in the order the home screen lists them: of desks, of the office, of the doors. One entry a screen:
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
const screens: readonly Screen[] = [...deskScreens, ...officeScreens, ...accessScreens]

/** What must be read, above every screen of those whom it concerns. */
const notices: readonly StaffNotice[] = [
  {
    roles: ['access', 'office'],
    load: async () => (await import('../update/expiry-notice.tsx')).ExpiryNotices,
  },
]

startStaff(screens, notices)

import type { Screen } from '../web/staff/screen.ts'

/** What a clerk works with while people queue. */
export const deskScreens: readonly Screen[] = [
  {
    path: '/desk',
    title: { 'zh-TW': '領卡櫃檯', en: 'Desk' },
    about: { 'zh-TW': '掃描、查驗身分、交付新卡。', en: 'Scan, check the identity, hand the new card over.' },
    roles: ['desk'],
    load: async () => (await import('../desk/screen.tsx')).Desk,
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
    load: async () => (await import('../desk/tablet.tsx')).Tablet,
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
    load: async () => (await import('../shift/screen.tsx')).Shift,
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
]

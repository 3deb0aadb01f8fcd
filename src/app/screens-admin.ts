import type { Screen } from '../web/staff/screen.ts'

/** What an auditor reads of those who read, and of what is kept; the office reads that, too. */
export const auditScreens: readonly Screen[] = [
  {
    path: '/looks',
    title: { 'zh-TW': '查閱紀錄', en: 'Who looked at whom' },
    about: {
      'zh-TW': '哪位同仁在什麼時間看了誰的資料、為什麼。',
      en: 'Who of the staff saw whose record, when and what for.',
    },
    roles: ['auditor'],
    load: async () => (await import('./looks-list.tsx')).LooksList,
  },
  {
    path: '/looks/$id',
    title: { 'zh-TW': '一次查閱', en: 'One look' },
    about: { 'zh-TW': '一次查閱看到了誰。', en: 'Whom one look showed.' },
    roles: ['auditor'],
    unlisted: true,
    load: async () => (await import('./one-look.tsx')).OneLook,
  },
  {
    path: '/kept',
    title: { 'zh-TW': '保存期限與刪除', en: 'What is kept, and for how long' },
    about: {
      'zh-TW': '各種資料保存多久、昨夜刪除了多少、有沒有逾期。',
      en: 'How long each thing is kept, how much went last night, and what is late.',
    },
    roles: ['auditor', 'office', 'admin'],
    load: async () => (await import('../privacy/kept-screen.tsx')).KeptScreen,
  },
]

/** Who may do what: an administrator's screens; they show no cardholder. */
export const adminScreens: readonly Screen[] = [
  {
    path: '/accounts',
    title: { 'zh-TW': '帳號與角色', en: 'Accounts and roles' },
    about: {
      'zh-TW': '同仁的帳號：給予與取消角色、停止與恢復。',
      en: 'Accounts of the staff: give and take roles, end one and take it up again.',
    },
    roles: ['admin'],
    load: async () => (await import('../identity/accounts-screen.tsx')).AccountsScreen,
  },
  {
    path: '/sign-in',
    title: { 'zh-TW': '登入設定', en: 'Sign-in settings' },
    about: {
      'zh-TW': '學校的群組在這裡代表什麼角色；先試再存。',
      en: "What the university's groups mean here; try it before you save.",
    },
    roles: ['admin'],
    load: async () => (await import('../identity/settings-screen.tsx')).SignInSettingsScreen,
  },
]

import type { Screen } from '../web/staff/screen.ts'

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

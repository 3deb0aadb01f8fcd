import type { Screen } from '../web/staff/screen.ts'

/** What those who keep the doors work with. */
export const accessScreens: readonly Screen[] = [
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
    roles: ['access', 'access-some', 'office', 'auditor'],
    load: async () => (await import('../update/ask.tsx')).AskDoor,
  },
  {
    path: '/history',
    title: { 'zh-TW': '門禁歷史', en: 'Door history' },
    about: {
      'zh-TW': '某個時間誰能開門、為什麼；控制器裡有什麼。',
      en: 'Who could open a door at a moment, and why; what a controller held.',
    },
    roles: ['access', 'access-some', 'office', 'auditor'],
    load: async () => (await import('../update/history.tsx')).History,
  },
  {
    path: '/unreachable',
    title: { 'zh-TW': '沒有回應的控制器', en: 'Silent controllers' },
    about: {
      'zh-TW': '自何時起、什麼在等、影響誰、何時再試。',
      en: 'Since when, what waits there, whom it concerns, the next try.',
    },
    roles: ['access', 'access-some', 'office', 'auditor'],
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
    roles: ['access', 'access-some', 'owner'],
    load: async () => (await import('../access/door-tasks.tsx')).DoorTasks,
  },
  {
    path: '/my-doors',
    title: { 'zh-TW': '我管理的門', en: 'My doors' },
    about: {
      'zh-TW': '誰能開您管理的門；為學生的卡片設定與終止個別門禁。',
      en: 'Who may open the doors that you look after; grant one to a student’s card, and end it.',
    },
    roles: ['access', 'access-some', 'owner'],
    load: async () => (await import('../access/my-doors.tsx')).MyDoors,
  },
  {
    path: '/my-doors/$id',
    title: { 'zh-TW': '我管理的門', en: 'My door' },
    about: { 'zh-TW': '一扇門：誰能開。', en: 'One door: who may open it.' },
    roles: ['access', 'access-some', 'owner'],
    unlisted: true,
    load: async () => (await import('../access/my-door.tsx')).MyDoor,
  },
  {
    path: '/mail',
    title: { 'zh-TW': '通知信', en: 'Mail' },
    about: {
      'zh-TW': '門禁更新需要處理，或有人使用緊急登入時，寄信給您。',
      en: 'Be told by mail when a door update needs somebody, or the emergency sign-in was used.',
    },
    roles: ['access', 'office', 'admin'],
    load: async () => (await import('../message/staff-mail.tsx')).StaffMailScreen,
  },
]

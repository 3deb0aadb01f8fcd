import type { Facts } from '../lib/decision.ts'
import type { DeviceRefusal } from './push-rules.ts'

const zhTW = {
  title: '通知',
  about: '您的卡片有任何變動，都會告訴您。每一則都列在這裡。',
  byMail: '每一則也會寄到您的電子郵件信箱。',
  noAddress: '名冊上沒有您的電子郵件地址，所以不會寄信。請向註冊單位登記地址。',
  noMail: '目前不寄電子郵件。',
  phoneTitle: '在手機上收到',
  phoneAbout: '手機可以在事情發生後馬上通知您，顯示的只有主旨；不論是否開啟，這裡都看得到。',
  notHere: '目前不提供手機通知。',
  tellHere: '在這支手機上通知我',
  said: {
    here: '這支手機會收到通知。',
    denied: '瀏覽器不允許本網站傳送通知。請在瀏覽器的網站設定裡允許通知，再按一次。',
    install: '在 iPhone 或 iPad 上，請先用「分享」選單的「加入主畫面」，再從主畫面開啟本頁。',
    failed: '瀏覽器沒有連上它的推播服務，沒有開啟。請稍後再試。',
    refused: '沒有開啟。請重新整理頁面後再試。',
  },
  devicesTitle: '會收到通知的裝置',
  since: (since: string) => `${since} 起`,
  thisOne: '這支手機',
  stop: '停止通知',
  stopThat: (name: string) => `停止通知：${name}`,
  services: {
    'googleapis.com': 'Chrome 或其他 Android 瀏覽器',
    'mozilla.com': 'Firefox',
    'apple.com': 'Safari',
    'windows.com': 'Windows 的 Edge',
  } as Readonly<Record<string, string>>,
  listTitle: '告訴過您的事',
  none: '還沒有通知',
  noneNext: '領卡、啟用新卡或掛失之後，通知會出現在這裡。',
  mailedAt: (at: string) => `電子郵件 ${at}`,
  mailWaits: '電子郵件尚未寄出',
  notMailed: '未寄電子郵件',
  pushedAt: (at: string) => `手機 ${at}`,
  pushWaits: '手機尚未送達推播服務',
  back: '回到我的學生證',
  refusals: {
    'no-push': () => '目前不提供手機通知。',
    'not-a-device': () => '瀏覽器給的資料無法辨識，沒有開啟。請重新整理頁面後再試。',
    'service-not-allowed': ({ service }) =>
      `這個瀏覽器使用的推播服務（${service}）沒有列在允許的名單裡，沒有開啟。請改用其他瀏覽器。`,
    'someone-elses-device': () =>
      '這個裝置已登記給別人，沒有開啟。請先清除本網站在瀏覽器裡的資料，再試一次。',
    'too-many-devices': ({ most }) => `最多 ${most} 個裝置。請先在下方停止一個，再試一次。`,
  } satisfies Record<DeviceRefusal, (facts: Facts) => string>,
}

const en: typeof zhTW = {
  title: 'Messages',
  about: 'Whatever changes about your cards, you are told. All of it is kept here.',
  byMail: 'Each message is mailed to you as well.',
  noAddress:
    'The roster has no e-mail address of yours, so nothing is mailed. Give your address to the registrar.',
  noMail: 'Nothing is mailed at present.',
  phoneTitle: 'On your phone',
  phoneAbout:
    'Your phone can tell you as soon as something happened. It shows the subject alone; messages are here in any case.',
  notHere: 'Phones are not told at present.',
  tellHere: 'Tell me on this phone',
  said: {
    here: 'You are told on this phone.',
    denied:
      'Your browser does not let this site notify you. Allow notifications in its settings for this site, then press the button again.',
    install:
      'On an iPhone or iPad, first choose “Add to Home Screen” in the Share menu, then open this page from the home screen.',
    failed: 'Your browser did not reach its push service, so nothing was switched on. Try again later.',
    refused: 'Nothing was switched on. Reload the page and try again.',
  },
  devicesTitle: 'Devices that are told',
  since: since => `since ${since}`,
  thisOne: 'this phone',
  stop: 'Stop',
  stopThat: name => `Stop: ${name}`,
  services: {
    'googleapis.com': 'Chrome or another Android browser',
    'mozilla.com': 'Firefox',
    'apple.com': 'Safari',
    'windows.com': 'Edge on Windows',
  },
  listTitle: 'What you were told',
  none: 'No messages yet',
  noneNext: 'When you collect or activate a card, or report one lost, the message appears here.',
  mailedAt: at => `e-mail ${at}`,
  mailWaits: 'e-mail not sent yet',
  notMailed: 'not mailed',
  pushedAt: at => `phone ${at}`,
  pushWaits: 'phone not reached yet',
  back: 'Back to My card',
  refusals: {
    'no-push': () => 'Phones are not told at present.',
    'not-a-device': () =>
      'What your browser said cannot be read, so nothing was switched on. Reload the page and try again.',
    'service-not-allowed': ({ service }) =>
      `This browser uses a push service (${service}) that is not among those allowed, so nothing was switched on. Use another browser.`,
    'someone-elses-device': () =>
      'This device is registered for somebody else, so nothing was switched on. Clear this site’s data in your browser and try again.',
    'too-many-devices': ({ most }) =>
      `At most ${most} devices are told. Stop one of them below, then try again.`,
  },
}

/** What the page of messages says, and why a device is not told, in both languages. */
export const pushWords = { 'zh-TW': zhTW, en }

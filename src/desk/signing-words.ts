import { keyOf } from './keys.ts'

const zhTW = {
  place: { phone: '學生的手機', tablet: '平板' },
  key: {
    get phone() {
      return `${keyOf('phone')} 用學生的手機簽收`
    },
    get tablet() {
      return `${keyOf('tablet')} 用平板簽收`
    },
  },
  phone: '用學生的手機簽收',
  tablet: '用平板簽收',
  alwaysTablet: '一律用平板簽收（此電腦）',
  until: '可簽收至',
  witness: '我在場見證，交付',
  get keyWitness() {
    return `${keyOf('handOver')} 我在場見證，交付`
  },
  withdraw: '不再等待',
  verdict: {
    phone: ['等待學生在手機上簽收', '簽收後會自動交付，不必按鍵。也可在這個畫面簽名，或見證紙本簽名。'],
    tablet: ['等待在平板上簽收', '簽收後會自動交付，不必按鍵。也可在這個畫面簽名，或見證紙本簽名。'],
    signed: ['已簽收', '正在交付。'],
    'to-witness': (keys: boolean) => [
      '已在平板上按「我已領取」',
      keys ? `您若在場看見，按 ${keyOf('handOver')} 交付。` : '您若在場看見，請交付。',
    ],
    refused: (keys: boolean) => [
      '不可交付：表示這不是他的卡',
      `請核對卡面的姓名與卡號。卡片錯了：感應正確的卡。卡片沒錯：${keys ? `按 ${keyOf('phone')} 或 ${keyOf('tablet')} ` : ''}再請簽收一次。`,
    ],
    over: (keys: boolean) => [
      '簽收的時間已過',
      `${keys ? `按 ${keyOf('phone')} 或 ${keyOf('tablet')} ` : ''}再請簽收一次，或在這個畫面簽名。`,
    ],
    elsewhere: ['另一個櫃檯正在請這位學生簽收', '請確認學生在哪個櫃檯；若就在您面前，請在這個畫面簽收。'],
  },
}

const en: typeof zhTW = {
  place: { phone: 'the student’s phone', tablet: 'the tablet' },
  key: {
    get phone() {
      return `${keyOf('phone')} sign on their phone`
    },
    get tablet() {
      return `${keyOf('tablet')} sign on the tablet`
    },
  },
  phone: 'Sign on their phone',
  tablet: 'Sign on the tablet',
  alwaysTablet: 'Always sign on the tablet (this computer)',
  until: 'Can be signed until',
  witness: 'I saw it: hand over',
  get keyWitness() {
    return `${keyOf('handOver')} I saw it: hand over`
  },
  withdraw: 'Wait no longer',
  verdict: {
    phone: [
      'Waiting for the signature on their phone',
      'This goes on by itself; no key is needed. They can also sign on this screen or on paper.',
    ],
    tablet: [
      'Waiting for the signature on the tablet',
      'This goes on by itself; no key is needed. They can also sign on this screen or on paper.',
    ],
    signed: ['Signed', 'Handing over.'],
    'to-witness': keys => [
      '“I have received it” was pressed on the tablet',
      keys ? `If you saw it, ${keyOf('handOver')} hands over.` : 'If you saw it, hand over.',
    ],
    refused: keys => [
      'Do not hand over: “This is not my card”',
      `Compare name and number on the card. If it is the wrong one, tap the right one. If it is right, ${keys ? `${keyOf('phone')} or ${keyOf('tablet')} asks` : 'ask'} them to sign again.`,
    ],
    over: keys => [
      'The time to sign has run out',
      `${keys ? `${keyOf('phone')} or ${keyOf('tablet')} asks` : 'Ask'} them again, or let them sign on this screen.`,
    ],
    elsewhere: [
      'Another counter is asking this student to sign',
      'Find out at which counter they are. If it is yours, let them sign on this screen.',
    ],
  },
}

/** The words of the desk's screen for what is signed on a phone or on a tablet. */
export const signingDeskWords = { 'zh-TW': zhTW, en }

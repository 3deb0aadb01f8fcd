import type { Language } from '../lib/words.ts'
import { words } from './words.ts'

const shared = (language: 'zh-TW' | 'en'): Record<string, string> => {
  const { statuses, kinds, weekdays, fees } = words[language]
  const ofFees = Object.fromEntries(Object.entries(fees).map(([fee, said]) => [`fees.for.${fee}`, said]))
  return { ...statuses, ...kinds, ...weekdays, ...ofFees }
}

/** By value, or by field (or list and field) and value where a value means two things. */
const choiceWords: Readonly<Record<'zh-TW' | 'en', Readonly<Record<string, string>>>> = {
  'zh-TW': {
    ...shared('zh-TW'),
    'zh-TW': '中文',
    en: '英文',
    'second-person': '第二人確認',
    'publishing.second-person': '由第二人發布',
    alone: '一人即可發布',
    'clerk-alone': '櫃檯人員一人即可',
    'collect-at-department': '到系所的櫃檯領取',
    'collect-at-counters': '到指定櫃檯領取',
    'has-card': '已經領到新卡',
    wait: '某日起才領取',
    'not-concerned': '不必換發',
    reported: '掛失時起算',
    'received-by-issuer': '發卡機構收到時起算',
    bank: '匯款',
    'registered-mail': '掛號郵寄',
    taiwan: '臺灣的帳號',
    iban: 'IBAN',
    'free-new-card': '免費領新卡',
    'pays-reissue': '須繳補發工本費',
    'until-produced': '新卡製好之前',
    never: '不恢復',
    keep: '繼續保管',
    'send-back': '送回註冊組',
    destroy: '銷毀',
    kept: '不退還',
    'paid-back': '退還',
    lost: '遺失',
    damaged: '損壞',
    'name-changed': '更名',
    online: '線上',
    kiosk: 'e 卡服務站',
    counter: '櫃檯',
    'first-card': '換發的新卡',
    reissue: '補換發的卡',
    'old-card-goes-on': '舊卡繼續有效',
    'neither-opens': '兩張都不能開門',
    required: '必備',
    wished: '最好有',
    concerned: '需要換發的人',
    everybody: '所有人',
    'start-of-day': '當日零時',
    'campus-access': '校園門禁',
    'every-day': '每天',
    pdpa: '臺灣個人資料保護法',
    gdpr: '歐盟 GDPR',
  },
  en: {
    ...shared('en'),
    'zh-TW': 'Chinese',
    en: 'English',
    'second-person': 'a second person',
    'publishing.second-person': 'a second person publishes',
    alone: 'one person publishes',
    'clerk-alone': 'the clerk alone',
    'collect-at-department': 'collect at their department’s counter',
    'collect-at-counters': 'collect at these counters',
    'has-card': 'have the new card already',
    wait: 'wait until a day',
    'not-concerned': 'are not concerned',
    reported: 'the report',
    'received-by-issuer': 'the issuer’s receipt of it',
    bank: 'bank transfer',
    'registered-mail': 'registered mail',
    taiwan: 'as in Taiwan',
    iban: 'IBAN',
    'free-new-card': 'the new card is free',
    'pays-reissue': 'a reissue is paid first',
    'until-produced': 'until the new card is made',
    never: 'never',
    keep: 'go on keeping them',
    'send-back': 'send them back to the registrar',
    destroy: 'destroy them',
    kept: 'kept',
    'paid-back': 'paid back',
    lost: 'lost',
    damaged: 'damaged',
    'name-changed': 'name changed',
    online: 'online',
    kiosk: 'kiosk',
    counter: 'counter',
    'first-card': 'the first new card',
    reissue: 'a reissued card',
    'old-card-goes-on': 'the old card goes on opening',
    'neither-opens': 'neither opens',
    required: 'nobody without one',
    wished: 'wished for',
    concerned: 'those concerned',
    everybody: 'everybody',
    'start-of-day': 'at the start of the day',
    'campus-access': 'campus access',
    'every-day': 'every day',
    pdpa: 'Taiwan’s Personal Data Protection Act',
    gdpr: 'the European Union’s GDPR',
  },
}

/**
 * What a choice of a programme is called, wherever it is shown: in the editor and in differences. `names` are the fields
 * that lead to it, without places of lists; undefined where it is no choice.
 */
export function sayChoice(names: readonly string[], value: string, language: Language): string | undefined {
  const said = choiceWords[language]
  const keys = [...names.slice(-2), value]
  return keys.map((_, from) => said[keys.slice(from).join('.')]).find(word => word !== undefined)
}

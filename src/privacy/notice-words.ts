import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { PrivacyLaw } from '../programme/shape-privacy.ts'

/** The parts of the notice, in the order in which people read them. */
export const itemTitles = {
  controller: both('蒐集機關', 'Who answers for your data'),
  officer: both('個資保護聯絡人', 'Data protection officer'),
  purposes: both('為什麼使用您的資料', 'What your data is used for'),
  categories: both('使用哪些資料、誰看得到、保存多久', 'Which data, who sees them, for how long'),
  use: both('利用地區與方式', 'Where and how they are used'),
  recipients: both('提供給誰', 'Who else receives them'),
  rights: both('您的權利', 'Your rights'),
  complaint: both('向主管機關申訴', 'Complaining to the authority'),
  'not-given': both('可以不提供嗎？', 'Whether you must give them'),
  machine: both('自動化決定', 'Decisions by machine'),
} as const satisfies Record<string, Bilingual>

/** The rights that each law gives, in its own order. */
export const rightsOf: Readonly<Record<PrivacyLaw, Bilingual[]>> = {
  pdpa: [
    both(
      '依個人資料保護法第 3 條，您可以查詢或請求閱覽、請求製給複製本、請求補充或更正、請求停止蒐集、處理或利用，以及請求刪除；這些權利不得預先拋棄。',
      'By article 3 of Taiwan’s Personal Data Protection Act you may ask to see your data, to have a copy, to have them completed or corrected, to have their collection, processing or use ended, and to have them erased. You cannot give these rights away beforehand.',
    ),
  ],
  gdpr: [
    both(
      '依 GDPR 第 15 至 21 條，您可以請求查閱、更正、刪除、限制處理、取得可攜的副本，以及反對處理；以同意為依據者可隨時撤回同意，不影響先前的處理。',
      'By articles 15 to 21 of the GDPR you may ask for access, correction, erasure, restriction and a copy that you can take elsewhere, and may object. Where something rests on your consent you may withdraw it at any time; what was done before stays lawful.',
    ),
  ],
}

/** The sentences of the notice. */
export const said = {
  named: (name: Bilingual, reached: string): Bilingual =>
    both(`${name['zh-TW']}：${reached}`, `${name.en}: ${reached}`),
  purpose: ({
    code,
    name,
    basis,
  }: {
    code?: string | undefined
    name: Bilingual
    basis: Bilingual
  }): Bilingual =>
    both(
      `${code === undefined ? '' : `${code} `}${name['zh-TW']}。依據：${basis['zh-TW']}`,
      `${code === undefined ? '' : `${code}: `}${name.en}. Basis: ${basis.en}`,
    ),
  categories: both(
    '以下各類資料逐項列出。「誰看得到」是本系統的角色；每次有同仁看到您的資料都會留下紀錄，您可以在「誰查閱過我的資料」查看。',
    'Each kind is listed below. Who sees them are roles of this system; whenever somebody of the staff sees your record it is kept, and you can read it under “Who looked at my record”.',
  ),
  place: (place: Bilingual): Bilingual =>
    both(`利用地區：${place['zh-TW']}。`, `Where your data are kept and used: ${place.en}.`),
  manner: both(
    '利用方式：以電腦自動化機器與紙本辦理發卡、換卡、門禁、掛失、補發與退費，並以電子郵件或手機推播通知您。',
    'How they are used: by computer and on paper, to give out and change cards, for doors, losses, reissues and refunds, and to notify you by e-mail or on your phone.',
  ),
  within: both(
    '本校承辦人員，只在職務所需範圍內。',
    'The staff of the university, as far as their work needs it.',
  ),
  receives: (name: Bilingual, receives: Bilingual): Bilingual =>
    both(`${name['zh-TW']}：${receives['zh-TW']}`, `${name.en}: ${receives.en}`),
  how: (name: Bilingual, address: Bilingual, reached: string): Bilingual =>
    both(
      `請向${name['zh-TW']}提出：${address['zh-TW']}；${reached}。辦理時會核對您的身分。`,
      `Turn to ${name.en}: ${address.en}; ${reached}. You will be asked to prove who you are.`,
    ),
  ownPages: both(
    '登入後，可在「關於我的資料」閱覽並下載保存的全部資料，在「誰查閱過我的資料」看查閱紀錄。',
    'Signed in, you read and download all that is kept of you under “What is kept of me”, and see who looked under “Who looked at my record”.',
  ),
  noMachine: both(
    '不做個人特徵剖析。能否領卡由公開的規定判斷，有疑義時由承辦人員處理。',
    'Nobody is profiled. Whether you may collect a card follows from published rules; where you doubt it, a person decides.',
  ),
} as const

const zhTW = {
  title: '個人資料告知事項',
  asOf: (day: string, version: number) => `${day}起適用；依本校換發作業第 ${version} 版製作。`,
  laws: (laws: string) => `適用：${laws}`,
  law: { pdpa: '個人資料保護法（臺灣）', gdpr: 'GDPR（歐盟一般資料保護規則）' },
  asked: (where: string) => `（${where}）`,
  readers: '誰看得到',
  nobody: '僅系統本身',
  kept: '保存多久',
  between: '；',
  authorityPage: '主管機關的網頁',
  sample: '本頁的單位、聯絡方式與依據為示例，尚待本校確認。',
  none: '告知事項準備中',
  noneNext: '學校尚未填寫這一頁。有疑問請向卡務辦公室詢問。',
}

/** What the page around the notice says. */
export const privacyWords: Record<'zh-TW' | 'en', typeof zhTW> = {
  'zh-TW': zhTW,
  en: {
    title: 'How your data is used',
    asOf: (day, version) => `Since ${day}; made from version ${version} of the university’s card programme.`,
    laws: laws => `By: ${laws}`,
    law: {
      pdpa: 'Personal Data Protection Act (Taiwan)',
      gdpr: 'GDPR (General Data Protection Regulation of the European Union)',
    },
    asked: where => `(${where})`,
    readers: 'Who sees them',
    nobody: 'this system itself',
    kept: 'For how long',
    between: '; ',
    authorityPage: 'The authority’s page',
    sample:
      'Offices, addresses and legal bases on this page are samples that the university has yet to confirm.',
    none: 'The notice is being prepared',
    noneNext: 'The university has not filled in this page yet. The card office answers questions.',
  },
}

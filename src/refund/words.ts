import type { Facts } from '../lib/decision.ts'
import type { DestinationField, DestinationRefusal } from './destination.ts'
import type { AskRefusal, ChangeRefusal, IssuerReason } from './rules.ts'

type Sentences<Reason extends string> = Record<Reason, (facts: Facts) => string>
export type RefundRefusal = AskRefusal | ChangeRefusal | DestinationRefusal

const fieldsZh: Record<DestinationField, string> = {
  bank: '銀行代號',
  branch: '分行代號',
  account: '帳號',
  iban: 'IBAN 帳號',
  address: '郵寄地址',
}
const fieldsEn: typeof fieldsZh = {
  bank: 'bank code',
  branch: 'branch code',
  account: 'account number',
  iban: 'IBAN',
  address: 'postal address',
}
const fieldZh = (f: Facts): string => fieldsZh[f.field as DestinationField]
const fieldEn = (f: Facts): string => fieldsEn[f.field as DestinationField]
const lengthZh = (f: Facts): string => (f.least === f.most ? `${f.most}` : `${f.least} 至 ${f.most}`)
const lengthEn = (f: Facts): string => (f.least === f.most ? `${f.most}` : `${f.least} to ${f.most}`)

const zhTW = {
  refusal: {
    'not-your-card': () => '這張卡不在您的名下，因此沒有申請退費。請選擇自己的卡片，或到櫃檯洽詢。',
    'paid-already': () => '發卡機構已就這張卡付過款。每張卡只退一次；如對金額有疑問，請洽發卡機構。',
    'closed-by-issuer': () => '發卡機構已結束這個案件，不再付款。原因在「退費」頁面；如有疑問請洽發卡機構。',
    'asked-already': () => '這張卡已申請退費，收款方式沒有變更。要更改請用「更改收款方式」。',
    'loss-not-sent': () =>
      '掛失資料還沒有送到發卡機構，卡內儲值金尚未鎖住，所以還不能退費。送出之後再來申請；若找到卡片，可先取消掛失。',
    'still-in-use': () =>
      '這張卡還在使用中。請先啟用新卡，或等它的校園門禁結束；在那之前，卡內儲值金可以照常消費。',
    'no-case': () => '這張卡沒有退費案件。請先申請退費。',
    'sent-already': () => '案件已送交發卡機構，不能再更改或取消。若發卡機構退件，您就可以更正。',
    withdrawn: () => '您已取消這個退費案件。需要退費請重新申請。',
    'way-not-offered': () => '發卡機構不提供這種收款方式。請改選另一種。',
    'field-empty': f => `請填寫${fieldZh(f)}。`,
    'not-digits': f => `${fieldZh(f)}只能是數字。請照存摺上的號碼填寫，空格與短橫可有可無。`,
    'wrong-length': f => `${fieldZh(f)}應為 ${lengthZh(f)} 位數字。請照存摺上的號碼填寫。`,
    'all-zeros': () => '帳號不能全為 0。不論卡內有沒有餘額，都請填自己的帳號，或選擇掛號郵寄。',
    'not-an-iban': () => '這不是正確的 IBAN：開頭兩個英文字母、兩位檢查碼，檢查碼須與其餘相符。請逐字核對。',
    'address-short': f => `郵寄地址太短（至少 ${f.least} 個字）。請寫郵遞區號、縣市、路名與門牌。`,
    'address-long': f => `郵寄地址太長（最多 ${f.most} 個字）。`,
    'unseen-character': f => `${fieldZh(f)}含有看不見或無法顯示的字元。請重新輸入。`,
  } satisfies Sentences<RefundRefusal>,
  fields: fieldsZh,
  /** Why the issuer does not pay, and what to do. */
  issuerSays: {
    account: '帳號有誤或已結清。請更正收款方式，我們會再送一次。',
    name: '帳戶的戶名不是您本人。請改填本人的帳戶，我們會再送一次。',
    address: '郵件無法送達。請更正地址或改用銀行匯款，我們會再送一次。',
    'card-unknown': '發卡機構查無這張卡。請帶卡片到註冊組洽詢。',
    'not-locked':
      '這張卡的儲值金還在使用中，發卡機構無法結算。卡片仍在您手上時可繼續消費；否則請洽發卡機構。',
    other: '發卡機構沒有說明可由您更正的原因。請洽發卡機構。',
  } satisfies Record<IssuerReason, string>,
}

const en: typeof zhTW = {
  refusal: {
    'not-your-card': () =>
      'This card is not yours, so no refund was asked for. Choose a card of your own, or ask at a counter.',
    'paid-already': () =>
      'The issuer has paid for this card already. A card is refunded once; ask the issuer if the amount seems wrong.',
    'closed-by-issuer': () =>
      'The issuer has closed this case and does not pay. The page “Refund” says why; ask the issuer if this seems wrong.',
    'asked-already': () =>
      'A refund of this card was asked for already, and where it goes was not changed. Use “Change where it goes” for that.',
    'loss-not-sent': () =>
      'The loss report has not gone to the issuer yet, so the stored value is not locked and cannot be paid back. Ask again once it was sent; if you find the card, take the report back first.',
    'still-in-use': () =>
      'This card is still in use. Activate your new card first, or wait until its campus access ends; until then its stored value can be spent as always.',
    'no-case': () => 'There is no refund of this card. Ask for one first.',
    'sent-already': () =>
      'The case has gone to the issuer and can no longer be changed or withdrawn. If the issuer sends it back you can correct it.',
    withdrawn: () => 'You withdrew this refund. Ask for it anew if you want it.',
    'way-not-offered': () => 'The issuer does not pay in this way. Choose another one.',
    'field-empty': f => `Fill in the ${fieldEn(f)}.`,
    'not-digits': f =>
      `The ${fieldEn(f)} has digits only. Copy it from your bank book; spaces and dashes do not matter.`,
    'wrong-length': f => `The ${fieldEn(f)} has ${lengthEn(f)} digits. Copy it from your bank book.`,
    'all-zeros': () =>
      'The account number cannot be all zeros. Give your own account whatever is on the card, or choose a registered letter.',
    'not-an-iban': () =>
      'This is not a correct IBAN: two letters, two check digits that agree with the rest. Compare it sign by sign.',
    'address-short': f =>
      `The postal address is too short (at least ${f.least} characters). Give postcode, city, street and number.`,
    'address-long': f => `The postal address is too long (at most ${f.most} characters).`,
    'unseen-character': f => `The ${fieldEn(f)} has characters that cannot be seen. Type it anew.`,
  },
  fields: fieldsEn,
  issuerSays: {
    account: 'The account number is wrong or the account is closed. Correct it here, and it is sent again.',
    name: 'The account is not in your own name. Give one that is, and it is sent again.',
    address:
      'The letter could not be delivered. Correct the address or choose a bank transfer, and it is sent again.',
    'card-unknown': 'The issuer does not know this card. Bring it to the Registration Division.',
    'not-locked':
      'The stored value of this card is still being used, so the issuer cannot settle it. If you have the card, go on spending; otherwise ask the issuer.',
    other: 'The issuer gave no reason that you can put right. Ask the issuer.',
  },
}

/** What refunds say to their holder, in both languages. */
export const words = { 'zh-TW': zhTW, en }

import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { RefundWay } from '../programme/shape-cards.ts'
import type { IssuerReason, RefundReason, RefundStage } from './rules.ts'

/** How far a refund is. */
export const stageNames: Readonly<Record<RefundStage, Bilingual>> = {
  asked: both('等待送出', 'to be sent'),
  sent: both('已送出', 'sent'),
  received: both('已收件', 'received'),
  paid: both('已付款', 'paid'),
  refused: both('待更正', 'to be put right'),
  closed: both('不付款', 'not paid'),
  withdrawn: both('已取消', 'taken back'),
}

/** Why what is on a card is paid back. */
export const whyNames: Readonly<Record<RefundReason, Bilingual>> = {
  'old-card': both('舊卡', 'old card'),
  lost: both('遺失', 'lost'),
  leaving: both('離校', 'leaving'),
}

/** How the issuer pays. */
export const wayNames: Readonly<Record<RefundWay, Bilingual>> = {
  bank: both('匯款', 'bank transfer'),
  'registered-mail': both('掛號郵寄', 'registered mail'),
}

/** Why the issuer does not pay. */
export const issuerReasonNames: Readonly<Record<IssuerReason, Bilingual>> = {
  account: both('帳號有誤', 'wrong account'),
  name: both('戶名不符', 'name differs'),
  address: both('地址有誤', 'wrong address'),
  'card-unknown': both('查無此卡', 'card unknown'),
  'not-locked': both('卡片未鎖定', 'card not locked'),
  other: both('其他', 'other'),
}

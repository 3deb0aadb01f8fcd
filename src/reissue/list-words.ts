import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { ReissueReason } from '../programme/shape-cards.ts'
import type { Account } from './ledger.ts'
import type { ReissueEnd } from './store.ts'

/** Why a card is made anew. */
export const reasonNames: Readonly<Record<ReissueReason, Bilingual>> = {
  lost: both('遺失', 'lost'),
  damaged: both('損壞', 'damaged'),
  'name-changed': both('更名', 'name changed'),
}

/** How a fee was settled. */
export const settledNames: Readonly<Record<'free' | 'paid' | 'waived', Bilingual>> = {
  free: both('免費', 'free'),
  paid: both('已繳', 'paid'),
  waived: both('免除', 'waived'),
}

/** How an application ended. */
export const endNames: Readonly<Record<ReissueEnd, Bilingual>> = {
  collected: both('已領取', 'collected'),
  lapsed: both('逾期失效', 'lapsed'),
  withdrawn: both('取消', 'taken back'),
  'found-again': both('舊卡尋獲', 'card found again'),
  left: both('離校', 'has left'),
}

/** The accounts of the ledger of fees. */
export const accountNames: Readonly<Record<Account, Bilingual>> = {
  due: both('應繳', 'due'),
  fees: both('工本費', 'fees'),
  waived: both('免除', 'waived'),
  online: both('線上', 'online'),
  kiosk: both('e 卡服務站', 'kiosk'),
  counter: both('櫃檯', 'counter'),
  unmatched: both('尚未歸屬', 'of nobody yet'),
  'owed-back': both('應退還', 'owed back'),
  'paid-back': both('已退還', 'paid back'),
}

/** The kinds of moves on the ledger of fees. */
export const moveNames: Readonly<Record<string, Bilingual>> = {
  charged: both('計收', 'charged'),
  'charge-cancelled': both('取消計收', 'charge cancelled'),
  waived: both('免除', 'waived'),
  arrived: both('服務站收款', 'arrived from a kiosk'),
  paid: both('繳費', 'paid'),
  'owed-back': both('應退還', 'owed back'),
  'paid-back': both('退還', 'paid back'),
}

/** What the journal says of an application, in a reader's words. */
export const storyNames: Readonly<Record<string, Bilingual>> = {
  'payment begun': both('開始線上付款', 'went to pay online'),
  'reissue applied for': both('申請', 'applied for'),
  'reissue paid': both('繳費', 'paid'),
  'reissue fee waived': both('免除工本費', 'fee let go'),
  'reissue fee waived by decision': both('依決定免除工本費', 'fee let go by decision'),
  'reissue fee disputed': both('對費用提出意見', 'fee disputed'),
  'reissue dispute decided': both('對意見作出決定', 'dispute decided'),
  'reissue payment reminded': both('提醒繳費', 'reminded to pay'),
  'reissue produced': both('新卡製成', 'new card made'),
  'reissue to be made again': both('新卡不良，重製', 'to be made again'),
  'reissue lapsed': both('逾期失效', 'lapsed'),
  'reissue cancelled': both('取消', 'taken back'),
  'repayment asked': both('退還請第二人確認', 'a second person asked about a repayment'),
  'repayment let go': both('第二人同意退還', 'repayment let go by a second person'),
  'repayment declined': both('第二人不同意退還', 'repayment declined by a second person'),
  'repayment taken back': both('收回退還請求', 'question about a repayment taken back'),
  'repayment lapsed': both('退還請求逾期', 'repayment not answered in time'),
  'reissue money paid back': both('退還款項', 'money paid back'),
}

import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { ItemState, MakeReason, NeedlessReason } from './rules.ts'

/** Why a card is to be made, as lists and screens say it. */
export const makeReasonNames: Readonly<Record<MakeReason, Bilingual>> = {
  'none-yet': both('還沒有新卡', 'has no card yet'),
  reissue: both('補換發', 'reissue'),
  faulty: both('印錯或損壞，重製', 'faulty, to make again'),
  uncollected: both('逾期未領而註銷', 'retired uncollected'),
  'left-out': both('曾決定不再製作', 'decided against'),
}

/** Why a card that is out is needed no longer. */
export const needlessNames: Readonly<Record<NeedlessReason, Bilingual>> = {
  'found-again': both('遺失的卡已找回，補發結束', 'the lost card was found, and the reissue ended'),
  withdrawn: both('補換發申請已撤回', 'the reissue was withdrawn'),
  lapsed: both('補換發申請已逾期失效', 'the reissue lapsed'),
  left: both('已離校', 'the student has left'),
}

/** How far one card of a batch is. */
export const itemStateNames: Readonly<Record<ItemState, Bilingual>> = {
  out: both('廠商製作中', 'at the card maker'),
  back: both('已送回', 'back'),
  cancelled: both('已取消', 'cancelled'),
}

/** What was found wrong with a card that came. */
export const faultNames: Readonly<Record<'misprint' | 'damaged', Bilingual>> = {
  misprint: both('印製錯誤', 'misprinted'),
  damaged: both('損壞', 'damaged'),
}

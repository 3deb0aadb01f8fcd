import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { LendingReason } from './rules.ts'

/** Why a temporary card was lent. */
export const loanReasons: Readonly<Record<LendingReason, Bilingual>> = {
  'door-refuses': both('新卡打不開門', 'new card opens no door'),
  lost: both('遺失', 'lost'),
  forgotten: both('忘記帶卡', 'forgotten'),
  damaged: both('損壞', 'damaged'),
}

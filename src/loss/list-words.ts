import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'

/** How far a loss report is: it waits to leave for the issuer, was sent, was received or not taken, or is over. */
export const reportStates = ['waiting', 'sent', 'received', 'refused', 'ended'] as const
export type ReportState = (typeof reportStates)[number]

/** What each is called. */
export const reportStateNames: Readonly<Record<ReportState, Bilingual>> = {
  waiting: both('等待送出', 'waits to be sent'),
  sent: both('已送出', 'sent'),
  received: both('發卡機構已收件', 'received'),
  refused: both('發卡機構未受理', 'not taken'),
  ended: both('已取消或尋獲', 'withdrawn or found'),
}

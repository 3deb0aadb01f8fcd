import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { proxyDaysKept } from '../proxy/forget.ts'
import { usualRefundDays } from '../refund/read-answer.ts'
import { keptMonths } from '../update/retention-rules.ts'
import { plans } from './plans.ts'
import { lengthOf, unitOf } from './rules.ts'

/** For how long some things are kept, as a programme says: one length, and all that is kept for so long. */
export interface HowLong {
  length: number
  unit: 'hours' | 'days' | 'months'
  what: Bilingual[]
}

/** For how long what is kept of people is kept: the shortest first. What has no end is not in it. */
export function howLong(programme: Programme): HowLong[] {
  const { signatureDays, photoDays, refundDays } = programme.retention
  const { eventMonths, historyMonths } = keptMonths(programme)
  const days = (length: number, says: Bilingual) => ({ length, unit: 'days' as const, says })
  const months = (length: number, says: Bilingual) => ({ length, unit: 'months' as const, says })
  const all = [
    days(photoDays, both('不再使用的相片', 'Photos that are used no more')),
    days(signatureDays, both('簽名', 'Signatures')),
    days(proxyDaysKept(programme), both('代領人是誰', 'Who collected for you')),
    days(refundDays ?? usualRefundDays, both('退費的帳戶或地址', 'Where a refund went')),
    months(eventMonths, both('刷卡紀錄', 'What happened at doors')),
    months(historyMonths, both('門禁的過去設定', 'What doors held before')),
    ...plans.map(({ term, says }) => ({ length: lengthOf(programme, term), unit: unitOf(term), says })),
  ]
  const hours = { hours: 1, days: 24, months: 24 * 30 }
  const groups = Map.groupBy(all, ({ length, unit }) => `${length} ${unit}`)
  return [...groups.values()]
    .map(group => ({ length: group[0]!.length, unit: group[0]!.unit, what: group.map(({ says }) => says) }))
    .toSorted((a, b) => a.length * hours[a.unit] - b.length * hours[b.unit])
}

import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { lengthOfSetting } from './kept-words.ts'
import { plans } from './plans.ts'
import { unitOf } from './rules.ts'

/** For how long some things are kept, as a programme says: one length, and all that is kept for so long. */
export interface HowLong {
  length: number
  unit: 'hours' | 'days' | 'months'
  what: Bilingual[]
}

/** What is forgotten otherwise than by a plan, by the setting that says when. */
export const others = [
  ['photoDays', both('不再使用的照片', 'Photos that are used no more')],
  ['signatureDays', both('簽名', 'Signatures')],
  ['proxyDays', both('代領人是誰', 'Who the proxies were')],
  ['refundDays', both('退費的帳戶或地址', 'Where a refund went')],
  ['eventMonths', both('刷卡紀錄', 'What happened at doors')],
  ['historyMonths', both('門禁的過去設定', 'What doors held before')],
] as const satisfies readonly (readonly [setting: string, says: Bilingual])[]

/** For how long what is kept of people is kept: the shortest first. What has no end is not in it. */
export function howLong(programme: Programme): HowLong[] {
  const all = [...others, ...plans.map(({ term, says }): [string, Bilingual] => [term, says])].map(
    ([setting, says]) => ({ length: lengthOfSetting(programme, setting)!, unit: unitOf(setting), says }),
  )
  const hours = { hours: 1, days: 24, months: 24 * 30 }
  const groups = Map.groupBy(all, ({ length, unit }) => `${length} ${unit}`)
  return [...groups.values()]
    .map(group => ({ length: group[0]!.length, unit: group[0]!.unit, what: group.map(({ says }) => says) }))
    .toSorted((a, b) => a.length * hours[a.unit] - b.length * hours[b.unit])
}

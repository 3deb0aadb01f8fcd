import { both } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'

/** SQL: the name of one of the staff who did something, of a move or a count `x` that says who by `x.by`, whatever their role was. */
export const staffOf = (by: string): string =>
  `left join staff s on s.id = split_part(${by}, ':', 2) and split_part(${by}, ':', 1) not in ('student', 'public', 'system')`

/**
 * Who did something, as a clerk reads it: the name of one of the staff; else the holder, or that a kiosk, a payment page or
 * Gatehouse itself did.
 */
export function whoName(by: string, staff: { nameZh: string | null; nameEn: string | null }): Bilingual {
  if (staff.nameZh !== null && staff.nameEn !== null) return both(staff.nameZh, staff.nameEn)
  if (by.startsWith('student:')) return both('持卡人本人', 'the holder')
  if (by.startsWith('public:')) return both('自動入帳', 'automatic')
  return by.startsWith('system:') ? both('系統', 'Gatehouse') : both(by, by)
}

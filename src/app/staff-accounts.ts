import type { Register } from '../server/register.ts'

/** The staff of the campus to try: plainly fictional, one for each kind of work. */
const accounts = [
  { id: 'desk-csie', name_zh: '櫃檯甲', name_en: 'Desk Clerk A', role: 'desk', counter: 'dept-csie' },
  { id: 'desk-math', name_zh: '櫃檯乙', name_en: 'Desk Clerk B', role: 'desk', counter: 'dept-math' },
  { id: 'desk-registry', name_zh: '櫃檯丙', name_en: 'Desk Clerk C', role: 'desk', counter: 'registry' },
  {
    id: 'desk-gongguan',
    name_zh: '櫃檯丁',
    name_en: 'Desk Clerk D',
    role: 'desk',
    counter: 'gongguan-academic',
  },
  { id: 'office', name_zh: '卡務承辦戊', name_en: 'Card Officer E', role: 'office', counter: null },
  { id: 'office-2', name_zh: '卡務承辦庚', name_en: 'Card Officer G', role: 'office', counter: null },
  { id: 'access', name_zh: '門禁管理己', name_en: 'Access Keeper F', role: 'access', counter: null },
] as const

/** Records the demo's staff, whom a visitor can choose to be. */
export const recordStaff = (register: Register): Promise<void> =>
  register.act({ kind: 'system', id: 'set-up' }, async act => {
    await act.db
      .insertInto('staff')
      .values(accounts.map(account => ({ ...account, email: null })))
      .onConflict(conflict => conflict.column('id').doNothing())
      .execute()
  })

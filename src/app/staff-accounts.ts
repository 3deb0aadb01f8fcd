import type { StaffRole } from '../lib/roles.ts'
import type { Register } from '../server/register.ts'

interface Account {
  id: string
  names: [zh: string, en: string]
  role: StaffRole
  counter?: string
  buildings?: string[]
  doors?: string[]
}

/** The staff of the campus to try: plainly fictional, one for each kind of work. */
const accounts: readonly Account[] = [
  { id: 'desk-csie', names: ['櫃檯甲', 'Desk Clerk A'], role: 'desk', counter: 'dept-csie' },
  { id: 'desk-math', names: ['櫃檯乙', 'Desk Clerk B'], role: 'desk', counter: 'dept-math' },
  { id: 'desk-registry', names: ['櫃檯丙', 'Desk Clerk C'], role: 'desk', counter: 'registry' },
  { id: 'desk-gongguan', names: ['櫃檯丁', 'Desk Clerk D'], role: 'desk', counter: 'gongguan-academic' },
  { id: 'office', names: ['卡務承辦戊', 'Card Officer E'], role: 'office' },
  { id: 'office-2', names: ['卡務承辦庚', 'Card Officer G'], role: 'office' },
  { id: 'access', names: ['門禁管理己', 'Access Keeper F'], role: 'access' },
  {
    id: 'access-library',
    names: ['門禁管理子', 'Access Keeper K'],
    role: 'access',
    buildings: ['圖書館總館'],
  },
  {
    id: 'lab-keeper',
    names: ['系統實驗室管理人丁', 'Lab Keeper D'],
    role: 'owner',
    doors: ['csie-systems-lab'],
  },
  { id: 'cashier', names: ['出納辛', 'Cashier H'], role: 'cashier' },
  { id: 'auditor', names: ['稽核壬', 'Auditor I'], role: 'auditor' },
  { id: 'admin', names: ['系統管理丑', 'Administrator L'], role: 'admin' },
]

/** Records the demo's staff, whom a visitor can choose to be. */
export const recordStaff = (register: Register): Promise<void> =>
  register.act({ kind: 'system', id: 'set-up' }, async act => {
    await act.db
      .insertInto('staff')
      .values(accounts.map(({ id, names: [name_zh, name_en] }) => ({ id, name_zh, name_en })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await act.db
      .insertInto('staff_role')
      .values(
        accounts.map(({ id, role, counter = null, buildings = null, doors = null }) => ({
          staff_id: id,
          role,
          counter,
          buildings,
          doors,
        })),
      )
      .onConflict(conflict => conflict.doNothing())
      .execute()
  })

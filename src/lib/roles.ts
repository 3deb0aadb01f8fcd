import { both } from './both.ts'
import type { Bilingual } from './words.ts'

/** The roles of the staff, in the order in which they are listed to people. */
export const staffRoles = ['desk', 'office', 'access', 'owner', 'cashier', 'auditor', 'admin'] as const

/**
 * A role of the staff: a desk clerk at one counter, the card office, an access administrator (of all buildings or of some),
 * the owner of some doors, a cashier, an auditor who reads, and an administrator, who gives roles to accounts and sees no
 * cardholder.
 */
export type StaffRole = (typeof staffRoles)[number]

/**
 * Who somebody is, of an actor as the journal names them ("office:amy", "desk:amy", "student:12"): the same for one of the
 * staff whatever role they acted in, so that nobody is their own second person. db/schema.sql has the same function.
 */
export const whoActed = (actor: string): string =>
  /^(student|system|public):/.test(actor) ? actor : actor.slice(actor.indexOf(':') + 1)

/** What each role is called. */
export const roleNames: Record<StaffRole, Bilingual> = {
  desk: both('領卡櫃檯', 'Desk clerk'),
  office: both('卡務辦公室', 'Card office'),
  access: both('門禁管理', 'Access administrator'),
  owner: both('門禁負責人', 'Door owner'),
  cashier: both('出納', 'Cashier'),
  auditor: both('稽核', 'Auditor'),
  admin: both('系統管理', 'Administrator'),
}

import { isIP } from 'node:net'
import { type StaffRole, staffRoles } from '../lib/roles.ts'
import type { IdleMinutes } from '../server/sessions.ts'

/** After how many minutes without anything done a session ends, where nothing else is said. */
export const usualIdle: Required<IdleMinutes> = {
  desk: 10,
  office: 30,
  access: 30,
  owner: 30,
  cashier: 10,
  auditor: 30,
  admin: 10,
}

const isRole = (name: string): name is StaffRole => (staffRoles as readonly string[]).includes(name)

/** `GATEHOUSE_IDLE_MINUTES`: "desk=15, auditor=0"; 0 is never, and a role that is not named has the usual. */
export function idleFrom(value: string | undefined): IdleMinutes {
  const said = (value ?? '').split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()]))
  const minutes: Partial<Record<StaffRole, number>> = { ...usualIdle }
  for (const part of said) {
    const [, role = '', many = ''] = /^(\w+) *= *(\d{1,3})$/u.exec(part) ?? []
    if (!isRole(role) || Number(many) > 720)
      throw new Error(
        `GATEHOUSE_IDLE_MINUTES has "${part}"; it is a list such as desk=15, auditor=0, of ${staffRoles.join(', ')}, with 0 (never) to 720 minutes.`,
      )
    minutes[role] = Number(many)
  }
  return minutes
}

/** `GATEHOUSE_PROXY`: the addresses, or ranges, of what stands before Gatehouse; only they are believed for whom they forward. */
export function proxiesFrom(value: string | undefined): readonly string[] {
  const said = (value ?? '').split(',').flatMap(part => (part.trim() === '' ? [] : [part.trim()]))
  for (const part of said) {
    const [address = '', bits, ...more] = part.split('/')
    const version = isIP(address)
    const isRange =
      bits === undefined ||
      (/^\d{1,3}$/u.test(bits) && Number(bits) <= (version === 4 ? 32 : 128) && Number(bits) > 0)
    if (version === 0 || !isRange || more.length > 0)
      throw new Error(
        `GATEHOUSE_PROXY has "${part}"; it is a list of addresses or ranges of your proxies: 10.1.2.3, 10.1.4.0/24.`,
      )
  }
  return said
}

import { type Decision, no, yes } from '../lib/decision.ts'

/** Why an address is not taken, in the order in which it is told. */
export const staffMailRefusals = ['not-an-address', 'keeps-no-doors'] as const
export type StaffMailRefusal = (typeof staffMailRefusals)[number]

/** Longest address that a mail server takes (RFC 5321). */
const longest = 254

/** Whether updates may be told to an address; null ends it. What it reaches only the mail server can say. */
export function mayMailTo(address: string | null): Decision<{ address: string | null }, StaffMailRefusal> {
  if (address === null) return yes({ address })
  const given = address.trim()
  const looksRight = /^[^@\s]+@[^@\s]+$/u.test(given) && given.length <= longest
  return looksRight ? yes({ address: given }) : no('not-an-address')
}

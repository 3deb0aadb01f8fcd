import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, type LookupFunction } from 'node:net'
import { isThisMachine } from './push-hosts.ts'

/** What is no address of the public internet, by IANA's registries of special-purpose addresses (RFC 6890 and after). */
const notPublic4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Within 2000::/3, outside of which nothing of IPv6 is public: tunnels into IPv4, and ranges for documents. */
const notPublic6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const blocked4 = new BlockList()
for (const [from, bits] of notPublic4) blocked4.addSubnet(from, bits, 'ipv4')
const blocked6 = new BlockList()
for (const [from, bits] of notPublic6) blocked6.addSubnet(from, bits, 'ipv6')
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** Whether an address is one of the public internet: no campus network, no machine's own, nothing that leads into one. */
export const isPublic = ({ address, family }: LookupAddress): boolean =>
  family === 4
    ? !blocked4.check(address, 'ipv4')
    : global6.check(address, 'ipv6') && !blocked6.check(address, 'ipv6')

/** Says the addresses of a name; the system's own resolver, unless a test has another. */
export type Resolve = (
  host: string,
  options: { all: true },
  found: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/** The code of the fault where a name leads to no public address. */
export const notPublicCode = 'NOT_PUBLIC'

/**
 * Looks a push service's name up as a connection is opened, and leaves only its public addresses. The name alone proves
 * nothing: whoever answers for it in the DNS would have us speak to machines of the campus's own network. What is looked at
 * here is what is connected to; there is no second look that could be told something else.
 */
export const publicLookup =
  (resolve: Resolve = lookup): LookupFunction =>
  (host, options, found) =>
    resolve(host, { all: true }, (error, addresses) => {
      const allowed = error || isThisMachine(host) ? addresses : addresses.filter(isPublic)
      const [first] = allowed ?? []
      if (error) found(error, '')
      else if (first === undefined)
        found(Object.assign(new Error('no public address'), { code: notPublicCode }), '')
      else if (options.all) found(null, allowed)
      else found(null, first.address, first.family)
    })

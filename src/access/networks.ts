/** A range of IPv4 addresses: those that begin with the first so many bits of an address. */
export interface Network {
  /** As it is written: "10.0.0.0/8". */
  text: string
  from: number
  /** The last address of the range. */
  to: number
}

/** An IPv4 address as one number of 32 bits; null where a text is none ("010.0.0.1" and "door.example" are none). */
export function addressNumber(text: string): number | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** Reads a range as networks are written, "10.0.0.0/8"; null where it is none. */
export function parseNetwork(text: string): Network | null {
  const [address = '', bits = '32', ...more] = text.trim().split('/')
  const number = addressNumber(address)
  if (number === null || more.length > 0 || !/^(0|[1-9]\d?)$/.test(bits) || Number(bits) > 32) return null
  const size = 2 ** (32 - Number(bits))
  const from = Math.floor(number / size) * size
  return { text: text.trim(), from, to: from + size - 1 }
}

/** Reads ranges from a list with commas; says which part of it is none. */
export function parseNetworks(
  text: string,
): { ok: true; networks: readonly Network[] } | { ok: false; wrong: string } {
  const networks: Network[] = []
  for (const part of text.split(',')) {
    const network = parseNetwork(part)
    if (network === null) return { ok: false, wrong: part.trim() }
    networks.push(network)
  }
  return { ok: true, networks }
}

const known = (text: string): Network => parseNetwork(text)!

/**
 * Where controllers may be when nothing else is said: this machine, and the private ranges of RFC 1918. What sends
 * datagrams to any address that somebody types in would be a way to reach machines that are no doors.
 */
export const usualNetworks: readonly Network[] = [
  known('127.0.0.0/8'),
  known('10.0.0.0/8'),
  known('172.16.0.0/12'),
  known('192.168.0.0/16'),
]

/** Where no controller is, whatever is said: no address yet, this link's own (and clouds' secrets), many at once. */
const noDoors: readonly Network[] = [
  known('0.0.0.0/8'),
  known('169.254.0.0/16'),
  known('224.0.0.0/4'),
  known('240.0.0.0/4'),
]

const isWithin = (address: number, networks: readonly Network[]): boolean =>
  networks.some(({ from, to }) => address >= from && address <= to)

/** Whether a controller may be at an address: in one of some ranges, and in none where no controller is. */
export const liesIn = (address: number, networks: readonly Network[]): boolean =>
  isWithin(address, networks) && !isWithin(address, noDoors)

/** As `liesIn`, of an address as it is recorded; what is no IPv4 address lies nowhere. */
export function hostLiesIn(host: string, networks: readonly Network[]): boolean {
  const address = addressNumber(host)
  return address !== null && liesIn(address, networks)
}

/** A push service that devices may be told through: an address that somebody hands in may be of one of these alone. */
export interface PushHost {
  /** As it is written: "*.push.apple.com". */
  text: string
  /** The host, or what those below it end in. */
  name: string
  /** Whether it stands for all hosts below it. */
  below: boolean
  port: string
}

/** Longest address of a device that is taken; push services' own are of 150 to 600 characters. */
export const longestEndpoint = 1000

/** This machine alone may be spoken to without TLS: it is for tests, and for trying. */
export const isThisMachine = (host: string): boolean => host === '127.0.0.1' || host === 'localhost'

/** Reads a host as it is configured, "push.example.org", "*.push.example.org" or "127.0.0.1:8030"; null where it is none. */
function parseHost(text: string): PushHost | null {
  const [, star, name = '', port = ''] = /^(\*\.)?([a-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text) ?? []
  if (isThisMachine(name)) return star || port === '' ? null : { text, name, below: false, port }
  // A name has a dot and no number at its end: no address of a machine is let in.
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/.test(name)) return null
  return { text, name, below: star !== undefined, port: port === '443' ? '' : port }
}

/** Reads hosts from a list with commas; says which part of it is none. */
export function parsePushHosts(
  text: string,
): { ok: true; hosts: readonly PushHost[] } | { ok: false; wrong: string } {
  const hosts: PushHost[] = []
  for (const part of text.split(',')) {
    const host = parseHost(part.trim().toLowerCase())
    if (host === null) return { ok: false, wrong: part.trim() }
    hosts.push(host)
  }
  return { ok: true, hosts }
}

/** The push services of the browsers that phones have: Chrome and Edge on Android, Firefox, Safari, Edge on Windows. */
export const usualPushHosts: readonly PushHost[] = [
  'fcm.googleapis.com',
  '*.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
].map(text => parseHost(text)!)

/**
 * A device's address where one of the push services allowed has it; null where it must not be spoken to: another host, no
 * TLS, or something in it that is no part of such an address. What speaks to any address that is handed in would be a way
 * into the campus's own network.
 */
export function reachable(endpoint: string, hosts: readonly PushHost[]): URL | null {
  if (endpoint.length > longestEndpoint || !URL.canParse(endpoint)) return null
  const url = new URL(endpoint)
  const { hostname, port, protocol } = url
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null
  if (protocol !== 'https:' && !(protocol === 'http:' && isThisMachine(hostname))) return null
  const known = hosts.some(
    each => each.port === port && (each.below ? hostname.endsWith(`.${each.name}`) : hostname === each.name),
  )
  return known ? url : null
}

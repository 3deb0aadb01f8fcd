import { describe, expect, it } from 'vitest'
import { parsePushHosts, reachable, usualPushHosts } from './push-hosts.ts'

const own = parsePushHosts('push.example.org, *.below.example.org:8443, 127.0.0.1:8030')
if (!own.ok) throw new Error(own.wrong)
const allowed = [...usualPushHosts, ...own.hosts]

describe('a device is told through an address', () => {
  it.each([
    'https://fcm.googleapis.com/fcm/send/abc:def',
    'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
    'https://web.push.apple.com/QOi',
    'https://wns2-pn1p.notify.windows.com/w/?token=BQ%3d',
    'https://push.example.org/x',
    'https://a.below.example.org:8443/x',
    'http://127.0.0.1:8030/x',
  ])('%s', endpoint => {
    expect(reachable(endpoint, allowed)?.href).toBe(endpoint)
  })
})

describe('nothing is sent to', () => {
  it.each([
    ['what is no address', 'push'],
    ['another host', 'https://intranet.example.org/'],
    ['a host that only ends alike', 'https://evilpush.example.org/'],
    ['a host that begins alike', 'https://fcm.googleapis.com.example.org/'],
    ['a host above those allowed', 'https://below.example.org:8443/'],
    ['another port', 'https://push.example.org:22/'],
    ['the clear', 'http://push.example.org/x'],
    ['another port of this machine', 'http://127.0.0.1:5432/'],
    ['this machine by another name', 'http://localhost:8030/'],
    ['this machine as a number, in hexadecimal', 'https://0x7f000001/'],
    ['an address of the network', 'https://10.0.0.1/'],
    ['an address with a password', 'https://a:b@push.example.org/'],
    ['a file', 'file:///etc/passwd'],
    ['an address that is too long', `https://push.example.org/${'x'.repeat(1000)}`],
  ])('%s', (_, endpoint) => {
    expect(reachable(endpoint, allowed)).toBeNull()
  })
})

describe('a setting of hosts', () => {
  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '*',
    '*.com.',
    'https://push.example.org',
    '*.127.0.0.1:80',
    'a b.org',
    'intranet',
    '',
  ])('does not say "%s"', text => {
    expect(parsePushHosts(`push.example.org,${text}`)).toEqual({ ok: false, wrong: text })
  })
})

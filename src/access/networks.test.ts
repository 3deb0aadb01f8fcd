import { describe, expect, it } from 'vitest'
import { readConfig } from '../app/config.ts'
import { addressNumber, liesIn, parseNetwork, parseNetworks, usualNetworks } from './networks.ts'

describe('an address', () => {
  it.each([
    ['0.0.0.0', 0],
    ['10.3.0.12', 0x0a03000c],
    ['255.255.255.255', 0xffffffff],
    ['10.3.0', null],
    ['10.3.0.12.1', null],
    ['10.3.0.256', null],
    ['010.3.0.12', null],
    ['10.3.0.1e1', null],
    [' 10.3.0.12', null],
    ['0x7f.0.0.1', null],
    ['door.example', null],
    ['::1', null],
    ['', null],
  ])('"%s" is %s', (text, number) => {
    expect(addressNumber(text)).toBe(number)
  })
})

describe('a range', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0', '10.255.255.255'],
    ['172.16.0.0/12', '172.16.0.0', '172.31.255.255'],
    ['192.168.7.9/24', '192.168.7.0', '192.168.7.255'],
    ['10.3.0.12', '10.3.0.12', '10.3.0.12'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
  ])('%s is from %s to %s', (text, from, to) => {
    expect(parseNetwork(text)).toMatchObject({ from: addressNumber(from), to: addressNumber(to) })
  })

  it.each(['10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/-1', 'private', ''])('%s is none', text => {
    expect(parseNetwork(text)).toBeNull()
  })

  it('is told by the part of a list that is none', () => {
    expect(parseNetworks('10.0.0.0/8, 10.0.0.0/40')).toEqual({ ok: false, wrong: '10.0.0.0/40' })
    expect(parseNetworks('10.0.0.0/8,192.168.1.0/24')).toMatchObject({ ok: true })
  })
})

it.each([
  ['127.0.0.1', true],
  ['10.255.255.255', true],
  ['172.15.255.255', false],
  ['172.16.0.1', true],
  ['172.31.255.255', true],
  ['172.32.0.0', false],
  ['192.168.0.1', true],
  ['169.254.169.254', false],
  ['8.8.8.8', false],
  ['255.255.255.255', false],
  ['0.0.0.0', false],
])('a controller may usually be at %s: %s', (address, may) => {
  expect(liesIn(addressNumber(address)!, usualNetworks)).toBe(may)
})

describe('the setting of where controllers may be', () => {
  const networks = (value?: string) => readConfig({ GATEHOUSE_DOOR_NETWORKS: value }, '.').doorNetworks

  it('is this machine and the private ranges when nothing is said', () => {
    expect(networks()).toEqual(usualNetworks)
    expect(networks('')).toEqual(usualNetworks)
  })

  it('is what is said, and nothing else', () => {
    const said = networks('10.3.0.0/16, 203.0.113.0/24')
    expect(liesIn(addressNumber('203.0.113.9')!, said)).toBe(true)
    expect(liesIn(addressNumber('127.0.0.1')!, said)).toBe(false)
  })

  it('that makes no sense stops the start in one sentence', () => {
    expect(() => networks('10.3.0.0/16, doors')).toThrow(
      'GATEHOUSE_DOOR_NETWORKS has "doors"; it is a list of IPv4 ranges',
    )
  })
})

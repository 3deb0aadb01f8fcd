import { describe, expect, it } from 'vitest'
import {
  type ControllerChange,
  type ControllerRefusal,
  controllerRefusals,
  mayAddController,
  mayChangeController,
  type Neighbours,
  type RecordedController,
} from './controller-rules.ts'
import { usualNetworks } from './networks.ts'
import type { ControllerSaid } from './shape.ts'
import { words } from './words.ts'

const both = (text: string) => ({ 'zh-TW': text, en: text })
const door = (id: string, number: number) => ({ id, number, name: both(id) })
const said: ControllerSaid = {
  serial: 423100099,
  host: '10.3.0.12',
  port: 60000,
  capacity: 2000,
  numberFormat: 'w34-reversed-last4',
  building: both('Music'),
  doors: [door('music-entrance', 1), door('music-studio', 2)],
}
const nobody: Neighbours = { serialKnown: false, atAddress: null, doorsElsewhere: [] }
const everyNeighbour: Neighbours = {
  serialKnown: true,
  atAddress: 423100001,
  doorsElsewhere: [{ id: 'music-entrance', serial: 423100001 }],
}
const twice = [door('a', 1), door('a', 1)]

describe('whether a controller may be recorded', () => {
  it('one with a serial number, an address and doors of its own may', () => {
    expect(mayAddController(said, nobody, usualNetworks)).toEqual({ ok: true })
  })

  it.each<[string, Partial<ControllerSaid>, Partial<Neighbours>, ControllerRefusal]>([
    ['serial 0, which calls all', { serial: 0, numberFormat: 'x', host: 'x' }, everyNeighbour, 'serial-zero'],
    ['known, and all else is wrong too', { numberFormat: 'x', host: 'x' }, everyNeighbour, 'serial-known'],
    [
      'a format of keyboards',
      { numberFormat: 'be-hex', host: 'x' },
      { ...everyNeighbour, serialKnown: false },
      'format-unknown',
    ],
    ['a host name', { host: 'door.example', doors: twice }, { atAddress: 1 }, 'host-not-an-address'],
    ['an address of the world', { host: '8.8.8.8', doors: twice }, { atAddress: 1 }, 'host-not-allowed'],
    ['somebody’s address', { doors: twice }, { atAddress: 423100001 }, 'address-taken'],
    ['five doors', { doors: [1, 2, 3, 4, 5].map(at => door('a', at)) }, {}, 'too-many-doors'],
    ['a door twice', { doors: twice }, {}, 'door-twice'],
    ['a door numbered 0', { doors: [door('a', 0), door('b', 0)] }, {}, 'door-number-unknown'],
    ['a door numbered 5', { doors: [door('a', 5)] }, {}, 'door-number-unknown'],
    [
      'two doors of one number',
      { doors: [door('a', 1), door('b', 1)] },
      { doorsElsewhere: [{ id: 'b', serial: 1 }] },
      'door-number-twice',
    ],
    [
      'a door of another controller',
      {},
      { doorsElsewhere: [{ id: 'music-studio', serial: 1 }] },
      'door-elsewhere',
    ],
  ])('%s: refused', (_, change, neighbours, refusal) => {
    const answer = mayAddController({ ...said, ...change }, { ...nobody, ...neighbours }, usualNetworks)
    expect(answer).toMatchObject({ ok: false, refusal })
    if (answer.ok) return
    for (const language of ['zh-TW', 'en'] as const)
      expect(words[language].controller[answer.refusal](answer.facts)).not.toMatch(/undefined|null/)
  })

  it('a controller without doors yet may', () => {
    expect(mayAddController({ ...said, doors: [] }, nobody, usualNetworks)).toEqual({ ok: true })
  })
})

describe('whether a controller may be changed', () => {
  const recorded: RecordedController = { ...said, held: 1500 }
  const ask = (change: ControllerChange, neighbours: Partial<Neighbours> = {}) =>
    mayChangeController(recorded, change, { ...nobody, serialKnown: true, ...neighbours }, usualNetworks)

  it('to another address, capacity and names', () => {
    const doors = [{ ...door('music-studio', 2), name: both('Studio') }]
    expect(ask({ host: '10.3.0.13', capacity: 1500, building: both('Arts'), doors })).toMatchObject({
      ok: true,
      controller: {
        host: '10.3.0.13',
        port: 60000,
        capacity: 1500,
        building: both('Arts'),
        doors: [door('music-entrance', 1), { id: 'music-studio', number: 2, name: both('Studio') }],
      },
    })
  })

  it('one more door on a number that is free; the others stay', () => {
    const answer = ask({ doors: [door('music-roof', 4)] })
    expect(answer).toMatchObject({ ok: true, controller: { doors: { length: 3 } } })
  })

  it('its own address is not somebody else’s, and is not judged again by other networks', () => {
    expect(ask({ host: said.host }, { atAddress: said.serial })).toMatchObject({ ok: true })
    const elsewhere = { ...recorded, host: '203.0.113.9' }
    expect(mayChangeController(elsewhere, { capacity: 3000 }, nobody, usualNetworks)).toMatchObject({
      ok: true,
    })
  })

  it.each<[string, ControllerChange, Partial<Neighbours>, ControllerRefusal]>([
    ['another make, and all else wrong too', { driver: 'file', numberFormat: 'x' }, {}, 'driver-fixed'],
    ['another format, and all else wrong too', { numberFormat: 'w26-3-5', host: 'x' }, {}, 'format-fixed'],
    ['a host name', { host: 'door.example', capacity: 1 }, {}, 'host-not-an-address'],
    ['an address elsewhere', { host: '169.254.169.254', capacity: 1 }, {}, 'host-not-allowed'],
    ['somebody’s port', { port: 60001, capacity: 1 }, { atAddress: 7 }, 'address-taken'],
    ['less than it holds', { capacity: 1499, doors: twice }, {}, 'capacity-below-held'],
    ['a door twice', { doors: twice }, {}, 'door-twice'],
    ['a door on another number', { doors: [door('music-studio', 3)] }, {}, 'door-number-fixed'],
    ['too many', { doors: ['a', 'b', 'c'].map((id, at) => door(id, at + 2)) }, {}, 'too-many-doors'],
    ['a number that is taken', { doors: [door('a', 1)] }, {}, 'door-number-twice'],
    [
      'a door of another controller',
      { doors: [door('a', 3)] },
      { doorsElsewhere: [{ id: 'a', serial: 1 }] },
      'door-elsewhere',
    ],
  ])('%s: refused', (_, change, neighbours, refusal) => {
    const answer = ask(change, neighbours)
    expect(answer).toMatchObject({ ok: false, refusal })
    if (answer.ok) return
    for (const language of ['zh-TW', 'en'] as const)
      expect(words[language].controller[answer.refusal](answer.facts)).not.toMatch(/undefined|null/)
  })

  it('one that holds more than its capacity says already may be told a capacity nearer to the truth', () => {
    const wrong = { ...recorded, capacity: 1000 }
    expect(mayChangeController(wrong, { capacity: 1200 }, nobody, usualNetworks)).toMatchObject({ ok: true })
  })
})

it('the refusals are told in the contracted order', () => {
  expect(controllerRefusals).toEqual([
    'serial-zero',
    'serial-known',
    'driver-fixed',
    'format-fixed',
    'format-unknown',
    'driver-unknown',
    'address-missing',
    'settings-not-wanted',
    'host-not-an-address',
    'host-not-allowed',
    'address-taken',
    'address-not-wanted',
    'settings-missing',
    'folder-outside',
    'folder-taken',
    'column-missing',
    'column-twice',
    'column-needs-text',
    'word-twice',
    'text-unwritable',
    'capacity-below-held',
    'too-many-doors',
    'door-twice',
    'door-number-unknown',
    'door-number-twice',
    'door-number-fixed',
    'door-elsewhere',
  ])
})

import { describe, expect, it } from 'vitest'
import {
  arriveAs,
  type Given,
  mayChange,
  placeHolds,
  readingHolds,
  valuesOf,
  whatClaimsGive,
} from './rules.ts'
import { type ClaimReading, type Place, usualReading } from './shape.ts'

const reading: ClaimReading = {
  ...usualReading,
  rules: [
    { claim: 'groups', value: 'desk', role: 'desk', counter: 'registry' },
    { claim: 'groups', value: 'desk-too', role: 'desk', counter: 'registry' },
    { claim: 'groups', value: 'library', role: 'access', buildings: ['Library'] },
    { claim: 'groups', value: 'annex', role: 'access', buildings: ['Annex', 'Library'] },
    { claim: 'groups', value: 'keepers', role: 'access' },
    { claim: 'groups', value: 'lab', role: 'owner', doors: ['lab-1'] },
    { claim: 'groups', value: 'lab-2', role: 'owner', doors: ['lab-2'] },
    { claim: 'eduperson_affiliation', value: 'auditor', role: 'auditor' },
    { claim: 'realm.roles', value: 'boss', role: 'office' },
  ],
}

describe('what claims give', () => {
  it.each<[string, object, Place[]]>([
    ['nothing, where no rule matches', { groups: ['students'] }, []],
    ['nothing, where the claim is not there', {}, []],
    ['a role at its counter', { groups: ['desk'] }, [{ role: 'desk', counter: 'registry' }]],
    [
      'a role once, by whatever rules',
      { groups: ['desk', 'desk-too'] },
      [{ role: 'desk', counter: 'registry' }],
    ],
    ['one text as well as a list', { groups: 'lab' }, [{ role: 'owner', doors: ['lab-1'] }]],
    ['doors of several rules', { groups: ['lab', 'lab-2'] }, [{ role: 'owner', doors: ['lab-1', 'lab-2'] }]],
    [
      'buildings of several rules',
      { groups: ['annex', 'library'] },
      [{ role: 'access', buildings: ['Library', 'Annex'] }],
    ],
    ['all buildings, where one rule says all', { groups: ['library', 'keepers'] }, [{ role: 'access' }]],
    [
      'roles in the order of the rules',
      { groups: ['lab', 'desk'] },
      [
        { role: 'desk', counter: 'registry' },
        { role: 'owner', doors: ['lab-1'] },
      ],
    ],
    ['a role by affiliation', { eduperson_affiliation: ['auditor', 'staff'] }, [{ role: 'auditor' }]],
    ['a role by a claim within a claim', { realm: { roles: ['boss'] } }, [{ role: 'office' }]],
    ['a role by a claim whose name has a dot', { 'realm.roles': ['boss'] }, [{ role: 'office' }]],
    ['nothing for a part of a value', { groups: ['desktop', 'Desk', 'desk '.repeat(2)] }, []],
    ['nothing of what is no text', { groups: [{ desk: true }, null, ['desk']] }, []],
    ['nothing of what every object has', { groups: {}, constructor: 'desk' }, []],
  ])('%s', (_, claims, places) => {
    expect(whatClaimsGive(reading, { preferred_username: 'amy', ...claims }).places).toEqual(places)
  })

  it.each([
    ['amy', 'amy'],
    ['amy@example.edu', 'amy@example.edu'],
    ['', null],
    ['amy lee', null],
    ['../amy', null],
    ['break-glass', null],
    [7, '7'],
    [['first', 'second'], 'first'],
    ['x'.repeat(101), null],
  ])('the account of %j is %j', (said, account) => {
    expect(whatClaimsGive(reading, { preferred_username: said }).account).toBe(account)
  })

  it('a name that is missing in one language is the other one, or the account’s', () => {
    const named = { ...reading, nameZh: 'name_zh', nameEn: 'name_en' }
    expect(whatClaimsGive(named, { preferred_username: 'amy', name_en: 'Amy' })).toMatchObject({
      nameZh: 'Amy',
      nameEn: 'Amy',
    })
    expect(whatClaimsGive(named, { preferred_username: 'amy' })).toMatchObject({
      nameZh: 'amy',
      nameEn: 'amy',
    })
  })

  it('reads at most a thousand values', () => {
    expect(valuesOf({ groups: Array.from({ length: 5000 }, (_, at) => `g${at}`) }, 'groups')).toHaveLength(
      1000,
    )
  })
})

const places = { counters: ['registry'], buildings: ['Library'], doors: ['lab-1'] }

describe('where a role can be had', () => {
  it.each<[Place, string]>([
    [{ role: 'desk', counter: 'registry' }, 'yes'],
    [{ role: 'desk' }, 'counter-needed'],
    [{ role: 'desk', counter: 'nowhere' }, 'counter-unknown'],
    [{ role: 'office' }, 'yes'],
    [{ role: 'office', counter: 'registry' }, 'place-not-of-role'],
    [{ role: 'access' }, 'yes'],
    [{ role: 'access', buildings: ['Library'] }, 'yes'],
    [{ role: 'access', buildings: ['Library', 'Shed'] }, 'building-unknown'],
    [{ role: 'access', doors: ['lab-1'] }, 'place-not-of-role'],
    [{ role: 'owner' }, 'doors-needed'],
    [{ role: 'owner', doors: ['lab-1'] }, 'yes'],
    [{ role: 'owner', doors: ['lab-9'] }, 'door-unknown'],
    [{ role: 'admin', buildings: ['Library'] }, 'place-not-of-role'],
  ])('%j: %s', (place, answer) => {
    const holds = placeHolds(place, places)
    expect(holds.ok ? 'yes' : holds.refusal).toBe(answer)
  })

  it('a reading is refused with the rule that is wrong', () => {
    const rule = { claim: 'groups', value: 'a', role: 'office' } as const
    expect(
      readingHolds({ ...usualReading, rules: [rule, { ...rule, value: 'b', role: 'desk' }] }, places),
    ).toMatchObject({
      refusal: 'counter-needed',
      facts: { rule: 2 },
    })
    expect(readingHolds({ ...usualReading, rules: [rule, rule] }, places)).toMatchObject({
      refusal: 'rule-twice',
      facts: { rule: 2, before: 1 },
    })
    expect(readingHolds({ ...usualReading, rules: [rule] }, places).ok).toBe(true)
  })
})

it.each([
  ['amy', 'bob', 'yes'],
  ['amy', 'amy', 'own-account'],
  ['amy', 'break-glass', 'emergency-account'],
  ['break-glass', 'amy', 'yes'],
  ['break-glass', 'break-glass', 'emergency-account'],
])('%s changes the account of %s: %s', (administrator, account, answer) => {
  const may = mayChange(administrator, account)
  expect(may.ok ? 'yes' : may.refusal).toBe(answer)
})

describe('as whom somebody arrives', () => {
  const given: Given = { ...whatClaimsGive(reading, { preferred_username: 'amy', groups: ['keepers'] }) }
  const none: Given = { ...given, places: [] }
  const known = { ended: false, tied: 'to-them' } as const
  it.each([
    [
      'of the staff',
      given,
      { known: null, hasRoles: false, personId: null },
      { account: 'amy', personId: null },
    ],
    [
      'of the staff, and a student',
      given,
      { known, hasRoles: false, personId: 7 },
      { account: 'amy', personId: 7 },
    ],
    [
      'by a role that was given by hand',
      none,
      { known, hasRoles: true, personId: null },
      { account: 'amy', personId: null },
    ],
    ['a student', none, { known: null, hasRoles: false, personId: 7 }, { account: null, personId: 7 }],
    [
      'whose account ended: a student',
      given,
      { known: { ...known, ended: true }, hasRoles: true, personId: 7 },
      { account: null, personId: 7 },
    ],
    [
      'whose account ended',
      given,
      { known: { ...known, ended: true }, hasRoles: true, personId: null },
      'account-ended',
    ],
    [
      'whose name is another’s',
      given,
      { known: { ended: false, tied: 'to-another' }, hasRoles: true, personId: null },
      'account-of-another',
    ],
    [
      'without a name that can be one',
      { ...given, account: null },
      { known: null, hasRoles: false, personId: null },
      'no-account-name',
    ],
    [
      'whose number another account has',
      given,
      { known, hasRoles: false, personId: 7, hasAnother: true },
      'number-of-another-account',
    ],
    [
      'whose number another account has, and who does not work by this one: a student',
      none,
      { known, hasRoles: false, personId: 7, hasAnother: true },
      { account: null, personId: 7 },
    ],
    ['whom nobody knows', none, { known: null, hasRoles: false, personId: null }, 'known-to-nobody'],
  ] as const)('%s', (_, said, facts, answer) => {
    const arrival = arriveAs(said, { hasAnother: false, ...facts })
    if (arrival.ok) expect(arrival).toMatchObject(answer as object)
    else expect(arrival.refusal).toBe(answer)
  })
})

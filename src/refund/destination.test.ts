import { expect, it } from 'vitest'
import { maskedDestination, readDestination, sameDestination, type TypedDestination } from './destination.ts'

const taiwan = { refundWays: ['bank', 'registered-mail'] } as const
const settings = { refundWays: [...taiwan.refundWays] }
const good: TypedDestination = { way: 'bank', bank: '004', branch: '0037', account: '12345678901' }

it.each([
  ['as it stands in the bank book', good],
  [
    'in full-width digits',
    { ...good, bank: '００４', branch: '００３７', account: '１２３４５６７８９０１' },
  ],
  ['with spaces and dashes of any kind', { ...good, account: ' 123-456 78–9 0－1 ' }],
  ['with its zeros', { ...good, account: '00012345678901' }],
] as const)('an account %s is one and the same, filled to fourteen digits', (_, typed) => {
  expect(readDestination(typed, settings)).toEqual({
    ok: true,
    destination: { way: 'bank', bank: '004', branch: '0037', account: '00012345678901' },
  })
})

it.each([
  ['no bank code', { bank: ' ' }, 'field-empty', 'bank'],
  ['letters', { bank: '00A' }, 'not-digits', 'bank'],
  ['other scripts’ digits', { branch: '٠٠٣٧' }, 'not-digits', 'branch'],
  ['a bank code that is too short', { bank: '4' }, 'wrong-length', 'bank'],
  ['a branch that is too long', { branch: '00371' }, 'wrong-length', 'branch'],
  ['an account that is too long', { account: '123456789012345' }, 'wrong-length', 'account'],
  ['an account of zeros, as other universities ask for', { account: '0'.repeat(14) }, 'all-zeros', 'account'],
  ['a quantity', { account: '1e10' }, 'not-digits', 'account'],
  ['a sign', { account: '+123456789' }, 'not-digits', 'account'],
  ['nothing at all: the bank comes first', { bank: '', branch: '', account: '' }, 'field-empty', 'bank'],
] as const)('refused: %s', (_, change, refusal, field) => {
  expect(readDestination({ ...good, ...change }, settings)).toMatchObject({ refusal, facts: { field } })
})

it.each([
  ['too short', '臺北市', 'address-short'],
  ['too long', '臺'.repeat(201), 'address-long'],
  ['with what cannot be seen', '106 臺北市\u202E大安區和平東路一段', 'unseen-character'],
  ['nothing', undefined, 'field-empty'],
])('an address is refused: %s', (_, address, refusal) => {
  expect(readDestination({ way: 'registered-mail', address }, settings)).toMatchObject({ refusal })
})

it('a way that the issuer does not offer is refused before anything else', () => {
  expect(readDestination({ way: 'registered-mail' }, { refundWays: ['bank'] })).toMatchObject({
    refusal: 'way-not-offered',
  })
})

it.each([
  ['GB82 WEST 1234 5698 7654 32', true],
  ['gb82west12345698765432', true],
  ['GB83 WEST 1234 5698 7654 32', false],
  ['GB82', false],
  ['004 0037 12345678901', false],
])('where banks have an IBAN, %s is one: %s', (iban, ok) => {
  const read = readDestination({ way: 'bank', iban }, { ...settings, bankAccount: 'iban' })
  expect(read.ok).toBe(ok)
})

it('is shown so that only its holder knows it again', () => {
  expect(maskedDestination({ way: 'bank', bank: '004', branch: '0037', account: '00012345678901' })).toBe(
    '004-…8901',
  )
  expect(maskedDestination({ way: 'bank', iban: 'GB82WEST12345698765432' })).toBe('GB…5432')
  expect(maskedDestination({ way: 'registered-mail', address: '106 臺北市大安區' })).toBe('106…')
})

it('is the same whatever the order in which it was written', () => {
  const one = { way: 'bank', bank: '004', branch: '0037', account: '1' } as const
  expect(sameDestination(one, { account: '1', branch: '0037', bank: '004', way: 'bank' })).toBe(true)
  expect(sameDestination(one, { ...one, account: '2' })).toBe(false)
})

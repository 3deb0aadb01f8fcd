import { type Decision, no, yes } from '../lib/decision.ts'
import type { Programme } from '../programme/shape.ts'
import type { RefundWay } from '../programme/shape-cards.ts'

/** Where the issuer sends the money: an account as Taiwan's banks write it, another country's, or a postal address. */
export type Destination =
  | { way: 'bank'; bank: string; branch: string; account: string }
  | { way: 'bank'; iban: string }
  | { way: 'registered-mail'; address: string }

/** What somebody types; what belongs to another way is passed over. */
export interface TypedDestination {
  way: RefundWay
  bank?: string | undefined
  branch?: string | undefined
  account?: string | undefined
  iban?: string | undefined
  address?: string | undefined
}
export type DestinationField = Exclude<keyof TypedDestination, 'way'>

/** What can be wrong with where the money goes, each of one field. */
export const destinationRefusals = [
  'way-not-offered',
  'field-empty',
  'not-digits',
  'wrong-length',
  'all-zeros',
  'not-an-iban',
  'address-short',
  'address-long',
  'unseen-character',
] as const
export type DestinationRefusal = (typeof destinationRefusals)[number]

/** How many digits each number has; an account is filled with zeros in front to its whole length, by us. */
export const digitsOf = {
  bank: { least: 3, most: 3 },
  branch: { least: 4, most: 4 },
  account: { least: 6, most: 14 },
} as const

/** Shortest and longest postal address, in characters. */
export const addressLength = { least: 8, most: 200 } as const

/** Numbers as people type them: full-width ones count, spaces and dashes of any kind do not. */
export const typedNumber = (text: string): string =>
  text.normalize('NFKC').replace(/[\s\p{Pd}\u2212\u30FC]/gu, '')

function digits(
  typed: TypedDestination,
  field: keyof typeof digitsOf,
): Decision<{ value: string }, DestinationRefusal> {
  const text = typedNumber(typed[field] ?? '')
  const { least, most } = digitsOf[field]
  if (text === '') return no('field-empty', { field })
  if (!/^[0-9]+$/.test(text)) return no('not-digits', { field })
  if (text.length < least || text.length > most) return no('wrong-length', { field, least, most })
  if (field === 'account' && /^0+$/.test(text)) return no('all-zeros', { field })
  return yes({ value: text.padStart(most, '0') })
}

/** Whether the check digits of an IBAN agree with the rest of it (ISO 13616: modulo 97). */
function ibanAgrees(iban: string): boolean {
  let rest = 0
  for (const sign of `${iban.slice(4)}${iban.slice(0, 4)}`)
    for (const digit of String(Number.parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

function readIban(typed: TypedDestination): Decision<{ destination: Destination }, DestinationRefusal> {
  const field = 'iban'
  const iban = typedNumber(typed.iban ?? '').toUpperCase()
  if (iban === '') return no('field-empty', { field })
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$/.test(iban) || !ibanAgrees(iban))
    return no('not-an-iban', { field })
  return yes({ destination: { way: 'bank', iban } })
}

function readAddress(typed: TypedDestination): Decision<{ destination: Destination }, DestinationRefusal> {
  const field = 'address'
  const address = (typed.address ?? '').normalize('NFC').replace(/\s+/gu, ' ').trim()
  const { least, most } = addressLength
  if (address === '') return no('field-empty', { field })
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/u.test(address)) return no('unseen-character', { field })
  if (address.length < least) return no('address-short', { field, least })
  if (address.length > most) return no('address-long', { field, most })
  return yes({ destination: { way: 'registered-mail', address } })
}

/**
 * Reads where the money is to go. Full-width digits, spaces and dashes are forgiven, and an account is filled with zeros in
 * front. Refuses, in this order: a way that the issuer does not offer; then field by field what is empty or wrong.
 */
export function readDestination(
  typed: TypedDestination,
  { refundWays, bankAccount = 'taiwan' }: Pick<Programme['issuer'], 'refundWays' | 'bankAccount'>,
): Decision<{ destination: Destination }, DestinationRefusal> {
  if (!refundWays.includes(typed.way)) return no('way-not-offered', { way: typed.way, field: 'way' })
  if (typed.way === 'registered-mail') return readAddress(typed)
  if (bankAccount === 'iban') return readIban(typed)
  const bank = digits(typed, 'bank')
  if (!bank.ok) return bank
  const branch = digits(typed, 'branch')
  if (!branch.ok) return branch
  const account = digits(typed, 'account')
  if (!account.ok) return account
  return yes({
    destination: { way: 'bank', bank: bank.value, branch: branch.value, account: account.value },
  })
}

/** As it is shown: enough for its holder to know it again, too little for anybody else to use it. */
export function maskedDestination(destination: Destination): string {
  if (destination.way === 'registered-mail') return `${destination.address.slice(0, 3)}…`
  if ('iban' in destination) return `${destination.iban.slice(0, 2)}…${destination.iban.slice(-4)}`
  return `${destination.bank}-…${destination.account.slice(-4)}`
}

/** Whether two destinations are one. */
export const sameDestination = (a: Destination, b: Destination): boolean => {
  const other = new Map(Object.entries(b))
  const own = Object.entries(a)
  return own.length === other.size && own.every(([field, value]) => other.get(field) === value)
}

import { csvRow } from '../lib/spreadsheet-guard.ts'
import { caseNumber } from './answer-file.ts'
import type { Destination } from './destination.ts'

/** A case as the issuer needs it: whose card, and where the money goes. No amount: only the issuer knows what is on a card. */
export interface DueCase {
  caseId: number
  round: number
  personId: number
  cardId: number
  printedNumber: string | null
  chip: string
  name: string
  why: string
  to: Destination
}

const header = [
  'case',
  'card_number',
  'chip_number',
  'why',
  'way',
  'bank_branch',
  'account',
  'address',
  'name',
]

function placeOf(to: Destination): [bankBranch: string, account: string, address: string] {
  if (to.way === 'registered-mail') return ['', '', to.address]
  return 'iban' in to ? ['', to.iban, ''] : [`${to.bank}${to.branch}`, to.account, '']
}

/**
 * The file for the issuer: CSV, UTF-8 with its mark, a line a case. The bank's widths are fixed: seven digits of bank and
 * branch, fourteen of the account with zeros in front.
 */
export function issuerFile(cases: readonly DueCase[]): string {
  const lines = cases.map(each => [
    caseNumber(each.caseId, each.round),
    each.printedNumber ?? '',
    each.chip,
    each.why,
    each.to.way,
    ...placeOf(each.to),
    each.name,
  ])
  return `\uFEFF${[header, ...lines].map(csvRow).join('')}`
}

import { type LedgerMaking, openLedger } from './ledger-of-database.ts'
import { openSurveys } from './survey.ts'
import type { Updating } from './work.ts'

/** What processes that share a database keep controllers with. */
export const overDatabase = (
  making: LedgerMaking,
): Pick<Updating, 'ledger' | 'surveys' | 'monotonicMs' | 'leaseSeconds'> => ({
  ledger: openLedger(making),
  surveys: openSurveys(making),
  monotonicMs: making.monotonicMs,
  leaseSeconds: making.leaseSeconds,
})

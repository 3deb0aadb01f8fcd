import { type LedgerMaking, openLedger } from './ledger-of-database.ts'
import { openBoards } from './meeting.ts'
import { openSurveys } from './survey.ts'
import type { Updating } from './updating.ts'

/** What processes that share a database keep controllers with. */
export const overDatabase = (
  making: LedgerMaking,
): Pick<Updating, 'ledger' | 'surveys' | 'boards' | 'monotonicMs' | 'leaseSeconds'> => ({
  ledger: openLedger(making),
  surveys: openSurveys(making),
  boards: openBoards(making),
  monotonicMs: making.monotonicMs,
  leaseSeconds: making.leaseSeconds,
})

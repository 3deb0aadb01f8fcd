import type { Database } from '../database.ts'
import type { Clock } from '../register.ts'
import { type Repeated, repeat } from '../repeat.ts'
import { sealJournal } from './seal.ts'
import { openShipping } from './ship.ts'

/** The sealing and shipping of one process. */
export interface KeptJournal extends Repeated {
  /** Seals what waits and ships what is sealed, now. */
  look(): Promise<void>
}

/**
 * Seals what the journal gained, and ships it where a folder is given: a few seconds after the act, never in it. Several
 * processes may do so at once; what one cannot do the next look does.
 */
export function keepJournal(
  {
    database,
    clock,
    folder,
    zone,
    log,
  }: {
    /** A database opened as the role for chores. */
    database: Database
    clock: Clock
    folder: string | null
    zone: () => Promise<string | null>
    log: (line: string) => void
  },
  { everyMs }: { everyMs: number | undefined },
): KeptJournal {
  const shipping = folder === null ? null : openShipping({ database, folder, zone })
  let said = ''
  async function look(): Promise<void> {
    await sealJournal({ database, clock })
    await shipping?.ship()
    said = ''
  }
  const onFault = (error: unknown) => {
    const told = error instanceof Error ? error.message : String(error)
    // Said once, not every few seconds.
    if (told !== said) log(`journal: ${told}`)
    said = told
  }
  return { look, ...repeat(look, { everyMs, onFault }) }
}

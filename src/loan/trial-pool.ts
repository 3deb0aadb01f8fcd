import type { TestCampus } from '../../test/campus.ts'
import { encode } from '../card/formats.ts'
import { parseChipNumber } from '../card/numbers.ts'
import { takeIntoStock } from '../card/store.ts'

/** Temporary cards that lie at Computer Science, made for the tests. */
export const pool = ['0A11B001', '0A11B002', '0A11B003'] as const

/** Puts the temporary cards into stock. */
export async function stockPool(campus: TestCampus): Promise<void> {
  const cards = pool.map((chip, at) => {
    const parsed = parseChipNumber(chip)
    if (!parsed.ok) throw new Error(`${chip}: ${parsed.refusal}`)
    return {
      edition: 'temporary',
      chip: parsed.chip,
      printedNumber: `99000000000000${at + 1}0`,
      madeFor: null,
      counter: 'dept-csie',
      box: 'T-1',
    }
  })
  const taken = await campus.gatehouse.register.act({ kind: 'system', id: 'test' }, act =>
    takeIntoStock(act, cards),
  )
  if (!taken.ok) throw new Error(`the pool was refused: ${taken.refusal}`)
}

/** What a desk's reader types for a chip. */
export const typed = (chip: string): string => encode(Uint8Array.fromHex(chip), 'le-dec-10')!

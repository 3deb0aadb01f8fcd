import type { Part } from './own-part.ts'
import { partsOfCards } from './own-parts-cards.ts'
import { partsOfDoors } from './own-parts-doors.ts'
import { partsOfMoney } from './own-parts-money.ts'
import { partsOfTold } from './own-parts-told.ts'
import { partsOfYou } from './own-parts-you.ts'

/**
 * Everything that is kept of a person, table by table. test/privacy/own-data.test.ts compares it with the data map and the
 * database: each column of each table that leads to people is given here or kept back for a reason, and none is forgotten.
 */
export const parts: readonly Part[] = [
  ...partsOfYou,
  ...partsOfCards,
  ...partsOfDoors,
  ...partsOfMoney,
  ...partsOfTold,
]

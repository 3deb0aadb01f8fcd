import { sameInBoth } from '../lib/both.ts'
import type { Bilingual } from '../lib/words.ts'

/** How the programme calls something by its id; what it knows no more is called by the id itself. */
export const nameOf = (list: readonly { id: string; name: Bilingual }[], id: string): Bilingual =>
  list.find(each => each.id === id)?.name ?? sameInBoth(id)

import type { DeclineReason } from '../photo/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { personById } from '../roster/store.ts'
import type { Act, Noted } from '../server/register.ts'
import type { Letter } from './tell.ts'

/** What a holder is told of the photo that they sent, once the office has answered. */
export async function photoTold(
  act: Act,
  _programme: Programme,
  { act: noted, personId, facts }: Noted,
): Promise<Letter | null> {
  const person = await personById(act, personId!)
  if (person === null) return null
  const addressee = { ...person, personId: person.id, printedNumber: null }
  const told: Letter['told'] =
    noted === 'photo accepted'
      ? { kind: 'photo-accepted', printedNumber: null }
      : { kind: 'photo-declined', printedNumber: null, reason: facts?.reason as DeclineReason }
  return { addressee, told }
}

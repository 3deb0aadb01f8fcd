import { type TProperties, Type } from 'typebox'
import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById, personTyped } from '../roster/store.ts'
import { longestStudentNumber } from '../roster/student-number.ts'
import type { Act, Entry } from '../server/register.ts'
import { mayActFor } from './present-rules.ts'
import { readLately } from './store.ts'

/** Why nothing is done for who stands at the desk, before any rule of what is asked. */
export type PresentRefusal = 'unknown-person' | 'not-checked'

/** Whom a clerk acts for, and how they saw who it is, in a body. */
export const present = <Extra extends TProperties>(extra: Extra) =>
  Type.Object(
    {
      studentNumber: Type.String({ minLength: 1, maxLength: longestStudentNumber * 2 }),
      checked: Type.String({
        maxLength: 130,
        description:
          'How the clerk saw who stands there: an evidence of the programme’s pickup, with the kind where it lists kinds ' +
          '("old-card", "id-document:passport")',
      }),
      ...extra,
    },
    { additionalProperties: false },
  )

/** That a clerk has read of a person, once for as long as they are served. */
export async function notePresent(act: Act, personId: number): Promise<void> {
  if (await readLately(act, personId)) return
  await act.note({ act: 'person looked up', personId, facts: { by: 'present' } })
}

/** The same act, whose every entry in the journal says that it was done for a person present, and how they were checked. */
const forThem = (act: Act, checked: string): Act => ({
  ...act,
  note: (...entries: Entry[]) =>
    act.note(
      ...entries.map(entry => ({
        ...entry,
        facts: { ...entry.facts, forPersonPresent: true, checked },
      })),
    ),
})

/** Whom a clerk acts for: by the number they typed, or as the page that they were found on knows them. */
export type PresentPerson = { studentNumber: string } | { personId: number }

/**
 * Does for somebody who stands at the desk what they could do on a phone: by the same rules and the same room. The
 * clerk says how they saw who it is. Refuses: nobody has that number; not said; then as the room does.
 */
export async function forPresent<Yes extends object, Reason extends string>(
  act: Act,
  asked: PresentPerson & { checked: string },
  does: (act: Act, personId: number) => Promise<Decision<Yes, Reason>>,
): Promise<Decision<Yes, Reason | PresentRefusal>> {
  const named =
    'personId' in asked ? await byId(act, asked.personId) : await personTyped(act, asked.studentNumber)
  if (!named.ok) return named
  const may = mayActFor(await programmeInForce(act), asked.checked)
  if (!may.ok) return may
  await notePresent(act, named.person.id)
  return does(forThem(act, may.check.id), named.person.id)
}

async function byId(act: Act, personId: number) {
  const person = await personById(act, personId)
  return person ? yes({ person }) : no('unknown-person')
}

import { handOver } from '../src/handover/hand-over.ts'
import type { Act, Actor } from '../src/server/register.ts'
import { proofKeys, type TestCampus } from './campus.ts'

export interface Student {
  number: string
  old: string
  new: string
  /** The last four digits printed on the new card. */
  digits: string
}

/** The students of the journey, by what the notice says of them; all of them are fictional. */
export const people = {
  /** Entered in 2021, lives in hall 7, may enter the systems laboratory with her old card. */
  aEarly: { number: '41047001S', old: '0E829B92', new: '4587F160', digits: '0141' },
  /** Her new card has a chip number of seven bytes. */
  bOnTheStroke: { number: '41047002S', old: '1B119B0E', new: '044D941DD5D525', digits: '8892' },
  cDuringTheRun: { number: '41047003S', old: '1311E8C0', new: 'A543BB4C', digits: '7643' },
  dLosesCard: { number: '41047004S', old: '53119D0E', new: '042451DB6BF569', digits: '6394' },
  eLastEvening: { number: '41047005S', old: 'F8D854C2', new: '27DE5DF8', digits: '5145' },
  fNeverCame: { number: '41047006S', old: '7ED6C6AD', new: '043AD59F7074D9', digits: '3896' },
  gOnTheSecond: { number: '41047007S', old: 'BF4A83D2', new: 'BD268B3A', digits: '2647' },
  /** Has left the old card at home and has no phone. */
  hNeither: { number: '41047029S', old: 'A50B33A3', new: '04BB11E0BA9C83', digits: '5169' },
  freshman: { number: '41200001E', old: '', new: '99FBD1F4', digits: '' },
  freshmanWhoMissed: { number: '41200037E', old: '', new: '', digits: '' },
  onLeaveHeping: { number: '40900031E', old: '98DFC4F2', new: 'F7CA5379', digits: '2423' },
  onLeaveGongguan: { number: '40940031S', old: '2AF70666', new: '7BBCAA7F', digits: '2487' },
} satisfies Record<string, Student>

/** A freshman, whose card was given at the health examination and only waits to be activated. */
export async function freshmanOf(campus: TestCampus, number: string) {
  const personId = await campus.personId(number)
  const { card_id: cardId, printed_number: printed } = await campus.owner.db
    .selectFrom('handover')
    .innerJoin('card', 'card.id', 'handover.card_id')
    .select(['handover.card_id', 'card.printed_number'])
    .where('person_id', '=', personId)
    .executeTakeFirstOrThrow()
  const actor: Actor = { kind: 'student', id: String(personId), personId }
  return { personId, cardId, lastDigits: printed!.slice(-4), actor }
}

/** A clerk at Computer Science, where most of these students collect. */
export const csie: Actor = { kind: 'desk', id: 'desk-csie', counter: 'dept-csie' }

/** What a clerk does when a student shows the old card and signs on paper: the new card is handed over. */
export const handingOverTo =
  ({ number, old, new: chip }: Pick<Student, 'number' | 'old' | 'new'>) =>
  (act: Act) =>
    handOver(
      act,
      {
        studentNumber: number,
        chip,
        evidence: [{ kind: 'old-card', chip: old }],
        signature: { manner: 'witnessed', picture: '', language: 'en' },
      },
      proofKeys,
    )

/** A student collects the new card at Computer Science. */
export const collect = (campus: TestCampus, student: Student) =>
  campus.gatehouse.register.act(csie, handingOverTo(student))

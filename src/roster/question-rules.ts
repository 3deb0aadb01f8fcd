import { type Decision, no, yes } from '../lib/decision.ts'
import { whoActed } from '../lib/roles.ts'

/**
 * From how many people on a roster waits for a second person: more than `people`, and than `percent` of the enrolled. Counted
 * are those of the file and of what other files have ended lately, so that no roster passes in parts.
 */
export interface ImportLimits {
  people: number
  percent: number
}

/** What counts where a programme says nothing; as for windows (reliability.md C6). */
export const usualImportLimits: ImportLimits = { people: 20, percent: 2 }

/** For how long what a file has ended is counted with the files after it. */
export const endingsCount = Temporal.Duration.from({ hours: 24 })

/** How many people a file would end the enrolment of, of how many enrolled, and how many would have passed. */
export interface ManyEnding {
  people: number
  /** How many other files have ended within the last 24 hours, by whoever, without a second person, and who stay ended. */
  lately: number
  of: number
  most: number
}

/** What of a file would have to wait for a second person; null where nothing does. Who ends nobody waits for nobody. */
export function tooManyEnd(
  { people, lately, of }: Omit<ManyEnding, 'most'>,
  limits: ImportLimits = usualImportLimits,
): ManyEnding | null {
  const most = Math.max(limits.people, Math.floor((of * limits.percent) / 100))
  return people > 0 && people + lately > most ? { people, lately, of, most } : null
}

/** Why a second person is not asked about a file, or an answer is not taken, in the order in which it is told. */
export const questionRefusals = [
  'no-second-person-needed',
  'asked-already',
  'no-question',
  'asked-by-yourself',
  'asked-by-another',
  'another-difference',
  'no-reason-given',
] as const
export type QuestionRefusal = (typeof questionRefusals)[number]

/** The open question about a file. */
export interface OpenQuestion {
  askedBy: string
  seal: string
}

/** Whether a second person is to be asked: the file needs one, and nobody has been asked yet about this difference. */
export function mayAsk({
  ending,
  open,
  seal,
}: {
  ending: ManyEnding | null
  open: OpenQuestion | null
  seal: string
}): Decision<object, QuestionRefusal> {
  if (ending === null) return no('no-second-person-needed')
  return open !== null && open.seal === seal ? no('asked-already') : yes({})
}

/**
 * Whether somebody may answer: never the one who asked, and exactly the difference that was asked about. Letting go needs
 * no reason, declining does.
 */
export function mayAnswerImport(
  open: OpenQuestion | null,
  { by, seal, letGo, reason }: { by: string; seal: string; letGo: boolean; reason: string | null },
): Decision<object, QuestionRefusal> {
  if (open === null) return no('no-question')
  if (whoActed(by) === whoActed(open.askedBy)) return no('asked-by-yourself')
  // A question about what is no more may still be declined.
  if (letGo && seal !== open.seal) return no('another-difference')
  if (!letGo && !reason?.trim()) return no('no-reason-given')
  return yes({})
}

/** Whether a question may be taken back: by the one who asked. */
export function mayTakeBack(open: OpenQuestion | null, by: string): Decision<object, QuestionRefusal> {
  if (open === null) return no('no-question')
  return by === open.askedBy ? yes({}) : no('asked-by-another')
}

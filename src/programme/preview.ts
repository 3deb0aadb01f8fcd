import type { Language } from '../lib/words.ts'
import { cohortOf, type PersonFacts } from './cohorts.ts'
import { joined, type Piece, piecesOf } from './notice.ts'
import type { Programme } from './shape.ts'
import { templateValues, valuesNamedIn } from './template.ts'
import { isOf } from './waves.ts'

/** A sentence of the notice, or a question, as it would be read today. */
export interface Previewed {
  id: string
  /** A question's own text; null for a sentence of the notice. */
  question: string | null
  pieces: Piece[]
  /** Whether it concerns a given person: it names no group or wave, or theirs. */
  concerns: boolean
}

/** Whether a text concerns a person: what it names of groups and waves is theirs, or it names none. */
export function concerns(programme: Programme, text: string, person: PersonFacts): boolean {
  const named = valuesNamedIn(text)
  const cohorts = named.flatMap(name => /^cohort\.([^.]+)/.exec(name)?.[1] ?? [])
  const waves = named.flatMap(name => /^wave\.([^.]+)/.exec(name)?.[1] ?? [])
  const own = cohortOf(programme, person).id
  const inOne = (programme.waves ?? []).filter(wave => isOf(programme, wave, person)).map(({ id }) => id)
  return (
    (cohorts.length === 0 || cohorts.includes(own)) &&
    (waves.length === 0 || waves.some(id => inOne.includes(id)))
  )
}

/** The notice and its questions as they would be read on a day, by a given person or by anybody. */
export function previewOf(
  programme: Programme,
  { language, today, person }: { language: Language; today: Temporal.PlainDate; person: PersonFacts | null },
): { sentences: Previewed[]; values: { name: string; now: string }[] } {
  const values = templateValues(programme, language, today)
  const said = (text: string): Piece[] => piecesOf(programme, text, values)
  const about = (text: string): boolean => person === null || concerns(programme, text, person)
  return {
    sentences: [
      ...programme.notice.map(({ id, text }) => ({
        id,
        question: null,
        pieces: said(text[language]),
        concerns: about(text[language]),
      })),
      ...programme.faq.map(({ id, question, answer }) => ({
        id,
        question: joined(said(question[language])),
        pieces: said(answer[language]),
        concerns: about(`${question[language]} ${answer[language]}`),
      })),
    ],
    values: Object.entries(values).map(([name, now]) => ({ name, now })),
  }
}

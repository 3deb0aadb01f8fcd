import { createHash } from 'node:crypto'
import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import { type Bilingual, languages } from '../lib/words.ts'
import { valuesNamedIn } from '../programme/template.ts'

/** The reasons not to send a letter, in the order in which they are told. */
export const letterRefusals = [
  'language-missing',
  'unknown-value',
  'nobody',
  'too-many',
  'list-changed',
  'number-again',
] as const
export type LetterRefusal = (typeof letterRefusals)[number]

/** Most people of one letter; a larger list is written to part by part. */
export const mostAddressed = 20_000

/** What is filled in for each reader beside the programme's own values. */
export const personValues = ['name', 'where'] as const

/** A letter as it was written. */
export interface Written {
  subject: Bilingual
  body: Bilingual
}

/** The values that a letter names, each once. */
export const namedIn = ({ subject, body }: Written): string[] => [
  ...new Set(languages.flatMap(language => valuesNamedIn(`${subject[language]}\n${body[language]}`))),
]

/** What is missing of a text, or null: nobody is written to in half of the languages, or with a hole in the sentence. */
export function wrongText(
  letter: Written,
  known: ReadonlySet<string>,
): Refused<'language-missing' | 'unknown-value'> | null {
  const empty = (['subject', 'body'] as const).flatMap(field =>
    languages
      .filter(language => letter[field][language].trim() === '')
      .map(language => ({ field, language })),
  )[0]
  if (empty) return no('language-missing', empty)
  const unknown = namedIn(letter).find(value => !known.has(value))
  return unknown === undefined ? null : no('unknown-value', { value: unknown })
}

/** Names exactly these people and this text. */
export const sealOf = (people: readonly number[], { subject, body }: Written): string =>
  createHash('sha256')
    .update(JSON.stringify([people, languages.map(language => [subject[language], body[language]])]))
    .digest('hex')

/** Whether so many people are looked at a second time before they are written to. */
export const needsSecondLook = (people: number, secondLookPeople: number): boolean =>
  people > secondLookPeople

/** Whether there is somebody to write to, and not too many. */
export function mayAddress(people: number): Decision<object, 'nobody' | 'too-many'> {
  if (people === 0) return no('nobody')
  return people > mostAddressed ? no('too-many', { most: mostAddressed }) : yes({})
}

/** Whether what was previewed is what is sent now, and the number was said again where there are many. */
export function maySend(
  asked: { seal: string; people?: number | undefined },
  now: { seal: string; people: number; secondLookPeople: number },
): Decision<object, 'list-changed' | 'number-again'> {
  if (asked.seal !== now.seal) return no('list-changed', { people: now.people })
  const again = needsSecondLook(now.people, now.secondLookPeople)
  return again && asked.people !== now.people ? no('number-again', { people: now.people }) : yes({})
}

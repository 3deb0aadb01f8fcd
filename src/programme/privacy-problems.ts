import type { Contradiction } from './contradictions.ts'
import type { Programme } from './shape.ts'

type Privacy = NonNullable<Programme['privacy']>

/** What each law asks a notice to say that a programme may leave out otherwise. */
const asked = {
  pdpa: [],
  gdpr: ['officer', 'authority'],
} as const satisfies Record<Privacy['laws'][number], readonly (keyof Privacy)[]>

/** A notice that leaves out what its laws ask for, or names one thing twice, is not published. */
export function* privacyProblems({ privacy }: Programme): Generator<Contradiction> {
  if (privacy === undefined) return
  for (const law of privacy.laws)
    for (const field of asked[law])
      if (privacy[field] === undefined)
        yield { path: ['privacy'], rule: 'law-asks-more', facts: { law: law.toUpperCase(), field } }
  for (const list of ['purposes', 'recipients'] as const) {
    const seen = new Set<string>()
    for (const [index, { id }] of privacy[list].entries()) {
      if (seen.has(id)) yield { path: ['privacy', list, index, 'id'], rule: 'doubled-id', facts: { id } }
      seen.add(id)
    }
  }
  // Taiwan's notice names each purpose by its number in the list of the authority.
  if (privacy.laws.includes('pdpa') && privacy.purposes.every(({ code }) => code === undefined))
    yield { path: ['privacy', 'purposes'], rule: 'law-asks-more', facts: { law: 'PDPA', field: 'code' } }
}

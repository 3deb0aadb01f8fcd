import type { Contradiction } from './contradictions.ts'
import type { Programme } from './shape.ts'

const known = (items: readonly { id: string }[]): string =>
  items
    .slice(0, 12)
    .map(({ id }) => id)
    .join(', ')

/** Temporary cards are of an edition of their own, so that none of them is ever given or ended as a student's card. */
export function* temporaryCardProblems(programme: Programme): Generator<Contradiction> {
  const { temporaryCards, editions, counters, issued, deadline } = programme
  if (temporaryCards === undefined) return
  const { edition } = temporaryCards
  const path = ['temporaryCards', 'edition']
  if (!editions.some(({ id }) => id === edition))
    yield { path, rule: 'unknown-edition', facts: { id: edition, known: known(editions) } }
  if (deadline.editions.includes(edition) || issued.some(record => record.edition === edition))
    yield { path, rule: 'temporary-edition-given', facts: { edition } }
  for (const [index, id] of temporaryCards.counters.entries())
    if (!counters.some(counter => counter.id === id))
      yield {
        path: ['temporaryCards', 'counters', index],
        rule: 'unknown-counter',
        facts: { id, known: known(counters) },
      }
}

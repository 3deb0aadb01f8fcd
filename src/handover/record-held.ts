import { accessEndsAt } from '../programme/deadline.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { keepHandovers, keepOldUse } from './store.ts'

/** A card that was given to its holder elsewhere than at a desk of ours. */
export interface HeldCard {
  cardId: number
  personId: number
  edition: string
  since: Temporal.Instant
}

/**
 * Records the cards that students held before Gatehouse: custody since then, and campus access until the
 * programme ends it for their edition.
 */
export async function recordOldCards(act: Act, cards: readonly HeldCard[]): Promise<void> {
  const programme = await programmeInForce(act)
  await keepHandovers(act, cards.map(asHandover('before-gatehouse')))
  await keepOldUse(
    act,
    cards.map(({ cardId, personId, edition, since }) => ({
      cardId,
      personId,
      from: since,
      until: accessEndsAt(programme, edition),
    })),
  )
  await act.note(...cards.map(({ cardId, personId }) => ({ act: 'old card recorded', personId, cardId })))
}

/**
 * Records the cards that freshmen got at the health examination (the notice's point 2): custody since then;
 * campus access begins when the holder activates.
 */
export async function recordHealthCheckCards(act: Act, cards: readonly HeldCard[]): Promise<void> {
  await keepHandovers(act, cards.map(asHandover('health-check')))
  await act.note(
    ...cards.map(({ cardId, personId }) => ({ act: 'card given at health check', personId, cardId })),
  )
}

const asHandover =
  (how: 'health-check' | 'before-gatehouse') =>
  ({ cardId, personId, edition, since }: HeldCard) => ({
    cardId,
    personId,
    edition,
    how,
    at: since,
    evidence: null,
    evidenceCardId: null,
    confirmationId: null,
    counter: null,
    clerk: null,
  })

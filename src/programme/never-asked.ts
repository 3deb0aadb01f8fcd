import type { Contradiction } from './contradictions.ts'
import { isDocument } from './rules.ts'
import type { Programme } from './shape.ts'

/** What the desk would never ask for, though the programme says it. */
export function* neverAsked({ evidence, pickup }: Programme): Generator<Contradiction> {
  for (const [index, { id, kinds }] of evidence.entries())
    if (kinds && !isDocument(id))
      yield { path: ['evidence', index, 'kinds'], rule: 'kinds-never-asked', facts: { id } }
  for (const [index, group] of pickup.proxy.bring.entries())
    if (group.includes('app-proof'))
      yield { path: ['pickup', 'proxy', 'bring', index], rule: 'proxy-shows-the-phone', facts: {} }
  if (pickup.whenNeitherConfirmedBy === 'clerk-alone') return
  for (const [index, group] of pickup.whenNeither.entries()) {
    const enough = pickup.accepts.find(accepted => accepted.every(id => group.includes(id)))
    if (enough)
      yield {
        path: ['pickup', 'whenNeither', index],
        rule: 'second-person-never-asked',
        facts: { id: enough.join(', ') },
      }
  }
}

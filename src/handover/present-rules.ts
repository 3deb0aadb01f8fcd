import { sameInBoth } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Bilingual } from '../lib/words.ts'
import { isDocument } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'

/** One way in which a clerk sees who stands there: the old card or a document, and which kind of it. */
export interface Check {
  /** As forms and the journal name it: "old-card", "id-document:passport". */
  id: string
  name: Bilingual
  kind: Bilingual | null
}

/**
 * The ways in which a clerk can see who stands at the desk without a phone, as the programme lists them for pickup: the
 * old card, and the documents of who has neither. The app's live proof is none of them: it needs the phone.
 */
export function checksOf({ evidence, pickup }: Pick<Programme, 'evidence' | 'pickup'>): Check[] {
  const asked = new Set([...pickup.accepts, ...pickup.whenNeither].flat())
  return evidence
    .filter(({ id }) => asked.has(id) && (id === 'old-card' || isDocument(id)))
    .flatMap(({ id, name, kinds }): Check[] =>
      kinds
        ? kinds.map(kind => ({ id: `${id}:${kind.id}`, name, kind: kind.name }))
        : [{ id, name, kind: null }],
    )
}

/** How a person was seen, in the programme's words: the kind of a document where it has one. What it knows no more is its id. */
export function checkedSaid({ evidence }: Pick<Programme, 'evidence'>, id: string): Bilingual {
  const [shown = id, kind] = id.split(':')
  const known = evidence.find(each => each.id === shown)
  return known?.kinds?.find(each => each.id === kind)?.name ?? known?.name ?? sameInBoth(id)
}

/** Whether a clerk may act for who stands there: only after saying in which of the programme's ways they saw who it is. */
export function mayActFor(
  programme: Pick<Programme, 'evidence' | 'pickup'>,
  checked: string,
): Decision<{ check: Check }, 'not-checked'> {
  const check = checksOf(programme).find(({ id }) => id === checked)
  return check
    ? yes({ check })
    : no('not-checked', {
        ways: checksOf(programme)
          .map(({ id }) => id)
          .join(', '),
      })
}

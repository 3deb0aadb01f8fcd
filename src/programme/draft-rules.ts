import { type Decision, no, yes } from '../lib/decision.ts'

/** A draft as its rules see it. */
export interface DraftFacts {
  revision: number
  /** The version that it began from, or whose changes it was brought up to; null: none was in force. */
  comparedWith: number | null
  /** Published, or set aside. */
  ended: boolean
  /** Who kept it last. */
  keptBy: string
  /** The proposal that waits for an answer. */
  proposed: { id: number; by: string } | null
}

/** A proposal as its rules see it. */
export interface ProposalFacts {
  proposedBy: string
  answer: 'published' | 'declined' | 'withdrawn' | null
}

/** So many drafts are open at once at most. */
export const mostDrafts = 50

/** Why a draft is not kept, proposed or answered, in the order in which it is told. */
export const draftRefusals = [
  'too-many-drafts',
  'no-such-version',
  'no-such-draft',
  'draft-ended',
  'draft-is-proposed',
  'draft-changed-meanwhile',
  'draft-behind',
  'no-such-proposal',
  'proposal-answered',
  'own-proposal',
  'not-own-proposal',
  'reason-missing',
] as const
export type DraftRefusal = (typeof draftRefusals)[number]

/** Whether one more draft may be begun. */
export const mayBegin = (open: number): Decision<object, DraftRefusal> =>
  open < mostDrafts ? yes({}) : no('too-many-drafts', { most: mostDrafts })

/** Whether a draft may be changed by somebody who read that revision of it: of two who write at once, the second is told. */
export function mayKeep(draft: DraftFacts | null, revision: number): Decision<object, DraftRefusal> {
  if (draft === null) return no('no-such-draft')
  if (draft.ended) return no('draft-ended')
  if (draft.proposed) return no('draft-is-proposed', { proposal: draft.proposed.id })
  if (draft.revision !== revision)
    return no('draft-changed-meanwhile', { revision: draft.revision, by: draft.keptBy })
  return yes({})
}

/** Whether a draft may be proposed: the revision that was read, and with every version in mind that was published since it began. */
export function mayPropose(
  draft: DraftFacts | null,
  { revision, inForce }: { revision: number; inForce: number | null },
): Decision<object, DraftRefusal> {
  const kept = mayKeep(draft, revision)
  if (!kept.ok) return kept
  return draft?.comparedWith === inForce ? yes({}) : no('draft-behind', { version: inForce })
}

/** Whether somebody answers a proposal: another officer publishes or declines it, who proposed it may take it back. */
export function mayAnswer(
  proposal: ProposalFacts | null,
  { who, answer, reason }: { who: string; answer: 'published' | 'declined' | 'withdrawn'; reason?: string },
): Decision<object, DraftRefusal> {
  if (proposal === null) return no('no-such-proposal')
  if (proposal.answer !== null) return no('proposal-answered', { answer: proposal.answer })
  const own = proposal.proposedBy === who
  if (answer === 'withdrawn') return own ? yes({}) : no('not-own-proposal')
  if (own) return no('own-proposal')
  return answer === 'declined' && (reason ?? '').trim() === '' ? no('reason-missing') : yes({})
}

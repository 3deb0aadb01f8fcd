import { Type } from 'typebox'
import type { Language } from '../lib/words.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import type { Draft, DraftRow, Proposal } from './draft-store.ts'
import type { Looked } from './publish.ts'
import { CheckReply, checkReply } from './publish-api.ts'

const Person = Type.Object({ id: Type.String(), ...Both.properties }, { description: 'One of the staff' })

const draftFields = {
  id: Type.Integer(),
  name: Type.String(),
  revision: Type.Integer({
    description: 'Counts each time it was kept; keeping asks for the one that was read',
  }),
  comparedWith: orNull(Type.Integer({ description: 'The version it began from or was brought up to' })),
  begunAt: Moment,
  begunBy: Person,
  keptAt: Moment,
  keptBy: Person,
  ended: Type.Boolean(),
  proposal: orNull(Type.Object({ id: Type.Integer(), at: Moment, by: Person, own: Type.Boolean() })),
  declined: orNull(Type.String({ description: 'Why its last proposal was declined' })),
}

/** A draft as a list tells it. */
export const DraftListed = Type.Object(draftFields)
export type DraftListed = Type.Static<typeof DraftListed>

/** A draft with its text. */
export const DraftReply = Type.Object({
  ...draftFields,
  source: Type.String(),
  inForce: orNull(Type.Integer({ description: 'The version in force' })),
  alone: Type.Boolean({ description: 'Whether one officer may publish it alone' }),
})
export type DraftReply = Type.Static<typeof DraftReply>

/** A proposal that waits for another officer. */
export const ProposalWaiting = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  at: Moment,
  by: Person,
})
export type ProposalWaiting = Type.Static<typeof ProposalWaiting>

/** A proposal with the text that was proposed, and what publishing it would change and bring now. */
export const ProposalReply = Type.Object({
  id: Type.Integer(),
  draftId: Type.Integer(),
  name: Type.String(),
  note: Type.String(),
  proposedAt: Moment,
  proposedBy: Person,
  own: Type.Boolean(),
  answer: orNull(Type.Enum(['published', 'declined', 'withdrawn'])),
  answeredAt: orNull(Moment),
  answeredBy: orNull(Person),
  reason: orNull(Type.String()),
  source: Type.String(),
  check: CheckReply,
})
export type ProposalReply = Type.Static<typeof ProposalReply>

/** A draft for a list, as somebody reads it. */
export const draftListed = (row: DraftRow, who: string): DraftListed => ({
  id: row.id,
  name: row.name,
  revision: row.revision,
  comparedWith: row.comparedWith,
  begunAt: row.begunAt.toString(),
  begunBy: row.begunBy,
  keptAt: row.keptAt.toString(),
  keptBy: row.keptBy,
  ended: row.endedAt !== null,
  proposal:
    row.proposalId !== null && row.proposedBy && row.proposedAt
      ? {
          id: row.proposalId,
          at: row.proposedAt.toString(),
          by: row.proposedBy,
          own: row.proposedBy.id === who,
        }
      : null,
  declined: row.declined,
})

/** A draft with its text, as somebody reads it. */
export const draftReply = (
  draft: Draft,
  { who, inForce, alone }: { who: string; inForce: number | null; alone: boolean },
): DraftReply => ({ ...draftListed(draft, who), source: draft.source, inForce, alone })

/** A proposal beside what it would change and bring now. */
export const proposalReply = (
  proposal: Proposal,
  { looked, who, language }: { looked: Looked; who: string; language: Language },
): ProposalReply => ({
  ...proposal,
  proposedAt: proposal.proposedAt.toString(),
  own: proposal.proposedBy.id === who,
  answeredAt: proposal.answeredAt?.toString() ?? null,
  check: checkReply(looked, language),
})

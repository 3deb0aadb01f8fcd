import { type Decision, no, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import {
  type DraftRefusal,
  mayAnswer,
  mayBegin,
  mayKeep,
  mayPropose,
  type ProposalFacts,
} from './draft-rules.ts'
import {
  draftOf,
  keepAnswer,
  keepComparison,
  keepDraftEnd,
  keepNewDraft,
  keepProposal,
  keepText,
  lockDraft,
  lockProposal,
  openDrafts,
  type Proposal,
} from './draft-store.ts'
import type { PublishRefusal } from './may-publish.ts'
import { lookAtProgramme, publishNewProgramme } from './publish.ts'
import { readProgramme } from './read.ts'
import { publishedInForce, sourceOf } from './store.ts'

type Decided<Yes extends object> = Promise<Decision<Yes, DraftRefusal>>

/**
 * What a draft begins with: a version as it was published, or a text, with the version that it was written from or looked
 * at beside (null: none); a text of which nothing is said was looked at beside what is in force.
 */
export type Beginning = { version: number } | { source: string; comparedWith?: number | null }

/** Begins a draft; one that was not compared with what is in force is told so when it is proposed. */
export async function beginDraft(
  act: Act,
  { name, from }: { name: string; from: Beginning },
): Decided<{ draftId: number }> {
  const decision = mayBegin((await openDrafts(act)).length)
  if (!decision.ok) return decision
  const inForce = (await publishedInForce(act))?.version ?? null
  const { comparedWith = inForce } = 'version' in from ? { comparedWith: from.version } : from
  const version = comparedWith === null ? null : await sourceOf(act, comparedWith)
  if (comparedWith !== null && version === null) return no('no-such-version')
  const source = 'source' in from ? from.source : version!.source
  const draftId = await keepNewDraft(act, { name, source, comparedWith })
  await act.note({ act: 'programme draft begun', facts: { draft: draftId } })
  return yes({ draftId })
}

/** Keeps what a draft says now. Nothing is journalled for every keystroke: the draft says who kept it last. */
export async function keepDraft(
  act: Act,
  { draftId, revision, source }: { draftId: number; revision: number; source: string },
): Decided<{ revision: number }> {
  const decision = mayKeep(await lockDraft(act, draftId), revision)
  return decision.ok ? yes({ revision: await keepText(act, draftId, source) }) : decision
}

/** Says that a draft was read beside the version in force, and has its changes in it or means to undo them. */
export async function bringUp(
  act: Act,
  { draftId, revision, version }: { draftId: number; revision: number; version: number | null },
): Decided<{ revision: number }> {
  const decision = mayKeep(await lockDraft(act, draftId), revision)
  if (!decision.ok) return decision
  const inForce = (await publishedInForce(act))?.version ?? null
  if (inForce !== version) return no('draft-behind', { version: inForce })
  await keepComparison(act, draftId, version)
  return yes({ revision: revision + 1 })
}

/** Sets a draft aside: it is on no list any more. */
export async function setDraftAside(
  act: Act,
  { draftId, revision }: { draftId: number; revision: number },
): Decided<object> {
  const decision = mayKeep(await lockDraft(act, draftId), revision)
  if (!decision.ok) return decision
  await keepDraftEnd(act, draftId)
  await act.note({ act: 'programme draft set aside', facts: { draft: draftId } })
  return yes({})
}

/** Proposes a draft as it is now; refused for everything for which publishing it would be refused now. */
export async function proposeDraft(
  act: Act,
  { draftId, revision, note }: { draftId: number; revision: number; note: string },
): Promise<Decision<{ proposalId: number }, DraftRefusal | PublishRefusal>> {
  const facts = await lockDraft(act, draftId)
  const inForce = (await publishedInForce(act))?.version ?? null
  const decision = mayPropose(facts, { revision, inForce })
  if (!decision.ok) return decision
  const draft = (await draftOf(act, draftId))!
  const reading = readProgramme(draft.source)
  const looked = await lookAtProgramme(act, { source: draft.source, reading })
  if (!looked.ok)
    return no('programme-has-problems', {
      count: looked.problems.length,
      line: looked.problems[0]?.line ?? 1,
    })
  const [refused] = looked.refusals
  if (refused) return refused
  const proposalId = await keepProposal(act, { draftId, seal: looked.seal, note: note.trim() })
  await act.note({ act: 'programme proposed', facts: { draft: draftId, proposal: proposalId } })
  return yes({ proposalId })
}

const factsOf = (proposal: Proposal | null): ProposalFacts | null =>
  proposal && { proposedBy: proposal.proposedBy.id, answer: proposal.answer }

/** Another officer publishes what was proposed: that very text, in place of the version it was compared with, or nothing. */
export async function publishProposal(
  act: Act,
  proposalId: number,
): Promise<Decision<{ version: number }, DraftRefusal | PublishRefusal>> {
  const proposal = await lockProposal(act, proposalId)
  const decision = mayAnswer(factsOf(proposal), { who: act.actor.id, answer: 'published' })
  if (!decision.ok) return decision
  const { source, comparedWith, seal, draftId } = proposal!
  const looked = { source, reading: readProgramme(source), comparedWith, seal, proposalId }
  return publishNewProgramme(act, looked, async () => {
    await keepAnswer(act, { proposalId, answer: 'published' })
    await keepDraftEnd(act, draftId)
  })
}

/** One officer publishes a draft alone, as it was looked at; refused where the version in force asks for a second person. */
export async function publishDraft(
  act: Act,
  { draftId, revision, seal }: { draftId: number; revision: number; seal: string },
): Promise<Decision<{ version: number }, DraftRefusal | PublishRefusal>> {
  const inForce = (await publishedInForce(act))?.version ?? null
  const decision = mayPropose(await lockDraft(act, draftId), { revision, inForce })
  if (!decision.ok) return decision
  const { source } = (await draftOf(act, draftId))!
  const looked = { source, reading: readProgramme(source), comparedWith: inForce, seal }
  return publishNewProgramme(act, looked, () => keepDraftEnd(act, draftId))
}

/** Another officer declines a proposal, with the reason, or who proposed it takes it back; the draft may be changed again. */
export async function endProposal(
  act: Act,
  {
    proposalId,
    ...given
  }: { proposalId: number } & ({ answer: 'declined'; reason: string } | { answer: 'withdrawn' }),
): Decided<object> {
  const proposal = await lockProposal(act, proposalId)
  const decision = mayAnswer(factsOf(proposal), { who: act.actor.id, ...given })
  if (!decision.ok) return decision
  const reason = given.answer === 'declined' ? given.reason.trim() : null
  await keepAnswer(act, { proposalId, answer: given.answer, reason })
  await act.note({ act: `programme proposal ${given.answer}`, facts: { proposal: proposalId } })
  return yes({})
}

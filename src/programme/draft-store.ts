import type { Act } from '../server/register.ts'
import type { DraftFacts, ProposalFacts } from './draft-rules.ts'

/** Names of somebody of the staff, or null where it was not one of them. */
interface Named {
  id: string
  'zh-TW': string
  en: string
}

/** A draft as the list of drafts tells it. */
export interface DraftRow {
  id: number
  name: string
  revision: number
  comparedWith: number | null
  begunAt: Temporal.Instant
  begunBy: Named
  keptAt: Temporal.Instant
  keptBy: Named
  endedAt: Temporal.Instant | null
  /** The proposal that waits for an answer. */
  proposalId: number | null
  proposedBy: Named | null
  proposedAt: Temporal.Instant | null
  /** Why its last proposal was declined, where it was. */
  declined: string | null
}

/** A draft with what it says. */
export type Draft = DraftRow & { source: string }

const named = (row: string): string =>
  `jsonb_build_object('id', ${row}.id, 'zh-TW', ${row}.name_zh, 'en', ${row}.name_en)`

const columns = `
  d.id, d.name, d.revision, d.compared_with as "comparedWith", d.begun_at as "begunAt", d.kept_at as "keptAt",
  d.ended_at as "endedAt", ${named('b')} as "begunBy", ${named('k')} as "keptBy", p.id as "proposalId",
  p.proposed_at as "proposedAt", case when p.id is not null then ${named('o')} end as "proposedBy",
  (select l.reason from programme_proposal l where l.draft_id = d.id order by l.id desc limit 1) as declined`
const tables = `
  programme_draft d join staff b on b.id = d.begun_by join staff k on k.id = d.kept_by
  left join programme_proposal p on p.draft_id = d.id and p.answer is null left join staff o on o.id = p.proposed_by`

const listSql = `select ${columns} from ${tables} where d.ended_at is null order by d.kept_at desc, d.id desc`

/** The drafts that are open, the one kept last first. */
export const openDrafts = (act: Act): Promise<DraftRow[]> =>
  act.statement<DraftRow>('programme_drafts', listSql, [])

const draftSql = `select ${columns}, d.source from ${tables} where d.id = $1`

/** A draft with its text, or null. */
export async function draftOf(act: Act, draftId: number): Promise<Draft | null> {
  const [row] = await act.statement<Draft>('programme_draft', draftSql, [draftId])
  return row ?? null
}

const lockSql = `
  select d.revision, d.compared_with as "comparedWith", d.ended_at is not null as ended, d.kept_by as "keptBy",
         (select jsonb_build_object('id', p.id, 'by', p.proposed_by)
          from programme_proposal p where p.draft_id = d.id and p.answer is null) as proposed
  from programme_draft d where d.id = $1 for update`

/** Takes a draft, so that nobody else writes it meanwhile, and says how it stands. */
export async function lockDraft(act: Act, draftId: number): Promise<DraftFacts | null> {
  await act.statement('lock_programme_draft', 'select from programme_draft where id = $1 for update', [
    draftId,
  ])
  const [row] = await act.statement<DraftFacts>('programme_draft_facts', lockSql, [draftId])
  return row ?? null
}

const beginSql = `
  insert into programme_draft (name, source, compared_with, begun_at, begun_by, kept_at, kept_by)
  values ($1, $2, $3, $4, $5, $4, $5) returning id`

/** Keeps a new draft. */
export async function keepNewDraft(
  act: Act,
  draft: { name: string; source: string; comparedWith: number | null },
): Promise<number> {
  const { name, source, comparedWith } = draft
  const values = [name, source, comparedWith, act.now, act.actor.id]
  const [row] = await act.statement<{ id: number }>('begin_programme_draft', beginSql, values)
  return row!.id
}

const keepSql = `
  update programme_draft set source = $2, revision = revision + 1, kept_at = $3, kept_by = $4
  where id = $1 returning revision`

/** Keeps what a draft says now, and says its new revision. */
export async function keepText(act: Act, draftId: number, source: string): Promise<number> {
  const values = [draftId, source, act.now, act.actor.id]
  const [row] = await act.statement<{ revision: number }>('keep_programme_draft', keepSql, values)
  return row!.revision
}

/** Keeps that a draft was brought up to a version. */
export async function keepComparison(act: Act, draftId: number, version: number | null): Promise<void> {
  const sql = 'update programme_draft set compared_with = $2, revision = revision + 1 where id = $1'
  await act.statement('compare_programme_draft', sql, [draftId, version])
}

/** Keeps that a draft has ended. */
export async function keepDraftEnd(act: Act, draftId: number): Promise<void> {
  const sql = 'update programme_draft set ended_at = $2, ended_by = $3 where id = $1 and ended_at is null'
  await act.statement('end_programme_draft', sql, [draftId, act.now, act.actor.id])
}

/** A proposal, with the text that was proposed. */
export interface Proposal {
  id: number
  draftId: number
  name: string
  source: string
  comparedWith: number | null
  seal: string
  note: string
  proposedAt: Temporal.Instant
  proposedBy: Named
  answer: ProposalFacts['answer']
  answeredAt: Temporal.Instant | null
  answeredBy: Named | null
  reason: string | null
}

const proposalSql = `
  select p.id, p.draft_id as "draftId", d.name, p.source, p.compared_with as "comparedWith", p.seal, p.note,
         p.proposed_at as "proposedAt", ${named('o')} as "proposedBy", p.answer, p.answered_at as "answeredAt",
         case when a.id is not null then ${named('a')} end as "answeredBy", p.reason
  from programme_proposal p join programme_draft d on d.id = p.draft_id join staff o on o.id = p.proposed_by
  left join staff a on a.id = p.answered_by where p.id = $1`

/** A proposal with its text, or null. */
export async function proposalOf(act: Act, proposalId: number): Promise<Proposal | null> {
  const [row] = await act.statement<Proposal>('programme_proposal', proposalSql, [proposalId])
  return row ?? null
}

const forAnotherSql = `
  select p.id, d.name, p.proposed_at as at, ${named('o')} as by
  from programme_proposal p join programme_draft d on d.id = p.draft_id join staff o on o.id = p.proposed_by
  where p.answer is null and p.proposed_by <> $1 order by p.id`

/** The proposals without an answer that the actor may answer: those of others, the oldest first. */
export const proposalsForAnother = (act: Act) =>
  act.statement<{ id: number; name: string; at: Temporal.Instant; by: Named }>(
    'programme_proposals_for_another',
    forAnotherSql,
    [act.actor.id],
  )

const proposeSql = `
  insert into programme_proposal (draft_id, source, compared_with, seal, note, proposed_at, proposed_by)
  select id, source, compared_with, $2, $3, $4, $5 from programme_draft where id = $1 returning id`

/** Keeps a draft, as it is now, as a proposal. */
export async function keepProposal(
  act: Act,
  { draftId, seal, note }: { draftId: number; seal: string; note: string },
): Promise<number> {
  const values = [draftId, seal, note, act.now, act.actor.id]
  const [row] = await act.statement<{ id: number }>('propose_programme', proposeSql, values)
  return row!.id
}

const answerSql = `
  update programme_proposal set answer = $2, answered_at = $3, answered_by = $4, reason = $5 where id = $1`

/** Keeps what became of a proposal. */
export async function keepAnswer(
  act: Act,
  { proposalId, answer, reason = null }: { proposalId: number; answer: string; reason?: string | null },
): Promise<void> {
  await act.statement('answer_programme', answerSql, [proposalId, answer, act.now, act.actor.id, reason])
}

/** Takes a proposal, so that it is answered once. */
export async function lockProposal(act: Act, proposalId: number): Promise<Proposal | null> {
  const sql = 'select from programme_proposal where id = $1 for update'
  await act.statement('lock_programme_proposal', sql, [proposalId])
  return proposalOf(act, proposalId)
}

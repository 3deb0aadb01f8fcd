import { createHash } from 'node:crypto'
import { type Decision, type Refused, yes } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import { decidedAlready } from './decided.ts'
import { type Change, differenceBetween } from './difference.ts'
import {
  type Brings,
  mayPublish,
  type PublishRefusal,
  reasonsNotToPublish,
  whatItBrings,
} from './may-publish.ts'
import type { Problem, ProgrammeReading } from './read.ts'
import type { Programme } from './shape.ts'
import { keepCardsOut, type Published, publishedInForce, publishProgramme } from './store.ts'

/** Names this text, compared with that version: what was looked at is what is published, or nothing. */
export const sealOf = (source: string, comparedWith: number | null): string =>
  createHash('sha256')
    .update(JSON.stringify([comparedWith, source]))
    .digest('hex')
    .slice(0, 32)

/** A text that was looked at: all its problems, or what it would change and bring. */
export type Looked =
  | { ok: false; inForce: Published | null; problems: Problem[] }
  | {
      ok: true
      inForce: Published | null
      programme: Programme
      seal: string
      changes: Change[]
      brings: Brings
      refusals: Refused<PublishRefusal>[]
    }

/** Compares a programme's text with what is in force and says what publishing it would bring. Nothing is changed. */
export async function lookAtProgramme(
  act: Act,
  { source, reading }: { source: string; reading: ProgrammeReading },
): Promise<Looked> {
  const inForce = await publishedInForce(act)
  if (!reading.ok) return { ok: false, inForce, problems: reading.problems }
  const { programme } = reading
  const comparedWith = inForce?.version ?? null
  const decided = await decidedAlready(act, act.now)
  const before = inForce?.programme ?? null
  return {
    ok: true,
    inForce,
    programme,
    seal: sealOf(source, comparedWith),
    changes: differenceBetween(before, programme),
    brings: whatItBrings(before, programme, { now: act.now, decided }),
    refusals: reasonsNotToPublish({
      now: act.now,
      reading,
      inForce,
      comparedWith,
      sealFits: true,
      cardsComingIn: false,
      alone: false,
      decided,
    }),
  }
}

/** What is to be published: the text as it reads, and what it was compared with when it was looked at. */
export interface ToPublish {
  source: string
  reading: ProgrammeReading
  comparedWith: number | null
  seal: string
  /** What another officer proposed; null: somebody publishes it alone. */
  proposalId?: number | null
}

/**
 * Makes a text that was looked at the programme in force. It runs while no other act does (`register.alone`), so that
 * what it reads is still so when it is kept (new cards come in aside from other acts: while they do it is refused); what
 * follows for cards and doors happens in this same transaction. `keepFirst` keeps what the version refers to.
 */
export async function publishNewProgramme(
  act: Act,
  { source, reading, comparedWith, seal, proposalId = null }: ToPublish,
  keepFirst: () => Promise<void> = async () => {},
): Promise<Decision<{ version: number }, PublishRefusal>> {
  const decision = mayPublish({
    now: act.now,
    reading,
    inForce: await publishedInForce(act),
    comparedWith,
    sealFits: seal === sealOf(source, comparedWith),
    cardsComingIn: !(await keepCardsOut(act)),
    alone: proposalId === null,
    decided: await decidedAlready(act, act.now),
  })
  if (!decision.ok) return decision
  await keepFirst()
  const { programme, replaces } = decision
  return yes({ version: await publishProgramme(act, programme, source, { replaces, proposalId }) })
}

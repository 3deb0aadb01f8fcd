import type { CheckedRow } from '../card/file-check.ts'
import type { FileKind } from '../card/file-columns.ts'
import type { CardFileRefusal } from '../card/file-rows.ts'
import type { FileWill } from '../card/file-store.ts'
import {
  type GivenFile,
  type TakenCard,
  type TakeRefusal,
  takeCardFile,
  takeGoodFile,
} from '../card/take-file.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { type HeldCard, recordHealthCheckCards, recordOldCards } from './record-held.ts'

/** When a card was given whose file knows only the day: noon there, and never later than now. */
function givenAt(on: string, zone: string, now: Temporal.Instant): Temporal.Instant {
  const noon = Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).toInstant()
  return Temporal.Instant.compare(noon, now) < 0 ? noon : now
}

/** What applying a file did: its counts, and which card each chip number became. */
export interface AppliedCardFile {
  will: FileWill
  cards: { cardId: number; chip: string; studentNumber: string | null }[]
}

/**
 * Applies an uploaded file of cards: takes the cards into the register, and where students hold them already, records
 * since when: the cards of before Gatehouse with their campus access, those of the health examination without.
 */
export async function applyCardFile(
  act: Act,
  which: { uploadId: number; seal: string },
): Promise<Decision<AppliedCardFile, TakeRefusal>> {
  const done = await takeCardFile(act, which)
  return done.ok ? yes(await recordHeld(act, done)) : done
}

/** Takes in and applies a file of cards in one act of a campus's setting up; `bad` is empty, or nothing was applied. */
export async function bringCardFile(
  act: Act,
  given: GivenFile,
): Promise<Decision<AppliedCardFile & { bad: readonly CheckedRow[] }, CardFileRefusal>> {
  const done = await takeGoodFile(act, given)
  return done.ok ? yes({ bad: done.bad, ...(await recordHeld(act, done)) }) : done
}

async function recordHeld(
  act: Act,
  done: { kind: FileKind; cards: readonly TakenCard[]; will: FileWill },
): Promise<AppliedCardFile> {
  const { zone } = (await programmeInForce(act)).campus
  const held = done.cards.flatMap(({ cardId, personId, card }): HeldCard[] =>
    personId === null || card.heldSince === null
      ? []
      : [{ cardId, personId, edition: card.edition, since: givenAt(card.heldSince, zone, act.now) }],
  )
  if (done.kind === 'old-cards') await recordOldCards(act, held)
  if (done.kind === 'health-check') await recordHealthCheckCards(act, held)
  return {
    will: done.will,
    cards: done.cards.map(({ cardId, card }) => ({
      cardId,
      chip: card.chip,
      studentNumber: card.studentNumber,
    })),
  }
}

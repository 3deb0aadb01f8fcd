import { parseChipNumber } from '../card/numbers.ts'
import { mayHandCard } from '../card/rules.ts'
import { cardByChip, type RegisteredCard } from '../card/store.ts'
import type { Errand } from '../eligibility/rules.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { cardAtDesk } from '../handover/hand-over.ts'
import type { Decision } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById, type RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { type InBatchRefusal, mayGoInBatch } from './rules.ts'
import { isForReissue } from './store.ts'

/** A card that was scanned into a batch: whose it is, and whether it goes. */
export interface ScannedCard {
  chip: string
  card: RegisteredCard | null
  holder: RegisteredPerson | null
  /** Where the holder is sent; for the words of a refusal. */
  errand: Errand | null
  edition: string
  decision: Decision<object, InBatchRefusal>
}

/** Judges a card for a batch, by the rules that its holder is served by at this counter. */
export async function judgeCard(
  act: Act,
  chip: string,
  { representative, counter }: { representative: RegisteredPerson; counter: string },
): Promise<ScannedCard> {
  const read = parseChipNumber(chip)
  const card = read.ok ? await cardByChip(act, read.chip) : null
  const programme = await programmeInForce(act)
  const holder = card?.madeFor ? await personById(act, card.madeFor.personId) : null
  const found = holder && (await eligibilityOf(act, holder))
  const eligible = found?.decision ?? null
  const edition = eligible?.ok ? eligible.edition : (card?.edition ?? '')
  const recipient = { studentNumber: holder?.studentNumber ?? '', edition, zone: programme.campus.zone }
  return {
    chip,
    card,
    holder,
    errand: eligible && (eligible.ok ? eligible : eligible.errand),
    edition,
    decision: mayGoInBatch(
      {
        holder,
        card: mayHandCard(card && cardAtDesk(card, programme), recipient),
        eligible: eligible ?? { ok: false, refusal: 'not-concerned', facts: {} },
        isReissue:
          (found?.isReissue ?? false) ||
          (card !== null && (await isForReissue(act, { cardId: card.cardId, personId: holder?.id ?? null }))),
      },
      representative,
      counter,
    ),
  }
}

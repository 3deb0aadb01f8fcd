import { type Decision, yes } from '../lib/decision.ts'
import { accessEndsAt } from '../programme/deadline.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import type { ReplacementProduced } from './missing.ts'
import { forPersonPresent, type OwnCard } from './pause.ts'
import {
  type FoundAs,
  type FoundRefusal,
  givenBack,
  type LossReport,
  mayBeFound,
  mayWithdraw,
  type WithdrawalRefusal,
} from './rules.ts'
import { givingBack, keepFound, lossFacts, replacedBy } from './store.ts'

/**
 * The room of reissues comes later in the flow, and is asked whether a replacement was produced: once the person is locked,
 * because a card is produced under the same lock.
 */
export interface AskingForReplacement {
  replacementProduced: ReplacementProduced
}

/** What a card that is there again got back. */
export interface GotBack {
  again: boolean
  as: FoundAs
  /** Whether it is its holder's card again, and whether the doors open to it again. */
  custody: boolean
  campusAccess: boolean
  /** Whether its stored value can still be used: it was never reported to the issuer. */
  storedValue: boolean
}

async function giveBack(
  act: Act,
  { personId, cardId }: OwnCard,
  { report, as, purseLocked }: { report: LossReport; as: 'withdrawn' | 'found'; purseLocked: boolean },
): Promise<GotBack> {
  const programme = await programmeInForce(act)
  const { edition, ...standing } = await givingBack(act, cardId)
  const until = accessEndsAt(programme, edition)
  const back = givenBack({ ...standing, now: act.now, hadAccess: report.hadAccess, accessEndsAt: until })
  const switched = await replacedBy(act, cardId)
  // A new card to which the doors have not switched yet waits for its window, as it was promised.
  const atOnce = switched === null || Temporal.Instant.compare(switched.carriedBy, act.now) <= 0
  await keepFound(act, { personId, cardId, reportId: report.id }, { ...back, as, until })
  await act.note({
    act: as === 'withdrawn' ? 'loss report withdrawn' : 'lost card found',
    personId,
    cardId,
    facts: {
      custody: back.custody,
      campusAccess: back.access,
      atOnce,
      windowStartsAt: atOnce ? null : switched.carriedBy.toString(),
      ...forPersonPresent(act),
    },
  })
  return { again: false, as, custody: back.custody, campusAccess: back.access, storedValue: !purseLocked }
}

const nothingNew = (purseLocked: boolean): GotBack => ({
  again: true,
  as: 'again',
  custody: false,
  campusAccess: false,
  storedValue: !purseLocked,
})

/**
 * A loss report is taken back before it was sent to the issuer: everything is as it was, and the doors are told at once.
 * Campus access stays ended where its date has come meanwhile or another card of the person has it. Refuses as
 * `mayWithdraw` does.
 */
export async function withdrawLoss(
  act: Act,
  { replacementProduced, ...card }: OwnCard & AskingForReplacement,
): Promise<Decision<GotBack, WithdrawalRefusal>> {
  const facts = await lossFacts(act, card.personId, card.cardId)
  const decision = mayWithdraw(facts, await replacementProduced(act, card.cardId))
  if (!decision.ok) return decision
  if (facts.report === null) return yes(nothingNew(facts.purseLocked))
  return yes(
    await giveBack(act, card, { report: facts.report, as: 'withdrawn', purseLocked: facts.purseLocked }),
  )
}

/**
 * A lost card is found again, by its holder or by whoever brings it to a desk. Refuses as `mayBeFound` does.
 */
export async function foundAgain(
  act: Act,
  { replacementProduced, ...card }: OwnCard & AskingForReplacement,
): Promise<Decision<GotBack, FoundRefusal>> {
  const { reissue } = await programmeInForce(act)
  const facts = await lossFacts(act, card.personId, card.cardId)
  const decision = mayBeFound(facts, {
    foundAgain: reissue.foundAgain,
    replacementProduced: await replacementProduced(act, card.cardId),
  })
  if (!decision.ok) return decision
  if (facts.report === null || decision.as === 'again') return yes(nothingNew(facts.purseLocked))
  return yes(
    await giveBack(act, card, {
      report: facts.report,
      as: decision.as,
      purseLocked: facts.purseLocked,
    }),
  )
}

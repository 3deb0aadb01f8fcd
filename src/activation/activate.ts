import { carrierCodeHash, parseCarrierCode } from '../card/carrier-code.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { carry } from '../programme/promise.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { type ActivationFacts, type ActivationRefusal, mayActivate, type Possession } from './rules.ts'
import { activationFacts, keepActivation, keepWrongGuess, type Switch, switchOf } from './store.ts'

/** An old card without an end date: its access ends only by the activation. */
const endOfTime = Temporal.Instant.from('9999-12-31T00:00:00Z')

/** What the holder typed to prove that the card is in hand: the last printed digits, or the code on its letter. */
export type Typed = { lastDigits: string } | { carrierCode: string }

/** The refusals that a guess brings, which are counted. */
const guesses: readonly ActivationRefusal[] = ['wrong-digits', 'wrong-carrier-code']

function possessionOf(
  typed: Typed,
  card: { chip: Buffer; carrierCodeHash: Buffer | null } | null,
): Possession {
  if ('lastDigits' in typed) return typed
  const read = parseCarrierCode(typed.carrierCode)
  const carrierCodeFits =
    read.ok && !!card?.carrierCodeHash && carrierCodeHash(card.chip, read.code).equals(card.carrierCodeHash)
  return { carrierCodeFits }
}

/** Until when the old card opens doors for its holder, if nothing is switched; null: a paused one opens none, nor one that was handed in. */
const oldEnds = (old: ActivationFacts['old']): Temporal.Instant | null =>
  old === null || old.paused || old.handedIn ? null : (old.accessEndsAt ?? endOfTime)

/**
 * The holder switches the new card on (the notice's points 5 and 9). In the register the old card's campus access
 * ends at this very moment; the doors follow with the window that is promised here and obeyed by the update.
 */
export async function activateCard(
  act: Act,
  { personId, ...given }: { personId: number } & Typed,
): Promise<Decision<{ again: boolean; promise: Switch }, ActivationRefusal>> {
  const programme = await programmeInForce(act)
  const { zone } = programme.campus
  const { facts, card } = await activationFacts(act, personId, programme)
  const decision = mayActivate(facts, possessionOf(given, card))
  if (!decision.ok) {
    if (guesses.includes(decision.refusal)) await keepWrongGuess(act, personId)
    return decision
  }
  if (decision.again) return yes({ again: true, promise: await switchOf(act, decision.cardId) })

  const promised = carry({
    timetable: programme.timetable,
    zone,
    moment: act.now,
    oldAccessEndsAt: oldEnds(facts.old),
    handedIn: facts.old?.handedIn ?? false,
  })
  const promise: Switch = {
    cardId: decision.cardId,
    at: act.now,
    replaces: decision.replaces,
    carriedBy: promised.carriedBy,
    atOnce: promised.kind === 'at-once',
    oldUntil: promised.oldCertainlyUntil,
    newFrom: promised.newCertainlyFrom,
  }
  await keepActivation(act, personId, promise)
  await act.note({
    act: 'card activated',
    personId,
    cardId: decision.cardId,
    facts: { replaces: decision.replaces, carriedBy: promise.carriedBy.toString(), atOnce: promise.atOnce },
  })
  return yes({ again: false, promise })
}

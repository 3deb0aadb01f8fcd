import { randomBytes } from 'node:crypto'
import { eligibilityOf } from '../eligibility/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import { lockHolder, personById } from '../roster/store.ts'
import { type Act, actorName } from '../server/register.ts'
import { newProxyCode, proxyCodeAgain, proxyCodeHash } from './code.ts'
import { goodUntil, mayName, type NamingRefusal, showsCode, type TypedProxy } from './rules.ts'
import { endAuthorization, keepAuthorization, keepLapsed, liveProxy, namedWithinADay } from './store.ts'

/** What a naming answers. The code itself is not in it: no answer that is kept may hold one. */
export interface Named {
  /** The naming itself, so that a repeated request is not answered with the code of a later one. */
  authorization: number
  again: boolean
  name: string
  goodUntil: Temporal.Instant
}

/** The card that waits for a holder, of those of the register; of any edition where none is given to them now. */
const waitingCard = (cards: Awaited<ReturnType<typeof eligibilityOf>>['cards'], edition: string | null) =>
  cards.findLast(card => (edition === null || card.edition === edition) && !card.handedOver && !card.retired)

/**
 * A holder names who collects the card that lies ready for them; at a desk for who stands there. The proxy gets a code of
 * their own, good once and for some days; the holder is told of it. Named again, it is the same naming.
 */
export async function nameProxy(
  act: Act,
  { personId, language, ...typed }: TypedProxy & { personId: number; language: Language },
  keys: Keys,
): Promise<Decision<Named, NamingRefusal | 'unknown-person'>> {
  await lockHolder(act, personId)
  const person = await personById(act, personId)
  if (person === null) return no('unknown-person')
  const { decision: eligible, programme, cards, isReissue } = await eligibilityOf(act, person)
  const { proxy: rules } = programme.pickup
  const errand = isReissue ? 'reissue' : 'first-card'
  const live = await liveProxy(act, personId)
  const decision = mayName(
    {
      rules,
      eligible,
      errand,
      holder: [person.nameZh, person.nameEn],
      live,
      namedWithinADay: await namedWithinADay(act, personId),
    },
    typed,
  )
  if (!decision.ok) return decision
  const { name, email } = decision
  if (live) return yes({ authorization: live.id, again: true, name, goodUntil: live.goodUntil })

  await keepLapsed(act, personId)
  const nonce = randomBytes(16)
  const until = goodUntil(act.now, { daysGood: rules.daysGood, zone: programme.campus.zone })
  const id = await keepAuthorization(act, {
    personId,
    errand,
    name,
    email,
    language,
    nonce,
    codeHash: proxyCodeHash(newProxyCode(keys, nonce)),
    goodUntil: until,
  })
  await act.note({
    act: 'proxy named',
    personId,
    cardId: waitingCard(cards, eligible.ok ? eligible.edition : null)?.cardId ?? null,
    facts: { authorization: id, errand, mailed: email !== null },
  })
  return yes({ authorization: id, again: false, name, goodUntil: until })
}

/** The code of this naming while it is live and still shown, to the holder or to who named for them; else null. */
export async function codeShown(
  act: Act,
  { personId, authorization }: { personId: number; authorization: number },
  keys: Keys,
): Promise<string | null> {
  const live = await liveProxy(act, personId)
  if (live?.id !== authorization || !showsCode(live.namedAt, act.now)) return null
  const isTheirs = act.actor.personId === personId || live.namedBy === actorName(act.actor)
  return isTheirs ? proxyCodeAgain(keys, live) : null
}

/** The holder takes a naming back: its code is worth nothing from this moment on. Taken back again, nothing happens. */
export async function withdrawProxy(
  act: Act,
  personId: number,
): Promise<Decision<{ again: boolean }, 'unknown-person'>> {
  await lockHolder(act, personId)
  const person = await personById(act, personId)
  if (person === null) return no('unknown-person')
  const live = await liveProxy(act, personId)
  if (live === null) return yes({ again: true })
  await endAuthorization(act, live.id, 'withdrawn')
  const { cards, decision } = await eligibilityOf(act, person)
  await act.note({
    act: 'proxy withdrawn',
    personId,
    cardId: (waitingCard(cards, decision.ok ? decision.edition : null) ?? cards.at(-1))?.cardId ?? null,
    facts: { authorization: live.id },
  })
  return yes({ again: false })
}

import { told } from '../card/rules.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { latest } from '../lib/latest.ts'
import { sayTime } from '../lib/say.ts'
import type { Programme } from '../programme/shape.ts'
import { lockHolder } from '../roster/store.ts'
import { type Act, actorName } from '../server/register.ts'
import { keepWrongTry, shutUntil, type Tried, type TryLimit, wrongTries } from '../server/wrong-tries.ts'
import { proxyCodeHash } from './code.ts'
import { type CodeRefusal, type ProxyAtDesk, proxyStands, wrongAtCounter } from './rules.ts'
import { authorizationByCode, endAuthorization, keepReopened, liveProxy } from './store.ts'

const what = 'proxy-code'

/** Codes that are nobody's are counted where they are shown; and for the student who lies on the desk, by the programme. */
function counted(act: Act, personId: number | null, { activation }: Programme): [Tried, TryLimit][] {
  const place = act.actor.counter ?? ''
  const atPlace: [Tried, TryLimit] = [{ what, personId: null, place }, wrongAtCounter]
  return personId === null ? [atPlace] : [atPlace, [{ what, personId, place }, activation]]
}

/**
 * What a code that is shown at a desk tells: who stands there, and for whom; or why it helps nobody. A code that is
 * nobody's is a guess: it is counted, at this counter and for the student who lies on the desk, and after too many none
 * is looked at for a while.
 */
export async function readProxyCode(
  act: Act,
  code: string,
  { personId, programme }: { personId: number | null; programme: Programme },
): Promise<Decision<{ proxy: ProxyAtDesk }, CodeRefusal>> {
  const { zone } = programme.campus
  const counts = counted(act, personId, programme)
  const shuts: (Temporal.Instant | null)[] = []
  for (const [tried, limit] of counts)
    shuts.push(shutUntil(await wrongTries(act, tried, limit), act.now, limit))
  const shut = latest(shuts)
  const row = shut === null ? await authorizationByCode(act, proxyCodeHash(code)) : null
  const decision = proxyStands({
    shutUntil: shut && sayTime(shut.toZonedDateTimeISO(zone).toPlainTime()),
    found: row && {
      ...row,
      ended: told(row.endedAt, zone),
    },
    rules: programme.pickup.proxy,
    by: actorName(act.actor),
    now: act.now,
  })
  if (decision.ok) return yes({ proxy: decision.proxy })
  if (decision.refusal === 'proxy-code-unknown') for (const [tried] of counts) await keepWrongTry(act, tried)
  return decision
}

/** Uses a proxy's authorization up, for the handover of this moment; false where it had ended. */
export const spendAuthorization = (act: Act, id: number): Promise<boolean> =>
  endAuthorization(act, id, 'used')

/** The card was collected without the proxy: what the holder had authorized has no errand any more. */
export async function endUnused(act: Act, personId: number, cardId: number): Promise<void> {
  const [, live] = await Promise.all([lockHolder(act, personId), liveProxy(act, personId)])
  if (live === null) return
  await endAuthorization(act, live.id, 'collected')
  await act.note({ act: 'proxy not needed', personId, cardId, facts: { authorization: live.id } })
}

/** The reissue whose card somebody was to collect ended without a card: what the holder had authorized for it ends with it. */
export async function endOfCancelled(act: Act, personId: number, cardId: number): Promise<void> {
  await lockHolder(act, personId)
  const live = await liveProxy(act, personId)
  if (live?.errand !== 'reissue') return
  await endAuthorization(act, live.id, 'cancelled')
  await act.note({ act: 'proxy not needed', personId, cardId, facts: { authorization: live.id } })
}

/**
 * A handover was undone: what it had ended is good again for as long as it would have been, unless the holder has named
 * somebody else since. Where the card was faulty and nothing can be collected yet (`cardRetired`), the proxy is not sent for it.
 */
export async function reopenEnded(
  act: Act,
  {
    personId,
    cardId,
    handedOverAt,
    cardRetired,
  }: { personId: number; cardId: number; handedOverAt: Temporal.Instant; cardRetired: boolean },
): Promise<void> {
  const authorization = await keepReopened(act, personId, handedOverAt)
  if (authorization === null) return
  await act.note({ act: 'proxy needed again', personId, cardId, facts: { authorization, cardRetired } })
}

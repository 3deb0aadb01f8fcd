import { Type } from 'typebox'
import { writeProxyCode } from '../card/proxy-code.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import { sayBring } from '../programme/template.ts'
import { personById } from '../roster/store.ts'
import { type Act, actorName } from '../server/register.ts'
import { Moment, orNull } from '../server/shapes.ts'
import { proxyCodeAgain } from './code.ts'
import { lastDayOf, mayHaveProxy, namingRefusals, shownMinutes, showsCode } from './rules.ts'
import { collectedFor, liveProxy } from './store.ts'
import { words } from './words.ts'

/** What "my card" tells of a proxy: who may collect until when, or who did. */
export const ProxyOnCard = Type.Object({
  name: Type.String(),
  lastDay: orNull(Type.String({ format: 'date', description: 'The last day on which they may collect' })),
  collectedAt: orNull(Type.String({ format: 'date-time', description: 'When they collected' })),
})
export type ProxyOnCard = Type.Static<typeof ProxyOnCard>

/** Who may collect for a holder now, and who did last; in one look. */
export async function proxiesOf(act: Act, personId: number) {
  const [live, done] = await Promise.all([liveProxy(act, personId), collectedFor(act, personId)])
  return { live, done }
}

/** The proxy of a holder as "my card" tells of it: who may collect now, else who collected this card; or null. */
export function proxyOnCard(
  { live, done }: Awaited<ReturnType<typeof proxiesOf>>,
  { collectedCardId, zone }: { collectedCardId: number | null; zone: string },
): ProxyOnCard | null {
  if (live) return { name: live.name, lastDay: lastDayOf(live.goodUntil, zone).toString(), collectedAt: null }
  if (done === null || done.cardId !== collectedCardId) return null
  return { name: done.name, lastDay: null, collectedAt: done.at.toString() }
}

/** How it stands with somebody else collecting: whether somebody may be named, and who is. */
export const ProxyShape = Type.Object({
  mayName: Type.Boolean(),
  refusal: orNull(Type.Enum([...namingRefusals])),
  message: orNull(Type.String({ description: 'Why nobody can be named, in the language asked for' })),
  mails: Type.Boolean({
    description: 'Whether the code is mailed where an address was given; else the holder hands it on',
  }),
  bring: Type.String({ description: 'What the proxy shows beside the code' }),
  daysGood: Type.Integer(),
  proxy: orNull(
    Type.Object({
      name: Type.String(),
      email: orNull(Type.String()),
      language: Type.Enum(['zh-TW', 'en']),
      namedAt: Moment,
      goodUntil: Moment,
      lastDay: Type.String({ format: 'date' }),
      code: orNull(
        Type.String({
          description: `The one-time code, as it is written: shown for ${shownMinutes} minutes after the naming, then never again`,
        }),
      ),
      codeShownUntil: Moment,
    }),
  ),
  collected: orNull(Type.Object({ name: Type.String(), at: Moment })),
})
export type ProxyStanding = Type.Static<typeof ProxyShape>

/**
 * Everything the page of proxies shows; null where the person is gone. The code is shown to the holder, and at a desk to the
 * clerk alone who named for them. `mails` is whether a mail server is configured.
 */
export async function proxyStanding(
  act: Act,
  { personId, language, mails }: { personId: number; language: Language; mails: boolean },
  keys: Keys,
): Promise<ProxyStanding | null> {
  const person = await personById(act, personId)
  if (person === null) return null
  const [{ decision: eligible, programme, isReissue }, { live, done: collected }] = await Promise.all([
    eligibilityOf(act, person),
    proxiesOf(act, personId),
  ])
  const { proxy: rules } = programme.pickup
  const may = mayHaveProxy({ rules, eligible, errand: isReissue ? 'reissue' : 'first-card' })
  const mayRead = act.actor.kind === 'student' || live?.namedBy === actorName(act.actor)
  const code = live && mayRead && showsCode(live.namedAt, act.now) ? proxyCodeAgain(keys, live) : null
  return {
    mayName: may.ok && live === null,
    refusal: may.ok ? null : may.refusal,
    message: may.ok ? null : words[language].refusal[may.refusal](may.facts),
    mails,
    bring: sayBring(programme, rules.bring, language),
    daysGood: rules.daysGood,
    proxy: live && {
      name: live.name,
      email: live.email,
      language: live.language,
      namedAt: live.namedAt.toString(),
      goodUntil: live.goodUntil.toString(),
      lastDay: lastDayOf(live.goodUntil, programme.campus.zone).toString(),
      code: code && writeProxyCode(code),
      codeShownUntil: live.namedAt.add({ minutes: shownMinutes }).toString(),
    },
    collected: collected && { name: collected.name, at: collected.at.toString() },
  }
}

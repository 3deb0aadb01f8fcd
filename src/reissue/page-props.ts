import { type Facts, no } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { counterNow } from '../programme/notice.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayBring, sayCounters } from '../programme/template.ts'
import type { Act } from '../server/register.ts'
import { takesFees } from './office.ts'
import type { PaymentProvider } from './payment.ts'
import type { ReissuePageProps } from './reissue.tsx'
import { sayReissue } from './routes.ts'
import { offerFor, reissueCounters, reissueOf } from './standing.ts'
import type { ReissueRefusal } from './words.ts'

/** At which field of the page a refusal is said; all others are said above the forms. */
export const fieldsOfReissue: Partial<Record<string, 'photo' | 'receipt' | 'said'>> = {
  'photo-first': 'photo',
  'reason-missing': 'said',
  'not-a-receipt-number': 'receipt',
  'too-many-receipts': 'receipt',
  'receipt-of-somebody-else': 'receipt',
  'receipt-used': 'receipt',
  'receipt-of-another-amount': 'receipt',
}

/** Everything that is shown of a person's reissues, but what was just refused. */
export async function reissueShown(
  act: Act,
  { personId, language }: { personId: number; language: Language },
  payments: PaymentProvider | null,
): Promise<Omit<ReissuePageProps, 'error' | 'cameBack'>> {
  const programme = await programmeInForce(act)
  const { campus, reissue, askAt } = programme
  const say = (refusal: ReissueRefusal, facts: Facts = {}) => sayReissue(no(refusal, facts), language)
  const found = await reissueOf(act, personId)
  // Without anybody who takes payments over the network, that way is not shown.
  const ways = found?.ways.filter(way => way !== 'online' || payments !== null) ?? []
  const offer = await offerFor(act, personId)
  return {
    standing: found && { ...found, ways },
    offer: offer && { ...offer, ways: offer.ways.filter(way => way !== 'online' || payments !== null) },
    counters: reissueCounters(programme).map(counter => counterNow(programme, counter, act.now, language)),
    takesFees: takesFees(act.actor, reissue.at),
    kiosks: reissue.kiosks.map(({ id, name, place }) => ({
      id,
      name: name[language],
      place: place[language],
    })),
    bring: sayBring(programme, reissue.bring, language),
    askAt: sayCounters(programme, askAt, language),
    owedBackSaid: sayMoney(found?.owedBack ?? 0, campus.currency),
    refusals: Object.fromEntries(
      (offer?.reasons ?? []).flatMap(({ refusal }) => (refusal ? [[refusal, say(refusal)]] : [])),
    ),
  }
}

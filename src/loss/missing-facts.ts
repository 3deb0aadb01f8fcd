import { Type } from 'typebox'
import { type Decision, type Facts, no, yes } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import type { Language } from '../lib/words.ts'
import { feeFor } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import { programmeInForce } from '../programme/store.ts'
import { sayCounters } from '../programme/template.ts'
import { personById } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import type { ConfirmLossProps } from './confirm-loss.tsx'
import { missingOf, type ReplacementProduced } from './missing.ts'
import type { MissingCardsProps } from './missing-cards.tsx'
import type { Missing } from './missing-shape.ts'
import { type MissingRow, missingRows } from './missing-store.ts'
import type { LossCosts, Replacement } from './whole-cost.tsx'
import { words } from './words.ts'

/** What a new card costs in the place of each of a person's cards. */
function replacementOf(
  row: MissingRow,
  rows: readonly MissingRow[],
  { programme, fee }: { programme: Programme; fee: string | null },
): Replacement {
  const { editions } = programme.deadline
  const collectedNew = rows.some(each => !editions.includes(each.edition))
  if (!editions.includes(row.edition)) return { is: 'fee', fee }
  if (collectedNew) return { is: 'not-needed' }
  return programme.reissue.lostOldBeforePickup === 'free-new-card' ? { is: 'free' } : { is: 'fee', fee }
}

async function costsOf(act: Act, personId: number, kind: PersonKind): Promise<LossCosts> {
  const programme = await programmeInForce(act)
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const said = (purpose: 'loss-handling' | 'reissue') => {
    const found = feeFor(programme, purpose, today, kind)
    return found.ok ? sayMoney(found.fee.amount, programme.campus.currency) : null
  }
  const rows = await missingRows(act, personId)
  const fee = said('reissue')
  return {
    handling: said('loss-handling'),
    refundWorkingDays: programme.issuer.refundWorkingDays,
    replacements: Object.fromEntries(
      rows.map(row => [row.cardId, replacementOf(row, rows, { programme, fee })]),
    ),
  }
}

/** What pages say of the cards of a person who misses one. */
export interface MissingFacts {
  missing: Missing
  costs: LossCosts
  programme: Programme
}

/** What a page says of a person's cards when one is missing; null for a person who is not in the register. */
export async function missingFacts(
  act: Act,
  personId: number,
  replacementProduced: ReplacementProduced,
): Promise<MissingFacts | null> {
  const person = await personById(act, personId)
  const missing = await missingOf(act, personId, replacementProduced)
  if (person === null || missing === null) return null
  return { missing, costs: await costsOf(act, personId, person.kind), programme: await programmeInForce(act) }
}

/** What fills the sentences of refusals: the address names the refusal alone. */
export function refusalFacts({ missing, programme }: MissingFacts): Facts {
  return {
    times: programme.loss.pausesAtMost,
    whereZh: sayCounters(programme, programme.askAt, 'zh-TW'),
    whereEn: sayCounters(programme, programme.askAt, 'en'),
    nameZh: missing.issuer.name['zh-TW'],
    nameEn: missing.issuer.name.en,
    phones: missing.issuer.phones.join(' / '),
    days: programme.issuer.schedulesAtMostDays,
  }
}

/** The same, said: where questions are answered, and why who has left can report nothing here. */
export function missingCards(facts: MissingFacts, language: Language): MissingCardsProps {
  const { missing, costs, programme } = facts
  return {
    missing,
    costs,
    askAt: sayCounters(programme, programme.askAt, language),
    left: missing.leftTheUniversity
      ? words[language].refusal['left-the-university']({ ...refusalFacts(facts), phones: '' })
      : null,
  }
}

/** What is asked before a loss report: which card, and when it should leave. */
export const ReportQuery = {
  card: Type.String({ pattern: '^[0-9]{1,15}$' }),
  when: Type.Optional(Type.String({ maxLength: 10 })),
  sendAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
}

/** The second step of a report, with its whole cost; refuses a time that has passed, and null where there is nothing to report. */
export function reportStep(
  { missing, costs }: MissingFacts,
  { card: id, when, sendAt }: { card: string; when?: string; sendAt?: string },
): Decision<{ step: ConfirmLossProps | null }, 'time-has-passed'> {
  const card = missing.cards.find(each => each.cardId === Number(id) && each.loss === null)
  if (card === undefined || missing.leftTheUniversity) return yes({ step: null })
  const putOff = when === 'later' && sendAt !== undefined
  if (putOff && !missing.putOffTimes.includes(sendAt)) return no('time-has-passed')
  return yes({ step: { card, missing, costs, sendAt: putOff ? sendAt : missing.nextSending, putOff } })
}

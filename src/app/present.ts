import { extrasAtDesk } from '../extras/list-extras.ts'
import { checksOf } from '../handover/present-rules.ts'
import { bothNames } from '../lib/both.ts'
import type { Keys } from '../lib/keys.ts'
import type { Language } from '../lib/words.ts'
import { missingCards, missingFacts } from '../loss/missing-facts.ts'
import type { LossRooms } from '../loss/routes.ts'
import { programmeInForce } from '../programme/store.ts'
import { proxyStanding } from '../proxy/standing.ts'
import { refundOf } from '../refund/refund-of.ts'
import { reissueShown } from '../reissue/page-props.ts'
import type { PaymentProvider } from '../reissue/payment.ts'
import { personById } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { myCard } from './my-card.ts'
import type { PersonHere, PresentProps } from './present-shape.ts'
import { doneAtDesks } from './present-store.ts'
import { words } from './present-words.ts'

/** What the pages of somebody present are made with. */
export interface PresentRooms extends LossRooms {
  payments: PaymentProvider | null
  /** Makes the codes of proxies. */
  proofKeys: Keys
  /** Whether a mail server is configured. */
  mails: boolean
}

/** What a page of somebody present is made from. */
export interface AskedPage {
  personId: number
  /** How the clerk said that they checked who it is. */
  checked: string
  language: Language
}

/** Who is here, as the head of each page says it; null for nobody of the register. */
export async function personHere(
  act: Act,
  { personId, checked, language }: AskedPage,
): Promise<PersonHere | null> {
  const person = await personById(act, personId)
  if (person === null) return null
  const checks = checksOf(await programmeInForce(act))
  return {
    id: person.id,
    name: bothNames(person)[language],
    studentNumber: person.studentNumber,
    checked: checks.find(({ id }) => id === checked) ?? null,
  }
}

/** Everything that the page of somebody present shows, at one moment; null for nobody of the register. */
export async function presentPage(
  act: Act,
  asked: AskedPage,
  { replacementProduced, payments, proofKeys, mails }: PresentRooms,
): Promise<Omit<PresentProps, 'notDone' | 'open'> | null> {
  const { personId, language } = asked
  const person = await personHere(act, asked)
  const card = await myCard(act, personId, language)
  const missing = await missingFacts(act, personId, replacementProduced)
  const refund = await refundOf(act, personId, language)
  if (person === null || card === null || missing === null || refund === null) return null
  const { campus } = missing.programme
  const today = act.now.toZonedDateTimeISO(campus.zone).startOfDay().toInstant()
  const done = await doneAtDesks(act, personId, today)
  return {
    person,
    checks: checksOf(missing.programme),
    card,
    done: done
      .filter(each => Object.hasOwn(words[language].didActs, each.act))
      .map(each => ({ at: each.at.toString(), act: each.act })),
    proxy:
      card.mayNameProxy || card.proxy?.lastDay
        ? await proxyStanding(act, { personId, language, mails }, proofKeys)
        : null,
    missing: missingCards(missing, language),
    reissue: await reissueShown(act, { personId, language }, payments),
    refund,
    extras: await extrasAtDesk(act, personId, language),
  }
}

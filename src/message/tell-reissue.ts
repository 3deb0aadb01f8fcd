import type { Facts } from '../lib/decision.ts'
import { sayMoney } from '../lib/say.ts'
import { counterOf } from '../programme/rules.ts'
import { sayHours } from '../programme/say-hours.ts'
import type { Programme } from '../programme/shape.ts'
import type { PaymentWay } from '../programme/shape-cards.ts'
import { sayBring, sayCounter, sayCounters } from '../programme/template.ts'
import { waysOf } from '../reissue/payment-rules.ts'
import { atDesk } from './at-desk.ts'
import { type ReissueRow, reissueToTell } from './reissue-store.ts'
import type { ReissueTold } from './say-reissue.ts'
import type { Telling } from './tell.ts'

/** What every message about an application names. */
const about = ({ printedNumber, reason, appliedAt, amount }: ReissueRow, programme: Programme) => ({
  printedNumber,
  reason,
  appliedAt,
  amount: sayMoney(amount, programme.campus.currency),
})

function waysSaid({ kind, language }: ReissueRow, programme: Programme) {
  const { kiosks, at } = programme.reissue
  const comma = language === 'zh-TW' ? '；' : '; '
  const where: Record<PaymentWay, string> = {
    online: '',
    kiosk: kiosks.map(kiosk => kiosk.place[language]).join(comma),
    counter: sayCounters(programme, at, language),
  }
  return waysOf(programme, kind).map(way => ({ way, where: where[way] }))
}

const asked =
  (kind: 'reissue-applied' | 'reissue-reminder') =>
  (row: ReissueRow, programme: Programme): ReissueTold => ({
    kind,
    ...about(row, programme),
    free: row.settled === 'free',
    lapsesAt: row.lapsesAt,
    ways: waysSaid(row, programme),
  })

function produced(row: ReissueRow, programme: Programme): ReissueTold {
  const { language, counter } = row
  const edition = programme.editions.find(each => each.id === row.edition)
  const lies = counter === null ? null : counterOf(programme, counter)
  const comma = language === 'zh-TW' ? '　' : ' '
  return {
    kind: 'reissue-produced',
    ...about(row, programme),
    edition: edition?.name[language] ?? row.edition,
    where:
      counter === null
        ? sayCounters(programme, programme.reissue.at, language)
        : sayCounter(programme, counter, language),
    hours: lies ? sayHours(lies.hours, language).map(({ days, times }) => `${days}${comma}${times}`) : [],
    bring: sayBring(programme, programme.reissue.bring, language),
  }
}

const cancelled = (row: ReissueRow, programme: Programme): ReissueTold => ({
  kind: 'reissue-cancelled',
  ...about(row, programme),
  as: row.endedAs as 'withdrawn' | 'found-again' | 'left',
  fee: row.settled !== 'paid' ? 'nothing-paid' : row.owesBack ? 'paid-back' : 'kept',
})

type Writing = (row: ReissueRow, programme: Programme, facts: Facts, now: Temporal.Instant) => ReissueTold

const disputed: Writing = (row, programme, _facts, at) => ({
  kind: 'reissue-disputed',
  ...about(row, programme),
  at,
})

const writings: Readonly<Record<string, Writing>> = {
  'reissue applied for': asked('reissue-applied'),
  'reissue payment reminded': asked('reissue-reminder'),
  'reissue paid': (row, programme, { way }) => ({
    kind: 'reissue-paid',
    ...about(row, programme),
    at: row.settledAt!,
    way: way as PaymentWay,
  }),
  'reissue fee waived': (row, programme) => ({
    kind: 'reissue-waived',
    ...about(row, programme),
    owedBack: row.owesBack,
  }),
  'reissue lapsed': (row, programme) => ({ kind: 'reissue-lapsed', ...about(row, programme) }),
  'reissue cancelled': cancelled,
  'reissue produced': produced,
  'reissue dispute decided': (row, programme, { granted }) => ({
    kind: 'reissue-dispute-decided',
    ...about(row, programme),
    granted: granted === true,
    why: row.decidedBecause ?? '',
    lapsesAt: row.lapsesAt,
    due: row.settled === null,
    owedBack: row.owesBack,
  }),
  'payment owed back': (row, programme, { amount }) => ({
    kind: 'reissue-owed-back',
    ...about(row, programme),
    owed: sayMoney(Number(amount), programme.campus.currency),
  }),
  'receipt does not pay': (row, programme, { outcome }) => ({
    kind: 'receipt-does-not-pay',
    ...about(row, programme),
    outcome: String(outcome),
  }),
}

const of =
  (write: Writing): Telling =>
  async (act, programme, _card, { facts = {} }) => {
    const row = await reissueToTell(act, Number(facts.reissue))
    return row && { addressee: row, told: write(row, programme, facts, act.now) }
  }

/** What a person hears of an application, by what happened. */
export const reissueTellings: readonly (readonly [string, Telling])[] = [
  ...Object.entries(writings).map(([happened, write]) => [happened, of(write)] as const),
  ['reissue fee disputed', atDesk(of(disputed))],
]

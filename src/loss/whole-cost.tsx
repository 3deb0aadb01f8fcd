import { type FactSaid, Facts } from '../web/facts.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { Missing, MissingCard } from './missing-shape.ts'
import { missingWords } from './missing-words.ts'

/** What a new card costs in place of this one: nothing, nothing because there is one, or a fee (null: not recorded). */
export type Replacement = { is: 'free' } | { is: 'not-needed' } | { is: 'fee'; fee: string | null }

/** What a loss report costs, said in the campus's currency. */
export interface LossCosts {
  handling: string | null
  refundWorkingDays: number
  /** By card. */
  replacements: Record<string, Replacement>
}

/** Everything that a report costs and brings, before the button. */
export function WholeCost({
  card,
  missing,
  costs,
  sendAt,
}: {
  card: MissingCard
  missing: Missing
  costs: LossCosts
  sendAt: string
}) {
  const w = useWords(missingWords)
  const shell = useShell()
  const { issuer } = missing
  const name = issuer.name[shell.language]
  const replacement = costs.replacements[card.cardId]
  const newCard =
    replacement === undefined || (replacement.is === 'fee' && replacement.fee === null)
      ? w.cardAsk
      : replacement.is === 'fee'
        ? w.cardFee(replacement.fee!)
        : replacement.is === 'free'
          ? w.cardFree
          : w.cardNone
  const atOnce = sendAt === missing.now
  const ofIssuer: FactSaid[] = card.purseLocked
    ? [{ name: w.value, value: w.valueLockedBefore }]
    : [
        { name: w.sent, value: atOnce ? w.atOnce : sayWhen(sendAt, shell) },
        ...(atOnce ? [] : [{ name: w.takeBack, value: w.takeBackUntil(sayWhen(sendAt, shell)) }]),
        { name: w.value, value: w.valueLocked(name, costs.refundWorkingDays) },
        ...(costs.handling ? [{ name: w.handling, value: w.handlingFee(costs.handling) }] : []),
        {
          name: w.risk,
          value:
            issuer.clockStarts === 'reported'
              ? w.riskFromReport(issuer.riskHours, name)
              : w.riskFromReceipt(issuer.riskHours, name),
        },
      ]
  return (
    <Facts facts={[{ name: w.access, value: w.accessEnds }, ...ofIssuer, { name: w.card, value: newCard }]} />
  )
}

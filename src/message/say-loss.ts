import type { Sayings } from './letter.ts'
import { words } from './words.ts'

/** What is told of a card that is missing. */
export type LossTold = {
  kind: 'card-reported-lost'
  printedNumber: string | null
  at: Temporal.Instant
  issuer: { name: string; phones: string; riskHours: number; fromReceipt: boolean }
}

/** How they are written. */
export const sayLossTold: Sayings<LossTold> = {
  'card-reported-lost': ({ at, issuer }, { language, when, card, askAt }) => {
    const w = words[language].lost
    const purse = [
      w.purse(issuer.name),
      ...(issuer.phones ? [w.call(issuer.name, issuer.phones)] : []),
      ...(issuer.riskHours > 0 ? [w.risk(issuer.riskHours, issuer.name, issuer.fromReceipt)] : []),
    ]
    return {
      subject: w.subject,
      parts: [w.reported(card, when(at)), w.access, purse.join('\n'), words[language].askIfNotYou(askAt)],
    }
  },
}

import { unwrittenProxyCode } from '../card/proxy-code.ts'
import type { Sayings } from './letter.ts'
import { type SignedTold, saySigned } from './say-signed.ts'
import { proxyWords } from './words-proxy.ts'

interface AboutProxy {
  printedNumber: string | null
  at: Temporal.Instant
}

/** What is told of somebody who collects for a holder: to the holder, and to who was named. */
export type ProxyTold = AboutProxy &
  (
    | { kind: 'proxy-named'; proxy: string; lastDay: string }
    | { kind: 'proxy-withdrawn'; proxy: string }
    | { kind: 'proxy-invited'; holder: string; lastDay: string; where: string; bring: string }
    | {
        kind: 'proxy-collected'
        proxy: string
        counter: string | null
        edition: string
        signed?: SignedTold | null
      }
    | { kind: 'proxy-used'; holder: string }
    | { kind: 'proxy-ended'; holder: string }
    | { kind: 'proxy-again'; holder: string; lastDay: string }
  )

/** How they are written. The code is filled in when the letter is mailed, and stands in no outbox. */
export const sayProxyTold: Sayings<ProxyTold> = {
  'proxy-named': ({ proxy, at, lastDay }, { language, when, askAt }) => {
    const w = proxyWords[language].named
    return {
      subject: w.subject,
      parts: [w.named(proxy, when(at), lastDay), w.how, w.withdraw, proxyWords[language].used.notYou(askAt)],
    }
  },
  'proxy-withdrawn': ({ proxy, at }, { language, when, askAt }) => {
    const w = proxyWords[language].withdrawn
    return {
      subject: w.subject,
      parts: [w.withdrawn(proxy, when(at)), w.next, proxyWords[language].used.notYou(askAt)],
    }
  },
  'proxy-invited': ({ holder, lastDay, where, bring }, { language }) => {
    const w = proxyWords[language].invited
    return {
      subject: w.subject,
      parts: [
        w.asked(holder, lastDay),
        w.code(unwrittenProxyCode),
        w.once,
        w.where(where),
        w.bring(bring),
        w.mistake,
      ],
    }
  },
  'proxy-collected': ({ proxy, at, counter, edition, signed }, { language, when, askAt }) => {
    const w = proxyWords[language].collected
    return {
      subject: w.subject,
      parts: [
        w.collected(proxy, when(at), counter, edition),
        signed ? saySigned(signed, language) : null,
        w.next,
        proxyWords[language].used.notYou(askAt),
      ],
    }
  },
  'proxy-used': ({ holder, at }, { language, when, askAt }) => {
    const w = proxyWords[language].used
    return { subject: w.subject, parts: [w.used(holder, when(at)), w.next, w.notYou(askAt)] }
  },
  'proxy-ended': ({ holder, at }, { language, when }) => {
    const w = proxyWords[language].ended
    return { subject: w.subject, parts: [w.ended(holder, when(at))] }
  },
  'proxy-again': ({ holder, at, lastDay }, { language, when }) => {
    const w = proxyWords[language].again
    return { subject: w.subject, parts: [w.again(holder, when(at), lastDay), w.next] }
  },
}

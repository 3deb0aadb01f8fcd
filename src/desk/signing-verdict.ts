import type { Language } from '../lib/words.ts'
import type { Tone } from '../web/verdict.tsx'
import type { ViewReply } from './api.ts'
import { signingDeskWords } from './signing-words.ts'

const tones: Record<NonNullable<ViewReply['signing']>['state'], Tone> = {
  asked: 'wait',
  signed: 'info',
  'to-witness': 'wait',
  refused: 'no',
  over: 'warn',
  elsewhere: 'warn',
}

/** What the desk's bar says while somebody signs on a phone or a tablet; null where nobody is asked to. */
export function signingVerdict(
  signing: ViewReply['signing'] | undefined,
  { language, keys }: { language: Language; keys: boolean },
): { tone: Tone; word: string; next: string } | null {
  if (!signing) return null
  const w = signingDeskWords[language].verdict
  const told = w[signing.state === 'asked' ? signing.place : signing.state]
  const [word = '', next = ''] = typeof told === 'function' ? told(keys) : told
  return { tone: tones[signing.state], word, next }
}

import { undoWords } from '../handover/undo-words.ts'
import type { Language } from '../lib/words.ts'
import type { Tone } from '../web/verdict.tsx'
import type { deskWords } from './screen-words.ts'
import type { DeskState } from './session.ts'
import { signingVerdict } from './signing-verdict.ts'

/** What the bar at the bottom says: a colour and shape, a word, and the next step. */
export interface DeskVerdict {
  tone: Tone
  word: string
  next: string
}

type Words = (typeof deskWords)['en']['verdict']

/** The one verdict of the desk as it stands, the most pressing thing first. */
export function verdictOf(
  state: DeskState,
  w: Words,
  { language, keys }: { language: Language; keys: boolean },
): DeskVerdict {
  const { view, refused, done } = state
  if (state.offline) return { tone: 'warn', word: w.offline, next: w.offlineNext(state.waiting) }
  if (state.handingOver) return said('info', w.sending())
  if (refused !== null) return { tone: 'no', word: w.refused, next: refused }
  if (done !== null) return { tone: 'yes', word: w.done(done.name[language]), next: w.doneNext(done.ending) }
  if (state.undone !== null) {
    const { name, box, retired } = state.undone
    const u = undoWords[language]
    const next = retired ? u.undoneFaulty(name[language]) : u.undoneNow(name[language], box)
    return { tone: 'info', word: w.undone, next }
  }
  if (view?.stop) return { tone: 'no', word: w.stop, next: view.stop.message[language] }
  if (view?.next === 'card') return said('yes', w.card())
  const proxy = view?.proxy ?? null
  if (view?.next === 'evidence' && proxy)
    return said('wait', w.proxy(proxy.name, view.missing?.[language] ?? '', keys))
  if (view?.next === 'evidence') return said('wait', w.evidence(view.missing?.[language] ?? '', keys))
  if (view?.next === 'second-person')
    return said('wait', view.second?.state === 'waits' ? w.waits() : w.ask(keys))
  const signing = signingVerdict(view?.signing, { language, keys })
  if (signing) return signing
  if (view?.next === 'signature' && proxy) return said('wait', w.proxySigns(proxy.name, keys))
  if (view?.next === 'signature') return said('wait', w.signature(keys))
  return said('info', w.start())
}

const said = (tone: Tone, [word = '', next = '']: readonly string[]): DeskVerdict => ({ tone, word, next })

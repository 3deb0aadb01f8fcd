import { useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { doorsWords } from './doors-words.ts'

/** How far a clock was off: fast or slow, with a warning from a limit on. */
export function OffBySaid({ seconds, limit }: { seconds: number | null; limit: number }) {
  const w = useWords(doorsWords)
  if (seconds === null) return <span className="dim">{w.notRead}</span>
  const said = seconds === 0 ? w.exact : seconds > 0 ? w.fast(seconds) : w.slow(-seconds)
  const tone: Tone = Math.abs(seconds) >= limit ? 'warn' : 'yes'
  return <Verdict tone={tone} word={said} />
}

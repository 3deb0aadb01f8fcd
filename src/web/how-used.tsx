import { useWords } from './surroundings.tsx'
import { words } from './words.ts'

/** Where somebody first gives something of theirs: a quiet way to what is said of that category of data. */
export function HowUsed({ of }: { of: 'photo' | 'signature' | 'messages' | 'proxy' }) {
  const w = useWords(words)
  return (
    <p className="hint">
      <a href={`/privacy#data-${of}`}>{w.privacy}</a>
    </p>
  )
}

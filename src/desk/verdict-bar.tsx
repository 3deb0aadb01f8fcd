import type { ReactNode } from 'react'
import { useShell } from '../web/surroundings.tsx'
import { Shape } from '../web/verdict.tsx'
import type { DeskVerdict } from './verdict.ts'

/** The bar that is always in sight: colour, shape, word, and the sentence that says what to do next. */
export function VerdictBar({
  verdict: { tone, word, next },
  other,
  actions,
}: {
  verdict: DeskVerdict
  /** The same sentence in the other language, for the student. */
  other: string | null
  actions: ReactNode
}) {
  const { language } = useShell()
  return (
    <div className={`desk-verdict tone-${tone}`}>
      <Shape tone={tone} />
      <div role="status" aria-live={tone === 'no' ? 'assertive' : 'polite'} aria-atomic="true">
        <p className="desk-word">{word}</p>
        <p>{next}</p>
        {other && (
          <p className="desk-other" lang={language === 'en' ? 'zh-TW' : 'en'}>
            {other}
          </p>
        )}
      </div>
      <div className="desk-verdict-actions">{actions}</div>
    </div>
  )
}

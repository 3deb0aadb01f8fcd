import type { ReactNode } from 'react'
import { useWords } from './surroundings.tsx'
import { words } from './words.ts'

/** One stop of the track: its name, how it stands, and when (or what is missing). */
export interface TrackStep {
  label: string
  state: 'done' | 'current' | 'waiting' | 'failed'
  /** When it was, or is promised to be. */
  when?: ReactNode
  /** One short sentence, where there is something to say. */
  note?: ReactNode
}

/** The way of a card like the stops of a line: ready, collected, activated, doors, refund. Usually five. */
export function Track({ label, steps }: { label: string; steps: readonly TrackStep[] }) {
  const w = useWords(words)
  return (
    <ol className="track" aria-label={label}>
      {steps.map(step => (
        <li
          key={step.label}
          className={`stop ${step.state}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <Stop state={step.state} />
          <span className="stop-label">
            {step.label} <span className="unseen">{w.step[step.state]}</span>
          </span>
          {step.when && <span className="stop-when">{step.when}</span>}
          {step.note && <span className="stop-note">{step.note}</span>}
        </li>
      ))}
    </ol>
  )
}

const Stop = ({ state }: { state: TrackStep['state'] }) => (
  <svg className="stop-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
    <circle cx="12" cy="12" r="9.5" className="ground" />
    {state === 'done' && <path d="M7.6 12.3l3 3.1 5.8-6.4" className="sign" />}
    {state === 'current' && <circle cx="12" cy="12" r="4.5" className="dot" />}
    {state === 'failed' && <path d="M12 6.6v6.6M12 16.6v.6" className="sign" />}
  </svg>
)

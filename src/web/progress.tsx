import { type ReactNode, useId } from 'react'
import { useShell } from './surroundings.tsx'
import { sayCount } from './when.ts'

/** How far a long act has come: always with its numbers in words, never the bar alone. */
export function ProgressBar({
  label,
  value,
  of,
  note,
}: {
  label: ReactNode
  /** How many are done. */
  value: number
  /** How many there are; a bar without any stands at its start. */
  of: number
  /** What happens now, or how long it usually takes. */
  note?: ReactNode
}) {
  const id = useId()
  const { language } = useShell()
  return (
    <div className="progress">
      <label htmlFor={id}>{label}</label>
      <span className="progress-count">
        {sayCount(value, language)} / {sayCount(of, language)}
      </span>
      <progress id={id} value={Math.min(value, of)} max={Math.max(of, 1)} />
      {note && <p className="progress-note">{note}</p>}
    </div>
  )
}

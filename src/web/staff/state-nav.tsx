import './state-nav.css'
import { useShell } from '../surroundings.tsx'
import { sayCount } from '../when.ts'

/** The lists of a screen with their counts; one is chosen. The address says which, so that it survives a reload. */
export function StateNav<State extends string>({
  label,
  states,
  chosen,
  onChoose,
}: {
  label: string
  states: readonly { id: State; name: string; count: number }[]
  chosen: State
  onChoose: (state: State) => void
}) {
  const { language } = useShell()
  return (
    <nav className="state-nav" aria-label={label}>
      {states.map(({ id, name, count }) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          <strong>{sayCount(count, language)}</strong>
          <span>{name}</span>
        </button>
      ))}
    </nav>
  )
}

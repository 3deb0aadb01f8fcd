import { Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import type { BuildingDoors, CardDoors } from './my-card-shape.ts'
import { words } from './student-words.ts'

const tones: Record<BuildingDoors['state'], Tone> = {
  works: 'yes',
  confirmed: 'wait',
  planned: 'wait',
  waiting: 'wait',
  silent: 'warn',
  held: 'warn',
  ended: 'yes',
}

/** What the doors have confirmed of one card, building by building; those still waiting come first. */
export function DoorsList({
  title,
  doors,
  about,
  folded,
}: {
  title: string
  doors: CardDoors
  /** Said where a controller could not be reached. */
  about?: string
  folded?: boolean
}) {
  const w = useWords(words)
  const shell = useShell()
  if (doors.controllers === 0) return null
  const waits = doors.buildings.some(each => each.state === 'silent')
  const head = (
    <>
      {title} <small>{w.counted(doors.done, doors.controllers)}</small>
    </>
  )
  const list = (
    <ul className="buildings">
      {doors.buildings.map(each => (
        <li key={each.building.en}>
          <span>
            {each.building[shell.language]}
            {each.controllers > 1 && <small> {w.counted(each.done, each.controllers)}</small>}
            {each.state === 'silent' && each.silentSince && (
              <small className="building-note">{w.silentSince(sayWhen(each.silentSince, shell))}</small>
            )}
            {each.expectedBy && (
              <small className="building-note">{w.expectedBy(sayWhen(each.expectedBy, shell))}</small>
            )}
          </span>
          <Verdict tone={tones[each.state]} word={w.states[each.state]} />
        </li>
      ))}
    </ul>
  )
  // What is the same everywhere, and as it should be, is there to be looked up and out of the way.
  const [first] = doors.buildings
  const calm = first && ['works', 'ended', 'planned'].includes(first.state)
  if (folded || (calm && doors.buildings.every(each => each.state === first.state)))
    return (
      <details className="all-done">
        <summary>{head}</summary>
        {list}
      </details>
    )
  return (
    <Panel title={head}>
      {list}
      {about && waits && <p className="building-about">{about}</p>}
    </Panel>
  )
}

import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import type { ExtraItem } from './list-extras.ts'
import type { DoorState } from './rules.ts'
import { words } from './words.ts'

type Door = ExtraItem['doors'][number]

const tones: Record<DoorState, Tone> = {
  'set-up-again': 'info',
  requested: 'wait',
  declined: 'no',
  'not-needed': 'yes',
  done: 'wait',
  works: 'yes',
}

/** How it stands with each door that an earlier card opened: asked for, on its way, working, or declined and why. */
export function DoorProgress({ doors }: { doors: readonly Door[] }) {
  const w = useWords(words)
  return (
    <ul className="extra-doors">
      {doors.map(door => (
        <li key={door.id}>
          <span>{w.door(door.building, door.door)}</span>
          <span>
            <Verdict tone={tones[door.state]} word={w.doorStates[door.state]} />
          </span>
          <DoorNote door={door} />
        </li>
      ))}
    </ul>
  )
}

function DoorNote({ door }: { door: Door }) {
  const w = useWords(words)
  const shell = useShell()
  const { state, owner, requestedAt, opensFrom, worksSince, reason } = door
  const said =
    state === 'requested' && requestedAt
      ? w.requestedSince(sayWhen(requestedAt, shell), owner)
      : state === 'done' && opensFrom
        ? w.opensFrom(sayWhen(opensFrom.startsAt, shell), sayWhen(opensFrom.endsBy, shell))
        : state === 'works' && worksSince
          ? w.worksSince(sayWhen(worksSince, shell))
          : state === 'declined' && reason
            ? w.reason(reason)
            : state === 'not-needed'
              ? null
              : w.ask(owner)
  return said && <span className="extra-owner">{said}</span>
}

import { sayAlone } from '../lib/say.ts'
import { Panel } from '../web/panel.tsx'
import { useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import type { ExtrasList } from './list-extras.ts'
import { words } from './words.ts'

const tones = { 'ask-yourself': 'info', 'set-up-again': 'warn', done: 'yes' } as const

/** What stays on the old card, each with who can set it up again; this person's own doors by name. */
export function ExtrasChecklist({ extras }: { extras: ExtrasList }) {
  const w = useWords(words)
  if (extras.items.length === 0) return null
  return (
    <Panel title={w.title}>
      <p>{w.intro}</p>
      <ul className="extras">
        {extras.items.map(item => (
          <li key={item.id}>
            <p className="extra-head">
              <strong>{sayAlone(item.name)}</strong>{' '}
              <Verdict tone={tones[item.state]} word={w.states[item.state]} />
            </p>
            {item.doors.length > 0 && (
              <ul className="extra-doors">
                {item.doors.map(door => (
                  <li key={door.id}>
                    <span>{w.door(door.building, door.door)}</span>
                    <span className="extra-owner">{w.ask(door.owner)}</span>
                    {door.state === 'done' && <Verdict tone="yes" word={w.states.done} />}
                  </li>
                ))}
              </ul>
            )}
            <p className="extra-advice">{item.advice}</p>
            {item.doors.length === 0 && <p className="extra-owner">{w.ask(item.owner)}</p>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

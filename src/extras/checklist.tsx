import { sayAlone } from '../lib/say.ts'
import { Panel } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayDate } from '../web/when.ts'
import { DoorProgress } from './door-progress.tsx'
import type { ExtraItem, ExtrasList } from './list-extras.ts'
import type { ExtraState } from './rules.ts'
import { words } from './words.ts'

const tones: Record<ExtraState, Tone> = {
  'ask-yourself': 'info',
  'set-up-again': 'warn',
  requested: 'wait',
  declined: 'no',
  done: 'yes',
  'not-mine': 'yes',
}

/** An item's name and how it stands. */
export function ExtraHead({ item }: { item: ExtraItem }) {
  const w = useWords(words)
  return (
    <p className="extra-head">
      <strong>{sayAlone(item.name)}</strong> <Verdict tone={tones[item.state]} word={w.states[item.state]} />
    </p>
  )
}

/** Of a pass whose last day is known: until when the old card stays in the wallet. */
export function KeepUntil({ item }: { item: ExtraItem }) {
  const w = useWords(words)
  const shell = useShell()
  // A pass that is over is bought on the new card; nothing is to be kept for it.
  if (item.runsUntil === null || item.runsUntil < shell.today) return null
  return (
    <p>
      <strong>{w.keepUntil(sayDate(item.runsUntil, shell))}</strong>
    </p>
  )
}

/** What stays on the old card, in short, for My card: what is over has one line; the rest says whom to ask. */
export function ExtrasChecklist({ extras }: { extras: ExtrasList }) {
  const w = useWords(words)
  if (extras.items.length === 0) return null
  return (
    <Panel title={w.title}>
      <p>{w.intro}</p>
      <ul className="extras">
        {extras.items.map(item => (
          <li key={item.id}>
            <ExtraHead item={item} />
            {item.doors.length > 0 && <DoorProgress doors={item.doors} />}
            {item.state !== 'done' && item.state !== 'not-mine' && item.doors.length === 0 && (
              <>
                <KeepUntil item={item} />
                <p className="extra-advice">{item.advice}</p>
                <p className="extra-owner">{w.ask(item.owner)}</p>
              </>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href="/my-card/extras">{w.details}</a>
      </p>
    </Panel>
  )
}

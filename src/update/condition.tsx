import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { OffBySaid } from './clock-said.tsx'
import { type ConditionSaid, conditionsOf, worthALookSeconds } from './condition-rules.ts'
import { doorsWords } from './doors-words.ts'
import type { Controllers } from './shapes.ts'

type Controller = Controllers['controllers'][number]

const tones: Record<ConditionSaid, Tone> = {
  strange: 'no',
  silent: 'no',
  held: 'warn',
  'nearly-full': 'warn',
}

/** How a controller is, wherever it is said: each thing that is the matter, the worst first; else that it answers. */
export function Condition({ controller }: { controller: Controller }) {
  const w = useWords(doorsWords)
  const shell = useShell()
  const said = conditionsOf(controller)
  if (said.length === 0) return <Verdict tone="yes" word={w.answers} />
  const since = sayWhen(controller.silentSince ?? '1970-01-01T00:00:00Z', shell)
  const words: Record<ConditionSaid, string> = {
    strange: w.isStrange,
    silent: controller.driver === 'file' ? w.folderSince(since) : w.silentSince(since),
    held: w.isHeld,
    'nearly-full': w.nearlyFull,
  }
  return said.map(each => (
    <div key={each}>
      <Verdict tone={tones[each]} word={words[each]} />
    </div>
  ))
}

/** How its clock is. */
export function ClockOf({ controller }: { controller: Controller }) {
  const w = useWords(doorsWords)
  if (controller.driver === 'file') return <span className="dim">{w.noClock}</span>
  if (controller.clockUnset) return <Verdict tone="warn" word={w.notSet} />
  return <OffBySaid seconds={controller.clockDriftSeconds} limit={worthALookSeconds} />
}

/** Where it is: its address, or the folder of its files. */
export const PlaceOf = ({ controller }: { controller: Pick<Controller, 'host' | 'port' | 'folder'> }) => (
  <span className="figures">
    {controller.host === null ? controller.folder : `${controller.host}:${controller.port}`}
  </span>
)

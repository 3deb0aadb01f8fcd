import { useShell, useWords } from '../web/surroundings.tsx'
import { type Tone, Verdict } from '../web/verdict.tsx'
import { dateOf, sayDate, sayTime } from '../web/when.ts'
import type { WindowsToday } from './shapes.ts'
import { words } from './words.ts'

type Shown = WindowsToday['windows'][number]

const tones: Record<Shown['state'], Tone> = {
  planned: 'wait',
  running: 'info',
  done: 'yes',
  partly: 'warn',
  covered: 'info',
  'not-run': 'info',
}

const minuteMs = 60_000

/** Hours and minutes from one instant to another, both as the server said them. */
function between(from: string, to: string): { hours: number; minutes: number } {
  const minutes = Math.max(0, Math.ceil((Date.parse(to) - Date.parse(from)) / minuteMs))
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

/** Today's windows one after the other: what became of each, and what the next one will change. */
export function WindowStrip({ today }: { today: WindowsToday }) {
  const w = useWords(words)
  const shell = useShell()
  const { zone } = shell
  const { now, next } = today
  return (
    <section aria-labelledby="strip">
      <h2 id="strip" className="unseen">
        {w.strip}
      </h2>
      <ol className="window-strip">
        {today.windows.map(window => {
          const isNext = window.startsAt === next.startsAt
          const { hours, minutes } = between(now, window.startsAt)
          return (
            <li key={window.startsAt} className={isNext ? 'next' : window.state === 'running' ? 'now' : ''}>
              <time className="window-time" dateTime={window.startsAt}>
                {sayTime(window.startsAt, shell)}{' '}
                {dateOf(window.startsAt, zone) !== dateOf(now, zone) && (
                  <small>{sayDate(dateOf(window.startsAt, zone), shell)}</small>
                )}
              </time>
              {window.extra && <small>{w.extra}</small>}
              <Verdict tone={tones[window.state]} word={w.state[window.state]} />
              {isNext ? (
                <>
                  <p>
                    {w.next}
                    {w.colon}
                    {w.in(hours, minutes)}
                  </p>
                  <p className="figures">
                    {next.numbers > 0 ? w.plannedChanges(next.numbers, next.persons) : w.nothing}
                  </p>
                </>
              ) : (
                <Outcome window={window} />
              )}
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Outcome({ window }: { window: Shown }) {
  const w = useWords(words)
  const shell = useShell()
  if (window.state === 'planned' || window.state === 'not-run' || window.state === 'covered') return null
  const took =
    window.finishedAt && window.beganAt
      ? Math.round((Date.parse(window.finishedAt) - Date.parse(window.beganAt)) / 1000)
      : null
  return (
    <>
      <p className="figures">
        {window.owed > 0 ? w.doneOf(window.done, window.owed) : w.nothing}
        {window.failed > 0 && ` · ${w.failed(window.failed)}`}
      </p>
      <p className="dim">
        {took === null ? w.endsBy(sayTime(window.endsBy, shell)) : w.took(Math.floor(took / 60), took % 60)}
      </p>
    </>
  )
}

import { Facts } from '../web/facts.tsx'
import { Page } from '../web/layout.tsx'
import { When } from '../web/moment.tsx'
import { Notice, Panel } from '../web/panel.tsx'
import { PostForm } from '../web/post-form.tsx'
import { ProgressBar } from '../web/progress.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { dateOf, sayDate, sayTime } from '../web/when.ts'
import type { ClockRefusal, DemoTarget } from './demo-clock.ts'
import { words } from './demo-words.ts'

/** What the page of the demo clock shows; instants as ISO texts. */
export interface DemoPageProps {
  now: string
  nextUpdate: string
  deadline: string | null
  moving: { to: string; done: number; of: number } | null
  refused: ClockRefusal | null
}

const order: readonly DemoTarget[] = ['next-update', 'next-day', 'deadline']

/** The demo's clock: what time it is on the campus to try, and ways forward. Works without scripts. */
export function DemoPage({ now, nextUpdate, deadline, moving, refused }: DemoPageProps) {
  const w = useWords(words)
  return (
    <Page title={w.title}>
      <h1>{w.title}</h1>
      <p>{w.about}</p>
      {refused && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{w.refusal[refused]}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: w.now, value: <Now at={now} /> },
          { name: w.nextUpdate, value: <When at={nextUpdate} /> },
          { name: w.deadline, value: deadline ? <When at={deadline} /> : w.deadlineGone },
        ]}
      />
      {moving ? (
        <Panel title={w.moving}>
          <ProgressBar
            label={
              <>
                {w.movingTo} <When at={moving.to} />
              </>
            }
            value={moving.done}
            of={moving.of}
            note={w.movingNote}
          />
        </Panel>
      ) : (
        <Panel title={w.moveTitle}>
          <Ways targets={order.filter(target => target !== 'deadline' || deadline !== null)} />
          <p>{w.onlyForward}</p>
        </Panel>
      )}
      <p>
        <a href="/staff/windows">{w.windows}</a>
      </p>
    </Page>
  )
}

/** The date is always said: on a clock that can be moved nobody knows it. */
function Now({ at }: { at: string }) {
  const shell = useShell()
  return (
    <time dateTime={at}>
      {sayDate(dateOf(at, shell.zone), { ...shell, today: '' })} {sayTime(at, shell)}
    </time>
  )
}

function Ways({ targets }: { targets: readonly DemoTarget[] }) {
  const w = useWords(words)
  return (
    <PostForm action="/demo">
      {targets.map(target => (
        <div key={target}>
          <p className="actions demo-way">
            <button type="submit" name="to" value={target} aria-describedby={`about-${target}`}>
              {w.to[target]}
            </button>
            <small id={`about-${target}`}>{w.toHint[target]}</small>
          </p>
        </div>
      ))}
    </PostForm>
  )
}

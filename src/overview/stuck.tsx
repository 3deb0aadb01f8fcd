import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { withLabel } from '../lib/both.ts'
import { EmptyState, Notice, Panel } from '../web/panel.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { StuckReply } from './api.ts'
import { Since } from './since.tsx'
import { words } from './words.ts'

/** Who is stuck and why, the most first, with what to do. */
export function StuckList() {
  const w = useWords(words)
  const { language } = useShell()
  const { data: answer } = useGet<StuckReply>('/overview/stuck')
  return (
    <Panel title={w.stuckTitle}>
      <p className="dim">{w.stuckAbout}</p>
      {!answer && <p className="waits">{w.loading}</p>}
      {answer && !answer.ok && (
        <Notice tone="no" title={w.refused} urgent>
          <p>{answer.message}</p>
        </Notice>
      )}
      {answer?.ok && answer.value.stuck.length === 0 && (
        <EmptyState title={w.stuckNone}>{w.stuckNoneNext}</EmptyState>
      )}
      {answer?.ok && (
        <ol className="stuck">
          {answer.value.stuck.map(({ kind, people, since }) => (
            <li key={kind}>
              <span className="count">{w.people(people)}</span>
              <div>
                <strong>{w.lists[kind]}</strong>
                {since && (
                  <p className="dim">
                    {w.since} <Since list={kind} at={since} />
                  </p>
                )}
                <p>{w.next[kind]}</p>
              </div>
              <Button
                component={Link}
                to={`/overview/${kind}`}
                variant="default"
                size="sm"
                aria-label={withLabel(w.open, w.lists[kind], language)}
              >
                {w.open}
              </Button>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}

import { Button } from '@mantine/core'
import { Notice } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { Verdict } from '../web/verdict.tsx'
import { sayWhen } from '../web/when.ts'
import { cohortWords } from './cohort-words.ts'
import { useOfDraft } from './use-of-draft.ts'
import type { WavesReply } from './wave-api.ts'

/** The waves of a draft against what their desks can do, worked out when asked. */
export function WaveCounts({ source }: { source: string }) {
  const w = useWords(cohortWords)
  const shell = useShell()
  const { found, isNow, refused, ask } = useOfDraft<WavesReply>('/programme/waves', source)
  const waves = found?.value.waves
  return (
    <section aria-label={w.waves}>
      <h3>{w.waves}</h3>
      <p className="dim">{w.wavesAbout}</p>
      <Button variant="default" onClick={ask}>
        {w.askWaves}
      </Button>
      {refused !== null && <Notice tone="no" title={refused} urgent />}
      {found && !isNow && <p className="dim">{w.before}</p>}
      {waves?.length === 0 && <p>{w.noWaves}</p>}
      {waves && waves.length > 0 && (
        <ListTable
          columns={[w.wave, w.people, w.handovers, w.wait]}
          rows={waves.map(({ id, name, people, desks, handovers, unserved, worst, days }) => ({
            key: id,
            cells: [
              name,
              people,
              <>
                <span className="figures">{handovers}</span>{' '}
                <Verdict
                  tone={unserved > 0 ? 'no' : 'yes'}
                  word={unserved > 0 ? w.unserved(unserved) : w.enough}
                />
              </>,
              <>
                {worst && w.waits(sayWhen(worst.startsAt, shell), worst.people, desks, worst.waitMinutes)}
                <details>
                  <summary>{w.days}</summary>
                  <ul>
                    {days.map(day => (
                      <li key={day.startsAt}>
                        {w.waits(sayWhen(day.startsAt, shell), day.people, desks, day.waitMinutes)}
                      </li>
                    ))}
                  </ul>
                </details>
              </>,
            ],
          }))}
        />
      )}
    </section>
  )
}

import { Button } from '@mantine/core'
import type { Bilingual } from '../lib/words.ts'
import { Panel } from '../web/panel.tsx'
import { useAct, useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayWhen } from '../web/when.ts'
import type { Holds, Lifted } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'

const lookAgainMs = 3_000

interface HeldTogether {
  where: Bilingual | null
  ids: number[]
  hold: Holds['holds'][number]
}

/** Holds of one building that somebody made together are shown and lifted together. */
function heldTogether(holds: Holds['holds']): HeldTogether[] {
  const groups = Map.groupBy(holds, hold => `${hold.heldAt} ${hold.building?.en ?? ''}`)
  return [...groups.values()].map(own => ({
    where: own[0]!.building,
    ids: own.map(({ id }) => id),
    hold: own[0]!,
  }))
}

/** Updates that somebody holds, each with its reason and the button that lifts it. */
export function HoldsPanel({ keeps, onDone }: { keeps: boolean; onDone: (said: string) => void }) {
  const w = useWords(governWords)
  const shell = useShell()
  const { language } = shell
  const holds = useGet<Holds>('/holds', { everyMs: lookAgainMs })
  const act = useAct<Lifted, { lifted: number }>('/holds/lift', {
    refresh: ['/holds', '/windows', '/controllers'],
  })
  const together = heldTogether(holds.data?.ok ? holds.data.value.holds : [])
  if (together.length === 0) return null
  async function lift(ids: number[]) {
    const answered = await act.mutateAsync({ holds: ids })
    onDone(answered.ok ? w.lifted : answered.message)
  }
  return (
    <Panel title={w.holds}>
      <ul className="holds">
        {together.map(({ where, ids, hold }) => {
          const named = where?.[language] ?? w.everywhere
          return (
            <li key={hold.id}>
              <span>
                <strong>{named}</strong> {w.since(sayWhen(hold.heldAt, shell))}{' '}
                <span className="dim">
                  {w.heldBy(hold.heldBy.name?.[language] ?? hold.heldBy.actor, hold.reason)}
                </span>
              </span>
              {keeps && (
                <Button
                  variant="default"
                  size="compact-md"
                  aria-label={w.liftOf(named)}
                  loading={act.isPending}
                  onClick={() => void lift(ids)}
                >
                  {w.lift}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}

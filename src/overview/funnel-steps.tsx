import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { withLabel } from '../lib/both.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import type { OverviewReply } from './api.ts'
import { type Gap, gaps, stages } from './rules.ts'
import { type Chosen, toAddress } from './which.ts'
import { words } from './words.ts'

/** A number that opens the list behind it. */
export function OpensList({ chosen, people }: { chosen: Chosen; people: number }) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <Anchor
      component={Link}
      to={`/overview/${toAddress(chosen)}`}
      underline="always"
      className="figures"
      aria-label={w.openList(w.lists[chosen.list], people)}
    >
      {sayCount(people, language)}
    </Anchor>
  )
}

/** How far people have come: each step a number with its share, and who has not taken it yet. */
export function FunnelSteps({
  counts,
  part,
}: {
  counts: OverviewReply['counts']
  part: Omit<Chosen, 'list'>
}) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <ol className="funnel" aria-label={w.steps}>
      {stages.map((stage, at) => {
        const share = counts.eligible === 0 ? 0 : Math.floor((counts[stage] * 100) / counts.eligible)
        const gap: Gap | undefined = gaps[at - 1]
        const missing = at === 0 ? 0 : counts[stages[at - 1]!] - counts[stage]
        return (
          <li key={stage}>
            <strong>{w.stages[stage]}</strong>
            <span className="count">
              <OpensList chosen={{ list: stage, ...part }} people={counts[stage]} />
            </span>
            <div className="share" aria-hidden="true">
              <span style={{ inlineSize: `${share}%` }} />
            </div>
            <p className="figures">{w.percent(share)}</p>
            <p className="dim">{w.stageAbout[stage]}</p>
            {gap && missing > 0 && (
              <p className="gap">
                {withLabel(w.lists[gap], '', language)}
                <OpensList chosen={{ list: gap, ...part }} people={missing} />
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}

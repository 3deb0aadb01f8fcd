import { Select } from '@mantine/core'
import { Panel } from '../web/panel.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { sayCount } from '../web/when.ts'
import type { OverviewReply } from './api.ts'
import { OpensList } from './funnel-steps.tsx'
import { type Dimension, dimensions, stages } from './rules.ts'
import { words } from './words.ts'

/** The same numbers by counter, department or group. */
export function Parts({
  overview,
  per,
  onPer,
}: {
  overview: OverviewReply
  per: Dimension
  onPer: (per: Dimension) => void
}) {
  const w = useWords(words)
  const { language } = useShell()
  return (
    <Panel title={w.parts(w.dimensions[per])}>
      <Select
        label={w.per}
        data={dimensions.map(value => ({ value, label: w.dimensions[value] }))}
        value={per}
        allowDeselect={false}
        onChange={value => value && onPer(value)}
        maw="18rem"
        mb="sm"
      />
      <ListTable
        columns={[w.dimensions[per], ...stages.map(stage => w.stages[stage])]}
        rows={overview.parts.map(part => ({
          key: part.value ?? '',
          cells: [
            part.name[language],
            ...stages.map(stage =>
              part.value === null || part[stage] === 0 ? (
                <span key={stage} className="figures">
                  {sayCount(part[stage], language)}
                </span>
              ) : (
                <OpensList
                  key={stage}
                  chosen={{ list: stage, by: per, value: part.value }}
                  people={part[stage]}
                />
              ),
            ),
          ],
        }))}
      />
    </Panel>
  )
}

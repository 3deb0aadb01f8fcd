import { Tabs } from '@mantine/core'
import type { ReactNode } from 'react'
import { EmptyState, Panel } from '../panel.tsx'
import { useShell } from '../surroundings.tsx'
import { sayCount } from '../when.ts'

/** One list behind a tab: how many it has, what stands in it, and what an empty one means. */
export interface TabbedList {
  id: string
  title: string
  count: number
  empty: readonly [title: string, text: string]
  content: () => ReactNode
}

/** Lists as tabs with their counts; the first that has something in it is open. */
export function ListTabs({ lists }: { lists: readonly TabbedList[] }) {
  const { language } = useShell()
  const first = lists.find(list => list.count > 0) ?? lists[0]
  return (
    <Panel>
      <Tabs defaultValue={first?.id} keepMounted={false}>
        <Tabs.List>
          {lists.map(({ id, title, count }) => (
            <Tabs.Tab key={id} value={id}>
              {title} <strong className="figures">{sayCount(count, language)}</strong>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {lists.map(({ id, count, empty, content }) => (
          <Tabs.Panel key={id} value={id} pt="md">
            {count === 0 ? <EmptyState title={empty[0]}>{empty[1]}</EmptyState> : content()}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Panel>
  )
}

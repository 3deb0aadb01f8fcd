import { Anchor, Group, NativeSelect } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { besideEachOther } from '../lib/both.ts'
import { EmptyState } from '../web/panel.tsx'
import { ExportList } from '../web/staff/export-list.tsx'
import { ListTable } from '../web/staff/list-table.tsx'
import { Loaded } from '../web/staff/loaded.tsx'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { MyDoorsReply } from './my-doors-routes.ts'
import { myDoorsWords } from './my-doors-words.ts'

/** The doors that the reader looks after: what opens each, and what waits for an answer. */
export function MyDoors() {
  const w = useWords(myDoorsWords)
  const list = useGet<MyDoorsReply>('/my-doors')
  return (
    <>
      <h1>{w.title}</h1>
      <p className="dim">{w.about}</p>
      <Loaded from={list}>
        {({ doors }) =>
          doors.length === 0 ? (
            <EmptyState title={w.noneTitle}>{w.noneNext}</EmptyState>
          ) : (
            <DoorList doors={doors} />
          )
        }
      </Loaded>
    </>
  )
}

function DoorList({ doors }: { doors: MyDoorsReply['doors'] }) {
  const w = useWords(myDoorsWords)
  const { language } = useShell()
  const [building, setBuilding] = useState('')
  const buildings = [...new Set(doors.map(door => door.building[language]))]
  const { door, groups, grants, tasks } = w.columns
  return (
    <>
      <Group mb="md" align="flex-end">
        {buildings.length > 1 && (
          <NativeSelect
            label={w.building}
            value={building}
            onChange={event => setBuilding(event.currentTarget.value)}
            data={[
              { value: '', label: w.anyBuilding },
              ...buildings.map(name => ({ value: name, label: name })),
            ]}
          />
        )}
        <ExportList path="/my-doors" />
      </Group>
      <ListTable
        columns={[door, groups, grants, tasks]}
        rows={doors
          .filter(each => building === '' || each.building[language] === building)
          .map(each => ({
            key: each.id,
            cells: [
              <>
                <Anchor component={Link} to={`/my-doors/${each.id}`} underline="always">
                  {each.name[language]}
                </Anchor>
                <br />
                <small>{each.building[language]}</small>
              </>,
              besideEachOther(
                each.groups.map(group => group[language]),
                language,
              ) || <span className="dim">{w.nobody}</span>,
              each.grants,
              each.tasks === 0 ? null : (
                <Anchor key="tasks" component={Link} to="/door-tasks" underline="always">
                  {w.waiting(each.tasks)}
                </Anchor>
              ),
            ],
          }))}
      />
    </>
  )
}

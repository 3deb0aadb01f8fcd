import { Select } from '@mantine/core'
import type { DoorsList } from '../access/replies.ts'
import { useGet } from '../web/staff/use-api.tsx'
import { useShell } from '../web/surroundings.tsx'

/** The campus's controllers with their doors, as the API lists them; empty while they are read. */
export function useDoors(): DoorsList['controllers'] {
  const list = useGet<DoorsList>('/doors')
  return list.data?.ok ? list.data.value.controllers : []
}

/** Chooses one of the campus's doors, by building; typing narrows the list. */
export function DoorSelect({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string
  placeholder: string
  value: string | null
  onChange: (door: string | null) => void
}) {
  const { language } = useShell()
  const controllers = useDoors()
  // Two controllers may stand in one building, and a group of the list is told apart by its name.
  const byBuilding = Map.groupBy(controllers, ({ building }) => building[language])
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      data={[...byBuilding].map(([group, of]) => ({
        group,
        items: of.flatMap(({ doors }) => doors.map(({ id, name }) => ({ value: id, label: name[language] }))),
      }))}
      value={value}
      onChange={onChange}
    />
  )
}

/** Chooses one of the campus's controllers. */
export function ControllerSelect({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string
  placeholder: string
  value: string | null
  onChange: (serial: string | null) => void
}) {
  const { language } = useShell()
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      data={useDoors().map(({ serial, building }) => ({
        value: String(serial),
        label: `${building[language]} ${serial}`,
      }))}
      value={value}
      onChange={onChange}
    />
  )
}

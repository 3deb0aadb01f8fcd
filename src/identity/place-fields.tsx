import { MultiSelect, NativeSelect } from '@mantine/core'
import { roleNames, type StaffRole, staffRoles } from '../lib/roles.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { SignInSettings } from './api.ts'
import { identityWords } from './screen-words.ts'
import type { Place } from './shape.ts'

type Named = SignInSettings['doors']

/** A role and its place in words: "Desk clerk · Registry". */
export function usePlaceWords({
  counters,
  buildings,
  doors,
}: Pick<SignInSettings, 'counters' | 'buildings' | 'doors'>) {
  const { language } = useShell()
  const w = useWords(identityWords).accounts
  const named = (ids: readonly string[], among: Named) =>
    ids
      .map(id => among.find(each => each.id === id)?.name[language] ?? id)
      .join(language === 'en' ? ', ' : '、')
  return (place: {
    role: StaffRole
    counter?: string | null
    buildings?: readonly string[] | null
    doors?: readonly string[] | null
  }): string => {
    const where = place.counter
      ? named([place.counter], counters)
      : place.doors
        ? named(place.doors, doors)
        : place.buildings
          ? named(place.buildings, buildings)
          : place.role === 'access'
            ? w.allBuildings
            : null
    const role = roleNames[place.role][language]
    return where === null ? role : `${role} · ${where}`
  }
}

/** The fields of a role and where it holds: a counter, buildings or doors, by which role it is. */
export function PlaceFields({
  place,
  settings,
  onChange,
}: {
  place: Place
  settings: Pick<SignInSettings, 'counters' | 'buildings' | 'doors'>
  onChange: (next: Place) => void
}) {
  const w = useWords(identityWords)
  const { language } = useShell()
  const { role } = place
  const options = (among: Named) => among.map(({ id, name }) => ({ value: id, label: name[language] }))
  return (
    <>
      <NativeSelect
        label={w.role}
        value={role}
        data={staffRoles.map(each => ({ value: each, label: roleNames[each][language] }))}
        onChange={event => onChange({ role: event.currentTarget.value as StaffRole })}
      />
      {role === 'desk' && (
        <NativeSelect
          label={w.counter}
          value={place.counter ?? ''}
          data={[{ value: '', label: w.choose }, ...options(settings.counters)]}
          onChange={event => {
            const { value } = event.currentTarget
            onChange({ role, ...(value !== '' && { counter: value }) })
          }}
        />
      )}
      {role === 'access' && (
        <MultiSelect
          label={w.buildings}
          data={options(settings.buildings)}
          value={place.buildings ?? []}
          searchable
          onChange={buildings => onChange({ role, ...(buildings.length > 0 && { buildings }) })}
        />
      )}
      {role === 'owner' && (
        <MultiSelect
          label={w.doors}
          data={options(settings.doors)}
          value={place.doors ?? []}
          searchable
          onChange={doors => onChange({ role, ...(doors.length > 0 && { doors }) })}
        />
      )}
    </>
  )
}

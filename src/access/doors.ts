import { Value } from 'typebox/value'
import type { Act } from '../server/register.ts'
import { recordedControllers } from './controller-store.ts'
import { addController } from './controllers.ts'
import { listGroups } from './group-store.ts'
import { putGroup } from './groups.ts'
import { type Network, usualNetworks } from './networks.ts'
import { sayController, sayGroup } from './say.ts'
import { type Doors, DoorsShape } from './shape.ts'

/** Problems told of one file: enough to mend it in one go. */
const mostTold = 20

/** Reads a campus's doors from an already parsed file; says where it is not as it should be, and why. */
export function readDoors(parsed: unknown): Doors {
  if (Value.Check(DoorsShape, parsed)) return parsed
  const errors = [...Value.Errors(DoorsShape, parsed)]
  const said = errors.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
  const more = said.length > mostTold ? [`and ${said.length - mostTold} more`] : []
  throw new Error(`doors file: ${[...said.slice(0, mostTold), ...more].join('\n            ')}`)
}

/**
 * Records a campus's controllers, doors and access groups from a file, by the same rules as one by one. All or none: the
 * first that is refused is told by its place in the file and in words. Halls of the file are new: it comes before the roster.
 */
export async function recordDoors(
  act: Act,
  { controllers, groups }: Doors,
  networks: readonly Network[] = usualNetworks,
): Promise<void> {
  for (const [at, said] of controllers.entries()) {
    const done = await addController(act, said, networks)
    if (!done.ok) throw new Error(`doors file: /controllers/${at} ${sayController(done, 'en')}`)
  }
  for (const [at, said] of groups.entries()) {
    const done = await putGroup(act, { ...said, newHall: true }, 'do')
    if (!done.ok) throw new Error(`doors file: /groups/${at} ${sayGroup(done, 'en')}`)
  }
}

/** Everything that a doors file says, as it is recorded now: another campus could be set up from it. */
export async function doorsDocument(act: Act): Promise<Doors> {
  const [controllers, groups] = await Promise.all([recordedControllers(act), listGroups(act)])
  return {
    controllers,
    groups: groups.map(({ key, ...group }) => ({ ...group, ...(key === null ? {} : { key }) })),
  }
}

import { Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Act } from '../server/register.ts'

const Both = Type.Object({ 'zh-TW': Type.String(), en: Type.String() })

/** A campus's controllers, their doors, and which groups open them, as a file says it. */
export const DoorsShape = Type.Object({
  controllers: Type.Array(
    Type.Object({
      serial: Type.Integer({ minimum: 1 }),
      host: Type.String(),
      port: Type.Integer(),
      capacity: Type.Integer({ minimum: 1 }),
      numberFormat: Type.String(),
      building: Both,
      doors: Type.Array(Type.Object({ id: Type.String(), number: Type.Integer(), name: Both }), {
        maxItems: 4,
      }),
    }),
    { maxItems: 5000 },
  ),
  groups: Type.Array(
    Type.Object({
      id: Type.String(),
      members: Type.Enum(['campus', 'faculty', 'hall']),
      key: Type.Optional(Type.String()),
      name: Both,
      doors: Type.Array(Type.String()),
    }),
  ),
})
export type Doors = Type.Static<typeof DoorsShape>

/** Reads a campus's doors from an already parsed file; says where it is not as it should be. */
export function readDoors(parsed: unknown): Doors {
  if (Value.Check(DoorsShape, parsed)) return parsed
  const [first] = Value.Errors(DoorsShape, parsed)
  throw new Error(`doors file: ${first?.instancePath || '/'} ${first?.message ?? 'is not as it should be'}`)
}

/** Records a campus's controllers, doors and access groups. */
export async function recordDoors(act: Act, { controllers, groups }: Doors): Promise<void> {
  const { db } = act
  await db
    .insertInto('controller')
    .values(
      controllers.map(each => ({
        id: each.serial,
        host: each.host,
        port: each.port,
        capacity: each.capacity,
        number_format: each.numberFormat,
        building_zh: each.building['zh-TW'],
        building_en: each.building.en,
      })),
    )
    .execute()
  const doors = controllers.flatMap(({ serial, doors: own }) =>
    own.map(({ id, number, name }) => ({
      id,
      number,
      controller_id: serial,
      name_zh: name['zh-TW'],
      name_en: name.en,
    })),
  )
  await db.insertInto('door').values(doors).execute()
  await db
    .insertInto('access_group')
    .values(
      groups.map(({ id, members, key, name }) => ({
        id,
        members,
        member_key: key ?? null,
        name_zh: name['zh-TW'],
        name_en: name.en,
      })),
    )
    .execute()
  const opened = groups.flatMap(({ id, doors: ids }) => ids.map(door_id => ({ group_id: id, door_id })))
  await db.insertInto('access_group_door').values(opened).execute()
  await act.note({ act: 'doors recorded', facts: { controllers: controllers.length, groups: groups.length } })
}

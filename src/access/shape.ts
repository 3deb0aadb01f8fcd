import { Type } from 'typebox'
import { FileSettings } from './file-settings.ts'

const Both = Type.Object({
  'zh-TW': Type.String({ minLength: 1, maxLength: 120 }),
  en: Type.String({ minLength: 1, maxLength: 120 }),
})
const Id = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$',
  description: 'Lower-case letters, digits and hyphens, at most 60: hall-7-entrance',
})

/** A door as a file or a request says it; which number of its controller it is. */
export const DoorFields = {
  id: Id,
  number: Type.Integer({ minimum: 0, maximum: 255, description: '1 to 4: which relay of its controller' }),
  name: Both,
}

/** A controller as a file or a request says it. What such a controller may be is decided by controller-rules.ts. */
export const ControllerFields = {
  serial: Type.Integer({ minimum: 0, maximum: 4_294_967_295, description: 'Its serial number' }),
  driver: Type.Optional(
    Type.String({ maxLength: 40, description: 'Its make: uhppote unless said, or file' }),
  ),
  host: Type.Optional(Type.String({ maxLength: 100, description: 'IPv4 address: 10.3.0.12; of uhppote' })),
  port: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 65_535, description: 'UDP port, 60000 as delivered; of uhppote' }),
  ),
  settings: Type.Optional(FileSettings),
  capacity: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Cards that it can hold' }),
  numberFormat: Type.String({ maxLength: 40, description: 'How its readers send a chip number' }),
  building: Both,
  doors: Type.Array(Type.Object(DoorFields), { maxItems: 16 }),
}

/** An access group as a file or a request says it, without its id. */
export const GroupFields = {
  members: Type.Enum(['campus', 'faculty', 'hall'], { description: 'Whom it opens its doors to' }),
  key: Type.Optional(Type.String({ maxLength: 60, description: 'Which faculty, or which hall' })),
  name: Both,
  doors: Type.Array(Id, { maxItems: 4_000 }),
}

/**
 * A campus's controllers, their doors, and which groups open them, as a file says it. The one source of what such a
 * file and the API may say. Fields that are not named here belong to whoever keeps the file, and are passed over.
 */
export const DoorsShape = Type.Object({
  controllers: Type.Array(Type.Object(ControllerFields), { maxItems: 5_000 }),
  groups: Type.Array(Type.Object({ id: Id, ...GroupFields }), { maxItems: 2_000 }),
})
export type Doors = Type.Static<typeof DoorsShape>
export type ControllerSaid = Doors['controllers'][number]
export type GroupSaid = Doors['groups'][number]
export type DoorSaid = ControllerSaid['doors'][number]

export { Both as BothNames, Id as DoorId }

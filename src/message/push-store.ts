import type { Act } from '../server/register.ts'
import type { DeviceFacts, DeviceFollows, DeviceTold } from './push-rules.ts'
import type { DeviceKeys } from './push-seal.ts'

/** A device on which its holder is told. */
export interface Device {
  id: number
  /** The push service's host. */
  service: string
  since: Temporal.Instant
  /** Names its address without telling it, so that a browser knows itself: SHA-256, in hexadecimal. */
  mark: string
}

const devicesSql = `
  select id, service, since, encode(sha256(convert_to(endpoint, 'UTF8')), 'hex') as mark
  from push_device where person_id = $1 and ended_at is null order by since, id`

/** The devices on which a person is told now, the oldest first. */
export const devicesOf = (act: Act, personId: number): Promise<Device[]> =>
  act.statement<Device>('push_devices', devicesSql, [personId])

const lockSql = 'select from person where id = $1 for no key update'
// Whose device it is may change while its other holder is not locked: the row is.
const knownSql = `
  select id, person_id as "personId", p256dh, auth from push_device where endpoint = $1 for update`
const takenSql = 'select place from push_device where person_id = $1 and ended_at is null and endpoint <> $2'

/** What the rule goes by, read under a lock on the person and on the device, where that is known. */
export async function deviceFacts(
  act: Act,
  personId: number,
  endpoint: string,
): Promise<Pick<DeviceFacts, 'known' | 'taken'>> {
  await act.statement('push_lock', lockSql, [personId])
  // Whoever shows a browser's address has that browser, also where somebody else was told on it before.
  const [known] = await act.asItself(() =>
    act.statement<{ id: number; personId: number } & DeviceKeys>('push_known', knownSql, [endpoint]),
  )
  const taken = await act.statement<{ place: number }>('push_taken', takenSql, [personId, endpoint])
  return { known: known ?? null, taken: taken.map(each => each.place) }
}

const endSql = `
  update push_device set ended_at = $2, ended_because = $3, endpoint = null, p256dh = null, auth = null
  where id = $1 and ended_at is null`
const keepSql = `
  insert into push_device (person_id, place, service, endpoint, p256dh, auth, since)
  values ($1, $2, $3, $4, $5, $6, $7) on conflict (endpoint) do nothing returning id`

/** Keeps a device; false where somebody else had it kept in this very moment. */
export async function keepDevice(
  act: Act,
  personId: number,
  { endpoint, p256dh, auth }: DeviceTold,
  { place, service, ends }: Extract<DeviceFollows, { again: false }>,
): Promise<boolean> {
  if (ends) await act.asItself(() => act.statement('push_end', endSql, [ends.id, act.now, ends.because]))
  const values = [personId, place, service, endpoint, p256dh, auth, act.now]
  return (await act.statement('push_keep', keepSql, values)).length > 0
}

const stopSql = `
  update push_device set ended_at = $3, ended_because = 'holder', endpoint = null, p256dh = null, auth = null
  where id = $1 and person_id = $2 and ended_at is null returning 1`

/** Ends that a person is told on a device of theirs; false where there is no such one, or it has ended. */
export const keepStop = async (act: Act, personId: number, id: number): Promise<boolean> =>
  (await act.statement('push_stop', stopSql, [id, personId, act.now])).length > 0

const mailedSql = `select email from person where id = $1`

/** Whether a person has an address for mail. */
export const hasAddress = async (act: Act, personId: number): Promise<boolean> => {
  const [row] = await act.statement<{ email: string | null }>('push_has_address', mailedSql, [personId])
  return Boolean(row?.email)
}

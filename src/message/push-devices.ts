import { type Decision, no } from '../lib/decision.ts'
import type { Act } from '../server/register.ts'
import type { PushHost } from './push-hosts.ts'
import { type DeviceRefusal, type DeviceTold, mayTellOn } from './push-rules.ts'
import { deviceFacts, keepDevice, keepStop } from './push-store.ts'

/** Has a person told on a device from now on; again is true where they were already. */
export async function tellOn(
  act: Act,
  { personId, ...device }: DeviceTold & { personId: number },
  hosts: readonly PushHost[] | null,
): Promise<Decision<{ again: boolean }, DeviceRefusal>> {
  const facts = await deviceFacts(act, personId, device.endpoint)
  const may = mayTellOn(device, { personId, hosts, ...facts })
  if (!may.ok || may.again) return may
  if (!(await keepDevice(act, personId, device, may))) return no('someone-elses-device')
  await act.note({ act: 'device told', personId })
  return { ok: true, again: false }
}

/** Ends it; somebody else's device is like none, and what has ended stays so. */
export async function stopTelling(act: Act, personId: number, id: number): Promise<void> {
  if (await keepStop(act, personId, id)) await act.note({ act: 'device told no more', personId })
}

import { type Decision, no, yes } from '../lib/decision.ts'
import { type Act, actorName } from '../server/register.ts'
import type { HoldRefusal } from './hold-rules.ts'
import { keepAcknowledged } from './notices.ts'

/** Somebody of the staff knows of a notice and takes care of it; it is not shown any more. */
export async function acknowledge(act: Act, id: number): Promise<Decision<object, HoldRefusal>> {
  if (!(await keepAcknowledged(act, id, { by: actorName(act.actor), now: act.now })))
    return no('no-such-notice')
  await act.note({ act: 'notice acknowledged', facts: { notice: id } })
  return yes({})
}

import type { Met } from '../../update/driver.ts'
import { deviceIn, getDevice } from './board.ts'
import type { Call } from './call.ts'
import { functions, serialIn } from './frame.ts'
import type { Lane } from './lane.ts'

/** The serial number of a question that any board answers. */
export const anySerial = 0

/** Asked for who it is; what was learned of whoever stood there before is forgotten. */
const asking: Call<Met> = {
  code: functions.device,
  build: getDevice,
  about: 0,
  anew: true,
  conclude(reply) {
    if (!reply) return { answer: 'unreachable' }
    const { mac, firmware, madeOn } = deviceIn(reply.datagram)
    return { answer: 'answers', serial: serialIn(reply.datagram), mac, firmware, madeOn }
  },
}

/**
 * Who stands at an address. The board that is looked for is asked first; where it is silent, any board is: one that was
 * put in its place answers to no number but its own.
 */
export async function meet(own: Lane, anybody: () => Lane): Promise<Met> {
  const said = await own.call(asking)
  return said.answer === 'answers' ? said : anybody().call(asking)
}

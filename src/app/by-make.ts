import type { ControllerAddress, ControllerDriver } from '../update/driver.ts'

/**
 * One driver for controllers of every make: each call goes to the driver that the controller's make names. A make that
 * has no driver here is a mistake of ours, and thrown.
 */
export function driverByMake(drivers: Readonly<Record<string, ControllerDriver>>): ControllerDriver {
  const of = ({ serial, driver = 'uhppote' }: ControllerAddress): ControllerDriver => {
    const found = Object.hasOwn(drivers, driver) ? drivers[driver] : undefined
    if (!found) throw new TypeError(`controller ${serial} is of the make "${driver}", which has no driver`)
    return found
  }
  return {
    probe: c => of(c).probe(c),
    meet: async c => of(c).meet?.(c) ?? { answer: 'cannot-say' },
    strays: () => Object.values(drivers).flatMap(driver => driver.strays?.() ?? []),
    together: c => of(c).together(c),
    put: (c, card) => of(c).put(c, card),
    remove: (c, number) => of(c).remove(c, number),
    get: (c, number) => of(c).get(c, number),
    count: c => of(c).count(c),
    setTime: (c, at) => of(c).setTime(c, at),
    getTime: c => of(c).getTime(c),
    read: (c, from, limit) => of(c).read(c, from, limit),
    events: async (c, after, limit) => of(c).events?.(c, after, limit) ?? { answer: 'unreachable' },
    handOver: async c => of(c).handOver?.(c),
    async close() {
      await Promise.all(Object.values(drivers).map(driver => driver.close()))
    },
  }
}

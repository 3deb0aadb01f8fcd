import { worldOf } from './many.ts'
import type { Violation } from './oracle.ts'
import { type Size, usualSize, type WorldTold } from './world.ts'

const smallSizes: readonly Size[] = [1, 2, 4, 8].flatMap(people =>
  [1, 2, 3].map(processes => ({ controllers: 1, people, processes })),
)

/** A smaller world in which the same promise is broken; the one given where none was found among some seeds of each size. */
export async function smaller(
  promise: Violation['promise'],
  seedsOfEach = 150,
): Promise<{ seed: number; size: Size } | null> {
  for (const size of smallSizes)
    for (let seed = 1; seed <= seedsOfEach; seed += 1) {
      const { violations } = await worldOf(seed, { size })
      if (violations.some(each => each.promise === promise)) return { seed, size }
    }
  return null
}

const always =
  /takes lane|stopped|dies|starts|wiped|window|faults|away|no longer|silent|refuses|stores|system|reply|full|each request|\*\*\*/

/** What happened to the card and the controller of the first violation, line by line, for a person to read. */
export async function traceOf(seed: number, size: Size = usualSize): Promise<string> {
  const told: WorldTold = await worldOf(seed, { size, traced: true })
  const [first] = told.violations
  if (!first) return `seed ${seed}: nothing was broken\n${told.trace.join('\n')}`
  const numbers = first.what.match(/\b\d{3,4}\b/g) ?? []
  const end = told.trace.findIndex(line => line.includes('***'))
  const card = numbers.find(number => number.length === 4)
  const controllers = numbers.filter(number => number.length === 3)
  const own = card === undefined ? [] : ['1', '2', '3'].map(kind => kind + card.slice(1))
  const lines = told.trace
    .slice(0, end + 1)
    .filter(line => own.some(number => line.includes(number)) || always.test(line))
    .filter(line => !/\b40\d\b/.test(line) || controllers.some(controller => line.includes(controller)))
  return [`seed ${seed}, ${JSON.stringify(size)}: ${first.promise} ${first.what}`, ...lines].join('\n')
}

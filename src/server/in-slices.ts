import { setImmediate } from 'node:timers/promises'

/**
 * Runs long work that yields how far it is, and lets everybody else go first at each of its steps: one large file keeps no
 * other request waiting.
 */
export async function inSlices<Result>(
  work: Generator<number, Result>,
  onStep: (done: number) => void = () => {},
): Promise<Result> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    onStep(step.value)
    await setImmediate()
  }
}

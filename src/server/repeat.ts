import { setTimeout as wait } from 'node:timers/promises'

/** Something that is looked at again and again until it is stopped. */
export interface Repeated {
  /** Looks soon, without waiting for the time to come; many calls are one look. */
  hurry(): void
  /** Ends after the look in hand. */
  stop(): Promise<void>
}

/**
 * Looks every so many milliseconds, one look at a time. A look that fails is told and looked again: what is to be
 * done is found in committed rows, so nothing is lost by it. Without `everyMs` nobody looks (tests look themselves).
 */
export function repeat(
  look: () => Promise<unknown>,
  { everyMs, onFault }: { everyMs: number | undefined; onFault: (error: unknown) => void },
): Repeated {
  const stopped = new AbortController()
  let waiting = new AbortController()
  async function run(each: number): Promise<void> {
    while (!stopped.signal.aborted) {
      waiting = new AbortController()
      await look().catch(onFault)
      const over = AbortSignal.any([stopped.signal, waiting.signal])
      await wait(each, undefined, { signal: over }).catch(() => {})
    }
  }
  const running = everyMs === undefined ? Promise.resolve() : run(everyMs)
  return {
    hurry() {
      waiting.abort()
    },
    async stop() {
      stopped.abort()
      await running
    },
  }
}

import type { Stray } from '../../update/driver.ts'

/** Senders kept until somebody asks: whoever floods us with replies from made-up addresses fills no memory. */
const mostKept = 64

/** Replies with a known serial number from an address that is not that controller's, each sender once. */
export class Strays {
  readonly #kept = new Map<string, Stray>()

  note(stray: Stray): void {
    if (this.#kept.size < mostKept) this.#kept.set(`${stray.serial} ${stray.host}:${stray.port}`, stray)
  }

  /** Those since the last time. */
  take(): Stray[] {
    const all = [...this.#kept.values()]
    this.#kept.clear()
    return all
  }
}

/** A datagram that reached a controller's address, whatever then became of it. */
export interface Logged {
  /** Counts from 1 over all controllers, and goes on counting when old entries give way. */
  index: number
  serial: number
  code: number
  /** What stands where a card number would (offset 8). */
  card: number
  sequence: number
}

/** What was asked of each controller: function code (as `0x50`) to number of datagrams. */
export interface Counts {
  datagrams: number
  controllers: Record<string, Record<string, number>>
}

/** The last 200,000 datagrams, and the count of all of them. */
export class DatagramLog {
  static readonly limit = 200_000
  readonly #ring = new Uint32Array(DatagramLog.limit * 4)
  readonly #perController = new Map<number, Uint32Array>()
  #last = 0

  /** Where datagrams of one controller are counted and kept: of those with many parts the first one's function. */
  of(serial: number): (datagram: Buffer) => void {
    const counts = new Uint32Array(256)
    this.#perController.set(serial, counts)
    return datagram => {
      if (datagram.length !== 64 && datagram.length !== 1024) return
      const at = (this.#last++ % DatagramLog.limit) * 4
      const code = datagram[1]!
      this.#ring[at] = serial
      this.#ring[at + 1] = code
      this.#ring[at + 2] = datagram.readUInt32LE(8)
      this.#ring[at + 3] = datagram.readUInt32LE(40)
      counts[code]!++
    }
  }

  /** How many datagrams have come in all: the index of the last. */
  get received(): number {
    return this.#last
  }

  /** The datagrams after an index, at most `limit`, and the oldest index that is still kept. */
  after(index: number, limit: number): { entries: Logged[]; oldest: number; last: number } {
    const oldest = Math.max(1, this.#last - DatagramLog.limit + 1)
    const entries: Logged[] = []
    for (let next = Math.max(index + 1, oldest); next <= this.#last && entries.length < limit; next++) {
      const at = ((next - 1) % DatagramLog.limit) * 4
      const [serial = 0, code = 0, card = 0, sequence = 0] = this.#ring.subarray(at, at + 4)
      entries.push({ index: next, serial, code, card, sequence })
    }
    return { entries, oldest, last: this.#last }
  }

  counts(): Counts {
    const controllers: Counts['controllers'] = {}
    for (const [serial, counts] of this.#perController) {
      const named: Record<string, number> = {}
      for (const [code, count] of counts.entries())
        if (count > 0) named[`0x${code.toString(16).padStart(2, '0')}`] = count
      if (Object.keys(named).length > 0) controllers[serial] = named
    }
    return { datagrams: this.#last, controllers }
  }

  reset(): void {
    this.#last = 0
    for (const counts of this.#perController.values()) counts.fill(0)
  }
}

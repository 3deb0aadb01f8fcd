/** A line "paid" of the issuer's file. */
export interface PaidLine {
  reference: string
  ofCase: number
  ofRound: number
  amount: number
  on: string
}

/** A payment of the issuer as the tests keep it, and whether it counts for its case. */
export type OwnPayment = PaidLine & { counts: boolean }

/** What the issuer paid, as the tests keep it: each reference once, and one payment a case that counts. */
export class OwnRefunds {
  readonly payments = new Map<string, OwnPayment>()
  /** Lines that the product has no reason to refuse, and those that it has. */
  readonly #sent = new Set<string>()

  /** A case went to the issuer, this time. */
  sent(ofCase: number, ofRound: number): void {
    this.#sent.add(`${ofCase} ${ofRound}`)
  }

  /** Whether a file with these lines contradicts a payment that was read before, or itself. */
  contradicts(lines: readonly PaidLine[]): boolean {
    const known = new Map<string, PaidLine>(this.payments)
    return lines.some(line => {
      const before = known.get(line.reference)
      known.set(line.reference, line)
      return (
        before !== undefined &&
        (before.ofCase !== line.ofCase ||
          before.ofRound !== line.ofRound ||
          before.amount !== line.amount ||
          before.on !== line.on)
      )
    })
  }

  /** A file counted: what is new of it is kept. */
  read(lines: readonly PaidLine[]): void {
    for (const line of lines) {
      if (this.payments.has(line.reference)) continue
      const paid = [...this.payments.values()].some(each => each.counts && each.ofCase === line.ofCase)
      const counts = !paid && this.#sent.has(`${line.ofCase} ${line.ofRound}`)
      this.payments.set(line.reference, { ...line, counts })
    }
  }
}

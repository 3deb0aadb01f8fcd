import { students } from './campus.ts'
import type { Facts } from './facts.ts'

/** An application's fee as the tests keep it, in minor units. */
export interface OwnApplication {
  id: number
  personId: number
  fee: number
  due: number
  owed: number
  back: number
  settled: 'free' | 'paid' | 'waived' | null
  open: boolean
}

/** A receipt that a kiosk printed; `rest` is what nobody has been credited with yet. */
export interface OwnReceipt {
  number: string
  amount: number
  studentNumber: string | null
  paidAtMs: number
  rest: number
}

/** A payment that somebody began online, and what the provider has said of it. */
export interface OwnTry {
  id: string
  application: OwnApplication
  amount: number
  said: 'nothing' | 'cancelled' | 'for good'
}

/** What a provider says of a payment. */
export interface Word {
  outcome: 'paid' | 'cancelled'
  amount: number
  currency: string
}

/**
 * The ledger of fees as the tests keep it: from who paid what to whom, and the rules of money alone, with nothing of the
 * product's. Whether an application is open is all that it believes of the register.
 */
export class OwnFees {
  readonly applications = new Map<number, OwnApplication>()
  readonly receipts = new Map<string, OwnReceipt>()
  readonly tries = new Map<string, OwnTry>()
  /** What came in, by way, and what the office handed back. */
  readonly came = { online: 0, kiosk: 0, counter: 0 }
  handedBack = 0
  /** What was asked and not taken back, and what was let go. */
  asked = 0
  waived = 0
  #waiting: { application: OwnApplication; number: string }[] = []
  #people: number[] = []

  /** Applications that came, those that ended, and those that are open again. */
  follow({ people, reissues }: Facts): void {
    this.#people = people.map(({ id }) => id)
    for (const each of reissues) {
      const own = this.applications.get(each.id) ?? this.#applied(each)
      if (own.open && each.endedAs !== null) this.#ended(own, each.endedAs)
      // Its card was taken back: nothing is asked anew.
      own.open = each.endedAs === null
    }
  }

  #applied({ id, personId, amount: fee }: Facts['reissues'][number]): OwnApplication {
    const settled = fee === 0 ? 'free' : null
    const own: OwnApplication = { id, personId, fee, due: fee, owed: 0, back: 0, settled, open: true }
    this.applications.set(id, own)
    this.asked += fee
    // Who paid at a kiosk first, with the own number, has paid.
    const [first] = [...this.receipts.values()]
      .filter(each => each.rest > 0 && this.#personOf(each.studentNumber) === personId && each.amount === fee)
      .toSorted((a, b) => a.paidAtMs - b.paidAtMs)
    if (first && this.paysBy(personId, 'kiosk')) this.#payWith(first, own)
    return own
  }

  #ended(own: OwnApplication, as: string): void {
    own.open = false
    // What was not paid is asked no longer; who leaves before the card is made gets back what they paid.
    const isOwed = own.settled === 'paid' && as === 'left'
    this.asked -= own.due + (isOwed ? own.fee : 0)
    own.owed += isOwed ? own.fee : 0
    own.due = 0
  }

  #personOf(studentNumber: string | null): number | null {
    const place = students.findIndex(each => each.studentNumber === studentNumber)
    return this.#people[place] ?? null
  }

  /** Exchange students pay at the counter alone, and everybody else everywhere but there. */
  paysBy(personId: number, way: 'online' | 'kiosk' | 'counter'): boolean {
    const isExchange = students[this.#people.indexOf(personId)]?.kind === 'exchange'
    return isExchange === (way === 'counter')
  }

  /** The application of somebody of which something is due. */
  dueOf(personId: number | null): OwnApplication | null {
    return (
      [...this.applications.values()].findLast(each => each.personId === personId && each.due > 0) ?? null
    )
  }

  #settle(own: OwnApplication, as: 'paid' | 'waived'): void {
    own.due = 0
    own.settled = as
  }

  /** The provider said it, with its seal and in time: the first word counts, but a payment may follow on "cancelled". */
  called(id: string, { outcome, amount, currency }: Word): void {
    const told = this.tries.get(id)
    if (!told || told.said === 'for good') return
    told.said = outcome === 'cancelled' ? 'cancelled' : 'for good'
    if (outcome === 'cancelled' || currency !== 'TWD') return
    this.came.online += amount
    const { application } = told
    if (amount === told.amount && amount === application.due) this.#settle(application, 'paid')
    else application.owed += amount
  }

  #payWith(receipt: OwnReceipt, application: OwnApplication): boolean {
    const pays = receipt.rest > 0 && receipt.amount === application.due
    if (!pays || !this.paysBy(application.personId, 'kiosk')) return false
    receipt.rest = 0
    this.#settle(application, 'paid')
    return true
  }

  /** A kiosk took money; it pays whose number it bears, else who typed the receipt's number first. */
  kioskTook(receipt: Omit<OwnReceipt, 'rest'>): void {
    if (this.receipts.has(receipt.number)) return
    const own = { ...receipt, rest: receipt.amount }
    this.receipts.set(own.number, own)
    this.came.kiosk += own.amount
    const waits = this.#waiting.filter(each => each.number === own.number)
    this.#waiting = this.#waiting.filter(each => each.number !== own.number)
    const first = waits.find(({ application }) => application.due > 0)?.application ?? null
    const payer = own.studentNumber === null ? first : this.dueOf(this.#personOf(own.studentNumber))
    if (payer) this.#payWith(own, payer)
  }

  /** Somebody typed a receipt's number, and not too often. */
  typed(personId: number, number: string): void {
    const application = this.dueOf(personId)
    if (application === null || !this.paysBy(personId, 'kiosk')) return
    const receipt = this.receipts.get(number)
    if (receipt) {
      if (receipt.studentNumber === null || this.#personOf(receipt.studentNumber) === personId)
        this.#payWith(receipt, application)
      return
    }
    if (this.#waiting.some(each => each.application === application && each.number === number)) return
    this.#waiting = this.#waiting.filter(each => each.application !== application)
    this.#waiting.push({ application, number })
  }

  /** The office says which application a receipt pays, and why. */
  assigned(number: string, id: number): void {
    const [receipt, own] = [this.receipts.get(number), this.applications.get(id)]
    if (receipt && own) this.#payWith(receipt, own)
  }

  /** The office hands a receipt's money back to who paid it. */
  receiptHandedBack(number: string): void {
    const receipt = this.receipts.get(number)
    if (!receipt) return
    this.handedBack += receipt.rest
    receipt.rest = 0
  }

  /** Somebody came to the counter with money. */
  paidAtCounter(id: number): void {
    const own = this.applications.get(id)
    if (!own || own.due === 0 || !this.paysBy(own.personId, 'counter')) return
    this.came.counter += own.due
    this.#settle(own, 'paid')
  }

  /** The office lets a fee go; what was paid is owed back. */
  letGo(id: number): void {
    const own = this.applications.get(id)
    if (!own?.open || own.settled === 'free' || own.settled === 'waived') return
    if (own.settled === 'paid') own.owed += own.fee
    this.waived += own.fee
    this.#settle(own, 'waived')
  }

  /** The office hands back what is owed. */
  handBack(id: number): void {
    const own = this.applications.get(id)
    if (!own) return
    this.handedBack += own.owed
    own.back += own.owed
    own.owed = 0
  }
}

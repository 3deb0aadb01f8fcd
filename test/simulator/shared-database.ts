import type { WantedRow } from '../../src/access/rules.ts'
import type { Window } from '../../src/programme/timetable.ts'
import type { Batch, Lease, Ledger, ReadBack, Rest, TurnOf } from '../../src/update/ledger.ts'
import type { Surveying } from '../../src/update/survey.ts'
import type { WindowPlan } from '../../src/update/windows.ts'
import type { BooksLedger } from './books-ledger.ts'
import type { Moment } from './books-windows.ts'
import { leaseSeconds } from './calendar.ts'
import type { Chance } from './chance.ts'
import type { Oracle } from './oracle.ts'
import type { SimulatedProcess } from './process.ts'
import { SurveyStatements } from './survey-statements.ts'
import type { SimulatedTime } from './time.ts'

/** How long an act may keep a window from being opened; as `short-transaction.ts` has it. */
const lockTimeoutMs = 2_000

/** What a database call does at the server; null where it waits for a lock. */
type Statement<T> = () => T
/** The same of a transaction of several statements: in the books they are all done before time passes. */
type Statements<T> = () => Promise<T>

/**
 * The database that the processes of a world share: what a transaction does happens at one moment, some milliseconds
 * after it was asked, and its answer comes some milliseconds later. Reads that the real ledger makes one after the
 * other happen one after the other here. While it is away, calls fail; one that was under way may have been done.
 */
export class SharedDatabase {
  readonly #time: SimulatedTime
  readonly #chance: Chance
  readonly #oracle: Oracle
  readonly #liars: ReadonlySet<number>
  readonly ledger: BooksLedger
  /** Until when it cannot be reached. */
  awayUntilMs = 0
  /** Acts under way; they share the timetable's lock. */
  readonly #acts = new Set<number>()
  #waiting: { retry: () => void }[] = []
  #actsMade = 0
  readonly #statements: SurveyStatements

  constructor(
    time: SimulatedTime,
    chance: Chance,
    oracle: Oracle,
    ledger: BooksLedger,
    liars: ReadonlySet<number>,
  ) {
    this.#liars = liars
    this.#time = time
    this.#chance = chance
    this.#oracle = oracle
    this.ledger = ledger
    this.#statements = new SurveyStatements(
      ledger,
      () => this.moment,
      survey => oracle.listRead(survey),
    )
  }

  get moment(): Moment {
    return { nowMs: this.#time.nowMs, rawMs: this.#time.nowMs }
  }

  get isAway(): boolean {
    return this.#time.nowMs < this.awayUntilMs
  }

  /** An act takes its moment, under the timetable's lock, and lasts until it commits. */
  act(lastsMs: number, commit: (decidedAtMs: number) => void): void {
    if (this.#waiting.length > 0 || this.isAway) {
      // Whoever waits for the lock alone goes first.
      this.#time.after(this.#chance.whole(5, 50), () => this.act(lastsMs, commit))
      return
    }
    const decidedAtMs = this.#time.nowMs
    const id = this.#actsMade++
    this.#acts.add(id)
    this.#time.after(lastsMs, () => {
      commit(decidedAtMs)
      this.#acts.delete(id)
      if (this.#acts.size > 0) return
      const waiting = this.#waiting
      this.#waiting = []
      for (const { retry } of waiting) retry()
    })
  }

  keepWanted(rows: readonly WantedRow[], decidedAtMs: number): void {
    this.#oracle.decided(this.ledger.books.keepWanted(rows, decidedAtMs))
  }

  /** One transaction of a process: asked now, done a little later, answered a little later still. */
  #call<T>(process: SimulatedProcess, work: Statement<T> | Statements<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const { life } = process
      const fails = (afterMs: number): void =>
        void process.after(life, afterMs, () => reject(new Error('the database does not answer')))
      const answers = (answer: T): void =>
        void process.after(life, this.#chance.whole(1, 6), () => {
          if (this.isAway && this.#chance.happens(0.5)) fails(0)
          else resolve(answer)
        })
      const arrives = (): void => {
        if (this.isAway) fails(this.#chance.whole(1, 1_500))
        // Stopped or dead between two statements: what it had done is undone. Its last one may have been on the way.
        else if (!process.isRunning(life) && this.#chance.happens(0.5)) fails(0)
        else {
          try {
            const done = work()
            if (done instanceof Promise) done.then(answers, () => fails(0))
            else answers(done)
          } catch {
            fails(0)
          }
        }
      }
      this.#time.at(process.clockMs() + this.#chance.whole(1, 6), arrives)
    })
  }

  /** Whether the lease is still this process's; renews it. */
  #renews(process: SimulatedProcess, lease: Lease): boolean {
    if (!this.ledger.renew(lease, this.moment)) return false
    lease.certainAtMs = process.readAtMs()
    return true
  }

  /** Waits until every act that is under way has committed: later ones read a later time. */
  #cutOff(process: SimulatedProcess): Promise<void> {
    const { life } = process
    return new Promise((resolve, reject) => {
      let over = false
      const attempt = () => {
        if (over) return
        if (this.#acts.size > 0) {
          this.#waiting.push({ retry: attempt })
          return
        }
        over = true
        if (this.isAway) process.after(life, 0, () => reject(new Error('the transaction was ended')))
        else process.after(life, this.#chance.whole(1, 6), resolve)
      }
      this.#time.at(process.clockMs() + this.#chance.whole(1, 6), attempt)
      this.#time.after(lockTimeoutMs, () => {
        if (over) return
        over = true
        this.#waiting = this.#waiting.filter(each => each.retry !== attempt)
        process.after(life, 0, () => reject(new Error('an act is still open')))
      })
    })
  }

  #open(plan: WindowPlan, window: Window): boolean {
    const opened = this.ledger.open(plan, window, this.moment)
    if (opened) this.#oracle.opened(window.startsAt)
    return opened
  }

  /** What a process asks for beside its ledger, as the real code asks it: statement by statement. */
  sharedWith(process: SimulatedProcess): Surveying {
    const now = async () => Temporal.Instant.fromEpochMilliseconds(this.#time.nowMs)
    const transaction: Surveying['database']['transaction'] = work =>
      this.#call(process, () => work(this.#statements, undefined as never))
    return {
      database: { transaction } as Surveying['database'],
      clock: { now, actMoment: now, aloneMoment: now },
      owner: process.name,
      leaseSeconds,
      monotonicMs: () => process.readAtMs(),
    }
  }

  /** The ledger as one process uses it. */
  ledgerOf(process: SimulatedProcess): Ledger {
    const { ledger } = this
    const call = <T>(work: Statement<T>) => this.#call(process, work)
    const fenced = <T>(lease: Lease, work: Statement<T>) =>
      call(() => (this.#renews(process, lease) ? work() : null))
    return {
      openDueWindow: async plan => {
        const window = await call(() => ledger.dueWindow(plan, this.moment))
        if (!window) return null
        await this.#cutOff(process)
        return (await call(() => this.#open(plan, window))) ? window : null
      },
      finishWindows: () =>
        call(() => {
          const finished = ledger.finishWindows(this.moment)
          for (const startsAt of finished) this.#oracle.finished(startsAt)
          return finished
        }),
      takeUpAdopted: async () => {
        // Asked by every look: it is left out where there is nothing to take up.
        if (ledger.books.hasToTakeUp) await call(() => ledger.takeUpAdopted(this.moment))
      },
      lanesWithWork: () => call(() => ledger.lanesWithWork(this.moment)),
      claim: controllerId =>
        call(() => {
          const claimed = ledger.claim(controllerId, process.name, this.moment)
          if (claimed) this.#oracle.claimed(process.name, claimed)
          const nowMs = process.readAtMs()
          return claimed && { ...claimed, certainAtMs: nowMs, lookedAtMs: nowMs }
        }),
      renew: async lease => (await fenced(lease, () => true)) ?? false,
      release: (rest: Rest) => call(() => ledger.release(rest, this.moment)),
      list: async lease => {
        const horizon = await call(() => ledger.books.newest?.startsAt ?? null)
        return {
          horizon,
          open: await call(() => ledger.books.openPeople(lease.controllerId, this.#time.nowMs)),
        }
      },
      turn: async (turn: TurnOf) => {
        const {
          lease,
          lease: { controllerId },
        } = turn
        const first = await call(() => {
          if (!ledger.isHeld(lease)) return null
          return {
            beganMs: this.#time.nowMs,
            horizon: ledger.books.newest?.startsAt ?? null,
            personIds: ledger.whose(controllerId, turn, this.moment),
          }
        })
        if (!first) return null
        const people = await call(() => ledger.due(controllerId, first.personIds, this.moment))
        const turned = { horizon: first.horizon, people }
        this.#oracle.turned(turned, first.beganMs)
        return turned
      },
      keep: async (batch: Batch) =>
        (await fenced(batch.lease, () => {
          ledger.keep(batch, this.moment)
          this.#oracle.kept(batch, this.#liars)
          return true
        })) ?? false,
      endPart: ({ lease, outcome, startsAt }) =>
        fenced(lease, () => ledger.endPart(lease.controllerId, outcome, startsAt)),
      toVerify: ({ lease, limit }) =>
        call(() => {
          this.#oracle.verifying(lease.controllerId)
          return ledger.toVerify(lease.controllerId, limit, this.moment)
        }),
      keepReadBack: (read: ReadBack) =>
        fenced(read.lease, () => {
          this.#oracle.verified(read)
          return ledger.keepReadBack(read, this.moment)
        }),
      cardsConfirmed: lease => call(() => ledger.cardsConfirmed(lease.controllerId)),
      suspect: async lease =>
        (await fenced(lease, () => {
          ledger.suspect(lease.controllerId, this.moment)
          return true
        })) ?? false,
    }
  }
}

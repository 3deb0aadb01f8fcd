import type { HeldNumber, Lease, Turn } from '../../src/update/ledger.ts'
import type { Outcome } from '../../src/update/outcome.ts'
import { isStillVisited, type OpenPerson } from '../../src/update/plan.ts'
import { type BothLedgers, controllers, numbers, type Owner, owners } from './both-ledgers.ts'
import { plan, rowsOf } from './decided-rows.ts'
import { byText, dueText, plain } from './in-plain.ts'
import { ListSteps } from './list-steps.ts'
import { type Answered, type Step, together } from './step.ts'

const minute = 60_000

interface Taken {
  owner: Owner
  lease: Lease
  turn: Turn | null
  held: HeldNumber[]
}

/** Takes steps on both ledgers; later ones go on with what earlier ones answered. */
export class LedgerSteps {
  readonly #both: BothLedgers
  readonly #taken: Taken[] = []
  readonly #lists: ListSteps

  constructor(both: BothLedgers) {
    this.#both = both
    this.#lists = new ListSteps(both)
  }

  async take({ kind, picks }: Step): Promise<Answered> {
    const [a = 0, b = 0, c = 0, ...rest] = picks
    const one = this.#taken[this.#taken.length - 1 - (a % 3)] ?? this.#taken.at(-1)
    if (kind === 'time') return this.#time(a, b)
    if (kind === 'decide') return this.#decide(picks)
    if (kind === 'claim') return this.#claim(controllers[a % 2]!, owners[b % 2]!)
    if (kind === 'look' || kind === 'finish' || kind === 'work') return this.#look(kind, owners[a % 2]!, b)
    if (kind === 'ask for a list') return this.#lists.ask(controllers[a % 2]!, [b, c, ...rest])
    if (kind === 'adopt') return this.#lists.adopt(a)
    if (kind === 'hold') return this.#hold(controllers[a % 2]!)
    if (kind === 'take up') return this.#lists.takeUp(owners[a % 2]!)
    if (kind === 'read a list') return this.#readList(controllers[a % 2]!, owners[b % 2]!, [c, ...rest])
    if (!one) return this.#claim(controllers[a % 2]!, owners[b % 2]!)
    if (kind === 'look for removed') return this.#lookForRemoved(one)
    if (kind === 'turn') return this.#turn(one, b)
    if (kind === 'keep') {
      const turned = one.turn ? [] : [await this.#turn(one, 0)]
      return together(...turned, await this.#keep(one, [b, c, ...rest]))
    }
    if (kind === 'to verify' || kind === 'read back') return this.#verify(kind, one, [b, c, ...rest])
    return this.#ask(kind, one, [b, c])
  }

  async #time(a: number, b: number): Promise<Answered> {
    const { nowMs, rawMs } = this.#both.moment
    const ms = [1_000, 5_000, 11_000, 40_000, 2 * minute, 60 * minute, 300 * minute, 1_500 * minute][a % 8]!
    // The raw clock need not go with the campus's.
    await this.#both.setTime({ nowMs: nowMs + ms, rawMs: rawMs + (b % 4 === 0 ? 1_000 : ms) })
    return { database: null, memory: null, what: 'time' }
  }

  async #decide(picks: readonly number[]): Promise<Answered> {
    const { moment } = this.#both
    const rows = rowsOf(picks, moment.nowMs)
    await this.#both.decide(rows)
    return { database: null, memory: null, what: 'decide' }
  }

  async #look(kind: 'look' | 'finish' | 'work', owner: Owner, pick: number): Promise<Answered> {
    const ofDatabase = this.#both.ofDatabase[owner]
    const { inMemory, moment } = this.#both
    if (kind === 'work') {
      const database = await ofDatabase.lanesWithWork()
      return {
        database: plain(database),
        memory: plain(inMemory.lanesWithWork(moment)),
        what: database.length ? kind : '',
      }
    }
    if (kind === 'finish') return this.#finish(owner, pick)
    const database = await ofDatabase.openDueWindow(plan)
    const due = inMemory.dueWindow(plan, moment)
    const memory = due && inMemory.open(plan, due, moment) ? due : null
    return { database: plain(database), memory: plain(memory), what: database ? kind : '' }
  }

  /** Ends what each controller owes the newest window, as far as its lane is to be had, and then windows. */
  async #finish(owner: Owner, pick: number): Promise<Answered> {
    const { ofDatabase, inMemory, books, moment } = this.#both
    const startsAt = books.newest?.startsAt ?? null
    const database: unknown[] = []
    const memory: unknown[] = []
    for (const controllerId of pick % 3 === 0 ? [] : controllers) {
      const lease = await ofDatabase[owner].claim(controllerId)
      memory.push(inMemory.claim(controllerId, owner, moment)?.epoch ?? null)
      database.push(lease?.epoch ?? null)
      if (!lease) continue
      this.#taken.push({ owner, lease, turn: null, held: [] })
      database.push(await ofDatabase[owner].endPart({ lease, outcome: 'partly', startsAt }))
      memory.push(inMemory.renew(lease, moment) && inMemory.endPart(controllerId, 'partly', startsAt))
    }
    const finished = await ofDatabase[owner].finishWindows()
    database.push(byText(finished))
    memory.push(byText(inMemory.finishWindows(moment)))
    return { database, memory, what: finished.length > 0 ? 'finish' : '' }
  }

  async #claim(controllerId: number, owner: Owner): Promise<Answered> {
    const { ofDatabase, inMemory, moment } = this.#both
    const lease = await ofDatabase[owner].claim(controllerId)
    const memory = inMemory.claim(controllerId, owner, moment)
    if (lease) this.#taken.push({ owner, lease, turn: null, held: [] })
    return { database: lease?.epoch ?? null, memory: memory?.epoch ?? null, what: lease ? 'claim' : '' }
  }

  /** Somebody asks for a list, where nobody has; and whoever has that lane, or gets it, reads some places of it. */
  async #readList(controllerId: number, owner: Owner, picks: readonly number[]): Promise<Answered> {
    const asked = await this.#lists.ask(controllerId, picks)
    const claimed = await this.#claim(controllerId, owner)
    const last = this.#taken.findLast(each => each.lease.controllerId === controllerId)
    return together(asked, claimed, ...(last ? [await this.#lists.read(last.owner, last.lease)] : []))
  }

  /** Somebody holds a controller's updates, or lifts that. */
  async #hold(controllerId: number): Promise<Answered> {
    const of = this.#both.books.of(controllerId)
    of.isOnHold = !of.isOnHold
    await this.#both.hold(controllerId, of.isOnHold)
    return { database: null, memory: null, what: 'hold' }
  }

  /** What is to be read back is found to be right; a day later what was removed is looked for. */
  async #lookForRemoved(one: Taken): Promise<Answered> {
    const asked = await this.#verify('to verify', one, [])
    const read = await this.#verify('read back', one, [0])
    return together(asked, read, await this.#lists.lookForRemoved(one.owner))
  }

  async #turn(one: Taken, pick: number): Promise<Answered> {
    const { ofDatabase, inMemory, books, moment } = this.#both
    const personIds = pick % 2 === 0 ? [1, 2, 3] : [1 + (pick % 3)]
    const asked = {
      lease: one.lease,
      personIds,
      isStillVisited: (person: Parameters<typeof isStillVisited>[0]) => isStillVisited(person, pick % 3),
    }
    one.turn = await ofDatabase[one.owner].turn(asked)
    const told = (turn: Turn | null) =>
      turn &&
      plain({
        horizon: turn.horizon,
        people: byText(turn.people.map(({ personId, due }) => [personId, due.map(dueText)])),
      })
    const { controllerId } = one.lease
    const memory = inMemory.isHeld(one.lease)
      ? {
          horizon: books.newest?.startsAt ?? null,
          people: inMemory.due(controllerId, inMemory.whose(controllerId, asked, moment), moment),
        }
      : null
    return {
      database: told(one.turn),
      memory: told(memory),
      what: one.turn?.people.some(each => each.due.length) ? 'turn' : '',
    }
  }

  async #keep(one: Taken, picks: readonly number[]): Promise<Answered> {
    const { ofDatabase, inMemory, moment } = this.#both
    const due = one.turn?.people.flatMap(person => person.due) ?? []
    const settled = due.filter(each => each.settled)
    const outcomes = due
      .filter(each => !each.settled)
      .map((each, at): Outcome => {
        const confirmed = picks[at % picks.length]! % 3 > 0
        const deed = each.wanted.doors.every(door => door === 0) ? 'remove' : 'put'
        const said = each.foreign ? 'taken' : 'unconfirmed'
        return { due: each, deed, answer: confirmed ? 'applied' : said, confirmed }
      })
    const batch = {
      lease: one.lease,
      outcomes,
      settled,
      horizon: one.turn?.horizon ?? null,
      quietSeconds: 35,
    }
    const database = await ofDatabase[one.owner].keep(batch)
    const memory = inMemory.renew(one.lease, moment)
    if (memory) inMemory.keep(batch, moment)
    return { database, memory, what: database && outcomes.length > 0 ? 'keep' : '' }
  }

  async #verify(kind: 'to verify' | 'read back', one: Taken, picks: readonly number[]): Promise<Answered> {
    const { ofDatabase, inMemory, moment } = this.#both
    const { lease, owner } = one
    if (kind === 'to verify') {
      const { nowMs, rawMs } = moment
      await this.#both.setTime({ nowMs: nowMs + 36_000, rawMs: rawMs + 36_000 })
      one.held = await ofDatabase[owner].toVerify({ lease, limit: 64 })
      const told = (held: readonly HeldNumber[]) =>
        byText(held.map(({ number, doors, from: f, to: t }) => [number, doors, f, t]))
      const memory = inMemory.toVerify(lease.controllerId, 64, this.#both.moment)
      return { database: told(one.held), memory: told(memory), what: one.held.length > 0 ? kind : '' }
    }
    // Also numbers of which nothing is known: what was read may have been another process's by now.
    const known = one.held.map(held => held.number)
    const asked = known.length > 0 ? known : numbers.slice(0, 2)
    const right = asked.filter((_, at) => picks[at % picks.length]! % 2 === 0)
    const wrong = asked.filter(number => !right.includes(number)).map(number => ({ number, found: null }))
    const read = { lease, right, wrong }
    const database = await ofDatabase[owner].keepReadBack(read)
    const memory = inMemory.renew(lease, moment) ? inMemory.keepReadBack(read, moment) : null
    const told = (people: { personId: number }[] | null) =>
      people && byText(people.map(({ personId }) => personId))
    return { database: told(database), memory: told(memory), what: database?.length ? kind : '' }
  }

  async #ask(kind: Step['kind'], { owner, lease }: Taken, [b = 0, c = 0]: number[]): Promise<Answered> {
    const { inMemory, books, moment } = this.#both
    const ofDatabase = this.#both.ofDatabase[owner]
    const { controllerId } = lease
    const fenced = <T>(work: () => T): T | null => (inMemory.renew(lease, moment) ? work() : null)
    const came = (database: unknown, memory: unknown): Answered => ({
      database,
      memory,
      what: database ? kind : '',
    })
    if (kind === 'renew') return came(await ofDatabase.renew(lease), inMemory.renew(lease, moment))
    if (kind === 'list') {
      const { horizon, open } = await ofDatabase.list(lease)
      const told = (people: readonly OpenPerson[]) =>
        byText(people.map(each => [each.personId, each.urgent, each.puts, each.removals]))
      const memory = [
        plain(books.newest?.startsAt ?? null),
        told(books.openPeople(controllerId, moment.nowMs)),
      ]
      return came([plain(horizon), told(open)], memory)
    }
    if (kind === 'end part') {
      const outcome = (['done', 'partly', 'unreachable'] as const)[b % 3]!
      const startsAt = c % 5 === 0 ? null : (books.newest?.startsAt ?? null)
      const database = await ofDatabase.endPart({ lease, outcome, startsAt })
      return came(
        database,
        fenced(() => inMemory.endPart(controllerId, outcome, startsAt)),
      )
    }
    if (kind === 'cards')
      return came(await ofDatabase.cardsConfirmed(lease), inMemory.cardsConfirmed(controllerId))
    if (kind === 'suspect')
      return came(
        await ofDatabase.suspect(lease),
        fenced(() => inMemory.suspect(controllerId, moment) ?? true) ?? false,
      )
    return this.#release({ owner, lease }, b, c)
  }

  /** Gives a lane back, and where the picks say so takes it again and again: it rests for longer each time. */
  async #release(first: Pick<Taken, 'owner' | 'lease'>, b: number, c: number): Promise<Answered> {
    const { ofDatabase, inMemory, moment } = this.#both
    const database: unknown[] = []
    const memory: unknown[] = []
    let { lease } = first
    for (let times = b % 3; times >= 0; times -= 1) {
      const rest = { lease, seconds: b % 2 === 0 ? 0 : 15, silent: c % 2 === 0 }
      database.push(await ofDatabase[first.owner].release(rest))
      memory.push(inMemory.release(rest, moment))
      const next = times > 0 ? await ofDatabase[first.owner].claim(lease.controllerId) : null
      if (times > 0) memory.push(inMemory.claim(lease.controllerId, first.owner, moment)?.epoch ?? null)
      if (times > 0) database.push(next?.epoch ?? null)
      if (next) lease = next
    }
    return { database, memory, what: database[0] ? 'release' : '' }
  }
}

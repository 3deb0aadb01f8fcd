import type { FreshDatabase } from '../database.ts'
import { students } from './campus.ts'
import { type Deed, whoIs } from './deed.ts'
import { heal } from './deeds-campus.ts'
import { deeds, type History, type MoneyStep, moneyDeeds, type Step, type When } from './history.ts'
import { checkCustody } from './oracle-custody.ts'
import { checkDoors } from './oracle-doors.ts'
import { checkMoney } from './oracle-money.ts'
import { checkMessages, checkPages } from './oracle-page.ts'
import { day, hour, minute, momentOf } from './told-time.ts'
import { dayOf, deadlineMs, windowAfter, windowBy } from './windows.ts'
import { World } from './world.ts'

/** A promise that did not hold: which, when and how. The lines say all that happened before. */
export class BrokenPromise extends Error {
  readonly promise: string
  constructor(promise: string, what: string, trace: readonly string[]) {
    super(`${promise}: ${what}\n${trace.join('\n')}`)
    this.promise = promise
  }
}

/** What a history came to. */
export interface HistoryTold {
  /** How often each deed was done, and not refused. */
  done: Record<string, number>
  looks: number
  /** How often what came of each deed of money. */
  money: Record<string, number>
  /** How many cards were fetched for others, brought back, and undone at a desk. */
  counter: Record<'fetched' | 'brought back' | 'undone', number>
  /** How often each story was shown. */
  stories: Record<string, number>
}

/** After something happened the product looks, reads back, and must have told: then the campus is looked at. */
const looksAfter = [36_000, 36_000 + minute + 1]

/** Longer than this nothing happens while nobody does anything: those days are not gone through. */
const longestRest = 2 * day

class Run {
  readonly #world: World
  readonly told: HistoryTold = {
    done: {},
    looks: 0,
    money: {},
    counter: { fetched: 0, 'brought back': 0, undone: 0 },
    stories: {},
  }
  readonly #messages = new Set<number>()
  #looks: number[] = []

  constructor(world: World) {
    this.#world = world
  }

  readonly #broken = (promise: string, what: string): never => {
    throw new BrokenPromise(promise, what, this.#world.trace)
  }

  /** The product does what is due, and everything is looked at. */
  async #look(): Promise<void> {
    const world = this.#world
    await world.turn()
    this.told.looks += 1
    const faults = world.logged.filter(line => line.includes('Error'))
    if (faults.length > 0) this.#broken('no fault', faults.join('; '))
    for (const [name, rows] of Object.entries(world.facts.wrong))
      if (rows) this.#broken('A4', `${name}: ${JSON.stringify(rows)}`)
    checkDoors(world, this.#broken)
    const pages = await checkPages(world, this.#broken)
    for (const page of pages.values())
      this.told.stories[page.story] = (this.told.stories[page.story] ?? 0) + 1
    await checkCustody(world, pages, this.#broken)
    checkMessages(world, this.#messages, this.#broken)
    await checkMoney(world, this.#broken)
  }

  #lookLater(): void {
    this.#looks = looksAfter.map(after => this.#world.time.nowMs + after)
  }

  /** Lets time pass up to then: windows and days begin, and the campus is looked at. */
  async passTo(atMs: number): Promise<void> {
    const { time } = this.#world
    for (;;) {
      const { nowMs } = time
      const midnight = dayOf(nowMs) + day
      if (this.#looks.length === 0 && atMs - nowMs > longestRest + day) {
        // The office is closed; nothing changes but dates, with which the product catches up.
        await time.moveTo(Math.max(nowMs, windowBy(atMs - day) - hour))
      }
      const begins = windowAfter(time.nowMs)
      const next = Math.min(atMs, begins, midnight > time.nowMs ? midnight : atMs, this.#looks[0] ?? atMs)
      if (next >= atMs) break
      await time.moveTo(next)
      if (next === begins) this.#lookLater()
      else if (next === this.#looks[0]) this.#looks.shift()
      await this.#look()
    }
    this.#looks = this.#looks.filter(look => look > atMs)
    await time.moveTo(atMs)
    await this.#look()
  }

  #momentOf(when: When): number {
    const { nowMs } = this.#world.time
    if ('after' in when) return nowMs + when.after
    if ('days' in when) return nowMs + when.days * day
    const edge = {
      window: windowAfter(nowMs),
      'window over': windowAfter(nowMs) + hour,
      midnight: dayOf(nowMs) + day,
      deadline: nowMs < deadlineMs - 3 * day ? windowAfter(nowMs) : Math.max(deadlineMs, nowMs),
    }[when.edge]
    return Math.max(nowMs, edge + when.off)
  }

  async #do(deed: Deed, name: string, { person, pick }: { person: number; pick: number }): Promise<string> {
    const world = this.#world
    const who = whoIs(world, person)
    const answer = await deed(world, who, pick).catch((fault: unknown) => {
      world.note(`person ${who.id}: ${name} (${pick}) fails`)
      return this.#broken('no fault', fault instanceof Error ? String(fault.stack) : String(fault))
    })
    world.note(`person ${who.id}: ${name} (${pick}): ${answer}`)
    if (/\bok\b|well|dead|lossy|applied/.test(answer)) this.told.done[name] = (this.told.done[name] ?? 0) + 1
    world.lastActMs = world.time.nowMs
    return answer
  }

  async step({ when, deed, person, pick, twice }: Step): Promise<void> {
    await this.passTo(this.#momentOf(when))
    for (let time = 0; time < (twice ? 2 : 1); time += 1) {
      await this.#do(deeds[deed], deed, { person, pick })
      await this.#look()
    }
    this.#lookLater()
  }

  /** Before the first step: looked at once each. */
  async headStart({ deed, person, pick }: Step): Promise<void> {
    await this.#world.time.moveTo(this.#world.time.nowMs + minute)
    await this.#do(deeds[deed], deed, { person, pick })
    await this.#look()
    this.#lookLater()
  }

  /** Something happens to money, right after the step: of what is shown nothing is looked at but the books. */
  async money({ deed, person, pick }: MoneyStep): Promise<void> {
    const world = this.#world
    if (deed === 'weeks pass') return this.passTo(world.time.nowMs + (5 + (pick % 30)) * day)
    const answer = await this.#do(moneyDeeds[deed], deed, { person, pick })
    const came = `${deed}: ${answer.split(/[ :,]/)[0]}`
    this.told.money[came] = (this.told.money[came] ?? 0) + 1
    await world.see()
    await checkMoney(world, this.#broken)
    this.#lookLater()
  }

  /** All is well, and a window passes: everything decided must have come to the doors. */
  async end(): Promise<void> {
    const { time } = this.#world
    await heal(this.#world)
    this.#world.note('all is well')
    await this.passTo(windowAfter(time.nowMs) + 6 * minute)
    const { given, undone } = this.#world.custody
    const by = [...given.values(), ...undone].map(each => each.by)
    const back = undone.filter(({ why }) => why === 'brought-back').length
    this.told.counter = {
      fetched: by.filter(each => each === 'representative').length,
      'brought back': back,
      undone: undone.length - back,
    }
  }
}

/** Everybody does so many times what My card says, a minute after the other. */
const headStart = ({ ahead: times, chance }: History): Step[] =>
  Array.from({ length: times * students.length }, (_, at) => ({
    when: { after: minute },
    deed: 'as the page says',
    person: at % students.length,
    // How each comes to the new card is chance.
    pick: chance + at,
    twice: false,
  }))

/** Runs a history on a campus of its own; throws where a promise is broken. */
export async function runHistory(history: History, database: FreshDatabase): Promise<HistoryTold> {
  const world = await World.open(database, history.chance)
  try {
    const run = new Run(world)
    await run.passTo(windowAfter(world.time.nowMs) + 2 * minute)
    await run.passTo(momentOf(history.era))
    for (const step of headStart(history)) await run.headStart(step)
    for (const [at, step] of history.steps.entries()) {
      await run.step(step)
      for (const each of history.money) if (each.after % history.steps.length === at) await run.money(each)
    }
    await run.end()
    return run.told
  } finally {
    await world.close()
  }
}

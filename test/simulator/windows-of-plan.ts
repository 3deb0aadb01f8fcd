import { nextWindow, type Window, windowAtOrBefore, windowsBetween } from '../../src/programme/timetable.ts'
import type { WindowPlan } from '../../src/update/windows.ts'

interface Step {
  fromMs: number
  toMs: number
  window: Window
}

/** A function of time that only ever steps forward is asked but a few times: between two like answers it is the same. */
function stepwise(ask: (at: Temporal.Instant) => Window): (atMs: number) => Window {
  const steps: Step[] = []
  return atMs => {
    const known = steps.find(step => step.fromMs <= atMs && atMs <= step.toMs)
    if (known) return known.window
    const window = ask(Temporal.Instant.fromEpochMilliseconds(atMs))
    const same = steps.find(step => step.window.startsAt.equals(window.startsAt))
    if (!same) steps.push({ fromMs: atMs, toMs: atMs, window })
    else {
      same.fromMs = Math.min(same.fromMs, atMs)
      same.toMs = Math.max(same.toMs, atMs)
    }
    return same?.window ?? window
  }
}

/** The windows of a timetable, as the real rules work them out, remembered for the thousands of worlds that ask. */
export class WindowsOfPlan {
  static readonly #known = new WeakMap<WindowPlan, WindowsOfPlan>()
  readonly latest: (atMs: number) => Window
  readonly next: (atMs: number) => Window
  readonly #plan: WindowPlan
  readonly #between = new Map<string, Window[]>()

  private constructor(plan: WindowPlan) {
    const { timetable, zone } = plan
    this.#plan = plan
    this.latest = stepwise(at => windowAtOrBefore(timetable, zone, at))
    this.next = stepwise(at => nextWindow(timetable, zone, at))
  }

  static of(plan: WindowPlan): WindowsOfPlan {
    return WindowsOfPlan.#known.getOrInsertComputed(plan, () => new WindowsOfPlan(plan))
  }

  between(from: Temporal.Instant, to: Temporal.Instant): Window[] {
    const { timetable, zone } = this.#plan
    const key = `${from.epochMilliseconds} ${to.epochMilliseconds}`
    return this.#between.getOrInsertComputed(key, () => windowsBetween(timetable, zone, from, to))
  }
}

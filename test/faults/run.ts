import { campusTime } from '../campus.ts'
import type { Student } from './small-campus.ts'
import { compareBoards, isAtRest, type Stage } from './stage.ts'
import { type Sprung, type Step, Trap } from './trap.ts'

/** What befalls the process that takes a step: it dies, or is stopped until another has taken its lanes. */
export type Way = 'kill' | 'stop'

/** What befalls a process at a step. */
export interface Fault {
  way: Way
  step: Step
  /**
   * One that is stopped goes on not when another has its lanes, but when the card that is lost in the middle of the run
   * was read back as gone from the controller it spoke to; or after as long as is assumed.
   */
  isLong?: boolean
}

/** What one run is made of. */
export interface RunMaking {
  /** People who switch cards with the run's window; one of them loses the new card while it is being put. */
  switching: number
  /** People who lose their old card as the window begins. */
  losing: number
  /** How long a lease lasts, as the engine was told. */
  leaseSeconds: number
  /** How long a process may be stopped; the quiet time must be longer. */
  longestStopSeconds: number
  /** How long the run may take before it counts as one that does not come to an end. */
  withinSeconds: number
  /** What befalls whom at which step; nothing where it is not said. */
  fault?: Fault
}

/** What one run was. */
export interface RunTold {
  /** How many steps of each kind it had. */
  steps: Trap['counts']
  sprung: Sprung | null
}

const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Stops a process at once; it goes on when what it waits for has happened, or after as long as is assumed. */
async function stop(
  stage: Stage,
  { owner, serial }: Sprung,
  making: RunMaking,
  unlucky: number,
): Promise<void> {
  const { processes, zombies, witness, campus } = stage
  processes.pause(owner)
  zombies.stops(owner, campus.controllers)
  const hasHappened = () =>
    making.fault?.isLong ? witness.isKnownGone(serial ?? 0, unlucky) : zombies.isReplaced(owner)
  const pollMs = 10
  let stoodMs = making.leaseSeconds * 1000
  await wait(stoodMs)
  // The other has begun; it goes on in the middle of what that one does.
  const overlapMs = stage.chance() * 60
  for (; stoodMs < making.longestStopSeconds * 1000 - overlapMs && !hasHappened(); stoodMs += pollMs)
    await wait(pollMs)
  await wait(overlapMs)
  zombies.goesOn(owner)
  processes.resume(owner)
}

/** Kills a process at once, and starts another in its place. */
function kill({ processes }: Stage, owner: string): Promise<void> {
  return processes.kill(owner).then(() => processes.start())
}

/** People report the cards lost that they are to lose: some at once, one as soon as its new card is on a board. */
function letLose(
  stage: Stage,
  unlucky: Student | undefined,
  losing: readonly Student[],
): () => Promise<void> {
  const { campus, witness } = stage
  const acts: Promise<void>[] = []
  const lose = (student: Student, cardId: number, number: number) => {
    witness.loses(student, number)
    acts.push(campus.lose(cardId, student))
  }
  const loseNew = (number: number) => {
    if (number !== unlucky?.new) return
    stage.onBoard = () => {}
    lose(unlucky, unlucky.newCard, unlucky.new)
  }
  stage.onBoard = loseNew
  for (const student of losing) lose(student, student.oldCard, student.old)
  return async () => {
    if (unlucky) loseNew(unlucky.new)
    await Promise.all(acts)
  }
}

/**
 * One run: a window in which people switch and lose cards, with a fault at one of its steps, until everything is done
 * and read back. What is broken by it stands with the stage's witness.
 */
export async function run(stage: Stage, making: RunMaking): Promise<RunTold> {
  const { campus, witness, zombies, processes } = stage
  const switching = stage.waiting.splice(0, making.switching)
  const losing = stage.waiting.splice(0, making.losing)
  if (losing.length < making.losing) throw new RangeError('nobody is left who could switch')
  for (const student of switching) await campus.activate(student)

  const repairs: Promise<void>[] = []
  const unlucky = switching[(making.fault?.step.at ?? 0) % switching.length]
  const trap = new Trap(making.fault?.step ?? null, unlucky?.new ?? 0, sprung => {
    const isKilled = making.fault?.way === 'kill'
    const repair = isKilled ? kill(stage, sprung.owner) : stop(stage, sprung, making, unlucky?.new ?? 0)
    repairs.push(repair)
    return isKilled ? null : repair
  })
  witness.switches(switching)
  stage.arm(trap)
  const allLost = letLose(stage, unlucky, losing)
  const local = await stage.next()
  const startsAt = campusTime(local).toString()
  const finishedSql =
    'select from update_window where starts_at = $1::timestamptz and finished_at is not null'
  await stage.until(
    `the window of ${local} is finished`,
    making.withinSeconds,
    async () => (await campus.sql(finishedSql, startsAt)).length > 0,
  )
  await allLost()
  await stage.until(`everything of ${local} is done and read back`, making.withinSeconds, () =>
    isAtRest(stage),
  )
  await Promise.all(repairs)
  // A stopped process may have gone on only now; what it did is read back as well.
  await stage.until(`everything of ${local} is read back again`, making.withinSeconds, () => isAtRest(stage))
  stage.arm(Trap.none())
  zombies.forget()

  const [window] = await campus.sql<{ covered: boolean; finishings: number; lanes: number }>(
    `select covered_by is not null as covered,
            (select count(*)::int from finishing f where f.starts_at = w.starts_at) as finishings,
            (select count(*)::int from window_lane l where l.starts_at = w.starts_at and l.outcome = 'done'
                                                           and l.done = l.owed) as lanes
     from update_window w where starts_at = $1::timestamptz`,
    startsAt,
  )
  if (window?.covered || window?.finishings !== 1)
    witness.say('S1', `the window of ${local} finished ${window?.finishings} times`)
  const told = processes.said.filter(({ line }) => line === `finished ${startsAt}`)
  if (told.length > 1)
    witness.say('S1', `the window of ${local} was told to be finished ${told.length} times`)
  await compareBoards(stage)
  return { steps: { ...trap.counts }, sprung: trap.sprung }
}

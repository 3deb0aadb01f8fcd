import { activateCard } from '../activation/activate.ts'
import { handOver } from '../handover/hand-over.ts'
import type { Decision } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import { reportLost } from '../loss/report-lost.ts'
import type { Database } from '../server/database.ts'
import type { Act, Actor, Register } from '../server/register.ts'
import { campusClock, moveCampusTo } from './clock.ts'
import { officeStories } from './demo-batches.ts'
import { type Character, characters, clerkAt, type Story, scrawl, waitingAt } from './demo-characters.ts'

/** What the stories need of the campus to try. */
interface Telling {
  owner: Database
  register: Register
  proofKeys: Keys
  /** Where the campus's files are. */
  folder: string
  /** A moment as that campus's clocks show it. */
  time: (local: string) => Temporal.Instant
}

/** One act of a student, at a desk or alone, at its moment. */
interface Step {
  at: Temporal.Instant
  who: Character
  does: 'collects' | 'activates' | 'loses the new card'
}

/** The same act by one after the other, every so many seconds from a moment on. */
const inTurn = (
  people: readonly Character[],
  does: Step['does'],
  from: Temporal.Instant,
  everySeconds: number,
): Step[] => people.map((who, at) => ({ at: from.add({ seconds: at * everySeconds }), who, does }))

const byTime = (one: { at: Temporal.Instant }, other: { at: Temporal.Instant }): number =>
  Temporal.Instant.compare(one.at, other.at)

/**
 * What happened before a visitor comes: two days at two desks, activations this morning before the 10:00 update (which
 * carries them) and after it (which wait for 15:00), and a card lost. Students of 2021, whom the examples name, are
 * left to the visitor, but for three: one has collected, one has also activated, one has lost the new card.
 */
function plot(all: readonly Character[], time: Telling['time']): Step[] {
  const math = waitingAt(all, 'dept-math')
  const crowd = waitingAt(all, 'dept-csie').flatMap((each, at) => [each, math[at] ?? each])
  const named = (number: string) => all.filter(each => each.number === number)
  const freshmen = all.filter(({ counter }) => counter === '').slice(10, 40)
  return [
    ...inTurn(crowd.slice(0, 24), 'collects', time('2023-10-16T09:10'), 390),
    ...inTurn(crowd.slice(24, 48), 'collects', time('2023-10-16T13:35'), 390),
    ...inTurn(crowd.slice(48, 72), 'collects', time('2023-10-17T09:10'), 390),
    ...inTurn(
      ['41047007S', '41047008S', '41047009S'].flatMap(named),
      'collects',
      time('2023-10-17T11:50'),
      180,
    ),
    ...inTurn(crowd.slice(72, 96), 'collects', time('2023-10-17T13:35'), 390),
    ...inTurn(crowd.slice(96, 104), 'collects', time('2023-10-18T09:05'), 390),
    ...inTurn(crowd.slice(0, 56), 'activates', time('2023-10-18T09:01'), 55),
    ...inTurn(freshmen, 'activates', time('2023-10-18T09:02'), 100),
    ...inTurn(['41047008S', '41047009S'].flatMap(named), 'activates', time('2023-10-18T09:45'), 180),
    ...inTurn(crowd.slice(56, 78), 'activates', time('2023-10-18T10:03'), 90),
    ...inTurn(waitingAt(all, 'dept-csie').slice(52, 55), 'activates', time('2023-10-18T09:20'), 660),
    ...inTurn(named('41047009S'), 'loses the new card', time('2023-10-18T10:25'), 0),
  ]
}

/** A story that the rules refuse is no story: the campus to try would show something else than it says. */
function told({ what }: Story, decision: Decision<object, string>): void {
  if (!decision.ok) throw new Error(`the campus to try: ${what}: ${decision.refusal}`)
}

async function enact(act: Act, { who, does }: Step, proofKeys: Keys): Promise<Decision<object, string>> {
  if (does === 'collects') {
    return handOver(
      act,
      {
        studentNumber: who.number,
        chip: who.newChip,
        evidence: [{ kind: 'old-card', chip: who.oldChip }],
        signature: { manner: 'drawn', picture: scrawl, language: 'zh-TW' },
      },
      proofKeys,
    )
  }
  const { personId } = act.actor
  if (personId === undefined) throw new Error(`${who.number} is not on the roster`)
  if (does === 'activates') return activateCard(act, { personId, lastDigits: who.digits })
  const newest = await act.db
    .selectFrom('handover')
    .select('card_id')
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return reportLost(act, { personId, cardId: newest.card_id })
}

function actorOf({ who, does }: Step, ids: ReadonlyMap<string, number>): Actor {
  if (does === 'collects') return clerkAt(who.counter)
  const personId = ids.get(who.number)
  return personId === undefined
    ? { kind: 'student', id: who.number }
    : { kind: 'student', id: String(personId), personId }
}

/** Our ids of the people of the stories, by their student numbers. */
async function idsOf(owner: Database, people: readonly Character[]): Promise<Map<string, number>> {
  const numbers = people.map(({ number }) => number)
  const rows = await owner.db
    .selectFrom('person')
    .select(['id', 'student_number'])
    .where('student_number', 'in', numbers)
    .execute()
  return new Map(rows.map(row => [row.student_number, row.id]))
}

/**
 * Tells the stories through the real acts, the campus's clock moving along. What lies behind that clock was told
 * before an interruption and is not told again.
 */
export async function tellStories({ owner, register, proofKeys, folder, time }: Telling): Promise<void> {
  const now = await owner.transaction(trx => campusClock.now(trx))
  const people = await characters(folder)
  const ids = await idsOf(owner, people)
  const ofStudents = plot(people, time).map(
    (step): Story => ({
      at: step.at,
      what: `${step.who.number} ${step.does}`,
      actor: actorOf(step, ids),
      enact: act => enact(act, step, proofKeys),
    }),
  )
  for (const step of [...ofStudents, ...officeStories(people, time)].toSorted(byTime)) {
    if (Temporal.Instant.compare(step.at, now) <= 0) continue
    await owner.transaction(async trx => {
      await trx.statement('demo_lax', 'set local synchronous_commit = off', [])
      await moveCampusTo(trx, step.at)
    })
    told(step, await register.act(step.actor, step.enact))
  }
}

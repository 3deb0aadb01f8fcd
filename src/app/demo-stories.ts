import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { activateCard } from '../activation/activate.ts'
import { handOver } from '../handover/hand-over.ts'
import { reportLost } from '../loss/report-lost.ts'
import type { Database } from '../server/database.ts'
import type { Act, Actor, Register } from '../server/register.ts'
import { campusClock, moveCampusTo } from './clock.ts'

/** What the stories need of the campus to try. */
interface Telling {
  owner: Database
  register: Register
  proofKey: Buffer
  /** Where the campus's files are. */
  folder: string
  /** A moment as that campus's clocks show it. */
  time: (local: string) => Temporal.Instant
}

/** A student of the stories: the cards that lie and lay in this student's hands. */
interface Character {
  number: string
  /** Where the new card waited; empty for freshmen, who got it at the health examination. */
  counter: string
  oldChip: string
  newChip: string
  digits: string
}

/** One act of somebody, at its moment. */
interface Step {
  at: Temporal.Instant
  who: Character
  does: 'collects' | 'activates' | 'loses the new card'
}

const clerks: Readonly<Record<string, string>> = { 'dept-csie': 'desk-csie', 'dept-math': 'desk-math' }
const scrawl = 'M2 20L12 4L20 6L28 18L40 26L60 10'

async function characters(folder: string): Promise<Character[]> {
  const read = async (name: string) =>
    parseCsv(await readFile(join(folder, name), 'utf8'), { columns: true }) as Record<string, string>[]
  const old = new Map((await read('old-cards.csv')).map(row => [row.student_number!, row.chip_number!]))
  return [...(await read('stock.csv')), ...(await read('freshmen-cards.csv'))].map(row => ({
    number: row.student_number!,
    counter: row.counter ?? '',
    oldChip: old.get(row.student_number!) ?? '',
    newChip: row.chip_number!,
    digits: row.printed_number!.slice(-4),
  }))
}

/** The same act by one after the other, every so many seconds from a moment on. */
const inTurn = (
  people: readonly Character[],
  does: Step['does'],
  from: Temporal.Instant,
  everySeconds: number,
): Step[] => people.map((who, at) => ({ at: from.add({ seconds: at * everySeconds }), who, does }))

/**
 * What happened before a visitor comes: two days at two desks, activations this morning before the 10:00 update (which
 * carries them) and after it (which wait for 15:00), and a card lost. Students of 2021, whom the examples name, are
 * left to the visitor, but for three: one has collected, one has also activated, one has lost the new card.
 */
function plot(all: readonly Character[], time: Telling['time']): Step[] {
  const of = (counter: string) =>
    all.filter(each => each.counter === counter && each.oldChip && /^40[89]/.test(each.number))
  const crowd = of('dept-csie').flatMap((each, at) => [each, of('dept-math')[at] ?? each])
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
    ...inTurn(named('41047009S'), 'loses the new card', time('2023-10-18T10:25'), 0),
  ].sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

/** A story that the rules refuse is no story: the campus to try would show something else than it says. */
function told({ who, does }: Step, decision: { ok: boolean; refusal?: string }): void {
  if (!decision.ok) throw new Error(`the campus to try: ${who.number} ${does}: ${decision.refusal}`)
}

async function enact(act: Act, step: Step, proofKey: Buffer): Promise<void> {
  const { who, does } = step
  if (does === 'collects') {
    const handed = await handOver(
      act,
      {
        studentNumber: who.number,
        chip: who.newChip,
        evidence: [{ kind: 'old-card', chip: who.oldChip }],
        signature: { manner: 'drawn', picture: scrawl, language: 'zh-TW' },
      },
      proofKey,
    )
    return told(step, handed)
  }
  const { personId } = act.actor
  if (personId === undefined) throw new Error(`${who.number} is not on the roster`)
  if (does === 'activates') {
    return told(step, await activateCard(act, { personId, lastDigits: who.digits }))
  }
  const newest = await act.db
    .selectFrom('handover')
    .select('card_id')
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  told(step, await reportLost(act, { personId, cardId: newest.card_id }))
}

function actorOf({ who, does }: Step, ids: ReadonlyMap<string, number>): Actor {
  if (does === 'collects') return { kind: 'desk', id: clerks[who.counter]!, counter: who.counter }
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
export async function tellStories({ owner, register, proofKey, folder, time }: Telling): Promise<void> {
  const now = await owner.transaction(trx => campusClock.now(trx))
  const people = await characters(folder)
  const ids = await idsOf(owner, people)
  for (const step of plot(people, time)) {
    if (Temporal.Instant.compare(step.at, now) <= 0) continue
    await owner.transaction(async trx => {
      await trx.statement('demo_lax', 'set local synchronous_commit = off', [])
      await moveCampusTo(trx, step.at)
    })
    await register.act(actorOf(step, ids), act => enact(act, step, proofKey))
  }
}

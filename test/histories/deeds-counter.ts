import { judgeCard } from '../../src/batch/cards.ts'
import { giveBatch } from '../../src/batch/give-batch.ts'
import { takeBack } from '../../src/batch/take-back.ts'
import { handOver } from '../../src/handover/hand-over.ts'
import { makeProof } from '../../src/handover/proof.ts'
import { undoHandover } from '../../src/handover/undo.ts'
import { undoReasons } from '../../src/handover/undo-rules.ts'
import type { Keys } from '../../src/lib/keys.ts'
import { personById } from '../../src/roster/store.ts'
import type { Actor } from '../../src/server/register.ts'
import { students } from './campus.ts'
import { chipOfCard, csie, type Deed, gongguan, office, registry, said, type Who, whoIs } from './deed.ts'
import type { World } from './world.ts'

/** With which every campus seals its live codes. */
export const proofKeys: Keys = [Buffer.alloc(32, 9)]

const proofOf = (world: World, who: Who): string =>
  makeProof(proofKeys, {
    personId: who.id,
    now: Temporal.Instant.fromEpochMilliseconds(world.time.nowMs),
    lifetimeSeconds: 120,
  })

const desks = [csie, gongguan, registry]
const waitsSql = `
  select id, made_for as "personId" from card c where made_for is not null and retired_at is null and edition = '4k-centenary'
    and not exists (select from handover h where h.card_id = c.id) order by id desc`

/** Cards that wait for somebody, the newest first. */
async function waiting({ owner }: World): Promise<{ id: number; personId: number }[]> {
  return (await owner.pool.query<{ id: number; personId: number }>(waitsSql)).rows
}

/** A desk hands over the card that was made for somebody: at the department, or where reissued ones lie. */
export const collect: Deed = async (world, who, pick) => {
  const card = (await waiting(world)).find(({ personId }) => personId === who.id)
  if (!card) return 'nothing made'
  const chip = await chipOfCard(world, card.id)
  let answer = 'nothing made'
  // Who is sent elsewhere goes there.
  for (const [at] of desks.entries()) {
    const desk = desks[(at + pick) % desks.length]!
    const given = await world.act(desk, act =>
      handOver(
        act,
        {
          studentNumber: who.studentNumber,
          chip,
          evidence: [
            { kind: 'app-proof', proof: proofOf(world, who) },
            { kind: 'document', evidence: 'id-document', documentKind: 'passport' },
          ],
          signature: { manner: 'witnessed', picture: '', language: 'en' },
        },
        proofKeys,
      ),
    )
    answer = said(given)
    if (given.ok)
      world.custody.collected(card.id, {
        personId: who.id,
        atMs: world.time.nowMs,
        counter: desk.counter ?? null,
      })
    if (answer !== 'wrong-counter') break
  }
  return answer
}

/** The newest handover at a desk: of somebody, as a rule; else of anybody. */
function lastGiven({ custody }: World, who: Who, pick: number): { cardId: number; atMs: number } | null {
  const given = [...custody.given]
    .filter(([, each]) => each.by === 'desk' && (pick % 2 === 0 || each.personId === who.id))
    .map(([cardId, { atMs }]) => ({ cardId, atMs }))
  return given.toSorted((a, b) => b.atMs - a.atMs)[0] ?? null
}

async function undoIt(world: World, cardId: number, pick: number): Promise<string> {
  const { counter, atMs } = world.custody.given.get(cardId)!
  const own = desks.find(desk => desk.counter === counter)!
  const by: Actor = [own, own, office, own, csie][pick % 5]!
  const why = undoReasons[pick % undoReasons.length]!
  const at = Temporal.Instant.fromEpochMilliseconds(atMs)
  const undone = await world.act(by, act => undoHandover(act, { cardId, at, why }))
  if (undone.ok) world.custody.tookBack(cardId, { why, counter: by.counter ?? null, atMs: world.time.nowMs })
  return said(undone)
}

/** A clerk or the office takes the last handover back, in time or not. */
const undo: Deed = async (world, who, pick) => {
  const last = lastGiven(world, who, pick)
  return last ? undoIt(world, last.cardId, pick) : 'nothing handed over'
}

/** A desk hands a card over, and sees at once that it was a mistake. */
export const collectAndUndo: Deed = async (world, who, pick) => {
  const given = await collect(world, who, pick)
  if (given !== 'ok') return given
  await world.see()
  return `ok, undone: ${await undoIt(world, lastGiven(world, who, 1)!.cardId, pick)}`
}

/** A class representative fetches the cards of the others that wait at the department; only those that go, as a rule. */
export const fetch: Deed = async (world, representative, pick) => {
  const goes: { id: number; personId: number; chip: string }[] = []
  for (const card of await waiting(world)) {
    const chip = await chipOfCard(world, card.id)
    const judged = await world.look(async act =>
      judgeCard(act, chip, {
        representative: (await personById(act, representative.id))!,
        counter: csie.counter!,
      }),
    )
    if (judged.decision.ok || pick % 7 === 6) goes.push({ ...card, chip })
  }
  const given = await world.act(csie, act =>
    giveBatch(act, {
      studentNumber: representative.studentNumber,
      checked: 'old-card',
      chips: goes.map(({ chip }) => chip),
      signature: { manner: 'witnessed', picture: '', language: 'en' },
    }),
  )
  if (given.ok)
    for (const { id, personId } of goes)
      world.custody.fetched(id, {
        personId,
        representative: representative.id,
        atMs: world.time.nowMs,
      })
  return `${goes.length}: ${said(given)}`
}

/** Somebody's card is fetched by the next in the list. */
export const fetchedByAnother: Deed = (world, who, pick) => {
  const at = students.findIndex(({ studentNumber }) => studentNumber === who.studentNumber)
  return fetch(world, whoIs(world, at + 1), pick)
}

/** A card is scanned from the pile that a representative brought back: one that was fetched, as a rule. */
const bringBack: Deed = async (world, _who, pick) => {
  const { custody } = world
  const given = [...custody.given.keys()]
  const out = given.filter(cardId => custody.isFetched(cardId))
  const from = pick % 4 === 3 || out.length === 0 ? given : out
  const cardId = from[pick % from.length]
  return cardId === undefined ? 'no card' : bringItBack(world, cardId, pick % 11 === 10 ? gongguan : csie)
}

async function bringItBack(world: World, cardId: number, desk: Actor): Promise<string> {
  const chip = await chipOfCard(world, cardId)
  const back = await world.act(desk, act => takeBack(act, chip))
  if (back.ok) world.custody.tookBack(cardId, { why: 'brought-back', counter: null, atMs: world.time.nowMs })
  return said(back)
}

/** Somebody's card that was fetched for them comes back; null where none is on its way. */
export async function broughtBackOf(world: World, who: Who): Promise<string | null> {
  const { custody } = world
  const own = [...custody.given].find(
    ([cardId, { personId }]) => personId === who.id && custody.isFetched(cardId),
  )
  return own ? bringItBack(world, own[0], csie) : null
}

/** What happens to cards at a counter. */
export const counterDeeds = {
  collect,
  'collect and undo': collectAndUndo,
  undo,
  fetch,
  'bring back': bringBack,
} satisfies Record<string, Deed>

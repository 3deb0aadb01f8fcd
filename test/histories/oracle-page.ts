import { myCard } from '../../src/app/my-card.ts'
import type { CardDoors, MyCard } from '../../src/app/my-card-shape.ts'
import { serials } from './boards.ts'
import { cardsOf } from './deed.ts'
import { oldOf } from './expected.ts'
import { decidedDoors } from './oracle-doors.ts'
import { minute } from './told-time.ts'
import { deadlineMs, named, type Promised, promiseAt } from './windows.ts'
import { quietMs, type World } from './world.ts'

type Broken = (promise: string, what: string) => void

const msOf = (at: string): number => Temporal.Instant.from(at).epochMilliseconds
const msOrNull = (at: string | null): number | null => (at === null ? null : msOf(at))

/** When the last of the boards was read back that hold this card; null while one of them was not, or does not open to it. */
function allReadBackAt({ boards }: World, number: number): number | null {
  let last = 0
  for (const serial of serials) {
    const at = boards.readBackAt(serial, number)
    if (at === null || boards.opens(serial, number).length === 0) return null
    last = Math.max(last, at)
  }
  return last
}

/** What the page says of each building, against what stands on its board. */
function checkBuildings(
  world: World,
  { card, doors }: { card: number; doors: CardDoors },
  broken: Broken,
): void {
  const { number } = world.facts.cards.find(({ id }) => id === card)!
  for (const { building, state } of doors.buildings) {
    const serial = Number(building.en.replace('House ', ''))
    const opens = world.boards.opens(serial, number).length > 0
    if ((state === 'works' || state === 'confirmed') && !opens)
      broken('A6', `card ${card} is said to work at ${serial} ("${state}"), and opens nothing there`)
    if (state === 'works' && world.boards.readBackAt(serial, number) === null)
      broken('A6', `card ${card} is said to work at ${serial} before it was read back`)
    if (state === 'ended' && opens) broken('A6', `card ${card} is said to have ended at ${serial}, and opens`)
  }
}

/** The window that is named, and the sentence that names it. */
function checkPromise(page: MyCard, promised: Promised, broken: Broken): void {
  const now = msOf(page.now)
  const shown = {
    atOnce: page.switch!.atOnce,
    carriedBy: msOf(page.switch!.carriedBy),
    oldOpensUntil: msOrNull(page.switch!.oldOpensUntil),
    newOpensFrom: msOf(page.switch!.newOpensFrom),
  }
  if (JSON.stringify(shown) !== JSON.stringify(promised))
    broken('window', `shown ${JSON.stringify(page.switch)}, reckoned ${JSON.stringify(promised)}`)
  const from = named(promised.newOpensFrom, now)
  const says =
    page.story === 'pending'
      ? promised.oldOpensUntil === null
        ? `opens doors from ${from} at the latest.`
        : `doors until ${named(promised.oldOpensUntil, now)}, your new card from ${from} at the latest.`
      : page.story === 'switching'
        ? `, by ${from} at the latest.`
        : ''
  if (!page.sentence.includes(says)) broken('window', `"${page.sentence}" does not say "${says}"`)
}

function checkSwitch(world: World, page: MyCard, personId: number, broken: Broken): void {
  const { facts, time, expected } = world
  if (page.switch === null || page.newCard === null) return
  const { cardId } = page.newCard
  const promised = page.switch.activated
    ? expected.promised.get(cardId)
    : promiseAt(time.nowMs, oldOf(facts, personId, cardId))
  const replaced = facts.activations.find(each => each.cardId === cardId)?.replaces
  // A promise that a loss has broken is not repeated.
  const isBroken =
    replaced && expected.lostMeanwhile.has(replaced) && time.nowMs < (promised?.oldOpensUntil ?? 0)
  if (!promised) broken('window', `card ${cardId} is said to be activated, and nobody did`)
  else checkPromise(page, isBroken ? { ...promised, oldOpensUntil: null } : promised, broken)
}

/** "Works" only after the last board was read back, and within a minute of that. */
function checkWorks(world: World, page: MyCard, personId: number, broken: Broken): void {
  const { facts, time } = world
  const newest = cardsOf(world, { id: personId }).findLast(card => card.edition === '4k-centenary')
  if (page.story === 'works') {
    const number = facts.cards.find(({ id }) => id === page.newCard!.cardId)!.number
    const readBackAt = allReadBackAt(world, number)
    const since = msOrNull(page.newDoors.since)
    if (readBackAt === null) broken('works', `said before every board was read back: "${page.sentence}"`)
    else if (since === null || since < readBackAt || since > time.nowMs)
      broken('works', `said to work since ${page.newDoors.since}`)
    else if (!page.sentence.includes(`since ${named(since, time.nowMs)}: all 3 door`))
      broken('works', `"${page.sentence}" does not name ${named(since, time.nowMs)}`)
    return
  }
  const openReissue = facts.reissues.some(each => each.personId === personId && each.endedAs === null)
  if (!newest || openReissue || !facts.activations.some(({ cardId }) => cardId === newest.id)) return
  const stands = serials.every(
    serial =>
      decidedDoors(facts, serial, newest.id).length > 0 &&
      decidedDoors(facts, serial, newest.id).join() === world.boards.opens(serial, newest.number).join(),
  )
  const readBackAt = allReadBackAt(world, newest.number)
  // What is due and cannot be told (an earlier last day, say) waits for a board that is not heard.
  if (!stands || readBackAt === null || !world.isHealthyFor(5 * minute)) return
  const lateAt = Math.max(readBackAt, world.lastActMs + quietMs) + minute
  if (time.nowMs >= lateAt)
    broken('works', `all boards were read back ${time.nowMs - readBackAt} ms ago, said is "${page.sentence}"`)
}

function checkOld(world: World, page: MyCard, personId: number, broken: Broken): void {
  const { facts, boards, time } = world
  // Of a card that is on its way to its holder another sentence is said.
  if (page.story === 'collected' && page.representative === null) {
    const ends = msOrNull(page.oldCard?.accessEndsAt ?? null)
    if (page.oldCard && ends !== null) {
      const until = `(until ${named(deadlineMs, time.nowMs, { dated: true })})`
      const isOld = facts.cards.find(({ id }) => id === page.oldCard!.cardId)!.edition === 'easycard'
      if (isOld && !page.sentence.includes(until))
        broken('window', `"${page.sentence}" does not say "${until}"`)
    }
  }
  // The old card goes on until the window that is named, at every board that could be heard.
  const until = page.story === 'pending' ? msOrNull(page.switch!.oldOpensUntil) : null
  if (until === null || time.nowMs >= until || !page.oldCard || !world.isHealthyFor(5 * minute)) return
  const old = facts.cards.find(({ id }) => id === page.oldCard!.cardId)!
  const replaced = facts.activations.find(({ cardId }) => cardId === page.newCard!.cardId)?.replaces
  if (replaced !== old.id || facts.people.find(({ id }) => id === personId)!.status !== 'enrolled') return
  for (const serial of serials)
    if (boards.opens(serial, old.number).length === 0)
      broken('A1', `"${page.sentence}", and card ${old.id} opens nothing on ${serial}`)
}

function checkPage(world: World, page: MyCard, personId: number, broken: Broken): void {
  const { expected, time } = world
  const { newCard, oldCard, lost, paused } = page
  if (newCard) checkBuildings(world, { card: newCard.cardId, doors: page.newDoors }, broken)
  if (oldCard) checkBuildings(world, { card: oldCard.cardId, doors: page.oldDoors }, broken)
  if (lost) checkBuildings(world, { card: lost.cardId, doors: lost.doors }, broken)
  if (paused) checkBuildings(world, { card: paused.cardId, doors: paused.doors }, broken)
  checkSwitch(world, page, personId, broken)
  checkWorks(world, page, personId, broken)
  checkOld(world, page, personId, broken)
  const leaves = lost && expected.leaves.get(lost.cardId)
  if (lost && msOf(lost.sendAt) !== leaves)
    broken('window', `the report of card ${lost.cardId} is said to leave at ${lost.sendAt}`)
  if (page.story === 'lost-not-sent' && leaves && !page.sentence.includes(`at ${named(leaves, time.nowMs)};`))
    broken('window', `"${page.sentence}" does not name ${named(leaves, time.nowMs)}`)
}

/** What every person's page says now, against the tests' own reckoning and the boards. */
export async function checkPages(world: World, broken: Broken): Promise<Map<number, MyCard>> {
  const pages = await world.look(async act => {
    const made = new Map<number, MyCard>()
    for (const { id } of world.facts.people) made.set(id, (await myCard(act, id, 'en'))!)
    return made
  })
  for (const [personId, page] of pages) checkPage(world, page, personId, broken)
  return pages
}

/** A message that all doors are confirmed is never written before they are. */
export function checkMessages(world: World, known: Set<number>, broken: Broken): void {
  for (const { id, cardId } of world.facts.toldConfirmed) {
    if (known.has(id)) continue
    known.add(id)
    const { number } = world.facts.cards.find(card => card.id === cardId)!
    if (allReadBackAt(world, number) === null)
      broken('works', `it was written that card ${cardId} works before every board was read back`)
  }
}

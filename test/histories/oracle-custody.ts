import type { MyCard } from '../../src/app/my-card-shape.ts'
import { outWith } from '../../src/batch/store.ts'
import { shownPeople } from '../../src/overview/search-people.ts'
import { programmeInForce } from '../../src/programme/store.ts'
import type { World } from './world.ts'

type Broken = (promise: string, what: string) => void

const newEdition = '4k-centenary'
const inOrder = (ids: Iterable<number>): string => [...ids].toSorted((a, b) => a - b).join()

/** Who has which card: the register against the tests' own book. */
function checkHolders({ facts, custody }: World, broken: Broken): void {
  for (const wrong of custody.wrong) broken('A4', wrong)
  const own = [...custody.given]
    .map(([cardId, { personId, atMs, representative }]) => `${cardId}:${personId}:${atMs}:${representative}`)
    .toSorted()
  const booked = facts.handovers
    .map(({ cardId, personId, at, representative }) => `${cardId}:${personId}:${at}:${representative}`)
    .toSorted()
  if (own.join() !== booked.join())
    broken('A4', `card:person:since:fetched by is booked ${booked.join(' ')}, own book ${own.join(' ')}`)
  const retired = facts.cards.filter(card => card.retired).map(({ id }) => id)
  if (inOrder(retired) !== inOrder(custody.retired()))
    broken('A4', `booked as retired are ${inOrder(retired)}, own book ${inOrder(custody.retired())}`)
  const undone = (rows: readonly { cardId: number; personId: number; why: string }[]) =>
    rows.map(({ cardId, personId, why }) => `${cardId}:${personId}:${why}`).join()
  if (undone(facts.undone) !== undone(custody.undone))
    broken('D1', `booked as taken back ${undone(facts.undone)}, own book ${undone(custody.undone)}`)
}

/** Of each edition somebody has one card: neither one that is missing nor one that was handed in counts. */
function checkOneEach({ facts, custody }: World, broken: Broken): void {
  const missing = new Set(facts.lost.map(({ cardId }) => cardId))
  const live = facts.cards.flatMap(({ id, edition }) => {
    const given = custody.given.get(id)
    const counts = given && !missing.has(id) && !custody.handedIn.has(id)
    return counts ? [{ id, key: `${edition} of person ${given.personId}` }] : []
  })
  for (const [key, cards] of Map.groupBy(live, each => each.key))
    if (cards.length > 1) broken('A4', `cards ${inOrder(cards.map(({ id }) => id))} are each the ${key}`)
}

/** The journal, read from its beginning, says who has what. */
function checkJournal({ facts, custody }: World, broken: Broken): void {
  const has = new Map<number, number>()
  const handedIn = new Set<number>()
  for (const { act, cardId, personId } of facts.journal) {
    if (act === 'card handed in') handedIn.add(cardId)
    else if (act === 'card given back') handedIn.delete(cardId)
    else if (act !== 'handover undone' && act !== 'card brought back') has.set(cardId, personId)
    else if (has.get(cardId) === personId) has.delete(cardId)
    else broken('D5', `the journal says "${act}" of card ${cardId}, and not that person ${personId} had it`)
  }
  const told = [...has].map(([cardId, personId]) => `${cardId}:${personId}`).toSorted()
  const own = [...custody.given].map(([cardId, { personId }]) => `${cardId}:${personId}`).toSorted()
  if (told.join() !== own.join())
    broken('D5', `by the journal card:person is ${told.join(' ')}, own book ${own.join(' ')}`)
  if (inOrder(handedIn) !== inOrder(custody.handedIn.keys()))
    broken(
      'D5',
      `by the journal ${inOrder(handedIn)} are handed in, own book ${inOrder(custody.handedIn.keys())}`,
    )
}

/** What was applied for is open again when its card was taken back, and its fee is as it was. */
function checkOpenAgain({ facts, custody }: World, broken: Broken): void {
  for (const { id, endedAs, settledAs } of facts.reissues)
    if (custody.openAgain.has(id) && (endedAs === 'collected' || settledAs === null))
      broken('M1', `application ${id} is ${endedAs}, ${settledAs}, and its card was taken back`)
}

/** The cards that the office ordered, against what the card maker delivered and what the office gave up. */
function checkOrdered({ facts, outside }: World, broken: Broken): void {
  const booked = facts.ordered.map(({ id, personId, state }) => `${id}:${personId}:${state}`).join()
  const own = outside.maker.items.map(({ id, personId, state }) => `${id}:${personId}:${state}`).join()
  if (booked !== own) broken('D1', `ordered cards are booked ${booked}, own book ${own}`)
}

/** What My card says of the new card: whose hands it is in. */
function checkPage(world: World, page: MyCard, personId: number, broken: Broken): void {
  const { facts, custody } = world
  const mine = facts.cards.filter(
    ({ id, edition }) => edition === newEdition && custody.given.get(id)?.personId === personId,
  )
  const says = `"${page.sentence}" (${page.story})`
  const collected = page.track.find(({ step }) => step === 'collected')?.state === 'done'
  const shown = page.newCard && custody.given.get(page.newCard.cardId)
  if (page.newCard?.collectedAt && shown?.personId !== personId)
    broken('A6', `${says} says that card ${page.newCard.cardId} was collected, and they do not have it`)
  if (mine.length === 0 && (collected || page.story.startsWith('collected')))
    broken('A6', `${says}, and person ${personId} has no new card`)
  const fetched = page.newCard !== null && custody.isFetched(page.newCard.cardId)
  if (fetched !== (page.representative !== null))
    broken('A6', `${says} names ${page.representative ? 'a' : 'no'} representative`)
  if (fetched && (collected || page.newCard!.collectedAt !== null))
    broken('A6', `${says} says that card ${page.newCard!.cardId} was collected, which was fetched`)
  if (
    page.story === 'reissue-collectable' &&
    !facts.reissues.some(each => each.personId === personId && each.endedAs === null)
  )
    broken('A6', `${says}, and person ${personId} has no application open`)
}

const inHand = new Set(['in-use', 'paused', 'collected', 'lost'])

/** What the office finds of each person says the same, and what representatives have out. */
async function checkFound(world: World, broken: Broken): Promise<void> {
  const { custody, facts } = world
  const found = await world.look(async act =>
    shownPeople(
      act,
      facts.people.map(({ id }) => id),
      await programmeInForce(act),
    ),
  )
  const out = await world.look(act => Promise.all(facts.people.map(({ id }) => outWith(act, id))))
  for (const [at, { id }] of facts.people.entries()) {
    const own = [...custody.given].filter(
      ([cardId, { representative }]) => representative === id && custody.isFetched(cardId),
    )
    if ((out[at]?.cards ?? 0) !== own.length)
      broken(
        'A4',
        `person ${id} is said to have ${out[at]?.cards ?? 0} cards of others out, own book ${own.length}`,
      )
  }
  for (const { personId, card } of found) {
    const mine = facts.cards.filter(
      ({ id, edition }) => edition === newEdition && custody.given.get(id)?.personId === personId,
    )
    const onTheWay = mine.some(({ id }) => custody.isFetched(id))
    const right =
      mine.length === 0 ? !inHand.has(card) && card !== 'fetched' : onTheWay === (card === 'fetched')
    if (!right)
      broken(
        'A6',
        `the office finds "${card}" of person ${personId}, own book ${inOrder(mine.map(c => c.id))}`,
      )
  }
}

/** Who has which card, whoever is asked: the register, the journal, My card, the office. */
export async function checkCustody(
  world: World,
  pages: ReadonlyMap<number, MyCard>,
  broken: Broken,
): Promise<void> {
  checkHolders(world, broken)
  checkOneEach(world, broken)
  checkJournal(world, broken)
  checkOpenAgain(world, broken)
  checkOrdered(world, broken)
  for (const [personId, page] of pages) checkPage(world, page, personId, broken)
  await checkFound(world, broken)
}

import { labDoor, labSerial, serials } from './boards.ts'
import type { Facts } from './facts.ts'
import { minute } from './told-time.ts'
import { dayOf, windowBy } from './windows.ts'
import type { World } from './world.ts'

/** Which doors of a controller a card opens as the register has decided by now; none where it opens nothing. */
export function decidedDoors(facts: Facts, serial: number, cardId: number): number[] {
  const use = facts.uses.find(each => each.cardId === cardId)
  const person = use && facts.people.find(({ id }) => id === use.personId)
  if (!use || person?.status !== 'enrolled' || facts.paused.includes(cardId)) return []
  const hasLab = serial === labSerial && facts.granted.includes(cardId)
  return hasLab ? [1, labDoor] : [1]
}

/** Whether everything that was decided has been carried, read back, and nothing stood in its way. */
export function isSettled(world: World): boolean {
  const { nowMs } = world.time
  const window = windowBy(nowMs)
  return (
    world.isHealthyFor(5 * minute) &&
    window > world.lastActMs &&
    window > world.lastTroubleMs &&
    nowMs >= window + minute &&
    // A date brings its changes with its first window.
    window >= dayOf(nowMs)
  )
}

/** Whether somebody has a card: it neither lies in a box, nor was taken back, nor is on its way to its holder. */
const isInHands = ({ custody }: World, { id, edition }: Facts['cards'][number]): boolean =>
  edition === 'temporary' || (custody.given.has(id) && !custody.isFetched(id))

/** What the boards really hold, against what the register has decided. */
export function checkDoors(world: World, broken: (promise: string, what: string) => void): void {
  const { boards, facts } = world
  const cardOf = new Map(facts.cards.map(card => [card.number, card]))
  for (const serial of serials) {
    const open = boards.openNumbers(serial)
    for (const number of open) {
      const card = cardOf.get(number)
      if (!card) broken('A5', `${number}, which is nobody's, opens on ${serial}`)
      else if (!isInHands(world, card))
        broken('A5', `card ${card.id} is not in its holder's hands, and opens on ${serial}`)
    }
    if (isSettled(world)) {
      const decided = facts.cards.flatMap(card => {
        const doors = decidedDoors(facts, serial, card.id)
        return doors.length > 0 ? [`${card.number}:${doors.join()}`] : []
      })
      const stands = open.map(number => `${number}:${boards.opens(serial, number).join()}`)
      if (decided.toSorted().join() !== stands.toSorted().join())
        broken(
          'A6',
          `on ${serial} ${stands.join(' ') || 'nothing'} opens, decided is ${decided.join(' ') || 'nothing'}`,
        )
    }
    checkOverlap(world, serial, broken)
    if (world.isHealthyFor(2 * minute)) checkEnded(world, serial, broken)
  }
}

/** Two cards of one person open the same door only while one is being changed for the other. */
function checkOverlap(world: World, serial: number, broken: (promise: string, what: string) => void): void {
  const { boards, facts, time, expected } = world
  const open = facts.cards.filter(
    card => card.edition !== 'temporary' && boards.opens(serial, card.number).length > 0,
  )
  for (const [personId, own] of Map.groupBy(open, card => card.holder)) {
    if (own.length < 2) continue
    // One that was handed in lies in the office, and goes off the boards with the next window.
    if (own.filter(card => !card.retired).length > 2)
      broken('A4', `three cards in the hand of person ${personId} open on ${serial}`)
    const changing = own.some(card => {
      const activation = facts.activations.find(({ cardId }) => cardId === card.id)
      const promised = expected.promised.get(card.id)
      return activation && promised && promised.carriedBy <= time.nowMs
    })
    if (!changing)
      broken('A4', `cards ${own.map(({ id }) => id).join()} of person ${personId} both open on ${serial}`)
  }
}

/** What does not wait for a window is gone where boards can be heard: lost, paused, taken back. */
function checkEnded(world: World, serial: number, broken: (promise: string, what: string) => void): void {
  const { boards, facts } = world
  const urgent = [
    ...facts.lost.map(({ cardId }) => cardId),
    ...facts.paused,
    ...facts.cards
      .filter(({ id, edition }) => edition === 'temporary' && !facts.uses.some(({ cardId }) => cardId === id))
      .map(({ id }) => id),
  ]
  for (const cardId of urgent) {
    const { number } = facts.cards.find(({ id }) => id === cardId)!
    if (boards.opens(serial, number).length > 0)
      broken('A2', `card ${cardId} is lost, paused or given back, and opens on ${serial}`)
  }
}

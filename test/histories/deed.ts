import type { Decision } from '../../src/lib/decision.ts'
import type { Act, Actor } from '../../src/server/register.ts'
import { students } from './campus.ts'
import type { Facts } from './facts.ts'
import type { World } from './world.ts'

/** Somebody of the history. */
export interface Who {
  id: number
  studentNumber: string
  actor: Actor
}

/** Something that can happen: says in a word what came of it; what throws is a fault of the product. */
export type Deed = (world: World, who: Who, pick: number) => Promise<string>

export const office: Actor = { kind: 'office', id: 'office' }
export const access: Actor = { kind: 'access', id: 'access' }
export const csie: Actor = { kind: 'desk', id: 'desk-csie', counter: 'dept-csie' }
export const registry: Actor = { kind: 'desk', id: 'desk-registry', counter: 'registry' }
export const gongguan: Actor = { kind: 'desk', id: 'desk-gongguan', counter: 'gongguan-academic' }

/** The person of a place in the list. */
export function whoIs(world: World, at: number): Who {
  const place = at % students.length
  const { id } = world.facts.people[place]!
  return {
    id,
    studentNumber: students[place]!.studentNumber,
    actor: { kind: 'student', id: String(id), personId: id },
  }
}

/** The answer of an act in a word. */
export const said = (decision: Decision<object, string>): string => {
  if (!decision.ok) return decision.refusal
  return 'again' in decision && decision.again === true ? 'again' : 'ok'
}

/** Does something and says what came of it. */
export const doing = async (
  world: World,
  actor: Actor,
  work: (act: Act) => Promise<Decision<object, string>>,
): Promise<string> => said(await world.act(actor, work))

type Card = Facts['cards'][number]

/** The cards that were given to somebody, in the order in which they were. */
export const cardsOf = ({ facts }: World, who: { id: number }): Card[] =>
  facts.cards
    .filter(card => card.holder === who.id)
    .toSorted((a, b) => a.givenAt! - b.givenAt! || a.id - b.id)

/** One of somebody's cards; the newest more often than others. */
export function someCard(world: World, who: Who, pick: number): Card | null {
  const cards = cardsOf(world, who)
  return (pick % 3 === 0 ? cards[Math.floor(pick / 3) % Math.max(1, cards.length)] : cards.at(-1)) ?? null
}

/** A card's chip, as its reader types it. */
export const chipOfCard = async ({ owner }: World, cardId: number): Promise<string> => {
  const { rows } = await owner.pool.query<{ chip: string }>(
    'select encode(chip, $2) as chip from card where id = $1',
    [cardId, 'hex'],
  )
  return rows[0]!.chip.toUpperCase()
}

/** The digits printed last on a card. */
export const digitsOf = async ({ owner }: World, cardId: number): Promise<string> => {
  const { rows } = await owner.pool.query<{ digits: string }>(
    'select right(printed_number, 4) as digits from card where id = $1',
    [cardId],
  )
  return rows[0]!.digits
}

import { Type } from 'typebox'
import { bothNames } from '../lib/both.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { Both, orNull } from '../server/shapes.ts'
import type { FoundCard } from './find-card.ts'
import { doorFormats } from './formats.ts'
import { printChipNumber } from './numbers.ts'
import { losslessFormats } from './read-chip.ts'
import { mayMove, mayRetire, retireReasons, told } from './rules.ts'
import { inStock, type RegisteredCard } from './store.ts'
import { words } from './words.ts'

/** A scan in the office: it comes as a body, so that no number stands in an address or a log. */
export const SearchBody = Type.Object(
  {
    scan: Type.String({
      maxLength: 4096,
      description: 'A tap, a number, or a student number, as at the desk',
    }),
    readerFormat: Type.Optional(Type.Enum([...losslessFormats])),
  },
  { additionalProperties: false },
)

export const RetireBody = Type.Object(
  { reason: Type.Enum([...retireReasons]) },
  { additionalProperties: false },
)
export type RetireBody = Type.Static<typeof RetireBody>
export const RetiredReply = Type.Object({
  cardId: Type.Integer(),
  retiredAt: Type.String({ format: 'date-time' }),
})

export const MoveBody = Type.Object(
  {
    counter: Type.String({ minLength: 1, maxLength: 60, description: 'An id of the programme’s counters' }),
    box: orNull(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
)
export type MoveBody = Type.Static<typeof MoveBody>
export const MovedReply = Type.Object({
  cardId: Type.Integer(),
  counter: Type.String(),
  box: orNull(Type.String()),
})

/** What a card can be: the last of these that happened to it. */
export const cardStates = ['waits', 'on-its-way', 'handed-over', 'lost', 'retired'] as const
export type CardState = (typeof cardStates)[number]

export const FoundReply = Type.Object({
  cards: Type.Array(
    Type.Object({
      cardId: Type.Integer(),
      edition: Type.String(),
      chip: Type.String({ description: 'Hexadecimal, the bytes as the chip sends them' }),
      printedNumber: orNull(Type.String()),
      state: Type.Enum([...cardStates]),
      message: Type.String({ description: 'The state as a sentence, in the language asked for' }),
      person: orNull(Type.Object({ studentNumber: Type.String(), name: Both })),
      counter: orNull(Type.String()),
      box: orNull(Type.String()),
      mayRetire: Type.Boolean(),
      mayMove: Type.Boolean(),
      numbers: Type.Array(
        Type.Object({
          format: Type.Enum([...doorFormats]),
          name: Type.String(),
          number: orNull(Type.Integer({ description: 'null: readers of this format cannot send it' })),
        }),
      ),
    }),
  ),
})
export type FoundReply = Type.Static<typeof FoundReply>
export type FoundCardReply = FoundReply['cards'][number]

export const CountersReply = Type.Object({
  counters: Type.Array(Type.Object({ id: Type.String(), name: Both })),
  /** Reader and file formats that keep every byte, with their names in the reader's language. */
  formats: Type.Array(Type.Object({ id: Type.Enum([...losslessFormats]), name: Type.String() })),
})
export type CountersReply = Type.Static<typeof CountersReply>

function stateOf(card: RegisteredCard): CardState {
  if (card.retired) return 'retired'
  if (card.lostReportedAt) return 'lost'
  if (card.handedOver) return 'handed-over'
  return card.counter === null ? 'on-its-way' : 'waits'
}

/** What a card is now, as a sentence. */
function sayState(card: RegisteredCard, programme: Programme, language: Language): string {
  const w = words[language]
  const { zone } = programme.campus
  const state = stateOf(card)
  if (state === 'retired') {
    const { at, reason } = card.retired!
    return w.gone(told(at, zone), w.retired[reason] ?? reason)
  }
  if (state === 'lost') return w.lost(told(card.lostReportedAt!, zone))
  if (state === 'handed-over') {
    const { studentNumber, at, how } = card.handedOver!
    return w.handedOver(studentNumber, told(at, zone), w.ways[how] ?? how)
  }
  if (state === 'on-its-way') return w.onItsWay
  const counter = programme.counters.find(each => each.id === card.counter)
  return w.waits(counter?.name[language] ?? card.counter!, card.box)
}

/** Found cards as the API says them, in the reader's language. */
export function foundReply(
  found: readonly FoundCard[],
  programme: Programme,
  language: Language,
): FoundReply {
  const w = words[language]
  const { zone } = programme.campus
  const counters = programme.counters.map(each => each.id)
  return {
    cards: found.map(({ card, person, numbers }) => ({
      cardId: card.cardId,
      edition: programme.editions.find(each => each.id === card.edition)?.name[language] ?? card.edition,
      chip: printChipNumber(card.chip),
      printedNumber: card.printedNumber,
      state: stateOf(card),
      message: sayState(card, programme, language),
      person: person && {
        studentNumber: person.studentNumber,
        name: bothNames(person),
      },
      counter: card.counter,
      box: card.box,
      mayRetire: mayRetire(inStock(card), zone).ok,
      mayMove: counters.some(
        counter => mayMove(inStock(card), { counter, box: null }, { zone, counters }).ok,
      ),
      numbers: numbers.map(({ format, number }) => ({ format, name: w.formats[format], number })),
    })),
  }
}

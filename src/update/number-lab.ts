import { type DoorFormat, doorNumber, formatsThatGive, isDoorFormat } from '../card/formats.ts'
import { printChipNumber } from '../card/numbers.ts'
import { words as cardWords } from '../card/words.ts'
import { both } from '../lib/both.ts'
import { type Decision, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import type { Lab } from './number-lab-shapes.ts'
import {
  cardsMatching,
  cardsSharing24Bits,
  formatsByControllers,
  type LabCard,
  standsUnder,
} from './number-lab-store.ts'
import { atControllers, type LabRefusal, readingsOf } from './number-readings.ts'

/** Cards, and controllers, that one answer lists. */
const mostCards = 20
const mostPlaces = 200

const personOf = ({ studentNumber, nameZh, nameEn }: LabCard) =>
  studentNumber === null ? null : { studentNumber, name: both(nameZh!, nameEn!) }

/**
 * Everything that a number can be: its readings, the cards of the register that give it, those that Wiegand-26 readers cannot
 * tell from them, and what controllers hold under it. Nothing is kept; whose cards are shown is written down.
 */
export async function lookUpNumber(
  act: Act,
  typed: string,
  language: Language,
): Promise<Decision<{ lab: Lab }, LabRefusal>> {
  const told = readingsOf(typed)
  if (!told.ok) return told
  const { text, taken, readings, unfit } = told.read
  const { editions } = await programmeInForce(act)
  const { formats, chip: chipWords } = cardWords[language]
  const numbers = atControllers(told.read)
  const patterns = readings.flatMap(reading => [...reading.patterns])
  const found = await cardsMatching(act, { patterns, printed: text, numbers }, mostCards + 1)
  const cards = found.slice(0, mostCards)
  const sharing = await cardsSharing24Bits(
    act,
    cards.map(({ chip }) => chip),
    mostCards * 2,
  )
  const inUse = await formatsByControllers(act)
  const sent = new Map(
    cards.map(({ cardId, chip }) => [cardId, inUse.filter(isKnown).map(each => sentBy(chip, each))]),
  )
  const theirs = [...sent.values()].flat().flatMap(({ number }) => number ?? [])
  const places = await standsUnder(act, [...new Set([...numbers, ...theirs])], mostPlaces)

  const seen = new Map([...cards, ...sharing].map(card => [card.cardId, card]))
  const people = [...seen.values()].filter(({ personId }) => personId !== null)
  await act.note(...people.map(({ personId, cardId }) => ({ act: 'number looked up', personId, cardId })))

  const editionOf = (id: string) => editions.find(each => each.id === id)?.name[language] ?? id
  const briefly = (card: LabCard) => ({
    cardId: card.cardId,
    edition: editionOf(card.edition),
    chip: printChipNumber(card.chip),
    person: personOf(card),
    retired: card.retired,
  })
  const gives = new Map(cards.map(({ cardId, chip }) => [cardId, formatsThatGive(chip, text)]))
  return yes({
    lab: {
      taken,
      readings: readings.map(({ format, ...reading }) => ({
        format,
        name: formats[format],
        inUse: inUse.some(each => each.format === format),
        ...reading,
        patterns: [...reading.patterns],
        cards: [...gives.values()].filter(each => each.includes(format)).length,
      })),
      unfit: unfit.map(({ format, refusal }) => ({
        format,
        name: formats[format],
        message: chipWords[refusal]({ format: formats[format] }),
      })),
      cards: cards.map(card => ({
        ...briefly(card),
        lost: card.lost,
        readAs: gives.get(card.cardId)!.map(format => ({ format, name: formats[format] })),
        sends: sent.get(card.cardId)!.map(each => ({ ...each, name: formats[each.format] })),
        shares24Bits: sharing
          .filter(other => other.cardId !== card.cardId && sameEnd(other, card))
          .map(briefly),
      })),
      more: found.length > mostCards,
      onControllers: places.map(({ buildingZh, buildingEn, doors, from, to, at, standing, ...place }) => ({
        ...place,
        building: both(buildingZh, buildingEn),
        doors: [...doors],
        from: from.toString(),
        to: to.toString(),
        at: at.toString(),
        standing: standing as Lab['onControllers'][number]['standing'],
      })),
    },
  })
}

const isKnown = <Row extends { format: string }>(row: Row): row is Row & { format: DoorFormat } =>
  isDoorFormat(row.format)

/** What readers of a format send for a chip; null where they cannot. */
function sentBy(chip: Buffer, { format, controllers }: { format: DoorFormat; controllers: number }) {
  const told = doorNumber(chip, format)
  return { format, controllers, number: told.ok ? Number(told.number) : null }
}

const sameEnd = (one: LabCard, other: LabCard): boolean =>
  one.chip.subarray(-3).equals(other.chip.subarray(-3))

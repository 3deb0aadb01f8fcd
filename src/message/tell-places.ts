import { sameInBoth } from '../lib/both.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act, Noted } from '../server/register.ts'
import type { Recipient } from './store.ts'
import type { Letter } from './tell.ts'

interface LostCard {
  at: Temporal.Instant
  endedAt: Temporal.Instant | null
  printedNumber: string | null
  studentNumber: string
}

const cardSql = `
  select l.at, l.ended_at as "endedAt", c.printed_number as "printedNumber", p.student_number as "studentNumber"
  from loss_report l join card c on c.id = l.card_id join person p on p.id = l.person_id
  where l.card_id = $1 order by l.id desc limit 1`

// Who was told of this report, whatever the programme says by now: who was not, has nothing to hear of.
const toldSql = `
  select m.recipient, m.language from journal j join message m on m.journal_id = j.id and m.kind = 'loss-to-places'
  where j.person_id = $1 and j.card_id = $2 and j.at = $3 order by m.id`

type Place = NonNullable<Programme['loss']['tells']>[number]

const placeAs = (
  { name, email, language }: Pick<Place, 'name' | 'email' | 'language'>,
  { printedNumber }: LostCard,
): Recipient => ({
  personId: null,
  nameZh: name['zh-TW'],
  nameEn: name.en,
  email,
  language,
  printedNumber,
})

const numberFor = (place: Place | undefined, { studentNumber }: LostCard): string | null =>
  place?.withStudentNumber === true ? studentNumber : null

/** What the places of the programme are told when a card was reported lost, in the act of the report itself. */
export async function lossToPlaces(act: Act, { loss }: Programme, cardId: number): Promise<Letter[]> {
  const places = loss.tells ?? []
  if (places.length === 0) return []
  const [card] = await act.statement<LostCard>('places_lost_card', cardSql, [cardId])
  if (card === undefined) return []
  const { at, printedNumber } = card
  return places.map(place => ({
    addressee: placeAs(place, card),
    told: { kind: 'loss-to-places', printedNumber, at, studentNumber: numberFor(place, card) },
  }))
}

const overAs: Readonly<Record<string, 'withdrawn' | 'found' | 'replaced' | 'not-replaced'>> = {
  'loss report withdrawn': 'withdrawn',
  'lost card found': 'found',
  'lost card replaced': 'replaced',
  'lost card not replaced': 'not-replaced',
}

/**
 * How it went on, to those who were told of it: the report was taken back, the card was found, or its holder has another one
 * and the lost one stays lost.
 */
export async function lossOverToPlaces(
  act: Act,
  { loss }: Programme,
  cardId: number,
  entry: Noted,
): Promise<Letter[]> {
  const [card] = await act.statement<LostCard>('places_lost_card', cardSql, [cardId])
  if (card === undefined) return []
  const { at: lostAt, endedAt, printedNumber } = card
  // What others were told is nobody's to read who only adds to it.
  const told = await act.asItself(() =>
    act.statement<{ recipient: string; language: Language }>('places_told', toldSql, [
      entry.personId,
      cardId,
      lostAt,
    ]),
  )
  return told.map(({ recipient, language }) => {
    const place = loss.tells?.find(({ email }) => email === recipient)
    const name = place?.name ?? sameInBoth(recipient)
    return {
      addressee: placeAs({ name, email: recipient, language }, card),
      told: {
        kind: 'loss-over-to-places',
        printedNumber,
        at: endedAt ?? act.now,
        lostAt,
        as: overAs[entry.act]!,
        theirs: entry.facts?.custody === true,
        studentNumber: numberFor(place, card),
      },
    }
  })
}

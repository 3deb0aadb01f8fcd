import { latest } from '../lib/latest.ts'
import { sayTime } from '../lib/say.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act, Actor } from '../server/register.ts'
import { keepWrongTry, shutUntil, type Tried, wrongTries } from '../server/wrong-tries.ts'
import { type ActivationFacts, guessesADay } from './rules.ts'

const lockSql = 'select status from person where id = $1 for update'

// Cards held before Gatehouse are in use without having been activated; those the deadline ends are not switched on.
const cardSql = `
  select h.card_id as "cardId", c.printed_number as "printedNumber", c.chip,
         c.carrier_code_hash as "carrierCodeHash", l.card_id is not null as "reportedLost",
         a.at as "activatedAt"
  from handover h join card c on c.id = h.card_id
  left join card_lost l on l.card_id = h.card_id
  left join activation a on a.card_id = h.card_id
  where h.person_id = $1 and h.how <> 'before-gatehouse' and h.edition <> all($2::text[])
  order by h.at desc limit 1`

const oldSql = `
  select u.card_id as "cardId", upper(u.during) as "accessEndsAt",
         exists (select from access_pause z where z.card_id = u.card_id and upper_inf(z.during)) as paused,
         c.retired_at is not null as "handedIn"
  from card_use u join card c on c.id = u.card_id where u.person_id = $1 and u.kind = 'student' and u.during @> $2::timestamptz`

/** The card that would be switched on, with what proves possession of it. */
interface CardRow {
  cardId: number
  printedNumber: string | null
  chip: Buffer
  carrierCodeHash: Buffer | null
  reportedLost: boolean
  activatedAt: Temporal.Instant | null
}

/**
 * Guesses of a person's own card, counted for all processes at once: on the holder's phones together, and at each counter
 * by itself. What is mistyped at a counter does not shut the holder's phone, nor the other way round.
 */
function tried({ kind, counter }: Actor, personId: number): Tried {
  const what = 'activation'
  return kind === 'student' ? { what, personId } : { what, personId, place: counter ?? kind }
}

/**
 * What the rule asks, read under a lock on the person, so that two phones activate one after the other; and the card
 * itself. A card of an edition that the deadline ends is not switched on; one of any other is, whichever edition is given
 * by now.
 */
export async function activationFacts(
  act: Act,
  personId: number,
  { deadline, activation, campus }: Pick<Programme, 'deadline' | 'activation' | 'campus'>,
): Promise<{ facts: ActivationFacts; card: Pick<CardRow, 'chip' | 'carrierCodeHash'> | null }> {
  // One round trip; the database runs them in this order, so that the later ones see what the lock waited for.
  const [[person], [card], [old], shut] = await Promise.all([
    act.statement<{ status: string }>('activation_lock', lockSql, [personId]),
    act.statement<CardRow>('activation_card', cardSql, [personId, deadline.editions]),
    act.statement<NonNullable<ActivationFacts['old']>>('activation_old', oldSql, [personId, act.now]),
    shutFor(act, personId, { activation, campus }),
  ])
  const facts: ActivationFacts = {
    mayEnter: person?.status === 'enrolled',
    card: card
      ? {
          cardId: card.cardId,
          printedNumber: card.printedNumber,
          hasCarrierCode: card.carrierCodeHash !== null,
          reportedLost: card.reportedLost,
          activatedAt: card.activatedAt,
        }
      : null,
    old: old && old.cardId !== card?.cardId ? old : null,
    shutUntil: shut,
  }
  return { facts, card: card ?? null }
}

/** Until when, on the campus's clocks, no further guess of this person is looked at; null: it is. With its date where that is not today. */
export async function shutFor(
  act: Act,
  personId: number,
  { activation, campus }: Pick<Programme, 'activation' | 'campus'>,
): Promise<string | null> {
  const wrong = await wrongTries(act, tried(act.actor, personId), guessesADay)
  const shut = latest([activation, guessesADay].map(limit => shutUntil(wrong, act.now, limit)))
  if (shut === null) return null
  const [opens, today] = [shut, act.now].map(at => at.toZonedDateTimeISO(campus.zone).toPlainDateTime())
  const isToday = opens!.toPlainDate().equals(today!.toPlainDate())
  return isToday ? sayTime(opens!.toPlainTime()) : opens!.toString({ smallestUnit: 'minute' })
}

/** Keeps that the card was not proved to be in the holder's hand. */
export const keepWrongGuess = (act: Act, personId: number): Promise<void> =>
  keepWrongTry(act, tried(act.actor, personId))

/** A switch as it is kept: which card, in place of which, and what was promised. Instants in campus time. */
export interface Switch {
  cardId: number
  at: Temporal.Instant
  replaces: number | null
  carriedBy: Temporal.Instant
  atOnce: boolean
  oldUntil: Temporal.Instant | null
  newFrom: Temporal.Instant
}

// The old card's use ends and the new one's begins at the same instant; the old one's row first, because the
// database refuses two live cards of one person even for a moment.
const endUseSql = `
  update card_use set during = tstzrange(lower(during), $2) where card_id = $1 and during @> $2::timestamptz`
const keepSql = `
  with used as (insert into card_use (card_id, person_id, during) values ($1, $2, tstzrange($3, null)))
  insert into activation (card_id, person_id, at, replaces, carried_by, at_once, old_until, new_from)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`

/** Keeps an activation: the old card's campus access ends and the new one's begins, in the register, now. */
export async function keepActivation(act: Act, personId: number, change: Switch): Promise<void> {
  const { cardId, at, replaces, carriedBy, atOnce, oldUntil, newFrom } = change
  const kept = [cardId, personId, at, replaces, carriedBy, atOnce, oldUntil, newFrom]
  await Promise.all([
    ...(replaces === null ? [] : [act.statement('end_use', endUseSql, [replaces, act.now])]),
    act.statement('keep_activation', keepSql, kept),
  ])
}

const switchSql = `
  select card_id as "cardId", at, replaces, carried_by as "carriedBy", at_once as "atOnce", old_until as "oldUntil",
         new_from as "newFrom"
  from activation where card_id = $1`

/** The switch of a card that is active already, with the promise that was given then. */
export async function switchOf(act: Act, cardId: number): Promise<Switch> {
  const [row] = await act.statement<Switch>('switch_of', switchSql, [cardId])
  if (row === undefined) throw new Error(`card ${cardId} is not active`)
  return row
}

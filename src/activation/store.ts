import type { Act } from '../server/register.ts'
import type { ActivationFacts } from './rules.ts'

const lockSql = 'select status from person where id = $1 for update'

// Cards held before Gatehouse are in use without having been activated; those the deadline ends are not switched on.
const cardSql = `
  select h.card_id as "cardId", c.printed_number as "printedNumber", l.card_id is not null as "reportedLost",
         a.at as "activatedAt"
  from handover h join card c on c.id = h.card_id
  left join card_lost l on l.card_id = h.card_id
  left join activation a on a.card_id = h.card_id
  where h.person_id = $1 and h.how <> 'before-gatehouse' and h.edition <> all($2::text[])
  order by h.at desc limit 1`

const oldSql = `
  select u.card_id as "cardId", upper(u.during) as "accessEndsAt",
         exists (select from access_pause z where z.card_id = u.card_id and upper_inf(z.during)) as paused
  from card_use u where u.person_id = $1 and u.kind = 'student' and u.during @> $2::timestamptz`

/**
 * What the rule asks, read under a lock on the person, so that two phones activate one after the other. `ending` are the
 * editions that the deadline ends; a card of any other can be switched on, whichever edition is given by now.
 */
export async function activationFacts(
  act: Act,
  personId: number,
  ending: readonly string[],
): Promise<ActivationFacts> {
  // One round trip; the database runs them in this order, so that the later two see what the lock waited for.
  const [[person], [card], [old]] = await Promise.all([
    act.statement<{ status: string }>('activation_lock', lockSql, [personId]),
    act.statement<NonNullable<ActivationFacts['card']>>('activation_card', cardSql, [personId, ending]),
    act.statement<NonNullable<ActivationFacts['old']>>('activation_old', oldSql, [personId, act.now]),
  ])
  return {
    mayEnter: person?.status === 'enrolled',
    card: card ?? null,
    old: old && old.cardId !== card?.cardId ? old : null,
  }
}

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

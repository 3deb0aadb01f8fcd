import type { Switch } from '../activation/store.ts'
import type { Bilingual } from '../lib/words.ts'
import type { ReissueReason } from '../programme/shape-cards.ts'
import type { Act } from '../server/register.ts'
import { isDue, isOnHold } from '../update/due-sql.ts'
import type { ControllerFacts } from './card-story.ts'

/** Campus access of a card as decided: from when until when. */
export interface CardUse {
  cardId: number
  until: Temporal.Instant | null
}

const usesSql = `
  select distinct on (card_id) card_id as "cardId", upper(during) as until
  from card_use where person_id = $1 and kind = 'student' order by card_id, lower(during) desc`

/** Until when each of a person's cards has, or had, campus access in the register. */
export const usesOf = (act: Act, personId: number): Promise<CardUse[]> =>
  act.statement<CardUse>('my_card_uses', usesSql, [personId])

/** One controller that concerns a card, with its building's name. */
export interface ControllerRow extends ControllerFacts {
  cardId: number
  building: Bilingual
  confirmedAt: Temporal.Instant | null
  verifiedAt: Temporal.Instant | null
  silentSince: Temporal.Instant | null
}

// Due is what the update counts as due; the newest row says what was decided last, due or not.
const controllersSql = `
  with mine as (
    select w.*, ${isDue('w')} as due
    from wanted w where w.person_id = $1),
  newest as (
    select distinct on (controller_id, number) * from mine order by controller_id, number, carried_by desc),
  newest_due as (
    select distinct on (controller_id, number) * from mine where due
    order by controller_id, number, carried_by desc)
  select n.card_id as "cardId", n.doors <> '{0,0,0,0}' as opens, coalesce(n.due, false) as due,
         jsonb_build_object('zh-TW', c.building_zh, 'en', c.building_en) as building,
         h.doors <> '{0,0,0,0}' as "heldOpens", h.valid_to as "heldTo",
         (h.doors, h.valid_from, h.valid_to) in
           ((n.doors, n.valid_from, n.valid_to), (d.doors, d.valid_from, d.valid_to)) as "heldAgrees",
         h.confirmed_at as "confirmedAt", h.verified_at as "verifiedAt", l.silent_since as "silentSince",
         ${isOnHold('n.controller_id')} as "onHold"
  from newest n
  join controller c on c.id = n.controller_id
  left join newest_due d on d.controller_id = n.controller_id and d.number = n.number
  left join held h on h.controller_id = n.controller_id and h.number = n.number
  left join lane l on l.controller_id = n.controller_id
  order by c.building_en, c.id`

interface Row extends Omit<ControllerRow, 'aim' | 'held' | 'silent'> {
  opens: boolean
  heldOpens: boolean | null
  heldAgrees: boolean | null
  heldTo: Temporal.PlainDate | null
}

/** Every controller that one of the person's cards concerns: what was decided, and what it confirmed. */
export async function controllersOf(act: Act, personId: number): Promise<ControllerRow[]> {
  const rows = await act.statement<Row>('my_card_controllers', controllersSql, [personId])
  return rows.map(({ opens, heldOpens, heldAgrees, heldTo, ...row }) => ({
    ...row,
    aim: opens ? 'open' : 'closed',
    held:
      heldTo === null
        ? null
        : {
            opens: heldOpens ?? false,
            agrees: heldAgrees ?? false,
            lastDay: heldTo,
            verified: row.verifiedAt !== null,
          },
    silent: row.silentSince !== null,
  }))
}

/** A switch as it was promised, and whether a window that carries it is over. */
export type GivenSwitch = Switch & { windowOver: boolean }

const activationsSql = `
  select card_id as "cardId", at, replaces, carried_by as "carriedBy", at_once as "atOnce", old_until as "oldUntil",
         new_from as "newFrom", exists (
           select from update_window o where o.starts_at >= carried_by and o.finished_at is not null) as "windowOver"
  from activation where card_id in (select card_id from handover where person_id = $1)`

/** The activations of a person's cards. */
export const activationsOf = (act: Act, personId: number): Promise<GivenSwitch[]> =>
  act.statement<GivenSwitch>('my_card_activations', activationsSql, [personId])

/** What happened to a person's cards beside being switched. */
export interface Troubles {
  paused: { cardId: number; since: Temporal.Instant } | null
  /** The loss reports that stand: when each leaves for the issuer, or left. */
  losses: { cardId: number; sendAt: Temporal.Instant; sentAt: Temporal.Instant | null }[]
  reissue: { reason: ReissueReason; isDue: boolean; isMade: boolean; lapsesAt: Temporal.Instant } | null
  temporaryCard: { lastDay: Temporal.PlainDate } | null
  /** The card in use was taken in for the one that waits to be activated. */
  handedIn: boolean
}

// One row of JSON, because most people have none of it.
const troublesSql = `
  select
    (select jsonb_build_object('cardId', z.card_id, 'since', lower(z.during)) from access_pause z
     where z.person_id = $1 and upper_inf(z.during) and exists (
       select from card_use u where u.card_id = z.card_id and u.during @> $2::timestamptz) limit 1) as paused,
    (select jsonb_agg(jsonb_build_object('cardId', l.card_id, 'sendAt', l.send_at, 'sentAt', l.sent_at))
     from card_lost l where l.person_id = $1) as losses,
    (select jsonb_build_object('reason', r.reason, 'isDue', r.settled_at is null, 'isMade', r.card_id is not null,
       'lapsesAt', r.lapses_at) from reissue r where r.person_id = $1 and r.ended_at is null) as reissue,
    (select jsonb_build_object('lastDay', o.last_day) from card_loan o
     where o.person_id = $1 and o.returned_at is null and o.lost_at is null) as "temporaryCard",
    exists (select from card_use u join card c on c.id = u.card_id
            where u.person_id = $1 and u.kind = 'student' and u.during @> $2::timestamptz and c.retired_at is not null) as "handedIn"`

interface TroublesRow {
  paused: { cardId: number; since: string } | null
  losses: { cardId: number; sendAt: string; sentAt: string | null }[] | null
  reissue: { reason: ReissueReason; isDue: boolean; isMade: boolean; lapsesAt: string } | null
  temporaryCard: { lastDay: string } | null
  handedIn: boolean
}

/** Whether a card of a person is paused or missing, another one is asked for, or one is lent: in one look. */
export async function troublesOf(act: Act, personId: number): Promise<Troubles> {
  const at = (text: string) => Temporal.Instant.from(text)
  const [row] = await act.statement<TroublesRow>('my_card_troubles', troublesSql, [personId, act.now])
  const { paused, losses, reissue, temporaryCard, handedIn } = row!
  return {
    handedIn,
    paused: paused && { cardId: paused.cardId, since: at(paused.since) },
    losses: (losses ?? []).map(({ cardId, sendAt, sentAt }) => ({
      cardId,
      sendAt: at(sendAt),
      sentAt: sentAt === null ? null : at(sentAt),
    })),
    reissue: reissue && { ...reissue, lapsesAt: at(reissue.lapsesAt) },
    temporaryCard: temporaryCard && { lastDay: Temporal.PlainDate.from(temporaryCard.lastDay) },
  }
}

import type { UndoReason } from '../handover/undo-rules.ts'
import type { Language } from '../lib/words.ts'
import type { Act } from '../server/register.ts'

/** Entries of the journal and messages that a timeline shows on a screen, the newest of each; its file has all. */
export const mostEntries = 500

/** Something that happened to a person, as the journal has it. */
export interface Entry {
  at: Temporal.Instant
  act: string
  actor: string
  whoZh: string | null
  whoEn: string | null
  facts: Record<string, unknown>
  ending: string | null
  /** Of a handover: how it went, and what was shown. */
  how: string | null
  counter: string | null
  evidence: Record<string, string | null> | null
  signed: string | null
  /** Under which number what was signed for it is read, while it is kept. */
  signature: number | null
  /** When the handover was undone, and why; null: it stands, or is none. */
  undoneAt: Temporal.Instant | null
  undoneWhy: UndoReason | null
}

const entriesSql = `
  select j.at, j.act, j.actor, s.name_zh as "whoZh", s.name_en as "whoEn", j.facts, right(c.printed_number, 4) as ending,
         coalesce(h.how, case when u.id is not null then 'desk' end) as how,
         coalesce(h.counter, u.counter) as counter, coalesce(h.evidence, u.evidence) as evidence,
         coalesce(g.manner, v.manner) as signed, coalesce(g.card_id, v.card_id) as signature,
         u.undone_at as "undoneAt", u.why as "undoneWhy"
  from journal j
  left join staff s on s.id = split_part(j.actor, ':', 2) and split_part(j.actor, ':', 1) not in ('student', 'system')
  left join card c on c.id = j.card_id
  left join handover h on h.card_id = j.card_id and h.person_id = j.person_id and h.at = j.at and j.act = 'card handed over'
  left join signature g on g.card_id = h.card_id
  left join undone_handover u on u.card_id = j.card_id and u.person_id = j.person_id and u.at = j.at
    and j.act = 'card handed over' and u.batch_id is null
  left join undone_signature v on v.undone_id = u.id
  where j.person_id = $1 order by j.id desc limit $2`

/** What the journal has of a person, the newest first; so many of it, or with null all. */
export const entriesOf = (act: Act, personId: number, most: number | null): Promise<Entry[]> =>
  act.statement<Entry>('timeline_entries', entriesSql, [personId, most])

/** A message to a person, with whether it was mailed. */
export interface Told {
  at: Temporal.Instant
  subject: string
  language: Language
  sentAt: Temporal.Instant | null
  recipient: string
  lastError: string | null
}

const toldSql = `
  select made_at as at, subject, language, sent_at as "sentAt", recipient, last_error as "lastError"
  from message where person_id = $1 and forgotten_at is null order by id desc limit $2`

/** What a person was told, the newest first; so much of it, or with null all. */
export const toldOf = (act: Act, personId: number, most: number | null): Promise<Told[]> =>
  act.statement<Told>('timeline_told', toldSql, [personId, most])

/** A building whose controllers have confirmed a card, or still wait. */
export interface DoorsOfBuilding {
  zh: string
  en: string
  ending: string | null
  cardId: number
  controllers: number
  confirmed: number
  at: Temporal.Instant | null
}

const doorsSql = `
  with due as (
    select distinct on (w.controller_id, w.number) w.controller_id, w.number, w.card_id, w.doors
    from wanted w where w.person_id = $1 and w.carried_by <= $2 order by w.controller_id, w.number, w.carried_by desc)
  select c.building_zh as zh, c.building_en as en, right(k.printed_number, 4) as ending, d.card_id as "cardId",
         count(*)::int as controllers, count(*) filter (where h.doors = d.doors)::int as confirmed,
         max(h.confirmed_at) filter (where h.doors = d.doors) as at
  from due d join controller c on c.id = d.controller_id join card k on k.id = d.card_id
  left join held h on h.controller_id = d.controller_id and h.number = d.number
  where d.doors <> '{0,0,0,0}' group by 1, 2, 3, 4 order by 2`

/** Which buildings know a person's cards: what was decided and is due, and what their controllers confirmed of it. */
export const doorsOf = (act: Act, personId: number): Promise<DoorsOfBuilding[]> =>
  act.statement<DoorsOfBuilding>('timeline_doors', doorsSql, [personId, act.now])

/** A card that a person has now, and how it stands with its campus access. */
export interface CardNow {
  cardId: number
  edition: string
  ending: string | null
  since: Temporal.Instant
  opensUntil: Temporal.Instant | null
  inUse: boolean
  paused: boolean
  lost: boolean
}

const cardsSql = `
  select c.id as "cardId", c.edition, right(c.printed_number, 4) as ending, h.at as since, upper(u.during) as "opensUntil",
         u.card_id is not null as "inUse", z.card_id is not null as paused, l.card_id is not null as lost
  from handover h join card c on c.id = h.card_id
  left join card_use u on u.card_id = c.id and u.during @> $2::timestamptz
  left join access_pause z on z.card_id = c.id and upper_inf(z.during)
  left join card_lost l on l.card_id = c.id
  where h.person_id = $1 and c.retired_at is null order by h.at`

/** The cards in a person's hands, or missing. */
export const cardsNow = (act: Act, personId: number): Promise<CardNow[]> =>
  act.statement<CardNow>('timeline_cards', cardsSql, [personId, act.now])

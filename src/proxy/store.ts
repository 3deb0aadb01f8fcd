import type { Language } from '../lib/words.ts'
import type { ProxyErrand } from '../programme/shape-cards.ts'
import { type Act, actorName } from '../server/register.ts'
import type { EndedAs } from './rules.ts'

/** An authorization as it is kept. Instants in campus time. */
export interface Authorization {
  id: number
  errand: ProxyErrand
  name: string
  email: string | null
  language: Language
  nonce: Buffer
  codeHash: Buffer
  namedAt: Temporal.Instant
  namedBy: string
  goodUntil: Temporal.Instant
}

const liveSql = `
  select id, errand, proxy_name as name, proxy_email as email, language, nonce, code_hash as "codeHash", named_at as "namedAt",
         named_by as "namedBy",
         good_until as "goodUntil"
  from proxy_authorization where person_id = $1 and ended_at is null and good_until > $2 order by id desc limit 1`

/** The authorization of a holder that is good now, or null. */
export async function liveProxy(act: Act, personId: number): Promise<Authorization | null> {
  const [row] = await act.statement<Authorization>('proxy_live', liveSql, [personId, act.now])
  return row ?? null
}

const lapseSql = `
  update proxy_authorization set ended_at = good_until, ended_as = 'lapsed', ended_by = 'system:proxy'
  where person_id = $1 and ended_at is null and good_until <= $2`

/** Writes down that what ran out has ended, before somebody else is named. */
export async function keepLapsed(act: Act, personId: number): Promise<void> {
  await act.statement('proxy_lapsed', lapseSql, [personId, act.now])
}

const countSql = `
  select count(*)::int as count from proxy_authorization where person_id = $1 and named_at > $2`

/** How many people a holder named within the last 24 hours. */
export async function namedWithinADay(act: Act, personId: number): Promise<number> {
  const since = act.now.subtract({ hours: 24 })
  const [row] = await act.statement<{ count: number }>('proxy_count', countSql, [personId, since])
  return row!.count
}

/** A naming to be kept. */
export interface NewAuthorization {
  personId: number
  errand: ProxyErrand
  name: string
  email: string | null
  language: Language
  nonce: Buffer
  codeHash: Buffer
  goodUntil: Temporal.Instant
}

const keepSql = `
  insert into proxy_authorization (person_id, errand, proxy_name, proxy_email, language, nonce, code_hash, named_at,
    named_by, good_until)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`

/** Keeps a naming, and says under which id. */
export async function keepAuthorization(act: Act, named: NewAuthorization): Promise<number> {
  const { personId, errand, name, email, language, nonce, codeHash, goodUntil } = named
  const by = actorName(act.actor)
  const values = [personId, errand, name, email, language, nonce, codeHash, act.now, by, goodUntil]
  const [row] = await act.statement<{ id: number }>('proxy_keep', keepSql, values)
  return row!.id
}

const endSql = `
  update proxy_authorization set ended_at = $2, ended_as = $3, ended_by = $4
  where id = $1 and ended_at is null and good_until > $2 returning 1`

/** Ends an authorization that is good now; false where it had ended. */
export async function endAuthorization(act: Act, id: number, as: EndedAs): Promise<boolean> {
  const rows = await act.statement('proxy_end', endSql, [id, act.now, as, actorName(act.actor)])
  return rows.length > 0
}

const reopenSql = `
  update proxy_authorization a set ended_at = null, ended_as = null, ended_by = null
  where person_id = $1 and ended_at = $2 and ended_as in ('used', 'collected') and good_until > $3 and erased_at is null
    and not exists (select from proxy_authorization o
                    where o.person_id = a.person_id and o.errand = a.errand and o.ended_at is null)
  returning id`

/** Makes good again what a handover of that moment had ended; null where there is none, or somebody else was named since. */
export async function keepReopened(
  act: Act,
  personId: number,
  endedAt: Temporal.Instant,
): Promise<number | null> {
  const [row] = await act.statement<{ id: number }>('proxy_reopen', reopenSql, [personId, endedAt, act.now])
  return row?.id ?? null
}

const foundSql = `
  select a.id, a.person_id as "personId", coalesce(a.proxy_name, '') as name, a.named_by as "namedBy", a.language, a.errand, a.good_until as "goodUntil",
         a.ended_as as "endedAs", coalesce(a.ended_at, a.good_until) as "endedAt",
         case when exists (
           select from reissue r join card c on c.id = r.for_card
           where r.person_id = a.person_id and r.ended_at is null and c.edition = r.edition)
         then 'reissue' else 'first-card' end as "errandNow"
  from proxy_authorization a where a.code_hash = $1`

/** An authorization by its code, whoever's it is and whether or not it has ended. */
export interface ByCode {
  id: number
  personId: number
  /** Empty where it was forgotten. */
  name: string
  namedBy: string
  language: Language
  errand: ProxyErrand
  errandNow: ProxyErrand
  goodUntil: Temporal.Instant
  endedAs: EndedAs | null
  endedAt: Temporal.Instant
}

/** Finds an authorization by the hash of its code. */
export async function authorizationByCode(act: Act, codeHash: Buffer): Promise<ByCode | null> {
  const [row] = await act.statement<ByCode>('proxy_by_code', foundSql, [codeHash])
  return row ?? null
}

const collectedSql = `
  select a.proxy_name as name, h.at, h.card_id as "cardId"
  from handover h join proxy_authorization a on a.id = h.proxy_authorization_id
  where h.person_id = $1 and a.erased_at is null order by h.at desc limit 1`

/** Who collected a card for this holder, and when; the newest, while it is kept who that was. */
export async function collectedFor(
  act: Act,
  personId: number,
): Promise<{ name: string; at: Temporal.Instant; cardId: number } | null> {
  const [row] = await act.statement<{ name: string; at: Temporal.Instant; cardId: number }>(
    'proxy_collected',
    collectedSql,
    [personId],
  )
  return row ?? null
}

import { spaced } from '../lib/say.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'

/** For how many days after its end a naming keeps the name and the address of the proxy, unless the programme says. */
const usualProxyDays = 90

/** Namings that one act forgets; what is left is the next one's. */
const atATime = 500

const oldSql = `
  select id, proxy_name as name from proxy_authorization
  where erased_at is null and coalesce(ended_at, good_until) <= $2 and good_until <= $1
  order by id limit $3 for update`

const latin = 'A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ'

/** How a letter has a name: as it was typed, or with blanks between its scripts; "An" is no part of "Annex". */
function written(name: string): string {
  const as = [...new Set([name, spaced(name)])]
    .map(each => each.replace(/[!-/:-@[-`{-~]/gu, '\\$&'))
    .join('|')
  return `(?<![${latin}])(?:${as})(?![${latin}])`
}

// The letters of a naming say who the proxy was: in the holder's the name is taken out, and the proxy's own lose their address.
// So do answers that are kept for a repeated request, whoever made it; such a request comes within minutes.
const forgetSql = `
  with old as (
    select a.id, a.person_id, o.name, o.spaced, o.written
    from jsonb_to_recordset($3::jsonb) as o(id bigint, name text, spaced text, written text)
    join proxy_authorization a on a.id = o.id),
  letters as (
    update message m set subject = regexp_replace(subject, old.written, '○○○', 'g'),
      body = regexp_replace(body, old.written, '○○○', 'g'),
      recipient = case when m.person_id is null then '' else recipient end,
      last_error = case when m.person_id is null then null else last_error end
    from old join journal j on j.person_id = old.person_id and j.facts ->> 'authorization' = old.id::text
    where m.journal_id = j.id and m.kind like 'proxy-%'),
  answers as (
    delete from repeated_request r using old
    where r.at <= $2 and (strpos(r.answer::text, old.name) > 0 or strpos(r.answer::text, old.spaced) > 0)),
  gone as (
    update proxy_authorization a set proxy_name = null, proxy_email = null, erased_at = $1,
      ended_at = coalesce(ended_at, good_until), ended_as = coalesce(ended_as, 'lapsed'),
      ended_by = coalesce(ended_by, 'system:proxy')
    from old where a.id = old.id returning 1)
  select count(*)::int as forgotten from gone`

/** For how many days after a naming ended it is kept who the proxy was. */
export const proxyDaysKept = ({ retention }: Programme): number => retention.proxyDays ?? usualProxyDays

/**
 * Forgets who collected for whom once the programme's days after the end of a naming are over: the names and addresses of
 * proxies, in their namings, in the letters about them and in kept answers. That a card was collected by a proxy, when, on which evidence,
 * and what a code was the hash of, stays. Says how many were forgotten; done twice, it forgets nothing more.
 */
export async function forgetProxies(act: Act): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  const { zone } = programme.campus
  const days = proxyDaysKept(programme)
  const before = act.now.toZonedDateTimeISO(zone).toPlainDate().subtract({ days }).toZonedDateTime(zone)
  const upTo = [act.now, before.toInstant()]
  const old = await act.statement<{ id: number; name: string }>('proxies_old', oldSql, [...upTo, atATime])
  if (old.length === 0) return 0
  const names = old.map(({ id, name }) => ({ id, name, spaced: spaced(name), written: written(name) }))
  const values = [...upTo, JSON.stringify(names)]
  const [row] = await act.statement<{ forgotten: number }>('proxies_forgotten', forgetSql, values)
  const { forgotten } = row!
  await act.note({ act: 'proxies forgotten', facts: { forgotten } })
  return forgotten
}

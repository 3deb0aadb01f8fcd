import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'

/** For how many days after its end a naming keeps the name and the address of the proxy, unless the programme says. */
const usualDays = 90

/** Namings that one act forgets; what is left is the next one's. */
const atATime = 500

// The letters of a naming say who the proxy was: in the holder's the name is taken out, and the proxy's own lose their address.
// So do answers that are kept for a repeated request; such a request comes within minutes.
const forgetSql = `
  with old as (
    select id, person_id, named_by, proxy_name from proxy_authorization
    where erased_at is null and coalesce(ended_at, good_until) <= $2 and good_until <= $1
    order by id limit $3 for update),
  letters as (
    update message m set subject = replace(subject, old.proxy_name, '○○○'), body = replace(body, old.proxy_name, '○○○'),
      recipient = case when m.person_id is null then '' else recipient end,
      last_error = case when m.person_id is null then null else last_error end
    from old join journal j on j.person_id = old.person_id and j.facts ->> 'authorization' = old.id::text
    where m.journal_id = j.id and m.kind like 'proxy-%'),
  answers as (
    delete from repeated_request r using old
    where r.actor in (old.named_by, 'student:' || old.person_id) and r.at <= $2
      and strpos(r.answer::text, old.proxy_name) > 0),
  gone as (
    update proxy_authorization a set proxy_name = null, proxy_email = null, erased_at = $1,
      ended_at = coalesce(ended_at, good_until), ended_as = coalesce(ended_as, 'lapsed'),
      ended_by = coalesce(ended_by, 'system:proxy')
    from old where a.id = old.id returning 1)
  select count(*)::int as forgotten from gone`

/**
 * Forgets who collected for whom once the programme's days after the end of a naming are over: the names and addresses of
 * proxies, in their namings, in the letters about them and in kept answers. That a card was collected by a proxy, when, on which evidence,
 * and what a code was the hash of, stays. Says how many were forgotten; done twice, it forgets nothing more.
 */
export async function forgetProxies(act: Act): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  const { zone } = programme.campus
  const days = programme.retention.proxyDays ?? usualDays
  const before = act.now.toZonedDateTimeISO(zone).toPlainDate().subtract({ days }).toZonedDateTime(zone)
  const values = [act.now, before.toInstant(), atATime]
  const [row] = await act.statement<{ forgotten: number }>('proxies_forgotten', forgetSql, values)
  const { forgotten } = row!
  if (forgotten > 0) await act.note({ act: 'proxies forgotten', facts: { forgotten } })
  return forgotten
}

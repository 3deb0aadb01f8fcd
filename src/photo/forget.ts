import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'

/** Photos that one act forgets; what is left is the next one's. */
const atATime = 500

const forgetSql = `
  with old as (
    select f.id from photo f join person p on p.id = f.person_id
    where (f.accepted is false and f.answered_at <= $1)
      or exists (select from photo n where n.person_id = f.person_id and f.accepted and n.accepted
        and (n.answered_at, n.id) > (f.answered_at, f.id) and n.answered_at <= $1)
      or (p.status in ('graduated', 'withdrawn') and f.taken_in_at <= $1 and not exists (
        select from journal j where j.person_id = p.id and j.act = 'person changed' and j.at > $1))
    order by f.id limit $2)
  delete from photo f using old where f.id = old.id returning f.person_id as "personId"`

/**
 * Forgets photos once the programme's days after their purpose ended are over: those that were declined, that a newer one
 * took the place of, and of people who have left. Says how many; done twice, it forgets nothing more.
 */
export async function forgetPhotos(act: Act): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  const { campus, retention } = programme
  const before = act.now
    .toZonedDateTimeISO(campus.zone)
    .toPlainDate()
    .subtract({ days: retention.photoDays })
    .toZonedDateTime(campus.zone)
  const gone = await act.statement<{ personId: number }>('photos_forgotten', forgetSql, [
    before.toInstant(),
    atATime,
  ])
  if (gone.length > 0) await act.note({ act: 'photos forgotten', facts: { forgotten: gone.length } })
  return gone.length
}

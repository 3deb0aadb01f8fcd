import { tasksByDoor } from '../access/door-task-store.ts'
import type { Language } from '../lib/words.ts'
import { messagesOf } from '../programme/messages.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { mayWriteNow } from './occasions.ts'
import { compose } from './rules.ts'
import { readerOf } from './tell.ts'

const keepSql = `
  insert into door_digest as d (staff_id, owner, since) values ($1, $2, $3)
  on conflict (staff_id) do update set owner = excluded.owner`

/** Somebody of the staff who is told of updates has themselves told of cards that changed, too; null ends it. */
export async function setDoorDigest(act: Act, asked: { owner: string | null } | null): Promise<void> {
  const { id } = act.actor
  if (asked === null) await act.statement('end_digest', 'delete from door_digest where staff_id = $1', [id])
  else await act.statement('keep_digest', keepSql, [id, asked.owner, act.now])
}

/** Of whose doors somebody is told once a day; null where they are not. */
export async function doorDigestOf(act: Act, staffId: string): Promise<{ owner: string | null } | null> {
  const sql = 'select owner from door_digest where staff_id = $1'
  const [row] = await act.statement<{ owner: string | null }>('door_digest', sql, [staffId])
  return row ?? null
}

const untoldSql = `
  select d.staff_id as "staffId", d.owner, d.since, m.address, m.language, s.name_zh as "nameZh", s.name_en as "nameEn",
         coalesce((select max(newest_task) from door_digest_sent t where t.staff_id = d.staff_id), 0) as told
  from door_digest d join staff_mail m on m.staff_id = d.staff_id join staff s on s.id = d.staff_id
  where not exists (select from door_digest_sent t where t.staff_id = d.staff_id and t.on_day >= $1)
  order by d.staff_id limit 200`

interface Untold {
  staffId: string
  owner: string | null
  since: Temporal.Instant
  address: string
  language: Language
  nameZh: string
  nameEn: string
  /** The newest task that they were told of. */
  told: number
}

const sendSql = `
  with sent as (
    insert into door_digest_sent (staff_id, on_day, newest_task, told_at) values ($1, $2, $3, $4)
    on conflict do nothing returning staff_id)
  insert into message (staff_id, kind, language, recipient, subject, body, made_at)
  select staff_id, 'door-digest', $5, $6, $7, $8, $4 from sent returning 1`

/**
 * Writes to the keepers of doors what there is to answer, once a day from the programme's hour on and only where something of
 * it is new, whatever the number of processes that look. `pages` is the address of Gatehouse's own pages, as it is known.
 * Says how many were written.
 */
export async function tellDoorOwners(act: Act, pages: string): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  if (!mayWriteNow(programme, act.now, messagesOf(programme).doorOwnersFrom)) return 0
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  const untold = await act.statement<Untold>('digests_untold', untoldSql, [today])
  let told = 0
  for (const { owner, since, language, staffId, address, ...reader } of untold) {
    const doors = await tasksByDoor(act, programme, { owner, since, after: reader.told })
    if (!doors.some(({ news }) => news > 0)) continue
    const comma = language === 'zh-TW' ? '　' : ', '
    const { subject, body } = compose(
      {
        kind: 'door-digest',
        printedNumber: null,
        owner,
        doors: doors.map(({ building, door, tasks, news }) => ({
          place: `${building[language]}${comma}${door[language]}`,
          tasks,
          news,
        })),
        link: `${pages}/staff/door-tasks`,
      },
      readerOf({ language, ...reader }, programme, act.now),
    )
    const newest = Math.max(...doors.map(each => each.newest))
    const values = [staffId, today, newest, act.now, language, address, subject, body]
    told += (await act.statement('send_digest', sendSql, values)).length
  }
  return told
}

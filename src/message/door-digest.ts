import { type TasksOfDoor, tasksByDoor } from '../access/door-task-store.ts'
import type { Language } from '../lib/words.ts'
import { messagesOf } from '../programme/messages.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeOrNull } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import { mayWriteNow } from './occasions.ts'
import { type Composed, compose } from './rules.ts'
import { readerOf } from './tell.ts'

const keepSql = `
  insert into door_digest (staff_id, owner) values ($1, $2)
  on conflict (staff_id) do update set owner = excluded.owner`

/** Somebody of the staff who is told of updates has themselves told of cards that changed, too; null ends it. */
export async function setDoorDigest(act: Act, asked: { owner: string | null } | null): Promise<void> {
  const { id } = act.actor
  if (asked === null) await act.statement('end_digest', 'delete from door_digest where staff_id = $1', [id])
  else await act.statement('keep_digest', keepSql, [id, asked.owner])
}

/** Of whose doors somebody is told once a day; null where they are not. */
export async function doorDigestOf(act: Act, staffId: string): Promise<{ owner: string | null } | null> {
  const sql = 'select owner from door_digest where staff_id = $1'
  const [row] = await act.statement<{ owner: string | null }>('door_digest', sql, [staffId])
  return row ?? null
}

const untoldSql = `
  select d.staff_id as "staffId", d.owner, m.address, m.language, s.name_zh as "nameZh", s.name_en as "nameEn"
  from door_digest d join staff_mail m on m.staff_id = d.staff_id join staff s on s.id = d.staff_id
  where not exists (select from door_digest_sent t where t.staff_id = d.staff_id and t.on_day >= $1)
  order by d.staff_id limit 200`

interface Untold {
  staffId: string
  owner: string | null
  address: string
  language: Language
  nameZh: string
  nameEn: string
}

// A day on which there was nothing new stands there, too: what comes later on it is told in the next morning's mail.
const sendSql = `
  with sent as (
    insert into door_digest_sent (staff_id, on_day, told_at) values ($1, $2, $4)
    on conflict do nothing returning staff_id),
  told as (
    insert into door_task_told (staff_id, task_id, on_day) select staff_id, unnest($3::bigint[]), $2 from sent)
  insert into message (staff_id, kind, language, recipient, subject, body, made_at)
  select staff_id, 'door-digest', $5, $6, $7, $8, $4 from sent where $8::text is not null returning 1`

/** What one of them is written; null where nothing is new. */
function mailOf(
  { owner, language, nameZh, nameEn }: Untold,
  doors: readonly TasksOfDoor[],
  { programme, now, pages }: { programme: Programme; now: Temporal.Instant; pages: string },
): Composed | null {
  if (doors.every(({ news }) => news.length === 0)) return null
  const comma = language === 'zh-TW' ? '　' : ', '
  return compose(
    {
      kind: 'door-digest',
      printedNumber: null,
      owner,
      doors: doors.map(({ building, door, tasks, news }) => ({
        place: `${building[language]}${comma}${door[language]}`,
        tasks,
        news: news.length,
      })),
      link: `${pages}/staff/door-tasks`,
    },
    readerOf({ language, nameZh, nameEn }, programme, now),
  )
}

/**
 * Writes to the keepers of doors what there is to answer: one mail a day, at the programme's hour, and only where something of
 * it is new, whatever the number of processes that look. Each is told of a task once, whenever it came to be open: with the
 * first mail also of what was open before they asked for it. `pages` is the address of Gatehouse's own pages, as it is known.
 * Says how many were written.
 */
export async function tellDoorOwners(act: Act, pages: string): Promise<number> {
  const programme = await programmeOrNull(act)
  if (programme === null) return 0
  if (!mayWriteNow(programme, act.now, messagesOf(programme).doorOwnersFrom)) return 0
  const today = act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate()
  let written = 0
  for (const each of await act.statement<Untold>('digests_untold', untoldSql, [today])) {
    const { owner, staffId, language, address } = each
    const doors = await tasksByDoor(act, programme, { owner, staffId })
    const mail = mailOf(each, doors, { programme, now: act.now, pages })
    const values = [
      staffId,
      today,
      doors.flatMap(({ news }) => news),
      act.now,
      language,
      address,
      mail?.subject ?? '',
      mail?.body ?? null,
    ]
    written += (await act.statement('send_digest', sendSql, values)).length
  }
  return written
}

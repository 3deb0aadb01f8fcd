import type { Decision } from '../lib/decision.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import type { StaffNotice } from '../update/notices.ts'
import { buildingsOf } from '../update/report.ts'
import { compose, mailedWithinHours, type Told } from './rules.ts'
import { mayMailTo, type StaffMailRefusal } from './staff-mail-rules.ts'
import { readerOf } from './tell.ts'

/**
 * Where somebody of the staff is told by mail, and in which language: who keeps the doors of updates that need somebody,
 * administrators that the emergency way in was used.
 */
export interface StaffMail {
  staffId: string
  nameZh: string
  nameEn: string
  address: string
  language: Language
  since: Temporal.Instant
}

const mailsSql = `
  select m.staff_id as "staffId", s.name_zh as "nameZh", s.name_en as "nameEn", m.address, m.language, m.since
  from staff_mail m join staff s on s.id = m.staff_id order by m.since, m.staff_id`

/** Everybody who asked for such mail, the longest first. */
export const staffMails = (act: Act): Promise<StaffMail[]> =>
  act.statement<StaffMail>('staff_mails', mailsSql, [])

const keepSql = `
  insert into staff_mail as m (staff_id, address, language, since) values ($1, $2, $3, $4)
  on conflict (staff_id) do update set address = excluded.address, language = excluded.language`

/** Somebody of the staff has themselves told, at an address and in a language; null ends it. */
export async function setStaffMail(
  act: Act,
  asked: { address: string | null; language: Language },
): Promise<Decision<object, StaffMailRefusal>> {
  const may = mayMailTo(asked.address)
  if (!may.ok) return may
  const { id } = act.actor
  if (may.address === null)
    await act.statement('end_staff_mail', 'delete from staff_mail where staff_id = $1', [id])
  else await act.statement('keep_staff_mail', keepSql, [id, may.address, asked.language, act.now])
  await act.note({ act: may.address === null ? 'staff mail ended' : 'staff mail set' })
  return may
}

// Each notice once to each of them: what was raised since they asked for it, while it is news and nobody has said that
// they take care of it.
const untoldSql = `
  select n.id as "noticeId", n.kind, n.starts_at as "startsAt", n.made_at as "madeAt", n.facts,
         s.id as "staffId", s.name_zh as "nameZh", s.name_en as "nameEn", m.address, m.language
  from staff_notice n cross join staff_mail m join staff s on s.id = m.staff_id
  where n.acknowledged_at is null and n.made_at >= m.since
    and exists (select from staff_role r where r.staff_id = m.staff_id and r.role in ('access', 'office'))
    and n.made_at > $1::timestamptz - make_interval(hours => $2)
    and not exists (select from message x where x.staff_notice_id = n.id and x.staff_id = m.staff_id)
  order by n.id, m.since limit 100`

interface Untold extends Pick<StaffNotice, 'kind' | 'startsAt' | 'facts'> {
  noticeId: number
  staffId: string
  nameZh: string
  nameEn: string
  address: string
  language: Language
}

const writeSql = `
  insert into message (staff_notice_id, staff_id, kind, language, recipient, subject, body, made_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (staff_notice_id, staff_id) do nothing returning 1`

function toldOf({ kind, startsAt, facts, language }: Untold, buildings: ReadonlyMap<number, Bilingual>) {
  const left = (facts.controllers ?? []).map(({ controller, outcome, left: numbers }) => ({
    building: `${buildings.get(controller)?.[language] ?? ''} ${controller}`.trim(),
    outcome,
    numbers,
  }))
  const told: Told = {
    kind: 'staff-notice',
    printedNumber: null,
    cause: kind,
    startsAt,
    people: facts.people ?? 0,
    missed: facts.missed
      ? { windows: facts.missed.windows, first: Temporal.Instant.from(facts.missed.first) }
      : null,
    left,
  }
  return told
}

/**
 * Writes to those who asked for it that an update failed, is late, was missed, is held or waits for a second person: once
 * for each window and cause, whatever the number of processes that look, each in their own language. Says how many were written.
 */
export async function tellStaff(act: Act): Promise<number> {
  const untold = await act.statement<Untold>('staff_untold', untoldSql, [act.now, mailedWithinHours])
  if (untold.length === 0) return 0
  const programme = await programmeInForce(act)
  const buildings = await buildingsOf(act)
  let told = 0
  for (const each of untold) {
    const { kind, subject, body } = compose(toldOf(each, buildings), readerOf(each, programme, act.now))
    const { noticeId, staffId, language, address } = each
    const values = [noticeId, staffId, kind, language, address, subject, body, act.now]
    told += (await act.statement('tell_staff', writeSql, values)).length
  }
  return told
}

import type { Act } from '../server/register.ts'
import { rowsOf } from '../server/rows-of.ts'
import type { Picture } from './read-picture.ts'
import type { DeclineReason, PhotoWarning } from './rules.ts'

/** A photo of the register, without its picture. */
export interface RegisteredPhoto {
  id: number
  personId: number
  sentBy: 'office' | 'holder'
  takenInAt: Temporal.Instant
  warnings: PhotoWarning[]
  /** Null while it waits for the office. */
  accepted: boolean | null
  answeredAt: Temporal.Instant | null
  reason: DeclineReason | null
}

const photoSql = `
  select id, person_id as "personId", sent_by as "sentBy", taken_in_at as "takenInAt", warnings, accepted,
         answered_at as "answeredAt", reason
  from photo`

async function one(
  act: Act,
  name: string,
  { where, values }: { where: string; values: unknown[] },
): Promise<RegisteredPhoto | null> {
  const [row] = await act.statement<RegisteredPhoto>(name, `${photoSql} ${where}`, values)
  return row ?? null
}

/** The photo that counts for a person: the newest accepted one, or null. */
export const photoOf = (act: Act, personId: number): Promise<RegisteredPhoto | null> =>
  one(act, 'photo_of', {
    where: 'where person_id = $1 and accepted order by answered_at desc, id desc limit 1',
    values: [personId],
  })

/** The newest photo that a holder sent, whatever became of it, or null. */
export const newestSent = (act: Act, personId: number): Promise<RegisteredPhoto | null> =>
  one(act, 'photo_sent', {
    where: `where person_id = $1 and sent_by = 'holder' order by id desc limit 1`,
    values: [personId],
  })

/** A photo, locked until the act ends, or null. */
export const lockedPhoto = (act: Act, id: number): Promise<RegisteredPhoto | null> =>
  one(act, 'photo_locked', { where: 'where id = $1 for update', values: [id] })

/** A photo's picture as JPEG, and whose it is; null where there is none. */
export async function pictureOf(act: Act, id: number): Promise<{ personId: number; picture: Buffer } | null> {
  type Row = { personId: number; picture: Buffer }
  const sql = 'select person_id as "personId", picture from photo where id = $1'
  const [row] = await act.statement<Row>('photo_picture', sql, [id])
  return row ?? null
}

const knownSql = `
  select
    (select p.student_number from photo f join person p on p.id = f.person_id
     where f.file_hash = $2 and f.person_id <> $1 and f.accepted is not false and not exists (
       select from photo n where n.person_id = f.person_id and n.accepted and n.answered_at > f.answered_at)
     order by f.id limit 1) as "sameAs",
    (select count(*)::int from journal
     where person_id = $1 and act = 'photo sent' and at > $3::timestamptz - interval '1 day') as "sentLately",
    (select count(*) filter (where act = 'photo tried')::int - count(*) filter (where act = 'photo try given back')::int
     from journal where person_id = $1 and at > $3::timestamptz - interval '1 day') as "triedLately",
    (select case when f.file_hash = $2 and f.sent_by = $4 then f.id end from photo f
     where f.person_id = $1 and f.accepted is not false order by f.id desc limit 1) as again`

/** What is known of a file before it is taken in as a person's photo. */
export interface KnownFile {
  /** The student number of somebody else of whom the same file is kept, or null. */
  sameAs: string | null
  sentLately: number
  /** On how many of this holder there was a verdict within a day, whatever it was. */
  triedLately: number
  /** The person's newest photo where it is this very file, sent by the same side; else null. */
  again: number | null
}

/** Looks a file up among the photos that are kept, of whomever: only Gatehouse itself can tell. */
export async function knownFile(
  act: Act,
  { personId, by, fileHash }: { personId: number; by: 'office' | 'holder'; fileHash: Buffer },
): Promise<KnownFile> {
  const values = [personId, fileHash, act.now, by]
  const [row] = await act.asItself(() => act.statement<KnownFile>('photo_known', knownSql, values))
  return row!
}

const keepSql = `
  insert into photo (person_id, picture, width, height, file_hash, warnings, sent_by, taken_in_at, taken_in_by,
    accepted, answered_at, answered_by)
  select $1, $2, $3, $4, $5, $6, $7::text, $8::timestamptz, $9::text, case when counts then true end,
    case when counts then $8::timestamptz end, case when counts then $9::text end
  from (select $7::text = 'office' as counts) as office
  returning id`

/** Keeps a photo. The office's own counts at once; a holder's waits, in place of one that waited before. */
export async function keepPhoto(
  act: Act,
  photo: {
    personId: number
    by: 'office' | 'holder'
    picture: Picture
    warnings: readonly PhotoWarning[]
    who: string
  },
): Promise<number> {
  const { personId, by, warnings, who, picture } = photo
  if (by === 'holder')
    await act.statement('photo_replaced', 'delete from photo where person_id = $1 and accepted is null', [
      personId,
    ])
  const { width, height } = picture.kept
  const [row] = await act.statement<{ id: number }>('keep_photo', keepSql, [
    personId,
    picture.jpeg,
    width,
    height,
    picture.fileHash,
    warnings,
    by,
    act.now,
    who,
  ])
  return row!.id
}

/** Keeps the office's answer to a holder's photo; `reason` is null where it is accepted. */
export async function keepAnswer(
  act: Act,
  answer: { id: number; reason: DeclineReason | null; who: string },
): Promise<void> {
  const sql = 'update photo set accepted = $2, reason = $3, answered_at = $4, answered_by = $5 where id = $1'
  await act.statement('answer_photo', sql, [
    answer.id,
    answer.reason === null,
    answer.reason,
    act.now,
    answer.who,
  ])
}

/** A photo that waits, with whose it is. */
export interface WaitingPhoto extends RegisteredPhoto {
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
  /** The photo that counts now, to compare with; null where there is none. */
  current: number | null
}

const waitingSql = `
  select f.id, f.person_id as "personId", f.sent_by as "sentBy", f.taken_in_at as "takenInAt", f.warnings, f.accepted,
         f.answered_at as "answeredAt", f.reason, p.student_number as "studentNumber", p.name_zh as "nameZh",
         p.name_en as "nameEn", p.department,
         (select c.id from photo c where c.person_id = f.person_id and c.accepted order by c.answered_at desc, c.id desc limit 1) as current
  from photo f join person p on p.id = f.person_id
  where f.accepted is null order by f.id limit $1`

/** The photos that have waited longest for the office. */
export const waitingPhotos = (act: Act, most: number): Promise<WaitingPhoto[]> =>
  act.statement<WaitingPhoto>('photos_waiting', waitingSql, [most])

const countsSql = `
  select count(*) filter (where has)::int as "withPhoto", count(*) filter (where not has)::int as "without",
         (select count(*)::int from photo where accepted is null) as waiting
  from (select exists (select from photo f where f.person_id = p.id and f.accepted) as has
        from person p where p.status in ('enrolled', 'on-leave')) students`

/** Of those who study: how many have a photo, how many have none; and how many photos wait. */
export async function photoCounts(
  act: Act,
): Promise<{ withPhoto: number; without: number; waiting: number }> {
  type Row = { withPhoto: number; without: number; waiting: number }
  const [row] = await act.statement<Row>('photo_counts', countsSql, [])
  return row!
}

const missingSql = `
  select p.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn", p.department
  from person p
  where p.status in ('enrolled', 'on-leave') and p.student_number > $1
    and not exists (select from photo f where f.person_id = p.id and f.accepted)
  order by p.student_number limit $2`

/** Somebody who studies and has no photo. */
export interface PersonWithoutPhoto {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
}

/** Who studies and has no photo, in the order of student numbers, after one of them. */
export const withoutPhoto = (
  act: Act,
  { after, most }: { after: string; most: number },
): Promise<PersonWithoutPhoto[]> =>
  act.statement<PersonWithoutPhoto>('photos_missing', missingSql, [after, most])

/** Everybody who studies and has no photo, in the order of student numbers, a few hundred in memory at a time. */
export const everyoneWithoutPhoto = (act: Act): AsyncGenerator<PersonWithoutPhoto> =>
  rowsOf<PersonWithoutPhoto>(act, 'export_photos_missing', missingSql, ['', null])

import { type Act, actorName } from '../server/register.ts'
import type { DueCase } from './issuer-file.ts'
import { type DestinationRow, destinationOf } from './store.ts'

/** What is sent and what is answered go one after the other. */
export async function oneAtATime(act: Act): Promise<void> {
  await act.statement('refunds_one_at_a_time', 'select pg_advisory_xact_lock(7270021)', [])
}

const isDue = `
  r.withdrawn_at is null
  and not exists (select from refund_sending s where s.case_id = r.id and s.round >= d.round)
  and not exists (select from refund_settlement p where p.counts_for = r.id)`
const lockDueSql = `
  select r.id from refund_case r join refund_destination d on d.case_id = r.id
  where ${isDue} order by r.id limit $1 for update of r`
// Read anew after the wait for who was changing or withdrawing one of them.
const dueSql = `
  select r.id as "caseId", d.round, r.person_id as "personId", r.card_id as "cardId",
         c.printed_number as "printedNumber", upper(encode(c.chip, 'hex')) as chip, p.name_zh as name, r.why,
         d.bank, d.branch, d.account, d.iban, d.address
  from refund_case r
  join refund_destination d on d.case_id = r.id
  join card c on c.id = r.card_id
  join person p on p.id = r.person_id
  where r.id = any($1::bigint[]) and ${isDue} order by r.id`

/** The cases that wait to be sent, the oldest first; nobody changes them until the act ends. */
export async function dueCases(act: Act, most: number): Promise<DueCase[]> {
  const locked = await act.statement<{ id: number }>('lock_due_refunds', lockDueSql, [most])
  const ids = locked.map(({ id }) => id)
  const rows = await act.statement<Omit<DueCase, 'to'> & DestinationRow>('due_refunds', dueSql, [ids])
  return rows.map(row => ({ ...row, to: destinationOf(row) }))
}

const keepFileSql = `
  insert into issuer_file (kind, made_at, made_by, content) values ('refund', $1, $2, $3) returning id`
const keepSendingSql = `
  insert into refund_sending (case_id, round, file_id, at)
  select c, r, $3, $4 from unnest($1::bigint[], $2::int[]) as t(c, r)`

/** Keeps a file and which cases stand in it; its id. */
export async function keepSending(act: Act, cases: readonly DueCase[], content: string): Promise<number> {
  const [file] = await act.statement<{ id: number }>('keep_refund_file', keepFileSql, [
    act.now,
    actorName(act.actor),
    content,
  ])
  const { id } = file!
  const ids = cases.map(({ caseId }) => caseId)
  const rounds = cases.map(({ round }) => round)
  await act.statement('keep_refund_sending', keepSendingSql, [ids, rounds, id, act.now])
  return id
}

/** A file for the issuer as a list tells it. */
export interface SentFile {
  fileId: number
  madeAt: Temporal.Instant
  madeBy: string
  cases: number
  /** Whether its text was erased, because where the money went is no longer needed. */
  erased: boolean
}

const filesSql = `
  select f.id as "fileId", f.made_at as "madeAt", f.made_by as "madeBy", count(s.case_id) as cases,
         f.content = '' as erased
  from issuer_file f left join refund_sending s on s.file_id = f.id
  where f.kind = 'refund' group by f.id order by f.id desc limit $1`

/** The newest files for the issuer. */
export const newestFiles = (act: Act, most: number): Promise<SentFile[]> =>
  act.statement<SentFile>('refund_files', filesSql, [most])

const eraseSql = `
  with gone as (delete from refund_destination where erase_on <= $1 returning case_id),
  emptied as (
    update issuer_file f set content = ''
    where f.kind = 'refund' and f.content <> '' and exists (
        select from refund_sending s join gone g on g.case_id = s.case_id where s.file_id = f.id)
      and not exists (
        select from refund_sending s join refund_destination d on d.case_id = s.case_id
        where s.file_id = f.id and not coalesce(d.erase_on <= $1, false)))
  select count(*) as erased from gone`

/** Erases where money went whose day has come, and the files in which nothing else stands; how many cases. */
export async function eraseDestinations(act: Act, today: Temporal.PlainDate): Promise<number> {
  const [row] = await act.statement<{ erased: number }>('erase_refund_destinations', eraseSql, [today])
  return row!.erased
}

const peopleSql = `
  select c.person_id as "personId" from refund_sending s join refund_case c on c.id = s.case_id where s.file_id = $1`

/** Whose refunds are in a file. */
export const peopleOfFile = (act: Act, id: number): Promise<{ personId: number }[]> =>
  act.statement('refund_file_people', peopleSql, [id])

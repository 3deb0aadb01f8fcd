import type { Act } from '../server/register.ts'
import { type ReportState, reportStates } from './list-words.ts'

const conditions: Readonly<Record<ReportState, string>> = {
  waiting: 'l.sent_at is null and l.ended_at is null',
  sent: 'l.sent_at is not null and l.received_at is null and l.refused_because is null',
  received: 'l.received_at is not null',
  refused: 'l.refused_because is not null',
  ended: 'l.sent_at is null and l.ended_at is not null',
}

/** A loss report as the office lists it. */
export interface ListedReport {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
  printedNumber: string | null
  at: Temporal.Instant
  reportedBy: string
  putOffTo: Temporal.Instant | null
  sendAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  fileId: number | null
  receivedAt: Temporal.Instant | null
  refusedBecause: string | null
  endedAt: Temporal.Instant | null
  endedAs: 'withdrawn' | 'found' | null
  /** The places of the university that were told of it by mail. */
  placesTold: string[]
}

/** SQL: the loss reports of one state, the oldest first. */
export const reportsSql = (state: ReportState): string => `
  select l.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn",
         c.printed_number as "printedNumber", l.at, l.reported_by as "reportedBy", l.put_off_to as "putOffTo",
         l.send_at as "sendAt", l.sent_at as "sentAt", l.file_id as "fileId", l.received_at as "receivedAt",
         l.refused_because as "refusedBecause", l.ended_at as "endedAt", l.ended_as as "endedAs",
         coalesce((select array_agg(distinct m.recipient order by m.recipient)
                   from journal j join message m on m.journal_id = j.id
                   where j.person_id = l.person_id and j.card_id = l.card_id and j.at >= l.at
                     and m.kind = 'loss-to-places'), '{}') as "placesTold"
  from loss_report l join person p on p.id = l.person_id join card c on c.id = l.card_id
  where ${conditions[state]} order by l.id`

/** How many reports a list shows, the oldest first. */
export const mostReports = 200

/** The loss reports of one state, the oldest first. */
export const listReports = (act: Act, state: ReportState): Promise<ListedReport[]> =>
  act.statement<ListedReport>(`loss_reports_${state}`, `${reportsSql(state)} limit ${mostReports}`, [])

const countsSql = `
  select ${reportStates.map(state => `(count(*) filter (where ${conditions[state]}))::int as "${state}"`).join(', ')}
  from loss_report l`

/** How many reports there are of each state. */
export async function countReports(act: Act): Promise<Record<ReportState, number>> {
  const [row] = await act.statement<Record<ReportState, number>>('loss_report_counts', countsSql, [])
  return row!
}

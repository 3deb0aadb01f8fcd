import { type Decision, no, yes } from '../lib/decision.ts'
import { answerColumns } from './issuer-file.ts'
import type { Answered } from './issuer-store.ts'

/** One row of an answer as it stands in the file, with its line (from 1). */
export interface AnswerRow {
  line: number
  cells: readonly string[]
}

export const lineFaults = [
  'not-a-report-of-this-file',
  'named-twice',
  'received-and-refused',
  'no-result',
  'no-moment',
  'not-a-moment',
  'before-it-was-sent',
  'not-yet',
  'reason-too-long',
] as const
export type LineFault = (typeof lineFaults)[number]

/** What is wrong with one line; `said` is what stands there, cut to what a screen takes. */
export interface BadLine {
  line: number
  fault: LineFault
  said: string
}

export type AnswerFault = 'missing-columns' | 'reports-missing'

/** What every report of a file was answered with, or the lines that cannot be read; then nothing of it counts. */
export type AnswerRead = { answers: Answered[]; badLines: null } | { answers: null; badLines: BadLine[] }

/** A moment as an issuer writes it: with its offset, or as the campus's clocks show it. */
function momentOf(text: string, zone: string): Temporal.Instant | null {
  const written = text.trim().replaceAll('/', '-').replace(' ', 'T')
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(written)) return null
  try {
    return /(Z|[+-]\d{2}:?\d{2})$/i.test(written)
      ? Temporal.Instant.from(written)
      : Temporal.PlainDateTime.from(written).toZonedDateTime(zone).toInstant()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

const longestReason = 200
const acceptedWords = ['accepted', 'ok', '成功', '已受理']

function readLine(
  [id, moment, result]: readonly [string, string, string],
  { sentAt, now, zone }: { sentAt: Temporal.Instant; now: Temporal.Instant; zone: string },
): Decision<Omit<Answered, 'reportId'>, LineFault> {
  const said = result.trim()
  if (id === '' || said === '') return no('no-result')
  if (!acceptedWords.includes(said.toLowerCase())) {
    if (said.length > longestReason) return no('reason-too-long')
    return moment.trim() === '' ? yes({ receivedAt: null, refusedBecause: said }) : no('received-and-refused')
  }
  if (moment.trim() === '') return no('no-moment')
  const receivedAt = momentOf(moment, zone)
  if (receivedAt === null) return no('not-a-moment')
  // Issuers write whole minutes or seconds: of the moment of sending itself that is the one before it.
  const minute = sentAt.round({ smallestUnit: 'minute', roundingMode: 'floor' })
  if (Temporal.Instant.compare(receivedAt, minute) < 0) return no('before-it-was-sent')
  if (Temporal.Instant.compare(receivedAt, now) > 0) return no('not-yet')
  const later = Temporal.Instant.compare(receivedAt, sentAt) < 0 ? sentAt : receivedAt
  return yes({ receivedAt: later, refusedBecause: null })
}

/** The most lines that are told; what is wrong with a file shows in the first of them. */
export const mostBadLines = 50

/**
 * Reads the issuer's answer to a file of loss reports: one line a report, `accepted` with the moment of its receipt, or
 * else the reason why not. Every report of the file is answered and none of another; with any fault nothing is applied.
 */
export function readAnswer(
  [header, ...rows]: readonly AnswerRow[],
  {
    reports,
    now,
    zone,
  }: {
    reports: readonly { id: number; sentAt: Temporal.Instant }[]
    now: Temporal.Instant
    zone: string
  },
): Decision<AnswerRead, AnswerFault> {
  const names = (header?.cells ?? []).map(cell => cell.trim().toLowerCase())
  const places = answerColumns.map(name => names.indexOf(name))
  const missing = answerColumns.filter((_, at) => places[at] === -1)
  if (missing.length > 0) return no('missing-columns', { columns: missing.join(', ') })
  const sent = new Map(reports.map(report => [String(report.id), report]))
  const answers = new Map<number, Answered>()
  const badLines: BadLine[] = []
  for (const { line, cells } of rows) {
    const [id = '', moment = '', result = ''] = places.map(at => (cells[at] ?? '').trim())
    const report = sent.get(id)
    const read: Decision<Omit<Answered, 'reportId'>, LineFault> = !report
      ? no('not-a-report-of-this-file')
      : answers.has(report.id)
        ? no('named-twice')
        : readLine([id, moment, result], { sentAt: report.sentAt, now, zone })
    if (read.ok) {
      const { receivedAt, refusedBecause } = read
      answers.set(report!.id, { reportId: report!.id, receivedAt, refusedBecause })
    } else badLines.push({ line, fault: read.refusal, said: cells.join(',').slice(0, 80) })
  }
  if (badLines.length > 0) return yes({ answers: null, badLines: badLines.slice(0, mostBadLines) })
  const left = reports.filter(({ id }) => !answers.has(id))
  if (left.length > 0)
    return no('reports-missing', {
      reports: left.length,
      first: left
        .slice(0, 10)
        .map(({ id }) => id)
        .join(', '),
    })
  return yes({ answers: [...answers.values()], badLines: null })
}

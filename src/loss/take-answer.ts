import { createHash } from 'node:crypto'
import { type Decision, no, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import { splitRows } from '../roster/csv.ts'
import { decodeTable } from '../roster/decode.ts'
import type { TableRefusal } from '../roster/table.ts'
import type { Act } from '../server/register.ts'
import { type BadLine, readAnswer } from './answer-rules.ts'
import { keepAnswer, lockFile } from './issuer-store.ts'

/** The largest answer that is read, in bytes: 500 lines need a tenth of it. */
export const largestAnswerBytes = 500_000

export type AnswerRefusal =
  | 'no-such-file'
  | 'file-forgotten'
  | 'answered-otherwise'
  | 'reports-missing'
  | TableRefusal

/** What became of an answer: kept with its counts, kept before, or not kept because of these lines. */
export interface AnswerTaken {
  applied: boolean
  again: boolean
  received: number
  refused: number
  badLines: BadLine[]
}

/**
 * The issuer's answer to a file of loss reports is taken in: each report's moment of receipt, or why the issuer did not
 * take it. Every line is right or nothing is kept. The same answer a second time is harmless; another one is refused.
 */
export async function takeAnswer(
  act: Act,
  { fileId, bytes }: { fileId: number; bytes: Uint8Array },
): Promise<Decision<AnswerTaken, AnswerRefusal>> {
  const file = await lockFile(act, fileId)
  if (file === null) return no('no-such-file')
  if (bytes.length > largestAnswerBytes)
    return no('file-too-large', { bytes: bytes.length, most: largestAnswerBytes })
  const decoded = decodeTable(bytes)
  if (!decoded.ok) return decoded
  const text = decoded.text
  if (file.answer !== null && file.answer !== text)
    return no('answered-otherwise', { at: file.answeredAt!.toString() })
  const split = splitRows(text)
  if (!split.ok) return split
  const { campus } = await programmeInForce(act)
  const read = readAnswer(split.rows, {
    reports: file.reports,
    now: file.answeredAt ?? act.now,
    zone: campus.zone,
  })
  if (!read.ok) return read
  if (read.badLines)
    return yes({ applied: false, again: false, received: 0, refused: 0, badLines: read.badLines })
  const refused = read.answers.filter(({ refusedBecause }) => refusedBecause !== null).length
  const counts = { received: read.answers.length - refused, refused, badLines: [] }
  if (file.answer !== null) return yes({ applied: true, again: true, ...counts })
  await keepAnswer(act, fileId, { text, answers: read.answers })
  const sha256 = createHash('sha256').update(text).digest('hex')
  await act.note({
    act: 'issuer answered loss reports',
    facts: { file: fileId, received: counts.received, refused, sha256 },
  })
  const ofReport = new Map(file.reports.map(report => [report.id, report]))
  await act.note(
    ...read.answers.map(({ reportId, refusedBecause }) => {
      const { personId, cardId } = ofReport.get(reportId)!
      return {
        act: refusedBecause === null ? 'loss report received' : 'loss report refused',
        personId,
        cardId,
        facts: { file: fileId },
      }
    }),
  )
  return yes({ applied: true, again: false, ...counts })
}

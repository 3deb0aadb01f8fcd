/** One line of what the issuer is told: our report, the number printed on the card, and when it was reported. No names. */
export interface IssuerLine {
  reportId: number
  printedNumber: string | null
  reportedAt: Temporal.Instant
}

/** The columns of a file of loss reports, in their order. */
export const issuerColumns = ['report_id', 'printed_number', 'reported_at'] as const

/** The columns of the issuer's answer, in any order. */
export const answerColumns = ['report_id', 'received_at', 'result'] as const

/** Whole seconds with the campus's offset, so that whoever reads it needs no other clock: 2023-10-18T22:05:41+08:00. */
export const writtenAt = (at: Temporal.Instant, zone: string): string =>
  at.toZonedDateTimeISO(zone).toString({ smallestUnit: 'second', timeZoneName: 'never' })

/** The file as the issuer gets it: UTF-8, commas, a line end of CR LF (RFC 4180). Digits and moments need no quotation marks. */
export function writeIssuerFile(lines: readonly IssuerLine[], zone: string): string {
  const rows = lines.map(({ reportId, printedNumber, reportedAt }) => [
    String(reportId),
    printedNumber ?? '',
    writtenAt(reportedAt, zone),
  ])
  return [issuerColumns, ...rows].map(cells => `${cells.join(',')}\r\n`).join('')
}

/**
 * What a spreadsheet may take for the beginning of a formula: = + - @, their wide and small forms, also behind blanks,
 * control and invisible characters; and a tab, a line's end or a NUL at the very start (OWASP, "CSV Injection"; ASVS 1.2.10).
 * Apostrophes before it are a guard already, and are guarded again, so that exactly one is taken off.
 */
const likeFormula = /^'*(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n\0])/u

/** A text as a spreadsheet may open it: what begins like a formula stands behind an apostrophe. */
export const guarded = (text: string): string => (likeFormula.test(text) ? `'${text}` : text)

/** A text without the apostrophe that `guarded` put before it; any other apostrophe is the text's own and stays. */
export const unguarded = (text: string): string =>
  text.startsWith("'") && likeFormula.test(text.slice(1)) ? text.slice(1) : text

/** A cell of a CSV file that a spreadsheet may open: guarded, and in quotation marks where it needs them. */
export function csvCell(text: string): string {
  const safe = guarded(text)
  return safe !== text || /[",\r\n;\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A row of a CSV file, with its end (CR LF). */
export const csvRow = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** One row of a table: what was measured, and its value as people read it. */
export type Row = readonly [what: string, value: string]

/** What one measurement brought: a table for people and the same as numbers. */
export interface Measured {
  title: string
  rows: readonly Row[]
  figures: Readonly<Record<string, number>>
}

/** The value in the middle; of an even number of values the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2
}

/** The value that a share of all values does not exceed: 0.99 for the slowest of a hundred. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}

/** A number with so many digits after the point. */
export const say = (value: number, digits = 0): string => value.toFixed(digits)

/** The middle of what the rounds brought, with the smallest and the largest where there were several. */
export const spread = (values: readonly number[], digits = 0): string =>
  values.length === 1
    ? say(values[0]!, digits)
    : `${say(median(values), digits)} (${say(Math.min(...values), digits)} to ${say(Math.max(...values), digits)})`

/** A measurement as a Markdown table. */
export function table({ title, rows }: Measured): string {
  const lines = rows.map(([what, value]) => `| ${what} | ${value} |`)
  return [`### ${title}`, '', '| | |', '|---|---|', ...lines, ''].join('\n')
}

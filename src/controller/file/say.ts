import type { Facts } from '../../lib/decision.ts'
import type { FileSettings } from './changes.ts'
import type { Judged, ResultRefusal, RowProblem } from './result.ts'

/** The log names lines of files, never the numbers in them. */
const refused: Readonly<Record<ResultRefusal | 'not-plain', (facts: Facts) => string>> = {
  'not-plain': f => `it is no plain file, or larger than ${f.most} bytes`,
  empty: () => 'it is empty',
  encoding: f => `it is not in ${f.encoding}`,
  truncated: () => 'its last line has no end, as if it were cut off or still being written',
  quotes: f => `a quotation mark is not closed, or stands inside a cell, near line ${f.line}`,
  header: f => `its first line does not name the column “${f.column}” once`,
  'too-many-rows': f => `it has more than ${f.most} rows`,
}

const rowProblems: Readonly<Record<RowProblem, string>> = {
  cells: 'has not as many cells as the first line',
  number: 'has no number where one should be',
  'not-handed-over': 'is about a number that this file did not hand over',
  word: 'has a result that the settings do not name',
  'not-for-this-deed': 'has a result that does not fit what was asked',
  twice: 'says the same of a number once more',
  'two-answers': 'says something else of a number than a line before it; neither counts',
  'confirmed-before': 'takes back what an earlier result confirmed; that is not believed',
}

/** Lines that are told by their place; more are counted. */
const mostTold = 20

/** Why a result was not read. */
export const sayRefused = (
  name: string,
  { refusal, facts }: { refusal: ResultRefusal | 'not-plain'; facts: Facts },
): string => `results/${name} is not read: ${refused[refusal](facts)}. Put a corrected file in its place.`

const listed = (numbers: readonly number[]): string => {
  const more = numbers.length - mostTold
  return `${numbers.slice(0, mostTold).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** What was wrong with rows of a result, a sentence each kind. */
export function sayJudged(name: string, { problems, missing }: Judged): string[] {
  const kinds = Map.groupBy(problems, ({ problem }) => problem)
  const said = [...kinds].map(
    ([problem, of]) => `results/${name}, line ${listed(of.map(({ line }) => line))}: ${rowProblems[problem]}`,
  )
  const left = `results/${name} says nothing of line ${listed(missing)} of the file handed over`
  return missing.length > 0 ? [...said, left] : said
}

/** Whose name could not be written, by the ids of their records; and what stands there instead. */
export const sayUnwritable = (personIds: readonly number[], { encoding, names }: FileSettings): string => {
  const instead =
    names?.otherwise === 'sign' ? 'a sign stands for each such character' : 'the English name stands there'
  return `${encoding} cannot write the name of person ${listed(personIds)}; ${instead}`
}

import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml'
import { type Facts, type Refused, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { type Contradiction, contradictionsIn, type Path } from './contradictions.ts'
import type { Programme } from './shape.ts'
import { hasShape, shapeProblems } from './shape-problems.ts'
import { type ProblemRule, words } from './words.ts'

/** One thing to mend in a programme's text: on which line, in which field, against which rule. */
export interface Problem {
  /** Counted from 1; for something missing, the line of what it is missing from. */
  line: number
  /** A JSON pointer; empty for the whole document. */
  path: string
  rule: ProblemRule
  facts: Facts
}

/** Either a programme that can be run, or everything that must be mended first, in the order of its lines. */
export type ProgrammeReading =
  | { ok: true; programme: Programme }
  | (Refused<'programme-has-problems'> & { problems: Problem[] })

/** A programme of a large campus is about 60,000 characters long. */
export const longestProgrammeText = 500_000

/** Enough to mend a text in one go. */
const mostSyntaxProblems = 50

/** What no text of ours may hold: a database keeps neither NUL nor half of a character. */
const strayCharacter = /\0|\p{Surrogate}/u

const pointerOf = (path: Path): string =>
  path.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

const refuse = (problems: Problem[]): ProgrammeReading => ({
  ok: false,
  refusal: 'programme-has-problems',
  facts: { count: problems.length },
  problems: problems.sort((a, b) => a.line - b.line),
})

/** Aliases that a text may hold; a programme needs none, and resolving each costs a walk through the document. */
const mostAliases = 100

/**
 * What the parser is not asked, because it compares every field with every other: fields that stand twice in one place.
 * And aliases without end.
 */
function repeats(document: Document, lines: LineCounter): Problem[] {
  const found: Problem[] = []
  let aliases = 0
  const problem = (offset: number, rule: ProblemRule, facts: Facts = {}): void => {
    found.push({ line: Math.max(1, lines.linePos(offset).line), path: '', rule, facts })
  }
  visit(document, {
    Alias(_, { range }) {
      aliases += 1
      if (aliases <= mostAliases) return undefined
      problem(range?.[0] ?? 0, 'not-yaml', { said: `more than ${mostAliases} aliases` })
      return visit.BREAK
    },
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) problem(key.range?.[0] ?? 0, 'doubled-field')
        seen.add(key.value)
      }
      return found.length >= mostSyntaxProblems ? visit.BREAK : undefined
    },
  })
  return found
}

/** Brackets within brackets, thousands deep, exhaust the parser. */
const tooDeep = (line: number): ProgrammeReading =>
  refuse([{ line, path: '', rule: 'nested-too-deep', facts: {} }])

/** The line on which a path stands; of a missing or stray part, the nearest thing that is there. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document)
    const pair = isMap(node) ? node.items.find(each => isScalar(each.key) && each.key.value === part) : null
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : null
    const start = pair ? pair.key : next
    if (!isNode(start)) break
    offset = start.range?.[0] ?? offset
    node = next
  }
  return Math.max(1, lines.linePos(offset).line)
}

/**
 * Reads a programme from YAML (JSON is YAML too): its syntax, then its shape, then whether it contradicts itself.
 * All problems of the first of these that fails are listed, each with its line.
 */
export function readProgramme(text: string): ProgrammeReading {
  if (text.length > longestProgrammeText)
    return refuse([{ line: 1, path: '', rule: 'text-too-long', facts: { most: longestProgrammeText } }])
  const stray = strayCharacter.exec(text)
  if (stray)
    return refuse([
      { line: text.slice(0, stray.index).split('\n').length, path: '', rule: 'stray-character', facts: {} },
    ])
  const lines = new LineCounter()
  let document: Document
  try {
    document = parseDocument(text, {
      lineCounter: lines,
      version: '1.2',
      prettyErrors: false,
      uniqueKeys: false,
    })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return tooDeep(1)
  }
  const syntax = [...document.errors, ...document.warnings]
  const exhausted = syntax.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  if (exhausted) return tooDeep(Math.max(1, lines.linePos(exhausted.pos[0]).line))
  if (syntax.length > 0)
    return refuse(
      syntax.slice(0, mostSyntaxProblems).map(error => ({
        line: Math.max(1, lines.linePos(error.pos[0]).line),
        path: '',
        rule: 'not-yaml',
        facts: { said: error.message },
      })),
    )
  const repeated = repeats(document, lines)
  if (repeated.length > 0) return refuse(repeated)
  let value: unknown
  try {
    // Aliases multiply: a short text could otherwise unfold into gigabytes.
    value = document.toJS({ maxAliasCount: mostAliases })
  } catch (error) {
    if (error instanceof RangeError) return tooDeep(1)
    const said = error instanceof Error ? error.message : String(error)
    return refuse([{ line: 1, path: '', rule: 'not-yaml', facts: { said } }])
  }
  const placed = ({ path, rule, facts }: Contradiction): Problem => ({
    line: lineOf(document, lines, path),
    path: pointerOf(path),
    rule,
    facts,
  })
  if (!isMap(document.contents)) return refuse([{ line: 1, path: '', rule: 'not-a-programme', facts: {} }])
  if (!hasShape(value)) return refuse(shapeProblems(value).map(placed))
  const contradictions = contradictionsIn(value)
  return contradictions.length > 0 ? refuse(contradictions.map(placed)) : yes({ programme: value })
}

/** A problem's sentence in its two parts: what is wrong, and, in its last sentence, what to do. */
export function sayInParts(problem: Problem, language: Language): { wrong: string; cure: string } {
  const said = words[language].problems[problem.rule](problem.facts)
  const [stop, length] = language === 'zh-TW' ? (['。', 1] as const) : (['. ', 2] as const)
  const at = said.lastIndexOf(stop, said.length - 2)
  return { wrong: said.slice(0, at + 1), cure: said.slice(at + length) }
}

/** A problem as one sentence with its place and what to do, for the office's screen or a terminal. */
export function sayProblem(problem: Problem, language: Language): string {
  const { place, problems } = words[language]
  return `${place(problem.line, problem.path)}${problems[problem.rule](problem.facts)}`
}

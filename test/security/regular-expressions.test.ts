import { expect, it } from 'vitest'
import { type Node, readTree, type Source, sourceOf, walk } from '../tidy.ts'

// Its engine in JavaScript: what is judged must not hang on the machine.
process.env.RECHECK_SYNC_BACKEND = 'pure'
const { checkSync } = await import('recheck')

/*
 * No text that somebody sends keeps a process busy: the time that a regular expression takes grows as its text does, not as
 * the square of it or worse. Each one of the production code is judged, those of schemas too, by `recheck`.
 */

interface Expression {
  at: string
  source: string
  flags: string
}

/** What is put together of parts that are judged one by one. */
const ofJudgedParts = ['src/roster/cells.ts']

/** A text as it is written, what is put into it as a 9: a count, a letter of an alphabet, a name. Null for anything else. */
function textOf(node: unknown): string | null {
  const { type, value, quasis } = (node ?? {}) as Partial<Node> & {
    quasis?: { value: { cooked: string } }[]
  }
  if (type === 'TemplateLiteral') return quasis!.map(part => part.value.cooked).join('9')
  return type === 'Literal' && typeof value === 'string' ? value : null
}

const nameOf = (node: unknown): string => (node as { name?: string } | null)?.name ?? ''

/** Every regular expression of a file; throws where one is made of what cannot be read from the text. */
function expressionsOf({ path, body }: Source): Expression[] {
  const found: Expression[] = []
  const take = (node: unknown, flags: string) => {
    const source = textOf(node)
    if (source !== null) found.push({ at: path, source, flags })
    else if (!/[pP]attern$/.test(nameOf(node)) && !ofJudgedParts.includes(path))
      throw new Error(`${path} makes a regular expression of what is not named …Pattern`)
  }
  walk(body, node => {
    const { regex } = node as { regex?: { pattern: string; flags: string } }
    if (regex) found.push({ at: path, source: regex.pattern, flags: regex.flags })
    if (node.type === 'NewExpression' && nameOf(node.callee) === 'RegExp') {
      const [source, flags] = node.arguments as unknown[]
      take(source, textOf(flags) ?? '')
    }
    // A schema's pattern is read as one of Unicode.
    const isPattern = node.type === 'Property' && nameOf(node.key) === 'pattern' && !node.shorthand
    if (isPattern && textOf(node.value) !== null) take(node.value, 'u')
    if (
      node.type === 'VariableDeclarator' &&
      nameOf(node.id).endsWith('Pattern') &&
      textOf(node.init) !== null
    )
      take(node.init, 'u')
  })
  return found
}

const judged = new Map<string, string>()

/** What is wrong with one: how its time grows, or that nobody can tell. Nothing where it grows as the text does. */
function wrongWith({ source, flags }: Expression): string | null {
  const known = judged.getOrInsertComputed(`/${source}/${flags}`, () => {
    // Its search is ended by counts, not by a clock: a slow machine judges as a fast one does.
    const late = { attackTimeout: null, incubationTimeout: null, timeout: 200_000 }
    const found = checkSync(source, flags, { ...late, randomSeed: 1 })
    if (found.status === 'safe') return ''
    return found.status === 'vulnerable' ? found.complexity.summary : 'nobody can tell'
  })
  return known === '' ? null : known
}

const isProduction = (path: string) =>
  path.startsWith('src/') && /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path)

it('no regular expression takes longer than its text is long', { timeout: 300_000 }, () => {
  const all = readTree()
    .filter(({ path }) => isProduction(path))
    .flatMap(source => expressionsOf(source))
  expect(all.length).toBeGreaterThan(300)
  const bad = all.flatMap(each => {
    const wrong = wrongWith(each)
    return wrong === null ? [] : [`${each.at}: /${each.source}/${each.flags} ${wrong}`]
  })
  expect(bad).toEqual([])
})

it.each([
  ['in a literal', 'export const a = /^(a+)+$/', 'exponential'],
  ['in a schema', "export const a = { pattern: '^(a|a)*$' }", 'exponential'],
  ['put together', `export const a = n => new RegExp(\`^(\\\\w+ ?){2,}\${n}$\`, 'u')`, 'exponential'],
  ['of the square', 'export const a = /<sheet [^>]*>/', '2nd degree polynomial'],
  ['in a named text', "export const aPattern = '^(a+)+$'", 'exponential'],
])('one that does is found %s', (_where, text, grows) => {
  expect(expressionsOf(sourceOf('src/a.ts', text)).map(wrongWith)).toEqual([grows])
})

it('one that cannot be read is refused', () => {
  expect(() => expressionsOf(sourceOf('src/a.ts', 'export const a = new RegExp(said())'))).toThrow(
    'not named',
  )
})

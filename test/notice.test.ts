import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyProject, projectFolder } from './project-copy.ts'

/*
 * docs/notice.md says which rule keeps each point of the notice and which test would notice if it did not. Here it
 * is taken at its word: every rule and every test it names exists, and with the rule turned into its opposite, in a
 * copy of the project, that test fails.
 */

interface Row {
  point: string
  /** `src/programme/promise.ts#carry` */
  rule: string
  /** `src/programme/promise.test.ts › the notice's example` */
  test: string
  /** The title of a step of the journey, or a remark in parentheses. */
  step: string
  notKept: string
}

const source = await readFile(join(projectFolder, 'docs/notice.md'), 'utf8')
const unquoted = (cell: string): string => cell.trim().replaceAll('`', '')
const rows: Row[] = source
  .split('\n')
  .filter(line => /^\| *\d/.test(line))
  .map(line => {
    const [, point, rule, test, step, notKept] = line.split('|').map(unquoted)
    return { point: point!, rule: rule!, test: test!, step: step!, notKept: notKept! }
  })

/** Turns what a rule says into its opposite; written into the copy beside the rules. */
const opposite = `
export function opposite(said: unknown): unknown {
  if (typeof said === 'boolean') return !said
  if (typeof said === 'number') return said + 1
  if (typeof said === 'string') return said + ' not'
  if (said === null || said === undefined) return { ok: true }
  if (said instanceof Temporal.Instant) return said.add({ hours: 25 })
  if (said instanceof Temporal.PlainDate) return said.add({ days: 1 })
  if (Array.isArray(said)) return said.length > 0 ? [] : [{}]
  if (said instanceof Map || said instanceof Set || typeof said === 'function') return said
  const fields = Object.entries(said)
  if ('ok' in said) return { ...said, ok: !said.ok, refusal: 'opposite', facts: {} }
  return Object.fromEntries(fields.map(([name, value]) => [name, opposite(value)]))
}
`

function turnedAround(code: string, name: string): string {
  const asFunction = new RegExp(`export function ${name}(?=[<(])`)
  const asConst = new RegExp(`export const ${name} =`)
  const kept = asFunction.test(code)
    ? code.replace(asFunction, `function ${name}Kept`)
    : code.replace(asConst, `const ${name}Kept =`)
  if (kept === code) throw new Error(`there is no exported rule "${name}"`)
  return `import { opposite } from '../lib/opposite.ts'\n${kept}
export function ${name}(...asked) { return opposite(${name}Kept(...asked)) }\n`
}

describe('docs/notice.md', () => {
  it('speaks of all ten points', () => {
    const points = rows.map(row => Number.parseInt(row.point, 10))
    expect([...new Set(points)].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    for (const row of rows) expect(row.notKept, row.point).not.toBe('')
  })

  it('names steps that the journey really has', async () => {
    const journey = await readFile(join(projectFolder, 'test/journey.test.ts'), 'utf8')
    for (const { step } of rows) if (!step.startsWith('(')) expect(journey).toContain(`it('${step}'`)
  })

  it.each(rows)('point $point: $test exists and passes, and fails with $rule turned around', async row => {
    const [file, name] = row.rule.split('#') as [string, string]
    const [testFile, title] = row.test.split(' › ') as [string, string]
    const copy = await copyProject()
    try {
      const run = { file: testFile, title }
      const before = await copy.test('rules', run)
      expect(before).toMatchObject({ passed: [expect.stringContaining(title)], failed: [] })
      await writeFile(join(copy.folder, 'src/lib/opposite.ts'), opposite)
      const path = join(copy.folder, file)
      await writeFile(path, turnedAround(await readFile(path, 'utf8'), name))
      const { passed, failed } = await copy.test('rules', run)
      expect(passed).toEqual([])
      expect(failed).toEqual([expect.stringContaining(title)])
    } finally {
      await copy.remove()
    }
  })
})

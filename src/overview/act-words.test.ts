import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actWords } from './act-words.ts'

const source = join(import.meta.dirname, '..')

/** The texts of an act in a line of source: `act: 'this'`, or one of two after a question. */
const actsIn = (text: string): string[] => [
  ...[...text.matchAll(/\bact: '([^']+)'/g)].map(match => match[1]!),
  ...[...text.matchAll(/\bact: [^'\n,}]+\? '([^']+)' : '([^']+)'/g)].flatMap(match => [match[1]!, match[2]!]),
]

it('every act that a room notes has words in both languages', async () => {
  const without: string[] = []
  let found = 0
  for await (const file of glob('**/*.ts', { cwd: source })) {
    // The words of screens have buttons for acts: their texts are no acts.
    if (/(\.test|\/trial(-\w+)*|-words)\.ts$/.test(file)) continue
    const text = await readFile(join(source, file), 'utf8')
    for (const act of actsIn(text)) {
      found += 1
      if (!actWords[act]) without.push(`${file}: ${act}`)
    }
  }
  expect(without).toEqual([])
  // It looks at the source itself: were nothing found there, it would hold of nothing.
  expect(found).toBeGreaterThan(100)
})

it('says each act in both languages, and of no card the bare word', () => {
  for (const [kind, zhTW, en] of Object.values(actWords)) {
    expect([kind, zhTW, en].every(said => said.length > 1)).toBe(true)
    expect(`${zhTW} ${en}`).not.toMatch(/停用|deactivat/i)
  }
})

import { describe, expect, it } from 'vitest'
import { reachedFrom, readTree, sourceOf, textsIn } from './tidy.ts'
import {
  type Check,
  dependencies,
  flow,
  namesTheLife,
  noAny,
  noBarrel,
  noDrawer,
  noMarks,
  noSkippedTest,
  oneClock,
  pagesWithoutServer,
  placeOf,
  rawClock,
  rulesPure,
  schemaClock,
  shortEnough,
  wholeMoney,
  withoutRules,
} from './tidy-checks.ts'

/*
 * Style as a test. Each check is first shown a planted bad sample, about which it must complain, and then the tree.
 * A check that finds something is right until the rule itself is changed, here and in ARCHITECTURE.md.
 */

const tree = readTree()
const byPath = new Map(tree.map(source => [source.path, source]))

/** Each check by its sentence, with the bad samples that are planted. */
const checks: [string, Check, [path: string, text: string][]][] = [
  [
    'a room looks only into the rooms before it',
    dependencies,
    [
      ['src/card/x.ts', `import { f } from '../handover/store.ts'`],
      ['src/card/x.ts', `import type { F } from '../handover/rules.ts'`],
      ['src/card/x.ts', `type F = import('../handover/rules.ts').F`],
      ['src/handover/x.ts', `import type { F } from '../desk/api.ts'`],
      ['src/loan/x.ts', `import { f } from '../desk/look-up.ts'`],
      ['src/access/x.ts', `import { f } from '../controller/uhppote/driver.ts'`],
      ['src/controller/x.ts', `import { f } from '../update/store.ts'`],
      ['src/message/x.ts', `import { f } from '../app/clock.ts'`],
      ['src/lib/x.ts', `import { f } from '../server/http.ts'`],
      ['src/server/x.ts', `import type { F } from '../card/rules.ts'`],
      ['src/web/x.tsx', `const f = () => import('../card/words.ts')`],
      ['src/card/x.ts', `export { f } from '../../test/campus.ts'`],
      ['src/parking/x.ts', ''],
    ],
  ],
  [
    'a page brings no server code along',
    pagesWithoutServer,
    [
      ['src/card/x.tsx', `import { f } from './store.ts'`],
      ['src/card/x.tsx', `import { f } from '../roster/import.ts'`],
      ['src/web/islands/x.ts', `import { readFile } from 'node:fs'`],
    ],
  ],
  [
    'a rule sees only rules and lib',
    rulesPure,
    [
      ['src/card/rules.ts', `import { f } from './store.ts'`],
      ['src/card/rules.ts', `import type { Act } from '../server/register.ts'`],
      ['src/card/rules.ts', `import { f } from '../roster/import.ts'`],
      ['src/card/rules.ts', `import pg from 'pg'`],
    ],
  ],
  [
    'nobody reads a clock but app/clock.ts',
    oneClock,
    [
      'Date.now()',
      'new Date()',
      'Temporal.Now.instant()',
      'performance.now()',
      'process.hrtime.bigint()',
      'sql`select now()`',
      '`where at < current_date`',
      "'select campus_now()'",
      '`until > raw_now()`',
    ].map(text => ['src/card/x.ts', `const x = ${text}`]),
  ],
  [
    'the schema reads the clock in three functions',
    schemaClock,
    [['db/x.sql', 'at timestamptz default now()']],
  ],
  ['no barrels', noBarrel, [['src/card/x.ts', `export { a } from './a.ts'\nexport * from './b.ts'`]]],
  [
    'no drawers',
    noDrawer,
    [
      ['src/card/utils.ts', ''],
      ['src/common/x.ts', ''],
      ['src/card/index.ts', ''],
    ],
  ],
  [
    'no unfinished work, no paths of one machine',
    noMarks,
    [
      ['src/card/x.ts', '// TODO: more'],
      ['docs/x.md', 'look in /home/somebody/gatehouse'],
    ],
  ],
  ['no test is skipped or alone', noSkippedTest, [['src/card/x.test.ts', `it.only('x', () => {})`]]],
  ['no any', noAny, [['src/card/x.ts', 'export const x = 1 as any']]],
  [
    'files fit on a few screens',
    shortEnough,
    [
      ['src/card/x.ts', '\n'.repeat(301)],
      ['README.md', '\n'.repeat(121)],
    ],
  ],
  ['money is whole', wholeMoney, [['src/card/x.ts', 'const fee = { amount: 1.5 }']]],
  [
    'whoever ends a life of a card says which',
    namesTheLife,
    [
      ['src/card/words.ts', `const x = '您的舊卡已停用。校園門禁不受影響。'`],
      ['src/card/x.tsx', 'const x = <p>Your card was deactivated</p>'],
    ],
  ],
]

it('sees the code', () => {
  const imports = tree.flatMap(source => source.imports)
  expect(new Set(tree.map(source => placeOf(source.path)))).toEqual(
    new Set([...flow, 'lib', 'server', 'web', 'app', '']),
  )
  expect(tree.filter(source => source.body.length > 0).length).toBeGreaterThan(200)
  expect(imports.filter(each => each.ours).length).toBeGreaterThan(500)
  expect(byPath.get('src/activation/activate.ts')!.imports).toEqual(
    expect.arrayContaining([
      { of: 'src/programme/promise.ts', ours: true, typeOnly: false },
      { of: 'src/server/register.ts', ours: true, typeOnly: true },
    ]),
  )
  expect(reachedFrom(byPath.get('src/app/main.tsx')!, byPath).length).toBeGreaterThan(10)
  for (const path of Object.keys(rawClock))
    expect([path, textsIn(byPath.get(path)!).some(text => text.includes('raw_now()'))]).toEqual([path, true])
})

describe.each(checks)('%s', (_, check, samples) => {
  it.each(samples)('complains about a bad %s', (path, text) => {
    expect(check(sourceOf(path, text), byPath)).not.toEqual([])
  })

  it('finds nothing in the tree', () => {
    expect(tree.flatMap(source => check(source, byPath).map(said => `${source.path}: ${said}`))).toEqual([])
  })
})

describe('a room', () => {
  const says = (path: string, what: string) =>
    byPath.get(path)?.imports.some(each => each.of === 'src/lib/decision.ts') === true &&
    new RegExp(`\\b${what}\\('`).test(byPath.get(path)!.text)

  it.each(flow)('%s has its rule, and words where it refuses', room => {
    const files = tree.map(source => source.path).filter(path => path.startsWith(`src/${room}/`))
    expect(files).not.toEqual([])
    if (!(room in withoutRules)) expect(files).toContain(`src/${room}/rules.ts`)
    if (files.some(path => says(path, 'no'))) expect(files).toContain(`src/${room}/words.ts`)
  })

  it('says the same things in both languages', async () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]))
        : Array.isArray(value)
          ? 'list'
          : typeof value
    const loaders = import.meta.glob<{ words?: Record<string, unknown> }>('../src/**/*words.ts')
    const both = Object.keys(loaders).filter(path => !path.endsWith('lib/words.ts'))
    expect(both.length).toBeGreaterThan(8)
    for (const path of both) {
      const { words } = await loaders[path]!()
      if (words && 'en' in words) expect(shape(words.en), path).toEqual(shape(words['zh-TW']))
    }
  })
})

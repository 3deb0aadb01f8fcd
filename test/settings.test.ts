import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ProgrammeShape } from '../src/programme/shape.ts'
import { projectFolder } from './project-copy.ts'

/* docs/settings.md says of each setting of a programme what it means for an office: of each, and of none that there is not. */

interface Schema {
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
}

/** What every thing of a list has alike, explained once at the head of the page. */
const said = new Set(['id', 'name', 'source', 'from', 'until'])

/** Every setting by its path, `reissue.pays.ways`, without what is explained once. */
function settings({ anyOf = [], items, properties = {} }: Schema, under = ''): string[] {
  const own = Object.entries(properties).flatMap(([key, schema]) => {
    if (key === 'zh-TW' || key === 'en') return []
    const path = under === '' ? key : `${under}.${key}`
    const more = path.endsWith('phones') ? [] : settings(schema, path)
    return said.has(key) ? more : [path, ...more]
  })
  return [...own, ...(items ? settings(items, under) : []), ...anyOf.flatMap(each => settings(each, under))]
}

const all = new Set(settings(ProgrammeShape as unknown as Schema))
const page = await readFile(join(projectFolder, 'docs/settings.md'), 'utf8')
const told = new Set(
  page
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .flatMap(line => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path!)),
)

it('says of every setting what it means', () => {
  // What only holds others together is told with them.
  const untold = [...all].filter(
    path => !told.has(path) && ![...told].some(each => each.startsWith(`${path}.`)),
  )
  expect(untold).toEqual([])
})

it('and of no setting that there is not', () => {
  expect([...told].filter(path => !all.has(path))).toEqual([])
  expect(told.size).toBeGreaterThan(80)
})

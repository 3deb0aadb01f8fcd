import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fileColumns } from '../src/card/file-columns.ts'
import { doorFormats } from '../src/card/formats.ts'
import { readProgramme } from '../src/programme/read.ts'
import { ProgrammeShape } from '../src/programme/shape.ts'
import { templateValues } from '../src/programme/template.ts'
import { type NewInstallation, openNewInstallation } from '../src/programme/trial-installation.ts'
import { columns } from '../src/roster/columns.ts'
import { degrees, kinds, statuses } from '../src/roster/person.ts'
import { projectFolder } from './project-copy.ts'

/* docs/setting-up.md is followed by people who know nothing else: what it says to write works, and nothing is left out. */

const page = await readFile(join(projectFolder, 'docs/setting-up.md'), 'utf8')
const statements = [...page.matchAll(/```sql\n(.+?)```/gs)].map(([, sql]) => sql!)
const says = (word: string): boolean => page.includes(`\`${word}\``) || page.includes(`${word}\``)

let installation: NewInstallation
beforeAll(async () => {
  installation = await openNewInstallation()
  await installation.gatehouse.server.ready()
}, 60_000)
afterAll(() => installation.close())

const seen = async (url: string, token: string): Promise<number> =>
  (await installation.gatehouse.server.inject({ url, headers: { cookie: `session=${token}` } })).statusCode

it('records staff and begins a session of one by its own statements, and ends it', async () => {
  const { database } = installation.gatehouse
  const token = randomBytes(32).toString('hex')
  expect(await seen('/api/v1/programme/versions', token)).toBe(401)
  expect(statements).toHaveLength(2)
  for (const statement of statements) await database.pool.query(statement.replace('3f0c…', token))
  expect(await seen('/api/v1/programme/versions', token)).toBe(200)
  expect(await seen('/api/v1/programme/drafts', token)).toBe(200)
  expect(await seen('/api/v1/desk', token)).toBe(404)
  const [, end] = /`(delete from session [^`]+)`/.exec(page)!
  await database.pool.query(end!)
  expect(await seen('/api/v1/programme/versions', token)).toBe(401)
})

it('names each column of a roster and of files of cards, with the words that are written there', () => {
  const ofCards = Object.values(fileColumns).flatMap(table => Object.values(table))
  const headers = [...Object.values(columns), ...ofCards].flatMap(column => (column ? [column.header] : []))
  // How a card was given is known from the kind of file.
  const asked = new Set([...headers.filter(header => header !== 'how'), ...degrees, ...kinds, ...statuses])
  expect([...asked].filter(word => !says(word))).toEqual([])
})

it('names each format of a controller’s readers, and each kind of outcome', () => {
  const outcomes = ProgrammeShape.properties.cohorts.items.properties.outcome.anyOf
  const asked = [...doorFormats, ...outcomes.map(each => each.properties.kind.const)]
  expect(asked.filter(word => !says(word))).toEqual([])
})

it('names each value that a text of a programme can have in braces', async () => {
  const read = readProgramme(await readFile(join(projectFolder, 'programmes/ntnu-2023.yaml'), 'utf8'))
  if (!read.ok) throw new Error('the programme has problems')
  const names = Object.keys(templateValues(read.programme, 'en', Temporal.PlainDate.from('2023-10-18')))
  const ids = /^(cohort|counter|phone|wave|fee)\.[^.]+/
  const general = new Set(
    names.map(name => {
      const [start] = ids.exec(name) ?? []
      if (start?.startsWith('fee.')) return 'fee.reissue'
      if (start) return name === start ? `${start.split('.')[0]}.ID` : name.slice(start.length)
      return read.programme.doesNotMove.some(({ id }) => name.startsWith(`${id}.`))
        ? name.replace(/^[^.]+/, 'ID')
        : name
    }),
  )
  expect(
    [...general].filter(name => !(says(name) || says(`cohort.ID${name}`) || says(`wave.ID${name}`))),
  ).toEqual([])
})

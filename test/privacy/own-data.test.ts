import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as yauzl from 'yauzl'
import { type Column, columnsOf } from '../../scripts/data-map.ts'
import { columnWords } from '../../src/privacy/column-words.ts'
import { type DataMap, mappedColumns, readDataMap } from '../../src/privacy/data-map.ts'
import { keptBack } from '../../src/privacy/kept-back.ts'
import type { OwnDataDocument } from '../../src/privacy/own-file.ts'
import type { Part } from '../../src/privacy/own-part.ts'
import { parts } from '../../src/privacy/own-parts.ts'
import { copiesADay } from '../../src/privacy/rules.ts'
import { valueWords } from '../../src/privacy/value-words.ts'
import { openCampus, type TestCampus } from '../campus.ts'
import { asSuperuser, openSchema } from '../schema-trial.ts'
import { toLookFor } from './looked-for.ts'
import { markedId, marker, markerAccount, markerIban } from './marked-person.ts'
import { otherId, otherMarker, plantTwo } from './two-marked.ts'

/*
 * What a person is given of what is kept of them: all of it, and nothing of anybody else. Which columns there are is the
 * database's and the data map's; what stands in them is two fictional people's, who left rows in every table.
 */

openSchema()

let map: DataMap
let columns: Column[]
/** Each reference of a table to another one. */
let references: { from: string; to: string }[]
beforeAll(async () => {
  map = await readDataMap()
  columns = await columnsOf(asSuperuser())
  const { rows } = await asSuperuser().query<{ from: string; to: string }>(`
    select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
    where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`)
  references = rows
})

/** What of the schema leads to people and is neither given nor kept back, or stands here and is not there. */
function faultsOf(given: readonly Part[], back: readonly { table: string }[]): string[] {
  const byTable = Map.groupBy(columns, ({ table }) => table)
  const tables = new Set(given.map(({ table }) => table))
  const named = new Set([...tables, ...back.map(({ table }) => table)])
  // Who of the staff did something leads to no cardholder; a row of an account or a card file is reached otherwise.
  const reached = references.filter(({ from, to }) => tables.has(to) && to !== 'staff' && from !== to)
  const personal = mappedColumns(map).filter(each => ['personal', 'sensitive', 'secret'].includes(each.class))
  const ofPeople = new Set([...personal.map(({ table }) => table), ...reached.map(({ from }) => from)])
  return [
    ...[...ofPeople]
      .filter(table => !named.has(table))
      .map(table => `${table} leads to people, and is not named`),
    ...[...named].filter(table => !byTable.has(table)).map(table => `there is no ${table}`),
    ...back.filter(({ table }) => tables.has(table)).map(({ table }) => `${table} is given and kept back`),
    ...given.flatMap(part => {
      const there = (byTable.get(part.table) ?? []).map(({ column }) => column)
      const withheld = Object.values(part.keepsBack).flat()
      const gives = Object.keys(part.gives)
      return [
        ...there
          .filter(name => !gives.includes(name) && !withheld.includes(name))
          .map(name => `${part.table}.${name} is forgotten`),
        ...withheld.filter(name => !there.includes(name)).map(name => `there is no ${part.table}.${name}`),
        ...withheld
          .filter(name => gives.includes(name))
          .map(name => `${part.table}.${name} is given and kept back`),
        ...gives.filter(name => !columnWords[name]).map(name => `${name} has no words`),
      ]
    }),
  ]
}

describe('what a person is given', () => {
  it('is each column of each table that leads to people, or it is kept back for a reason', () => {
    expect(faultsOf(parts, keptBack)).toEqual([])
    expect(parts.flatMap(({ gives }) => Object.keys(gives)).length).toBeGreaterThan(450)
  })

  it.each<[string, () => string[], string]>([
    [
      'a table is missing',
      () =>
        faultsOf(
          parts.filter(({ table }) => table !== 'photo'),
          keptBack,
        ),
      'photo leads to people',
    ],
    [
      'a table that refers to one of them is missing',
      () =>
        faultsOf(
          parts.filter(({ table }) => table !== 'fee_entry'),
          keptBack,
        ),
      'fee_entry leads to people',
    ],
    [
      'a table that is kept back is not named',
      () => faultsOf(parts, keptBack.slice(1)),
      'looked_at leads to people',
    ],
    [
      'a column is forgotten',
      () => {
        const [first, ...others] = parts
        const { email: _, ...gives } = first!.gives
        return faultsOf([{ ...first!, gives }, ...others], keptBack)
      },
      'person.email is forgotten',
    ],
  ])('would be found where %s', (_, faults, said) => {
    expect(faults().some(fault => fault.startsWith(said))).toBe(true)
  })

  it('has words for whatever a column may say of a few', async () => {
    const { rows } = await asSuperuser().query<{ table: string; column: string; values: string }>(`
      select c.conrelid::regclass::text as table, a.attname as column, pg_get_constraintdef(c.oid) as values
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
      where c.contype = 'c' and cardinality(c.conkey) = 1 and pg_get_constraintdef(c.oid) ~ '= ANY \\(+ARRAY'`)
    const silent = rows.flatMap(({ table, column, values }) => {
      const part = parts.find(each => each.table === table)
      if (!part || !(column in part.gives)) return []
      const codes = [...values.matchAll(/'([^']+)'::text/g)].map(([, code]) => code!)
      return codes
        .filter(code => valueWords(table, column, code) === null)
        .map(code => `${table}.${column} ${code}`)
    })
    expect(rows.length).toBeGreaterThan(40)
    expect(silent).toEqual([])
  })
})

describe('two people of whom everything is kept', () => {
  let campus: TestCampus
  let one: { cookie: string; data: OwnDataDocument; text: string }
  let other: { cookie: string; data: OwnDataDocument; text: string }
  const ask = (cookie: string, url: string) =>
    campus.gatehouse.server.inject({ method: 'GET', url, headers: { cookie, 'accept-language': 'en' } })

  async function read(number: string) {
    const cookie = await campus.signIn(number)
    const answer = await ask(cookie, '/api/v1/me/data')
    expect(answer.statusCode, answer.body).toBe(200)
    return { cookie, data: answer.json<OwnDataDocument>(), text: answer.body }
  }

  beforeAll(async () => {
    campus = await openCampus({ planted: { what: 'two marked people', plant: plantTwo } })
    one = await read(`${marker}-1`)
    other = await read(`${otherMarker}-1`)
  }, 120_000)
  afterAll(() => campus.close())

  const hex = (text: string) => Buffer.from(text).toString('hex')
  const digitsOf = (text: string) => text.replaceAll('770', '880')
  const marksOf = {
    one: [marker, hex(marker), markerAccount, markerIban, String(markedId), '770001', '770132'],
    other: [otherMarker, hex(otherMarker), digitsOf(markerAccount), String(otherId), '880001', '880132'],
  }
  const marksIn = (text: string, of: readonly string[]) => of.filter(mark => text.includes(mark))

  it('each reads rows of every part', () => {
    const empty = one.data.parts.filter(({ of }) => of === 0).map(({ table }) => table)
    expect(empty, 'plant a row: test/privacy/two-marked.ts').toEqual([])
    expect(one.data.parts.map(({ table, of }) => [table, of])).toEqual(
      other.data.parts.map(({ table, of }) => [table, of]),
    )
  })

  it('each has what the data map says is kept of them, column by column', () => {
    const found = new Map(one.data.parts.map(part => [part.table, part]))
    const given = new Map(parts.map(part => [part.table, part]))
    const missing = toLookFor(map, columns).filter(({ table, column, type }) => {
      const part = given.get(table)
      // A picture is a file beside it.
      if (!part || !(column in part.gives) || type === 'bigint' || column === 'picture') return false
      // Of who did something the role is given, and who asked is the person themselves.
      if (part.gives[column]!.startsWith('split_part') || column === 'actor') return false
      const said = found.get(table)!.rows.map(row => JSON.stringify(row[column]))
      return !said.some(text =>
        [marker, hex(marker), markerAccount, markerIban].some(mark => text?.includes(mark)),
      )
    })
    expect(missing.map(({ table, column }) => `${table}.${column}`)).toEqual([])
    const photos = one.data.files.map(({ base64 }) => Buffer.from(base64!, 'base64').toString('latin1'))
    expect(photos).toHaveLength(2)
    for (const photo of photos) expect(photo).toContain(marker)
  })

  it('neither has anything of the other', () => {
    expect(marksIn(one.text, marksOf.one)).toEqual(marksOf.one)
    expect(marksIn(other.text, marksOf.other)).toEqual(marksOf.other)
    expect(marksIn(one.text, marksOf.other)).toEqual([])
    expect(marksIn(other.text, marksOf.one)).toEqual([])
  })

  it('money is read in its currency, and stands in the file in whole minor units', async () => {
    const { body } = await ask(one.cookie, '/my-card/data')
    expect(body).toContain('NT$200')
    expect(body).not.toContain('minor units')
    const ledger = one.data.parts.find(({ table }) => table === 'fee_entry')!
    expect(ledger.columns.amount?.en).toBe('Amount, in minor units')
    expect(ledger.rows.map(({ amount }) => amount)).toEqual([-200, 200])
  })

  it('of a temporary card that both borrowed, each has what happened while it was lent to them', () => {
    const taps = (data: OwnDataDocument) =>
      data.parts.find(({ table }) => table === 'tap')!.rows.map(row => row.event_index)
    expect(taps(one.data)).toEqual([770131, 770132])
    expect(taps(other.data)).toEqual([880131, 880132])
  })

  it('no secret is in it, and of the staff no account', () => {
    for (const word of ['token_hash', 'endpoint', 'code_hash', 'verifier'])
      for (const { rows } of one.data.parts)
        for (const row of rows) expect(Object.keys(row)).not.toContain(word)
    expect(one.text).not.toContain('desk-csie')
    expect(one.text).not.toMatch(/(office|desk):/)
  })

  it('the office makes the same for somebody: kept as a look, journalled, and seen by the person', async () => {
    const cookie = await campus.signIn('office')
    const answer = await ask(cookie, `/api/v1/people/${markedId}/data`)
    expect(answer.statusCode).toBe(200)
    const files = await unzipped(answer.rawPayload)
    expect([...files.keys()].toSorted()).toEqual(
      ['data.json', ...one.data.files.map(({ name }) => name)].toSorted(),
    )
    const copy = JSON.parse(files.get('data.json')!.toString()) as OwnDataDocument
    // But for what became of the first copy: its own entry in the journal, and a session that began.
    const counts = (of: OwnDataDocument) =>
      of.parts
        .filter(({ table }) => !['journal', 'session'].includes(table))
        .map(({ table, of: rows }) => [table, rows])
    expect(counts(copy)).toEqual(counts(one.data))
    const looks = (await ask(one.cookie, '/api/v1/me/looks')).json<{ looks: object[] }>().looks
    expect(looks).toContainEqual(
      expect.objectContaining({
        what: expect.objectContaining({ en: 'Everything that is kept' }),
        purpose: expect.objectContaining({ en: 'The person asked for their own data' }),
      }),
    )
    const { rows } = await campus.owner.pool.query(
      `select actor, act from journal where person_id = $1 and act like '%data%' order by id`,
      [markedId],
    )
    expect(rows).toEqual([
      { actor: `student:${markedId}`, act: 'own data read' },
      { actor: 'office:office', act: 'data read for its person' },
    ])
  })

  it('is for nobody else', async () => {
    for (const who of ['desk-csie', 'access', 'auditor', 'cashier', 'admin', `${otherMarker}-1`]) {
      const answer = await ask(await campus.signIn(who), `/api/v1/people/${markedId}/data`)
      expect([who, answer.statusCode]).toEqual([who, 404])
    }
    expect((await ask(await campus.signIn('office'), '/api/v1/people/123456789/data')).statusCode).toBe(404)
  })

  it('is made so many times a day, also when all ask at once, and a page says when again', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, () => ask(other.cookie, '/my-card/data.zip')))
    const made = asked.filter(({ statusCode }) => statusCode === 200)
    // One was made before.
    expect(made).toHaveLength(copiesADay - 1)
    const refused = asked.find(({ statusCode }) => statusCode !== 200)!
    expect(refused.statusCode).toBe(429)
    expect(refused.body).toContain('The next one may be made after')
    const program = await ask(other.cookie, '/api/v1/me/data')
    expect([program.statusCode, program.json<{ refusal: string }>().refusal]).toEqual([409, 'copied-often'])
    await campus.moveTo('2023-10-17T11:00')
    await campus.moveTo('2023-10-18T11:05')
    expect((await ask(other.cookie, '/my-card/data.zip')).statusCode).toBe(200)
  })
})

/** The files of a zip by their names. */
async function unzipped(zip: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const opened = await yauzl.fromBufferPromise(zip)
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    files.set(entry.fileName, Buffer.concat(chunks))
  }
  return files
}

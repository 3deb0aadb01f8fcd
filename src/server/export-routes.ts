import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Purpose } from '../lib/looks.ts'
import type { Scope } from '../lib/scopes.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import type { ExportColumn, ExportLook } from './export-columns.ts'
import { damagedBy, type ExportFormat, type Exporting, exportFormats, writeExport } from './export-file.ts'
import { exportWords } from './export-words.ts'
import type { Policy, Server } from './http.ts'
import { keepLook, looksAtOthers, reasonOf, routeOf } from './looks.ts'
import { type NamedPeople, nobodyNamed, peopleOfRow } from './people-in.ts'
import { refusalProblem, sayFrom } from './perform.ts'
import { Problem } from './problem.ts'
import type { Act, Register } from './register.ts'

/** A list that is not narrowed. */
type Nothing = Readonly<Record<string, never>>

/** A list that can be had as a file: declared beside the list itself. */
export interface ExportedList<
  Row,
  Query extends Type.TProperties,
  Params extends Type.TProperties = Nothing,
> {
  /** The list's own address; the export lies beneath it. */
  of: string
  /** The list as files and the journal call it, where one address has several by what was asked; no personal data. */
  name: string | ((asked: Type.Static<Type.TObject<Query>>) => string)
  title: Bilingual
  policy: Policy
  /** With which scope of a token another program may have it. */
  scope?: Scope
  /** That its rows keep to what the actor reaches. */
  narrows?: true
  /** What the people of its rows are shown for. */
  purpose: Purpose
  tags: string[]
  /** What narrows the list, in the query or (a `:name` of the address) in `params`; no personal data. */
  query: Query
  params?: Params
  /** The first one says whose row it is. */
  columns: readonly ExportColumn<Row>[]
  rows: (
    act: Act,
    asked: Type.Static<Type.TObject<Query>> & Type.Static<Type.TObject<Params>>,
    language: Language,
  ) => AsyncIterable<Row>
}

/** What a list loses in a file for old systems. */
export const DamagedReply = Type.Object({
  rows: Type.Integer(),
  cells: Type.Integer({ description: 'Cells that Big5 cannot write as they are' }),
  named: Type.Array(
    Type.Object({
      row: Type.String({ description: 'What stands in the row’s first column' }),
      column: Type.String(),
      text: Type.String(),
      characters: Type.Array(Type.String(), { description: 'Each becomes a question mark' }),
    }),
  ),
})
export type DamagedReply = Type.Static<typeof DamagedReply>

/** How many lists are written at the same time: each holds its file until it is sent. */
const mostAtOnce = 3
let atOnce = 0

const say = sayFrom(exportWords)
const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  big5: 'text/csv; charset=big5',
}

/** Lets a few work at a time; who comes meanwhile is told (503), and nothing was read. */
async function oneOfFew<Done>(request: FastifyRequest, work: () => Promise<Done>): Promise<Done> {
  if (atOnce >= mostAtOnce) {
    const message = exportWords[request.language]['others-exporting']({})
    throw new Problem(503, 'others-exporting', message)
  }
  atOnce++
  try {
    return await work()
  } finally {
    atOnce--
  }
}

/** The rows as they pass; whom they name is added to `people`. */
async function* counted<Row>(rows: Exporting<Row>['rows'], people: NamedPeople): AsyncGenerator<Row> {
  for await (const row of rows) {
    peopleOfRow(row, people)
    yield row
  }
}

/**
 * The routes by which a list is had as a file, and by which one sees first what a file for old systems would lose. Both
 * read the list in one look, which the journal tells with how many rows it had.
 */
export function exportRoutes<Row, Query extends Type.TProperties, Params extends Type.TProperties>(
  server: Server,
  {
    register,
    campusOf,
  }: { register: Register; campusOf: (act: Act) => Promise<Omit<ExportLook, 'language'>> },
  list: ExportedList<Row, Query, Params>,
): void {
  const { of, title, policy, scope, narrows, purpose, tags, query, columns, rows } = list
  const reach = { ...(scope && { scope }), ...(narrows && { narrows }) }
  const config = { policy, purpose, shows: 'file', ...reach } as const
  const params = Type.Object(list.params ?? {})

  /** How the journal tells which list it was, and by what it was narrowed. */
  function said(request: FastifyRequest): { list: string; of?: string } {
    const asked = Object.entries({ ...(request.query as object), ...(request.params as object) })
    const narrowed = asked.filter(([name]) => name !== 'format')
    const of = new URLSearchParams(narrowed.map(([name, value]) => [name, String(value)])).toString()
    const { name } = list
    return {
      list: typeof name === 'string' ? name : name(request.query as Type.Static<Type.TObject<Query>>),
      ...(of === '' ? {} : { of }),
    }
  }

  async function exporting(act: Act, request: FastifyRequest): Promise<Exporting<Row>> {
    const { language } = request
    const look = { language, ...(await campusOf(act)) }
    const asked = { ...(request.query as object), ...(request.params as object) } as Parameters<
      typeof rows
    >[1]
    return { columns, rows: rows(act, asked, language), look, title: title[language] }
  }

  /** Keeps that everybody in the list was shown, in the look that read it. */
  async function keepShown(act: Act, request: FastifyRequest, people: NamedPeople): Promise<void> {
    if (!looksAtOthers(request.actor)) return
    await keepLook(act, {
      people,
      purpose,
      shown: 'file',
      route: routeOf(request),
      reason: reasonOf(request),
      asksAgain: false,
    })
  }

  async function send(request: FastifyRequest, reply: FastifyReply, format: ExportFormat) {
    const { file, on } = await oneOfFew(request, () =>
      register.look(request.actor, async act => {
        const people = nobodyNamed()
        const asked = await exporting(act, request)
        const written = await writeExport({ ...asked, rows: counted(asked.rows, people) }, format)
        if (!written.ok) throw refusalProblem(say, request.language, written)
        const many = written.file.rows
        await keepShown(act, request, people)
        await act.note({ act: 'list exported', facts: { ...said(request), format, many } })
        return { file: written.file, on: act.now.toZonedDateTimeISO(asked.look.zone).toPlainDate() }
      }),
    )
    const ending = format === 'xlsx' ? 'xlsx' : 'csv'
    const fileName = `${said(request).list}-${on.toString()}${format === 'big5' ? '-big5' : ''}.${ending}`
    void reply.header('content-type', mediaTypes[format])
    void reply.header('content-disposition', `attachment; filename="${fileName}"`)
    void reply.header('content-length', file.bytes)
    void reply.header('cache-control', 'no-store')
    return reply.send(Readable.from(file.chunks, { objectMode: false }))
  }

  server.get(
    `${of}/export`,
    {
      config,
      schema: {
        tags,
        summary: `${title.en}, as a file`,
        description:
          'As a spreadsheet (xlsx), as CSV in UTF-8 with its mark, or as CSV in Big5 for old systems. Formula-safe; ' +
          'headers in the reader’s language, or as our own import knows them. At most 200,000 rows and 64 MB.',
        params,
        querystring: Type.Object({ format: Type.Enum([...exportFormats]), ...query }),
        produces: Object.values(mediaTypes),
      },
    },
    (request, reply) => send(request, reply, (request.query as { format: ExportFormat }).format),
  )

  server.get(
    `${of}/export/damaged`,
    {
      config,
      schema: {
        tags,
        summary: `${title.en}: what a file in Big5 would lose`,
        description: 'Every cell that code page 950 cannot write, counted; the first 200 by name.',
        params,
        querystring: Type.Object({ ...query }),
        response: { 200: DamagedReply },
      },
    },
    (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return oneOfFew(request, () =>
        register.look(request.actor, async act => {
          const people = nobodyNamed()
          const found = await damagedBy(await exporting(act, request), row => void peopleOfRow(row, people))
          if (!found.ok) throw refusalProblem(say, request.language, found)
          await keepShown(act, request, people)
          await act.note({ act: 'list looked through', facts: { ...said(request), many: found.rows } })
          return { rows: found.rows, cells: found.cells, named: found.named }
        }),
      )
    },
  )
}

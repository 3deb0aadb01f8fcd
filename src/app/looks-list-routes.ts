import { Type } from 'typebox'
import { both, bothNames } from '../lib/both.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import { type Purpose, purposes } from '../lib/looks.ts'
import { exportsList } from '../programme/exported-list.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { personTyped, type RegisteredPerson } from '../roster/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import { RowId } from '../server/ids.ts'
import { refusalProblem, sayFrom } from '../server/perform.ts'
import { problem } from '../server/problem.ts'
import type { Act, Register } from '../server/register.ts'
import { Both, orNull } from '../server/shapes.ts'
import { type LooksRefusal, spanOfDays } from './looks-list-rules.ts'
import {
  accountsKnown,
  everyLook,
  type ListedLook,
  listLooks,
  lookById,
  type Narrowed,
  type Shown,
  shownBy,
} from './looks-list-store.ts'
import { looksRefusals } from './looks-list-words.ts'
import { LookShown, type LookWithin, lookColumns, lookShown } from './looks-shape.ts'

const tags = ['journal']
const config = { policy: ['auditor'] as const, purpose: 'audit', shows: 'looks' } as const
/** Looks, and people, on one page. */
const aPage = 50
/** Accounts that are offered; whoever knows another one types it. */
const mostAccounts = 2_000

const Day = Type.String({
  format: 'date',
  description: 'Of the campus’s calendar, included',
})
/** By what the list and its file are narrowed. */
const narrows = {
  account: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Who looked' })),
  purpose: Type.Optional(Type.Enum(Object.keys(purposes) as Purpose[])),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
}

const Person = Type.Object({ personId: Type.Integer(), studentNumber: Type.String(), name: Both })
const Listed = Type.Object({
  ...LookShown.properties,
  person: { ...orNull(Person), description: 'Whom it showed, where that was one person' },
})

export const LooksReply = Type.Object({
  looks: Type.Array(Listed, { description: `The newest first, ${aPage} at a time` }),
  next: orNull(Type.Integer({ description: 'Ask for what was `before` this one' })),
  of: { ...orNull(Person), description: 'Whose student number was asked for' },
})
export type LooksReply = Type.Static<typeof LooksReply>

export const LookReply = Type.Object({
  look: Listed,
  people: Type.Array(Person, { description: `By the register’s own ids, ${aPage} at a time` }),
  next: orNull(Type.Integer({ description: 'Ask for whom it showed `after` this one' })),
})
export type LookReply = Type.Static<typeof LookReply>

export const LookAccounts = Type.Object({
  accounts: Type.Array(Type.Object({ account: Type.String(), name: Both })),
})
export type LookAccounts = Type.Static<typeof LookAccounts>

type Asked = Partial<Record<'account' | 'from' | 'to', string>> & { purpose?: Purpose }

/** What was asked, as the store reads it. Refuses days in the wrong order. */
function narrowedBy(
  { account, purpose, ...days }: Asked,
  { programme, personId }: { programme: Programme; personId: number | null },
): Decision<{ narrowed: Narrowed }, 'days-reversed'> {
  const span = spanOfDays(days, programme.campus.zone)
  if (!span.ok) return span
  const { since, until } = span
  return yes({
    narrowed: { account: account?.trim() ?? null, purpose: purpose ?? null, personId, since, until },
  })
}

/** Whose number was asked for, or nobody's. Refuses one that nobody has. */
async function personAsked(
  act: Act,
  typed: string | undefined,
): Promise<Decision<{ person: RegisteredPerson | null }, 'nobody-of-number'>> {
  if (typed === undefined) return yes({ person: null })
  const found = await personTyped(act, typed)
  return found.ok ? found : no('nobody-of-number')
}

const personShown = (person: Shown) => ({
  personId: person.personId,
  studentNumber: person.studentNumber,
  name: bothNames(person),
})

function listed(look: ListedLook, programme: Programme): Type.Static<typeof Listed> {
  const { personId, studentNumber, personZh, personEn } = look
  const person =
    personId === null
      ? null
      : personShown({ personId, studentNumber: studentNumber!, nameZh: personZh!, nameEn: personEn! })
  return { ...lookShown(look, programme), person }
}

const say = sayFrom<LooksRefusal>(looksRefusals)

const columns: ExportColumn<ListedLook & LookWithin>[] = [
  { header: both('序號', 'Entry'), text: row => String(row.id) },
  ...lookColumns,
  { header: both('看到誰（學號）', 'Whom (student number)'), text: row => row.studentNumber },
]

/** Who of the staff looked at whom: the auditor's list, each look's people, and the list as a file. */
export function looksListRoutes(server: Server, { register }: { register: Register }): void {
  server.post(
    '/api/v1/looks/search',
    {
      config,
      schema: {
        tags,
        summary: 'Who looked at whom, when and what for: the newest first; the read is journalled',
        description:
          'Narrowed by account, by whose record it was, by purpose, by days. A look at many says how many; whom is asked for by its id.',
        body: Type.Object(
          {
            ...narrows,
            studentNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
            before: Type.Optional(RowId),
          },
          { additionalProperties: false },
        ),
        response: { 200: LooksReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { studentNumber, before, ...asked } = request.body
        const programme = await programmeInForce(act)
        const found = await personAsked(act, studentNumber)
        if (!found.ok) throw refusalProblem(say, request.language, found)
        const { person } = found
        const by = narrowedBy(asked, { programme, personId: person?.id ?? null })
        if (!by.ok) throw refusalProblem(say, request.language, by)
        const read = await listLooks(act, by.narrowed, { before, most: aPage + 1 })
        const looks = read.slice(0, aPage)
        await act.note({
          act: 'looks read',
          facts: { by: Object.keys(request.body).join(' '), looks: looks.length },
        })
        return {
          looks: looks.map(look => listed(look, programme)),
          next: read.length > aPage ? looks.at(-1)!.id : null,
          of: person && personShown({ ...person, personId: person.id }),
        }
      })
    },
  )

  server.get(
    '/api/v1/looks/accounts',
    {
      config: { policy: config.policy },
      schema: {
        tags,
        summary: 'The staff’s accounts, by which looks are narrowed',
        response: { 200: LookAccounts },
      },
    },
    request =>
      register.look(request.actor, async act => {
        const accounts = await accountsKnown(act, mostAccounts)
        return { accounts: accounts.map(({ account, ...names }) => ({ account, name: bothNames(names) })) }
      }),
  )

  server.get(
    '/api/v1/looks/:id/people',
    {
      config,
      schema: {
        tags,
        summary: 'Whom a look showed',
        params: Type.Object({ id: RowId }),
        querystring: Type.Object({ after: Type.Optional(RowId) }),
        response: { 200: LookReply },
      },
    },
    async (request, reply) => {
      void reply.header('cache-control', 'no-store')
      return register.look(request.actor, async act => {
        const { id } = request.params
        const look = await lookById(act, id)
        if (look === null) throw problem(404, 'not-found', request.language)
        const read = await shownBy(act, id, { after: request.query.after ?? 0, most: aPage + 1 })
        const people = read.slice(0, aPage)
        return {
          look: listed(look, await programmeInForce(act)),
          people: people.map(personShown),
          next: read.length > aPage ? people.at(-1)!.personId : null,
        }
      })
    },
  )

  exportsList(
    server,
    { register },
    {
      of: '/api/v1/looks',
      name: 'looks',
      title: both('查閱紀錄', 'Who looked at whom'),
      policy: config.policy,
      purpose: config.purpose,
      tags,
      // Whose record it was is said by our own id: no address has a student number.
      query: { ...narrows, person: Type.Optional(RowId) },
      columns,
      async *rows(act, { person = null, ...asked }, language) {
        const programme = await programmeInForce(act)
        const by = narrowedBy(asked, { programme, personId: person })
        if (!by.ok) throw refusalProblem(say, language, by)
        for await (const look of everyLook(act, by.narrowed)) yield { ...look, programme }
      },
    },
  )
}

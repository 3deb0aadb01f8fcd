import { expect } from 'vitest'
import type { TestCampus } from '../../test/campus.ts'
import { recordHealthCheckCards } from '../handover/record-held.ts'
import type { ProblemBody } from '../server/problem.ts'
import type { Act } from '../server/register.ts'
import { recomputeAccess } from './recompute.ts'

/** What a request may say besides its path and body. */
export interface Asking {
  who?: string | null
  language?: string
  key?: string
}

/** What came back: a value, or a problem. */
export interface Answered {
  status: number
  body: Record<string, unknown> & Partial<ProblemBody>
}

/** Calls the API as the access keeper, or as somebody else of the campus. */
export async function call(
  campus: TestCampus,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
  { who = 'access', language = 'en', key }: Asking = {},
): Promise<Answered> {
  const reply = await campus.gatehouse.server.inject({
    method,
    url: `/api/v1${path}`,
    ...(payload === undefined ? {} : { payload }),
    headers: {
      'accept-language': language,
      ...(who === null ? {} : { cookie: await campus.signIn(who) }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
  })
  return { status: reply.statusCode, body: reply.json() }
}

/** What is wanted of a person's cards now, "controller/number doors", by the newest row of each number. */
export async function wantedOfPerson(campus: TestCampus, personId: number): Promise<string[]> {
  const { rows } = await campus.owner.pool.query<{ said: string }>(
    `select controller_id || '/' || number || ' ' || array_to_string(doors, '') as said
     from (select distinct on (controller_id, number) * from wanted where person_id = $1
           order by controller_id, number, carried_by desc) newest
     where doors <> '{0,0,0,0}' order by 1`,
    [personId],
  )
  return rows.map(row => row.said)
}

/** Something that goes on when it is told to. */
export function gate() {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}

const newestSql = `
  select controller_id || '/' || number || ' ' || array_to_string(doors, '') || ' ' || valid_from || ' ' || valid_to
    || ' person ' || person_id || ' card ' || card_id as said
  from (select distinct on (controller_id, number) * from wanted
        order by controller_id, number, carried_by desc) newest
  where doors <> '{0,0,0,0}' order by 1`

class Undo extends Error {}

/** What is wanted of everybody, as it was kept act by act, and as it would be if it were worked out anew. */
export async function bothWays(campus: TestCampus): Promise<[kept: string[], anew: string[]]> {
  const said = async (act: Act) =>
    (await act.statement<{ said: string }>('test_newest', newestSql, [])).map(row => row.said)
  let both: [string[], string[]] = [[], []]
  const people = await campus.owner.db.selectFrom('person').select('id').orderBy('id').execute()
  const undone = campus.gatehouse.register.act({ kind: 'system', id: 'test' }, async act => {
    const kept = await said(act)
    await act.statement('test_forget', 'delete from wanted', [])
    await recomputeAccess(
      act,
      people.map(({ id }) => id),
    )
    both = [kept, await said(act)]
    throw new Undo()
  })
  await expect(undone).rejects.toThrow(Undo)
  return both
}

/** A student who uses an old card and for whom a new one waits. */
export interface Waiting {
  number: string
  personId: number
  oldCard: number
  oldChip: string
  newCard: number
  digits: string
}

/** Students of mathematics in no hall who use an old card without a door of its own, and have a new one waiting. */
export async function waitingStudents(campus: TestCampus): Promise<Waiting[]> {
  const { rows } = await campus.owner.pool.query<Waiting>(`
    select p.student_number as number, p.id as "personId", u.card_id as "oldCard", encode(o.chip, 'hex') as "oldChip",
           n.id as "newCard", right(n.printed_number, 4) as digits
    from person p join card_use u on u.person_id = p.id join card o on o.id = u.card_id
    join card n on n.made_for = p.id and n.edition = '4k-centenary'
    where p.status = 'enrolled' and p.department = 'math' and p.hall is null
      and not exists (select from handover h where h.card_id = n.id)
      and not exists (select from individual_grant g where g.card_id = o.id)
    order by p.id limit 20`)
  return rows
}

/** Puts a waiting card into its holder's hands. */
export const handOut = (campus: TestCampus, { newCard, personId }: Waiting): Promise<void> =>
  campus.gatehouse.register.act({ kind: 'system', id: 'test' }, act =>
    recordHealthCheckCards(act, [
      { cardId: newCard, personId, edition: '4k-centenary', since: act.now.subtract({ hours: 1 }) },
    ]),
  )

/** The doors granted to a card now, with whose names. */
export async function liveGrants(campus: TestCampus, cardId: number): Promise<string[]> {
  const rows = await campus.owner.db
    .selectFrom('individual_grant')
    .select(['door_id', 'owner_zh', 'owner_en'])
    .where('card_id', '=', cardId)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map(row => `${row.door_id} by ${row.owner_zh}/${row.owner_en}`)
}

import type { Bilingual } from '../lib/words.ts'
import { type Act, NotSetUp, type Transaction } from '../server/register.ts'
import { rowsOf, unlimited } from '../server/rows-of.ts'
import type { Programme } from './shape.ts'

/** A published version and what it says. */
export interface Published {
  version: number
  programme: Programme
  publishedAt: Temporal.Instant
}

const versionSql = `
  select version, published_at as "publishedAt",
         md5(published_at::text || programme_id || octet_length(source)) as seal
  from programme_version order by version desc limit 1`
const documentSql = 'select document from programme_version where version = $1'

/** Published versions never change, so a process reads each at most once; only the newest few are kept. */
const known = new Map<string, Programme>()
const mostKnown = 8

/** The programme in force: the newest published version. A campus without one cannot promise anything: throws `NotSetUp`. */
export async function programmeInForce(trx: Transaction): Promise<Programme> {
  const programme = await programmeOrNull(trx)
  if (programme === null) throw new NotSetUp('No programme is published yet.')
  return programme
}

/** The programme in force, or null on a campus that has not published one. */
export const programmeOrNull = async (trx: Transaction): Promise<Programme | null> =>
  (await publishedInForce(trx))?.programme ?? null

/** The version in force with what it says, or null on a campus that has not published one. */
export async function publishedInForce(trx: Transaction): Promise<Published | null> {
  type Newest = Omit<Published, 'programme'> & { seal: string }
  const [newest] = await trx.statement<Newest>('programme_version', versionSql, [])
  if (newest === undefined) return null
  const { version, publishedAt, seal } = newest
  // The seal tells apart the version 1 of one database from that of another (tests have many).
  const key = `${version} ${seal}`
  const cached = known.get(key)
  if (cached) return { version, publishedAt, programme: cached }
  const programme = await programmeOfVersion(trx, version)
  known.set(key, programme)
  if (known.size > mostKnown) known.delete(known.keys().next().value!)
  return { version, publishedAt, programme }
}

/** When the first programme was published: no door was updated, and nothing was promised, before. Null: none is yet. */
export async function firstPublishedAt(trx: Transaction): Promise<Temporal.Instant | null> {
  const sql = 'select min(published_at) as at from programme_version'
  const [row] = await trx.statement<{ at: Temporal.Instant | null }>('first_programme', sql, [])
  return row!.at
}

/** What a published version says. */
export async function programmeOfVersion(trx: Transaction, version: number): Promise<Programme> {
  const [row] = await trx.statement<{ document: Programme }>('programme_document', documentSql, [version])
  if (row === undefined) throw new Error(`There is no version ${version} of the programme.`)
  return row.document
}

/**
 * Lets no file of cards be applied until the act ends, which would go by the programme before; false where one is being
 * applied just now. Never waits: everybody else waits for who publishes. It is the lock on the stock (card/file-store.ts).
 */
export async function keepCardsOut(trx: Transaction): Promise<boolean> {
  const sql = 'select pg_try_advisory_xact_lock(7270011) as ours'
  const [row] = await trx.statement<{ ours: boolean }>('keep_cards_out', sql, [])
  return row!.ours
}

const publishSql = `
  insert into programme_version (programme_id, document, source, published_at, published_by, replaces, replaced_asks, proposal_id)
  values ($1, $2, $3, $4, $5, $6, (select asks_second_person from programme_version where version = $6), $7)
  returning version`

/**
 * Keeps a programme that readProgramme accepted as the version that takes the place of `replaces` (null: the first), as
 * it was proposed, where it was; from the next act on it is the one in force.
 */
export async function publishProgramme(
  act: Act,
  programme: Programme,
  source: string,
  { replaces = null, proposalId = null }: { replaces?: number | null; proposalId?: number | null } = {},
): Promise<number> {
  const [row] = await act.statement<{ version: number }>('publish_programme', publishSql, [
    programme.id,
    JSON.stringify(programme),
    source,
    act.now,
    act.actor.id,
    replaces,
    proposalId,
  ])
  const { version } = row!
  await act.note({
    act: 'programme published',
    facts: { programme: programme.id, version, replaces, proposal: proposalId },
  })
  return version
}

/** A version as the list of versions tells it. */
export interface VersionRow {
  version: number
  programmeId: string
  /** The version whose place it took; null for the first. */
  replaces: number | null
  publishedAt: Temporal.Instant
  /** The id of who published it: an account of the staff, or the part of Gatehouse that set the campus up. */
  publishedBy: string
  nameZh: string | null
  nameEn: string | null
  /** Where a second person published it: who had proposed it, when, and what they wrote to the second person. */
  proposal: { id: number; at: string; by: Bilingual; note: string } | null
}

const versionRows = `
  select v.version, v.programme_id as "programmeId", v.replaces, v.published_at as "publishedAt",
         v.published_by as "publishedBy", s.name_zh as "nameZh", s.name_en as "nameEn",
         case when p.id is not null then jsonb_build_object('id', p.id, 'at', p.proposed_at, 'note', p.note,
           'by', jsonb_build_object('zh-TW', o.name_zh, 'en', o.name_en)) end as proposal
  from programme_version v left join staff s on s.id = v.published_by
  left join programme_proposal p on p.id = v.proposal_id left join staff o on o.id = p.proposed_by`
const newestSql = `${versionRows} order by v.version desc limit $1`
const oneVersionSql = `${versionRows} where v.version = $1`

/** The newest versions, the one in force first. */
export const newestVersions = (act: Act, most: number): Promise<VersionRow[]> =>
  act.statement<VersionRow>('programme_versions', newestSql, [most])

/** All versions, the one in force first, a few hundred in memory at a time. */
export const everyVersion = (act: Act): AsyncGenerator<VersionRow> =>
  rowsOf<VersionRow>(act, 'export_versions', newestSql, [unlimited])

/** A version as the list tells it, with what it says; null when there is no such version. */
export async function versionOf(
  act: Act,
  version: number,
): Promise<{ row: VersionRow; programme: Programme } | null> {
  const [row] = await act.statement<VersionRow>('programme_version_row', oneVersionSql, [version])
  return row ? { row, programme: await programmeOfVersion(act, version) } : null
}

/** The text that a version was published from, with its comments; null when there is no such version. */
export async function sourceOf(
  act: Act,
  version: number,
): Promise<{ programmeId: string; source: string } | null> {
  const [row] = await act.statement<{ programmeId: string; source: string }>(
    'programme_source',
    'select programme_id as "programmeId", source from programme_version where version = $1',
    [version],
  )
  return row ?? null
}

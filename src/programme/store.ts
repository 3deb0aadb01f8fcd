import type { Act, Transaction } from '../server/register.ts'
import type { Programme } from './shape.ts'

interface Published {
  version: number
  document: Programme
}

const versionSql = `
  select version, md5(published_at::text || programme_id || octet_length(source)) as seal
  from programme_version order by version desc limit 1`
const documentSql = 'select version, document from programme_version where version = $1'

/** Published versions never change, so a process reads each at most once; only the newest few are kept. */
const known = new Map<string, Programme>()
const mostKnown = 8

/** The programme in force: the newest published version. A campus without one cannot promise anything. */
export async function programmeInForce(trx: Transaction): Promise<Programme> {
  const programme = await programmeOrNull(trx)
  if (programme === null) throw new Error('No programme is published yet.')
  return programme
}

/** The programme in force, or null on a campus that has not published one. */
export async function programmeOrNull(trx: Transaction): Promise<Programme | null> {
  const [newest] = await trx.statement<{ version: number; seal: string }>('programme_version', versionSql, [])
  if (newest === undefined) return null
  // The seal tells apart the version 1 of one database from that of another (tests have many).
  const key = `${newest.version} ${newest.seal}`
  const cached = known.get(key)
  if (cached) return cached
  const [row] = await trx.statement<Published>('programme_document', documentSql, [newest.version])
  known.set(key, row!.document)
  if (known.size > mostKnown) known.delete(known.keys().next().value!)
  return row!.document
}

const publishSql = `
  insert into programme_version (programme_id, document, source, published_at, published_by)
  values ($1, $2, $3, $4, $5) returning version`

/** Publishes a programme that readProgramme accepted; from the next act on it is the one in force. */
export async function publishProgramme(act: Act, programme: Programme, source: string): Promise<void> {
  const [row] = await act.statement<{ version: number }>('publish_programme', publishSql, [
    programme.id,
    JSON.stringify(programme),
    source,
    act.now,
    act.actor.id,
  ])
  await act.note({ act: 'programme published', facts: { programme: programme.id, version: row!.version } })
}

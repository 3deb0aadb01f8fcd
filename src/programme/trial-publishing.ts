import { readFile } from 'node:fs/promises'
import { projectFolder, type TestCampus } from '../../test/campus.ts'
import type { CheckReply } from './publish-api.ts'

/** The text of a programme that comes with Gatehouse. */
export const programmeText = (name: string): Promise<string> =>
  readFile(`${projectFolder}programmes/${name}.yaml`, 'utf8')

/** A text with one passage changed; the passage must stand in it exactly once. */
export function edited(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`"${from}" does not stand exactly once in the programme`)
  return text.replace(from, to)
}

/** Who sends what to the programme's routes. */
interface Sent {
  who?: string | null
  language?: string
  key?: string
}

/** Sends something to the programme's routes, as the first officer in English unless said. */
export async function post(campus: TestCampus, path: string, body: object, sent: Sent = {}) {
  const { who = 'office', language = 'en', key } = sent
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1/programme/${path}`,
    payload: body,
    headers: {
      'accept-language': language,
      ...(who === null ? {} : { cookie: await campus.signIn(who) }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
  })
  return { status: reply.statusCode, body: reply.json<unknown>() }
}

/** Has a text checked over HTTP. */
export async function check(campus: TestCampus, source: string, sent: Sent = {}) {
  const { status, body } = await post(campus, 'checks', { source }, sent)
  return { status, body: body as CheckReply & { refusal?: string; message?: string } }
}

/** What publishing answers: the version, or why not. */
export interface Published {
  version?: number
  refusal?: string
  message?: string
  facts?: Record<string, unknown>
}

/** Publishes a text over HTTP as it was checked. */
export async function publish(
  campus: TestCampus,
  source: string,
  checked: Pick<CheckReply, 'comparedWith' | 'seal'>,
  sent: Sent = {},
) {
  const { comparedWith, seal } = checked
  const { status, body } = await post(campus, 'versions', { source, comparedWith, seal: seal ?? '' }, sent)
  const direct = { status, body: body as Published }
  // All else is well: the second officer of the campus to try is needed.
  return direct.body.refusal === 'needs-second-person' ? publishTogether(campus, source, sent) : direct
}

/** Has one officer propose a text, over HTTP, and says the draft and the proposal. */
export async function propose(campus: TestCampus, source: string, sent: Sent = {}) {
  const { key: _key, ...by } = sent
  const begun = await post(campus, 'drafts', { name: 'A change', source }, by)
  const { draftId } = begun.body as { draftId: number }
  const { status, body } = await post(campus, `drafts/${draftId}/proposals`, { revision: 1, note: '' }, by)
  return { draftId, status, body: body as { proposalId: number; refusal?: string; message?: string } }
}

/** Asks a second officer, who is not the first, to publish a proposal over HTTP. */
export async function publishProposed(campus: TestCampus, proposalId: number, sent: Sent = {}) {
  const { status, body } = await post(
    campus,
    `proposals/${proposalId}/publication`,
    {},
    { who: 'office-2', ...sent },
  )
  return { status, body: body as Published }
}

async function publishTogether(campus: TestCampus, source: string, { key, language = 'en' }: Sent) {
  const proposed = await propose(campus, source, { language })
  if (proposed.status !== 200) return { status: proposed.status, body: proposed.body as Published }
  return publishProposed(campus, proposed.body.proposalId, { language, ...(key ? { key } : {}) })
}

/** Has a text checked and publishes it, with a second officer where one is needed. */
export async function checkAndPublish(campus: TestCampus, source: string) {
  const { body } = await check(campus, source)
  return publish(campus, source, body)
}

/** Publishes a version in which class representatives fetch so many cards at a time, and bring the rest back within three days. */
export async function letRepresentativesFetch(campus: TestCampus, mostCards: number) {
  const proxies = '  proxy: { allowed: true, for: [first-card]'
  const batches = `  batches: { mostCards: ${mostCards}, backWithinDays: 3 }`
  return checkAndPublish(campus, edited(await programmeText('ntnu-2023'), proxies, `${batches}\n${proxies}`))
}

/** Everything that a publication may touch, as one text. */
export async function everythingOf(campus: TestCampus): Promise<string> {
  const { rows } = await campus.owner.pool.query<{ all: string }>(`
    select (select count(*) from programme_version) || ' ' || (select count(*) from journal) || ' ' ||
      (select md5(string_agg(u::text, ' ' order by card_id)) from card_use u) || ' ' ||
      (select md5(string_agg(w::text, ' ' order by controller_id, number, carried_by)) from wanted w) as all`)
  return rows[0]!.all
}

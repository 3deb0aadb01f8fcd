import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder, type TestCampus } from '../../test/campus.ts'
import type { ProblemBody } from '../server/problem.ts'
import type { PreviewReply } from './import-api.ts'

/** The rosters of the campus to try: fall 2023, as it is in the register, and spring 2024. */
export const rosterFile = (name: 'roster.csv' | 'roster-2024-02.csv'): Promise<Buffer> =>
  readFile(join(projectFolder, 'examples/campus', name))

export type Reply<Body> = { status: number; body: Body & Partial<ProblemBody> }

/** Uploads a file the way a browser does. */
export async function upload(
  campus: TestCampus,
  file: Uint8Array | string,
  { who = 'office', language = 'en', key }: { who?: string | null; language?: string; key?: string } = {},
): Promise<Reply<PreviewReply>> {
  const form = new FormData()
  form.set('file', new File([Buffer.from(file)], '名冊.csv', { type: 'text/csv' }))
  const sent = new Response(form)
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: '/api/v1/roster/uploads',
    payload: Buffer.from(await sent.arrayBuffer()),
    headers: {
      'content-type': sent.headers.get('content-type')!,
      'accept-language': language,
      ...(who === null ? {} : { cookie: await campus.signIn(who) }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
  })
  return { status: reply.statusCode, body: reply.json() }
}

/** Does something with an upload as somebody of the office. */
export async function doUpload(
  campus: TestCampus,
  path: string,
  payload: object,
  { who = 'office', language = 'en' } = {},
) {
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1/roster/${path}`,
    payload,
    headers: { cookie: await campus.signIn(who), 'accept-language': language },
  })
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
}

/** Applies an upload that was looked at. */
export const apply = (
  campus: TestCampus,
  { uploadId, seal }: { uploadId: number; seal: string },
  who = 'office',
) => doUpload(campus, `uploads/${uploadId}/application`, { seal }, { who })

/** Applies an upload by which many stop being enrolled: one officer asks, another lets it go. Says what was applied. */
export async function applyWithSecond(
  campus: TestCampus,
  { uploadId, seal }: { uploadId: number; seal: string },
) {
  await doUpload(campus, `uploads/${uploadId}/question`, { seal })
  const answer = await doUpload(
    campus,
    `uploads/${uploadId}/answer`,
    { seal, letGo: true },
    { who: 'office-2' },
  )
  return answer.body.applied as { losesEnrolment: number }
}

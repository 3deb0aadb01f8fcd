import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder, type TestCampus } from '../../test/campus.ts'
import type { ProblemBody } from '../server/problem.ts'
import type { CardPreviewReply } from './file-api.ts'

/** The files of cards of the campus to try. */
export const campusFile = (name: 'stock.csv' | 'old-cards.csv' | 'freshmen-cards.csv'): Promise<Buffer> =>
  readFile(join(projectFolder, 'examples/campus', name))

export const stockHeader = 'chip_number,printed_number,edition,student_number,counter,box'
export const heldHeader = 'chip_number,printed_number,edition,student_number,held_since'

/** A file of these rows. */
export const file = (header: string, ...rows: string[]): string => [header, ...rows].join('\r\n')

/** What is wrong in which line, shortly. */
export const faultsOf = ({ bad }: Pick<CardPreviewReply, 'bad'>): string[] =>
  bad.map(row => `${row.line} ${row.faults.map(fault => `${fault.field} ${fault.refusal}`).join(', ')}`)

/** Uploads a file of cards the way a browser does. */
export async function uploadCards(
  campus: TestCampus,
  file: Uint8Array | string,
  {
    query = 'kind=stock',
    who = 'office',
    language = 'en',
    key,
  }: { query?: string; who?: string | null; language?: string; key?: string } = {},
): Promise<{ status: number; body: CardPreviewReply & Partial<ProblemBody> }> {
  const form = new FormData()
  form.set('file', new File([Buffer.from(file)], '卡片.csv', { type: 'text/csv' }))
  const sent = new Response(form)
  const reply = await campus.gatehouse.server.inject({
    method: 'POST',
    url: `/api/v1/cards/files?${query}`,
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

/** Calls a route of cards as somebody; a body makes it a POST. */
export async function callCards(
  campus: TestCampus,
  path: string,
  {
    body,
    who = 'office',
    language = 'en',
    headers = {},
  }: { body?: object; who?: string | null; language?: string; headers?: Record<string, string> } = {},
) {
  const reply = await campus.gatehouse.server.inject({
    method: body ? 'POST' : 'GET',
    url: `/api/v1/cards/${path}`,
    payload: body,
    headers: {
      'accept-language': language,
      ...(who === null ? {} : { cookie: await campus.signIn(who) }),
      ...headers,
    },
  })
  const isJson = String(reply.headers['content-type']).includes('json')
  return {
    status: reply.statusCode,
    text: reply.body,
    body: isJson ? reply.json<Record<string, unknown>>() : {},
  }
}

/** Applies an upload that was looked at. */
export const applyCards = (campus: TestCampus, { uploadId, seal }: { uploadId: number; seal: string }) =>
  callCards(campus, `files/${uploadId}/application`, { body: { seal } })

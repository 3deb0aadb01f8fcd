import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownPage } from '../../test/as-browser.ts'
import { openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { openFile } from '../roster/open-file.ts'
import { bombs } from '../roster/trial-bombs.ts'
import { hostileRows, hostileTexts } from '../roster/trial-hostile.ts'
import { atOnce, rosterIn, told } from '../roster/trial-rosters.ts'
import { hostileWorkbooks } from '../roster/trial-sheets.ts'
import { beginCardFile } from './file-rows.ts'
import { settings, verdictOf } from './trial-check.ts'
import { hostileCards } from './trial-hostile.ts'

/* Each file is read as it is, and uploaded over HTTP: its verdict, never a fault of ours, within five seconds. */

let campus: TestCampus
let origin: string
let folder: string
beforeAll(async () => {
  campus = await openCampus({ from: '2024-02-19T09:00' })
  origin = await campus.gatehouse.server.listen({ host: '127.0.0.1', port: 0 })
  folder = await mkdtemp(join(tmpdir(), 'hostile-'))
}, 60_000)
afterAll(async () => {
  await campus.close()
  await rm(folder, { recursive: true })
})

const bytesOf = (bytes: Uint8Array | (() => Uint8Array)): Buffer =>
  Buffer.from(typeof bytes === 'function' ? bytes() : bytes)

const mostMs = 5_000
/** Runs something and says how long it took, in milliseconds. */
async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const began = process.hrtime.bigint()
  const result = await work()
  return { result, ms: Number(process.hrtime.bigint() - began) / 1e6 }
}

/** Uploads a file over HTTP: 200, or 409 with its refusal. */
async function uploaded(path: string, file: Buffer): Promise<string> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(file)], 'file.xlsx'))
  const reply = await fetch(`${origin}/api/v1/${path}`, {
    method: 'POST',
    body: form,
    headers: { ...ownPage(await campus.signIn('office')), 'accept-language': 'zh-TW' },
  })
  const body = (await reply.json()) as { refusal?: string; message?: string }
  if (reply.status === 409) expect(body.message).toMatch(/\p{Script=Han}/u)
  return reply.status === 409 ? `refused: ${body.refusal}` : String(reply.status)
}

const asUploaded = (verdict: string) => (verdict.startsWith('refused') ? verdict : '200')

describe('a roster', () => {
  it.each([...hostileTexts, ...hostileRows, ...hostileWorkbooks])('%s', async (_name, given, verdict) => {
    const file = bytesOf(given)
    const read = await timed(() => openFile(file))
    expect(told(read.result.ok ? rosterIn(read.result.opened) : read.result)).toBe(verdict)
    const sent = await timed(() => uploaded('roster/uploads', file))
    expect(sent.result).toBe(asUploaded(verdict))
    expect(Math.max(read.ms, sent.ms)).toBeLessThan(mostMs)
  })
})

describe('a file of cards', () => {
  it.each(hostileCards)('%s', async (_name, given, verdict) => {
    const file = bytesOf(given)
    const here = await openFile(file)
    const begun = here.ok
      ? beginCardFile(here.opened, { ...settings, kind: 'stock', format: 'be-hex' })
      : here
    expect(verdictOf(begun.ok ? atOnce(begun.reading) : begun)).toBe(verdict)
    const sent = await timed(() => uploaded('cards/files?kind=stock', file))
    expect(sent.result).toBe(asUploaded(verdict))
    expect(sent.ms).toBeLessThan(mostMs)
  })
})

describe('a bomb is refused by a process that stays small', () => {
  it.each(bombs)('%s', async (_name, given, verdict) => {
    const path = join(folder, 'bomb.xlsx')
    await writeFile(path, bytesOf(given))
    const { result, ms } = await timed(() =>
      promisify(execFile)(process.execPath, [join(projectFolder, 'src/roster/trial-reader.ts'), path]),
    )
    const said = JSON.parse(result.stdout) as { verdict: string; bytes: number }
    expect(said.verdict).toBe(verdict)
    expect(said.bytes).toBeLessThan(300e6)
    expect(ms).toBeLessThan(mostMs)
  })

  it('and over HTTP', async () => {
    for (const [, given, verdict] of bombs.slice(0, 3))
      expect(await uploaded('roster/uploads', bytesOf(given))).toBe(verdict)
  })
})

it('what was refused is not kept', async () => {
  const kept = () => campus.owner.db.selectFrom('roster_import').select('id').execute()
  const before = (await kept()).length
  await uploaded('roster/uploads', bytesOf(bombs[0]![1]))
  expect(await kept()).toHaveLength(before)
})

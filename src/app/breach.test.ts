import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCampus, projectFolder, type TestCampus } from '../../test/campus.ts'
import { people } from '../../test/people.ts'

/* `npm run breach` as an operator types it. */

let campus: TestCampus
let folder: string
beforeAll(async () => {
  campus = await openCampus()
  folder = await mkdtemp(join(tmpdir(), 'breach-'))
}, 60_000)
afterAll(async () => {
  await campus.close()
  await rm(folder, { recursive: true })
})

/** What the command says, with its exit code. */
async function breach(...more: string[]): Promise<{ code: number; said: string }> {
  const command = ['--import', './scripts/runtime.mjs', 'src/app/breach.ts', ...more]
  const env = { ...process.env, DATABASE_URL: campus.url }
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, {
      cwd: projectFolder,
      env,
    })
    return { code: 0, said: stdout + stderr }
  } catch (fault) {
    const { code, stdout, stderr } = fault as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}

describe('npm run breach', () => {
  it('writes the folder, with what following the journal found', async () => {
    const out = join(folder, 'pack')
    const made = await breach('--from', '2023-09-01T00:00', '--to', '2023-10-18T00:00', '--out', out)
    expect(made).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^[1-9]\d* people\. Read .*README\.md/u),
    })
    expect((await readdir(out)).toSorted()).toEqual([
      'README.md',
      'accounts.csv',
      'affected.csv',
      'journal.jsonl',
      'looks.jsonl',
      'notice-to-authority.en.md',
      'notice-to-authority.zh-TW.md',
      'notice-to-people.en.md',
      'notice-to-people.zh-TW.md',
    ])
    const readme = await readFile(join(out, 'README.md'), 'utf8')
    expect(readme).toMatch(/the journal: \d+ entries in \d+ seals, whole\./u)
    expect(readme).toContain('the whole database was copied')
  })

  it('is read of by each of its people, as a look of those who run the system', async () => {
    const cookie = await campus.signIn(people.aEarly.number)
    const answer = await campus.gatehouse.server.inject({ url: '/api/v1/me/looks', headers: { cookie } })
    expect(answer.json().looks[0]).toMatchObject({
      by: { 'zh-TW': '系統維運人員', en: 'Those who run this system' },
      what: { en: 'A list taken out as a file' },
      purpose: { en: 'Finding out whom a loss of data concerns' },
    })
  })

  it('says in both languages why it makes none', async () => {
    const refused = await breach(
      '--from',
      '2023-10-01',
      '--to',
      '2023-10-18T00:00',
      '--out',
      join(folder, 'none'),
    )
    expect(refused.code).toBe(1)
    expect(refused.said).toContain('「2023-10-01」不是時間')
    expect(refused.said).toContain('"2023-10-01" is no time. Write it like 2026-11-01T00:00')
    expect(await readdir(folder)).not.toContain('none')
  })

  it('knows no way of making one unseen', async () => {
    const quiet = await breach('--quiet', '--from', '2023-09-01T00:00', '--to', '2023-10-18T00:00')
    expect(quiet).toMatchObject({ code: 1, said: expect.stringContaining("Unknown option '--quiet'") })
  })
})

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { secretSettings, withSecrets } from './secret-files.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'))
})
afterAll(() => rm(folder, { recursive: true }))

const key = 'ab'.repeat(32)
async function kept(text: string, mode = 0o600): Promise<string> {
  const file = join(folder, `secret-${mode.toString(8)}-${text.length}`)
  await writeFile(file, text)
  await chmod(file, mode)
  return file
}

it.each(secretSettings)('%s is read from the file that %s_FILE names, without the line’s end', async name => {
  expect(withSecrets({ [`${name}_FILE`]: await kept(`${key}\n`) })[name]).toBe(key)
})

it('a group may read it, as systemd and Docker hand it over', async () => {
  expect(withSecrets({ SMTP_PASSWORD_FILE: await kept(key, 0o640) }).SMTP_PASSWORD).toBe(key)
})

it('what is configured by it is the same', async () => {
  const environment = withSecrets({ GATEHOUSE_KIOSK_KEY_FILE: await kept(key) })
  expect(readConfig(environment, '.').kioskKeys).toEqual([Buffer.from(key, 'hex')])
})

it.each([
  ['a file that all may read', () => kept(key, 0o644), 'which every account of this machine may read'],
  ['one that is not there', async () => join(folder, 'nowhere'), 'which is no file'],
  ['a folder', async () => folder, 'which is no file'],
  ['an empty one', () => kept(' \n'), 'which is empty'],
  ['an endless one', () => kept('x'.repeat(10_001)), 'which is too long'],
] as const)('%s is refused in one sentence that names it and not what is in it', async (_, file, why) => {
  const named = await file()
  const refused = () => withSecrets({ SMTP_PASSWORD_FILE: named })
  expect(refused).toThrow(`SMTP_PASSWORD_FILE is "${named}", ${why}`)
  expect(refused).not.toThrow(key)
})

it('a secret that is said twice is refused', async () => {
  expect(() => withSecrets({ SMTP_PASSWORD: 'a', SMTP_PASSWORD_FILE: '/b' })).toThrow('both set')
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { withSecrets } from './secret-files.ts'

/* The university's provider, as an environment names it: whole, or told in one sentence what is wrong. */

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-secret-'))
  await writeFile(join(folder, 'secret'), 'from a file\n', { mode: 0o600 })
  await writeFile(join(folder, 'empty'), '\n', { mode: 0o600 })
})
afterAll(() => rm(folder, { recursive: true }))

const whole = {
  GATEHOUSE_DEMO: '0',
  GATEHOUSE_ADDRESS: 'https://cards.example.edu',
  GATEHOUSE_OIDC_ISSUER: 'https://login.example.edu',
  GATEHOUSE_OIDC_CLIENT_ID: 'gatehouse',
  GATEHOUSE_OIDC_CLIENT_SECRET: 'secret',
}
const read = (changed: NodeJS.ProcessEnv) => readConfig(withSecrets({ ...whole, ...changed }), '.').provider

it('is none where nothing is said', () => {
  expect(readConfig({}, '.').provider).toBeNull()
  expect(readConfig({ GATEHOUSE_DEMO: '0' }, '.').provider).toBeNull()
})

it('has usual settings, and others where they are said', () => {
  expect(read({})).toEqual({
    issuer: new URL('https://login.example.edu'),
    clientId: 'gatehouse',
    clientSecret: 'secret',
    scope: 'openid profile email',
    audience: 'https://cards.example.edu/api',
    skewSeconds: 60,
  })
  const file = join(folder, 'secret')
  expect(
    read({
      GATEHOUSE_OIDC_CLIENT_SECRET: '',
      GATEHOUSE_OIDC_CLIENT_SECRET_FILE: file,
      GATEHOUSE_OIDC_SCOPE: 'profile groups',
      GATEHOUSE_OIDC_SKEW_SECONDS: '0',
    }),
  ).toMatchObject({ clientSecret: 'from a file', scope: 'openid profile groups', skewSeconds: 0 })
})

describe('a start is refused', () => {
  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['in the demo', { GATEHOUSE_DEMO: '' }, 'this is the demo, in which everybody may be anybody'],
    ['without its own address', { GATEHOUSE_ADDRESS: '' }, 'GATEHOUSE_ADDRESS is not'],
    ['without a client', { GATEHOUSE_OIDC_CLIENT_ID: '' }, 'are set together'],
    ['without a secret', { GATEHOUSE_OIDC_CLIENT_SECRET: '' }, 'are set together'],
    ['without an issuer', { GATEHOUSE_OIDC_ISSUER: '' }, 'are set together'],
    ['with an issuer that is none', { GATEHOUSE_OIDC_ISSUER: 'login' }, 'GATEHOUSE_OIDC_ISSUER is "login"'],
    ['with http elsewhere', { GATEHOUSE_OIDC_ISSUER: 'http://login.example.edu' }, 'on this machine alone'],
    ['with http to a name like ours', { GATEHOUSE_OIDC_ISSUER: 'http://localhost.evil.example' }, 'alone'],
    ['with a skew of an hour', { GATEHOUSE_OIDC_SKEW_SECONDS: '3600' }, 'from 0 to 300'],
    ['with the secret twice', { GATEHOUSE_OIDC_CLIENT_SECRET_FILE: '/x' }, 'say the secret once'],
  ])('%s', (_, changed, said) => {
    expect(() => read(changed)).toThrow(said)
  })

  it.each(['empty', 'nowhere'])('with a secret in a file that is %s', name => {
    const file = join(folder, name)
    const changed = { GATEHOUSE_OIDC_CLIENT_SECRET: '', GATEHOUSE_OIDC_CLIENT_SECRET_FILE: file }
    expect(() => read(changed)).toThrow(`GATEHOUSE_OIDC_CLIENT_SECRET_FILE is "${file}"`)
  })
})

it.each(['http://localhost:9000', 'http://127.0.0.1:9000', 'http://[::1]:9000'])(
  '%s stays on this machine',
  issuer => {
    expect(read({ GATEHOUSE_OIDC_ISSUER: issuer })?.issuer.href).toBe(`${issuer}/`)
  },
)

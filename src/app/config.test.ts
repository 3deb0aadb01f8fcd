import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualPushHosts } from '../message/push-hosts.ts'
import { openPushKey } from '../message/push-seal.ts'
import { readConfig } from './config.ts'
import { keysFrom, proofKeysFrom, pushSecretFrom } from './keys-from.ts'

const contact = 'mailto:cards@example.org'
const pushWith = (environment: NodeJS.ProcessEnv) => readConfig(environment, '.').push

describe('who is told on their phones, as it is configured', () => {
  it('nobody, until push services are told to whom they may turn', () => {
    expect(pushWith({})).toBeNull()
    expect(pushWith({ GATEHOUSE_PUSH_CONTACT: '', GATEHOUSE_PUSH_HOSTS: 'push.example.org' })).toBeNull()
  })

  it.each([contact, 'https://cards.example.org/contact'])('those of the usual browsers: %s', given => {
    expect(pushWith({ GATEHOUSE_PUSH_CONTACT: given })).toEqual({ contact: given, hosts: usualPushHosts })
  })

  it('those of the push services that are named, and of no other', () => {
    const hosts = pushWith({
      GATEHOUSE_PUSH_CONTACT: contact,
      GATEHOUSE_PUSH_HOSTS: 'push.example.org',
    })?.hosts
    expect(hosts?.map(({ text }) => text)).toEqual(['push.example.org'])
  })

  it.each(['cards@example.org', 'mailto:cards', 'http://cards.example.org', 'mailto:a@b c'])(
    'a contact that is none is told: %s',
    given => {
      expect(() => pushWith({ GATEHOUSE_PUSH_CONTACT: given })).toThrow(
        `GATEHOUSE_PUSH_CONTACT is "${given}"`,
      )
    },
  )

  it('a host that is none is told by its name', () => {
    expect(() =>
      pushWith({ GATEHOUSE_PUSH_CONTACT: contact, GATEHOUSE_PUSH_HOSTS: 'push.example.org, 10.0.0.1' }),
    ).toThrow('GATEHOUSE_PUSH_HOSTS has "10.0.0.1"')
  })
})

describe('keys shared with somebody', () => {
  const [one, two] = ['ab'.repeat(32), 'CD'.repeat(40)]
  const bytes = (key: string) => Buffer.from(key, 'hex')
  const read = (given: string) => keysFrom({ GATEHOUSE_KIOSK_KEY: given }, 'GATEHOUSE_KIOSK_KEY')

  it('are none, one, or as many as are said, in their order', () => {
    expect(read('')).toBeNull()
    expect(read(one)).toEqual([bytes(one)])
    expect(read(`${one} ${two}`)).toEqual([bytes(one), bytes(two)])
    expect(read(`${two}\n${one}\n`)).toEqual([bytes(two), bytes(one)])
  })

  it.each([
    ['a short one', 'ab'],
    ['one that is no key beside one that is', `${one} key`],
    ['half a byte too much', `${one}a`],
    ['more than are ever needed', [one, two, one, two].join(' ')],
    ['nothing but blanks', ' '],
  ])('%s is refused, and stays untold', (_what, given) => {
    expect(() => read(given)).toThrow(/^GATEHOUSE_KIOSK_KEY must be at least 64 hexadecimal digits;[^"]*$/u)
  })

  it('of live proofs stand in the data folder, on a line each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-proof-key-'))
    const [made] = await proofKeysFrom({}, folder)
    await writeFile(join(folder, 'proof-key'), `${one}\n${made.toString('hex')}\n`)
    expect(await proofKeysFrom({}, folder)).toEqual([bytes(one), made])
    expect(await proofKeysFrom({ GATEHOUSE_PROOF_KEY: two }, folder)).toEqual([bytes(two)])
    await rm(folder, { recursive: true })
  })
})

describe('the key by which push services know an installation', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-push-key-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is made once, by however many begin together, and read by its user alone', async () => {
    const made = await Promise.all([pushSecretFrom({}, folder), pushSecretFrom({}, folder)])
    expect(await pushSecretFrom({}, folder)).toEqual(made[0])
    expect(made[1]).toEqual(made[0])
    expect(openPushKey(made[0], contact).publicKey).toMatch(/^[\w-]{87}$/)
    expect(await readdir(folder)).toEqual(['push-key'])
    expect((await stat(join(folder, 'push-key'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'push-key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
  })

  it('is the one that is given, and then none is made', async () => {
    const given = 'ab'.repeat(32)
    const empty = join(folder, 'none')
    expect((await pushSecretFrom({ GATEHOUSE_PUSH_KEY: given }, empty)).toString('hex')).toBe(given)
    await expect(readdir(empty)).rejects.toThrow('ENOENT')
  })

  it.each(['ab', 'x'.repeat(64), 'ab'.repeat(33)])('is refused where it is none: %s', async given => {
    await expect(pushSecretFrom({ GATEHOUSE_PUSH_KEY: given }, folder)).rejects.toThrow(
      '64 hexadecimal digits',
    )
  })

  it('a file that was cut short is told with what to do, and is not replaced', async () => {
    const cut = await mkdtemp(join(folder, 'cut-'))
    await writeFile(join(cut, 'push-key'), 'abcd')
    await expect(pushSecretFrom({}, cut)).rejects.toThrow(/push-key.*64 hexadecimal digits/u)
    expect(await readFile(join(cut, 'push-key'), 'utf8')).toBe('abcd')
  })
})

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../examples/student-app/commands.ts'
import { readProof } from '../src/handover/proof.ts'
import { openCampus, projectFolder, proofKeys, type TestCampus } from './campus.ts'
import { collect, people } from './people.ts'

const { gOnTheSecond: student, onLeaveGongguan } = people
const nobodyListens = 'http://127.0.0.1:9'

let campus: TestCampus
let origin: string
let folder: string

beforeAll(async () => {
  campus = await openCampus({ from: '2023-10-18T10:30' })
  origin = await campus.gatehouse.server.listen({ host: '127.0.0.1', port: 0 })
  folder = await mkdtemp(join(tmpdir(), 'student-app-'))
  expect(await collect(campus, student)).toMatchObject({ ok: true })
}, 120_000)
afterAll(async () => {
  await campus.close()
  await rm(folder, { recursive: true })
})

/** Runs the example as its reader would, in a process of its own, and says what it printed and how it ended. */
async function run(command: string, { who = student.number, language = 'en', at = origin } = {}) {
  const [, session = ''] = (await campus.signIn(who)).split('=')
  const env = {
    PATH: process.env.PATH,
    GATEHOUSE: at,
    GATEHOUSE_SESSION: session,
    GATEHOUSE_LANGUAGE: language,
    STUDENT_APP_KEPT: join(folder, 'kept.json'),
  }
  const file = `${projectFolder}examples/student-app/main.ts`
  return new Promise<{ exit: number; out: string; error: string }>(resolve => {
    const child = execFile(
      process.execPath,
      [file, ...command.split(' ')],
      { env, timeout: 30_000 },
      (_, out, error) => resolve({ exit: child.exitCode ?? -1, out: out.trim(), error: error.trim() }),
    )
  })
}

/** The same in this process, which is quicker: what it says. */
async function say(command: string, { who = student.number } = {}): Promise<string> {
  const [name = '', ...given] = command.split(' ')
  const [, session = ''] = (await campus.signIn(who)).split('=')
  return (await commands[name]!({ origin, session, language: 'en' }, given)).join('\n')
}

const now = () => campus.gatehouse.register.look({ kind: 'system', id: 'test' }, async act => act.now)

/** Passes everything on to Gatehouse, and loses the first answer to something that was asked to be done. */
async function losingOneAnswer(): Promise<{ at: string; lost: () => number; close: () => void }> {
  let lost = 0
  const passOn = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { host: _host, connection: _connection, ...headers } = request.headers
    const answer = await fetch(`${origin}${request.url}`, {
      method: request.method!,
      headers: headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    })
    const text = await answer.text()
    if (request.method === 'POST' && lost === 0) {
      lost += 1
      request.socket.destroy()
      return
    }
    reply.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(text)
  }
  const server = createServer((request, reply) => void passOn(request, reply))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { at: `http://127.0.0.1:${port}`, lost: () => lost, close: () => server.close() }
}

describe('the example app of a student', () => {
  it('is what another team would write: it has no part of Gatehouse, and its page tells each command', async () => {
    const at = `${projectFolder}examples/student-app/`
    const files = (await readdir(at)).filter(name => name.endsWith('.ts'))
    const texts = await Promise.all(files.map(name => readFile(at + name, 'utf8')))
    const imported = texts.flatMap(text => [...text.matchAll(/from '(.+)'/gu)].map(found => found[1]!))
    expect(imported.filter(each => !/^(node:|\.\/[\w-]+\.ts$)/u.test(each))).toEqual([])
    const page = await readFile(`${at}README.md`, 'utf8')
    expect(Object.keys(commands).filter(name => !page.includes(`\`${name}`))).toEqual([])
  })

  it('shows my card, in both languages', async () => {
    const en = await run('card')
    expect(en).toMatchObject({ exit: 0, error: '' })
    expect(en.out).toContain('You have your new card. Until you activate it, your old card opens the doors')
    expect(en.out).toContain('Next: Activate the new card')
    expect(en.out).toContain('✓ collected Oct 18, 2023')
    const zh = await run('card', { language: 'zh-TW' })
    expect(zh.out).toContain('您已領取新卡。啟用前，校園的門仍由舊卡開')
    expect(zh.out).toContain('下一步: 請拿著新卡啟用。')
  })

  it('makes a live proof without signal, which the desk believes; each another one', async () => {
    const { out } = await run('proof')
    const [online = '', kept] = out.split('\n')
    expect(kept).toMatch(/^Codes can be made without signal until Oct 18, 2023, 11:00\sPM$/u)
    expect((await stat(join(folder, 'kept.json'))).mode & 0o777).toBe(0o600)
    const codes = [online]
    for (let each = 0; each < 2; each += 1) codes.push((await run('code', { at: nobodyListens })).out)
    const personId = await campus.personId(student.number)
    for (const code of codes)
      expect(readProof(proofKeys, code, await now(), 120), code).toMatchObject({ ok: true, personId })
    expect(new Set(codes).size).toBe(3)
  })

  it('makes none with a key that is over', async () => {
    const { makeProof } = await import('../examples/student-app/live-proof.ts')
    const kept = JSON.parse(await readFile(join(folder, 'kept.json'), 'utf8'))
    expect(await makeProof(kept, kept.untilMs - kept.aheadMs - 1)).toMatch(/^GH1\./u)
    expect(await makeProof(kept, kept.untilMs - kept.aheadMs)).toBeNull()
  })

  it('says a refusal in the person’s language, and the way out of it', async () => {
    expect(await run('activate 9999')).toMatchObject({
      exit: 1,
      out: '',
      error: expect.stringMatching(/^These are not the last four digits .*\(wrong-digits\)$/u),
    })
    const zh = await run('activate 9999', { language: 'zh-TW' })
    expect([zh.exit, zh.error]).toEqual([1, expect.stringContaining('末四碼')])
  })

  it('activates, although an answer is lost on the way: asked again with the same key, it is done once', async () => {
    const network = await losingOneAnswer()
    const done = await run(`activate ${student.digits}`, { at: network.at })
    network.close()
    expect([done.exit, network.lost()]).toEqual([0, 1])
    expect(done.out).toMatch(
      /^Activated\. The new card opens doors at the latest from Oct 18, 2023, 4:00\sPM$/u,
    )
    expect(await say(`activate ${student.digits}`)).toMatch(/^It was so already\.\nActivated\./u)
    expect(await say('card')).toContain('Doors, new card: 0/8\n  · Administration Building 0/1')
  })

  it('pauses and resumes campus access', async () => {
    expect(await say('resume')).toBe('There is no card for that.')
    expect(await say('pause')).toMatch(/^Campus access is paused since Oct 18, 2023/u)
    expect(await say('card')).toContain('Next: Found it? Let campus access go on.')
    expect(await say('resume')).toBe('Campus access goes on.')
  })

  it('applies for another card, leads to the payment page, and takes it back', async () => {
    expect(await say('reissue damaged')).toBe('Applied for. To pay NT$200')
    const out = await say('pay')
    expect(out).toMatch(/^Pay at http:\/\/127\.0\.0\.1:\d+\/demo\/payment\?id=/u)
    expect((await fetch(out.replace('Pay at ', ''))).status).toBe(200)
    expect(await say('withdraw-reissue')).toBe('The application is taken back.')
  })

  it('asks for a refund and follows it', async () => {
    expect(await say('refund 004 0037 12345678901')).toContain(
      '…9711 004-…8901\n  ✓ asked 2023-10-18\n  → sent\n  · received\n  · paid',
    )
    expect((await run('refund', { language: 'zh-TW' })).out).toContain('…9711 004-…8901')
  })

  it('reports the card lost, put off, and takes it back', async () => {
    expect(await say('lost later')).toMatch(
      /^Reported lost\. It can be taken back until Oct 19, 2023, 6:00\sAM$/u,
    )
    expect(await say('withdraw')).toBe('The card is there again.')
    expect(await say('lost')).toMatch(/until Oct 18, 2023, 12:00\sPM$/u)
    expect(await say('found')).toBe('The card is there again.')
  })

  it('lists extras and messages', async () => {
    expect(await say('extras')).toContain('the commuter pass (TPASS) (ask-yourself): Keep using')
    expect((await say('messages')).split('\n').length).toBeGreaterThan(5)
    expect(await say('messages', { who: onLeaveGongguan.number })).toBe('Nothing.')
  })

  it('says what it cannot do: no answer, nobody signed in, no such command', async () => {
    expect(await run('card', { at: nobodyListens })).toEqual({
      exit: 3,
      out: '',
      error: 'No answer. The same command can be given again; nothing happens twice.',
    })
    expect(await run('card', { who: 'office' })).toMatchObject({
      exit: 1,
      error: expect.stringContaining('not-found'),
    })
    expect(await run('dance')).toMatchObject({ exit: 2, error: expect.stringContaining('card | proof') })
  })
})

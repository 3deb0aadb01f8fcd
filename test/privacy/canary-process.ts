import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastify from 'fastify'
import { SMTPServer } from 'smtp-server'
import { projectFolder } from '../campus.ts'
import { canary as bird } from './canaries.ts'

/** A mail server that does not know the person the first time, and says of whom it speaks. */
export async function mailServer() {
  const heads: string[] = []
  const known = { refused: 0 }
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    closeTimeout: 100,
    logger: false,
    onRcptTo({ address }, _, done) {
      known.refused += 1
      done(
        known.refused % 2 === 1
          ? new Error(`550 5.1.1 <${address}> ${bird.nameEn}: no such user`)
          : undefined,
      )
    },
    onData(stream, _, done) {
      let text = ''
      stream.on('data', chunk => {
        text += String(chunk)
      })
      stream.on('end', () => {
        heads.push(text.split('\r\n\r\n')[0]!)
        done()
      })
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return {
    port: (listening.address() as AddressInfo).port,
    heads,
    get refused() {
      return known.refused
    },
    close: () => new Promise<void>(done => server.close(done)),
  }
}

/** A running Gatehouse: its address, and all that it has said so far. */
export interface Running {
  base: string
  said(): string
  /** Ends it, and waits until it has. */
  stop(): Promise<void>
}

/** Starts Gatehouse as a process of its own over a database, with its keys in a folder and its mail handed to a port. */
export async function startGatehouse(of: {
  url: string
  folder: string
  mailPort: number
}): Promise<Running> {
  const { NODE_ENV: _, NODE_OPTIONS: __, ...environment } = process.env
  const script = join(projectFolder, 'test/privacy/running.ts')
  const child: ChildProcess = spawn(process.execPath, ['--import', './scripts/runtime.mjs', script], {
    cwd: projectFolder,
    env: {
      ...environment,
      DATABASE_URL: of.url,
      GATEHOUSE_DATA: of.folder,
      GATEHOUSE_DEMO: '0',
      GATEHOUSE_ADDRESS: 'https://cards.example.org',
      GATEHOUSE_FILES: join(of.folder, 'not-mounted'),
      GATEHOUSE_PUSH_CONTACT: 'mailto:card-office@example.org',
      GATEHOUSE_PUSH_HOSTS: 'push.example.org',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(of.mailPort),
      SMTP_FROM: 'Card Office <card-office@example.org>',
      HOST: '127.0.0.1',
      PORT: '0',
    },
  })
  let said = ''
  const base = await new Promise<string>((found, failed) => {
    const hear = (text: Buffer) => {
      said += text.toString()
      const url = /is ready: (http\S+)/u.exec(said)?.[1]
      if (url) found(url.replace(/\/$/, ''))
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.on('exit', () => failed(new Error(`it ended:\n${said}`)))
  })
  return {
    base,
    said: () => said,
    async stop() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What a log says of an error that takes it as it comes. */
export async function plainLogOf(error: Error): Promise<string> {
  let logged = ''
  const stream = {
    write(line: string) {
      logged += line
    },
  }
  const server = fastify({ logger: { level: 'error', stream } })
  server.log.error(error)
  await server.close()
  return logged
}

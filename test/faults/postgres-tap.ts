import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'

/** Who listens to what processes ask of PostgreSQL, and may stand in the way of a commit. */
export interface TapListener {
  /** A prepared statement is about to run in a transaction, with its parameters as text. */
  statement(owner: string, name: string, values: readonly (string | null)[], transaction: object): void
  /** A transaction that wrote something is about to be committed: it goes on, never does, or does later. */
  commit(owner: string, statements: readonly string[]): 'goes on' | 'never' | Promise<void>
  /** It is committed, and the process is about to be told so, or never will be. */
  committed(owner: string, statements: readonly string[], transaction: object): 'told' | 'untold'
}

/** Ways to PostgreSQL through which everything is seen, one for each process. */
export interface Taps {
  /** An address of the database for one process. */
  addressFor(owner: string): Promise<string>
  close(): Promise<void>
}

/** What one connection has done since its transaction began. */
interface Under {
  statements: string[]
  /** It changed a row, or waited for every act from before (the cut-off). */
  counts: boolean
  committing: boolean
}

/** Cuts a stream of PostgreSQL's messages (type, length, content) into messages. */
class Messages {
  #rest: Buffer = Buffer.alloc(0)
  #isStartup: boolean

  /** The first message of a client has no type. */
  constructor(isStartup: boolean) {
    this.#isStartup = isStartup
  }

  cut(chunk: Buffer): { type: string; whole: Buffer; content: Buffer }[] {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    const found = []
    for (;;) {
      const at = this.#isStartup ? 0 : 1
      if (rest.length < at + 4) break
      const length = at + rest.readUInt32BE(at)
      if (rest.length < length) break
      const whole = rest.subarray(0, length)
      const type = this.#isStartup ? 'startup' : String.fromCharCode(whole[0]!)
      found.push({ type, whole, content: whole.subarray(at + 4) })
      this.#isStartup = false
      rest = rest.subarray(length)
    }
    this.#rest = rest
    return found
  }
}

const textUpTo = (content: Buffer, from: number): string =>
  content.toString('utf8', from, content.indexOf(0, from))

/** Bind: portal, statement, formats, parameters. */
function bindIn(content: Buffer): { name: string; values: (string | null)[] } {
  let at = content.indexOf(0) + 1
  const name = textUpTo(content, at)
  at += Buffer.byteLength(name) + 1
  at += 2 + content.readUInt16BE(at) * 2
  const count = content.readUInt16BE(at)
  at += 2
  const values: (string | null)[] = []
  for (let n = 0; n < count; n += 1) {
    const length = content.readInt32BE(at)
    at += 4
    values.push(length < 0 ? null : content.toString('utf8', at, at + length))
    at += Math.max(0, length)
  }
  return { name, values }
}

const timetableLock = '7270001'
const wrote = /^(INSERT 0|UPDATE|DELETE) [1-9]/

/** Everything that goes between one client and PostgreSQL. */
function join(owner: string, client: Socket, server: Socket, listener: TapListener): void {
  let under: Under = { statements: [], counts: false, committing: false }
  let unnamed = ''
  const held: Buffer[] = []
  let isHeld = false
  const asked = new Messages(true)
  const answered = new Messages(false)
  const both = [client, server]
  for (const socket of both) {
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('close', () => {
      for (const one of both) one.destroy()
    })
  }

  const forward = (whole: Buffer) => {
    if (isHeld) held.push(whole)
    else server.write(whole)
  }
  /** The timetable's lock is taken: the cut-off counts, although it writes nothing. */
  function cutsOff(text: string): void {
    if (!text.includes(timetableLock)) return
    under.statements.push('cut_off')
    under.counts = true
  }
  async function goOnAfter(fate: Promise<void>): Promise<void> {
    await fate
    isHeld = false
    for (const one of held.splice(0)) server.write(one)
  }
  function commit(whole: Buffer): void {
    const fate = under.counts ? listener.commit(owner, under.statements) : 'goes on'
    if (fate === 'never') {
      client.destroy()
      return
    }
    under.committing = under.counts
    if (fate === 'goes on') {
      forward(whole)
      return
    }
    isHeld = true
    held.push(whole)
    void goOnAfter(fate)
  }
  client.on('data', (chunk: Buffer) => {
    for (const { type, whole, content } of asked.cut(chunk)) {
      if (type === 'Q' && textUpTo(content, 0) === 'commit') {
        commit(whole)
        continue
      }
      if (type === 'Q' && textUpTo(content, 0) === 'begin')
        under = { statements: [], counts: false, committing: false }
      if (type === 'Q') cutsOff(textUpTo(content, 0))
      if (type === 'P' && content[0] === 0) unnamed = textUpTo(content, 1)
      if (type === 'B') {
        const { name, values } = bindIn(content)
        if (name === '') cutsOff(unnamed)
        else under.statements.push(name)
        listener.statement(owner, name, values, under)
      }
      forward(whole)
    }
  })
  server.on('data', (chunk: Buffer) => {
    for (const { type, whole, content } of answered.cut(chunk)) {
      const tag = type === 'C' ? textUpTo(content, 0) : ''
      if (wrote.test(tag)) under.counts = true
      if (tag === 'COMMIT' && under.committing) {
        under.committing = false
        if (listener.committed(owner, under.statements, under) === 'untold') {
          client.destroy()
          return
        }
      }
      client.write(whole)
    }
  })
}

/** Opens ways to a database through which everything is seen. */
export function openTaps(url: string, listener: TapListener): Taps {
  const { hostname, port } = new URL(url)
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  return {
    async addressFor(owner) {
      const server = createServer(client => {
        const upstream = dial(Number(port || 5432), hostname)
        for (const one of [client, upstream]) {
          sockets.add(one)
          one.on('close', () => sockets.delete(one))
        }
        join(owner, client, upstream, listener)
      }).listen(0, '127.0.0.1')
      servers.push(server)
      await once(server, 'listening')
      const address = new URL(url)
      address.hostname = '127.0.0.1'
      address.port = `${(server.address() as { port: number }).port}`
      return address.href
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await Promise.all(servers.map(server => new Promise(done => server.close(done))))
    },
  }
}

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createListener } from 'node:net'

/** Somebody inside who must not be spoken to: everything that reaches one port of an address is counted. */
export interface Inside {
  port: number
  /** Connections and datagrams that came. */
  reached: () => number
  forget: () => void
  close: () => Promise<void>
}

/** Listens by TCP and UDP at one port of some addresses of this machine. */
export async function openInside(...addresses: string[]): Promise<Inside> {
  let reached = 0
  const closing: (() => Promise<unknown>)[] = []
  let port = 0
  for (const address of addresses) {
    const listener = createListener(socket => {
      reached += 1
      socket.on('error', () => {}).destroy()
    })
    listener.listen(port, address)
    await once(listener, 'listening')
    port = (listener.address() as { port: number }).port
    closing.push(() => new Promise(done => listener.close(done)))
    const datagrams = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    datagrams.on('message', () => {
      reached += 1
    })
    datagrams.bind(port, address)
    await once(datagrams, 'listening')
    closing.push(() => new Promise<void>(done => datagrams.close(done)))
  }
  return {
    port,
    reached: () => reached,
    forget: () => {
      reached = 0
    },
    close: async () => {
      for (const close of closing) await close()
    },
  }
}

/** A server on this machine that answers as it is told to; `asked` are the paths that came. */
export async function openAnswering(answer: (request: IncomingMessage, reply: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '')
    request.resume()
    answer(request, reply)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    asked,
    close: () =>
      new Promise<void>(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

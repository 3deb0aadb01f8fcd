import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { datagramLength, defaultPort } from './frame.ts'

const receiveBufferBytes = 4 * 1024 * 1024

/** Told of each datagram that may be a controller's: which socket heard it, what it says, who sent it. */
export type Hear = (socket: number, datagram: Buffer, host: string, port: number) => void

/** The few UDP sockets that all controllers share. */
export interface SharedSockets {
  /** Sends one datagram. One that cannot leave is as one lost on the way: the time-out tells. */
  send(socket: number, datagram: Buffer, host: string, port: number): void
  /** The local ports, one a socket; never a controller's own port. */
  readonly ports: readonly number[]
  close(): Promise<void>
}

/** How the driver reaches controllers, and waits for them. */
export interface Network {
  openSockets(count: number, hear: Hear): Promise<SharedSockets>
  /** Calls once, so many milliseconds later, unless it is cancelled by what is returned. */
  after: (ms: number, act: () => void) => () => void
}

const ignore = () => {}

/** UDP and real time. A simulation hands in a network of its own, and runs the same driver over it. */
export const realNetwork: Network = {
  openSockets,
  after: (ms, act) => {
    // After a pause of this process, what has come meanwhile is heard first, and only then called late.
    const timer = setTimeout(() => setImmediate(act), ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Opens the shared sockets. Never one a request, never with reuseAddr: Linux then gives one port to several
 * sockets and replies are lost. Never on port 60000, which lies among the ports that Linux hands out and
 * would hear its own questions as answers; what comes from one of our own ports is not heard.
 */
export async function openSockets(count: number, hear: Hear): Promise<SharedSockets> {
  const sockets = await Promise.all(Array.from({ length: count }, () => openSocket()))
  const ports = sockets.map(socket => socket.address().port)
  const own = new Set(ports)
  for (const [index, socket] of sockets.entries()) {
    socket.on('message', (datagram: Buffer, from: { address: string; port: number }) => {
      if (datagram.length !== datagramLength || own.has(from.port)) return
      hear(index, datagram, from.address, from.port)
    })
  }
  return {
    // Without a callback: nobody waits to hear that it has left, and each would cost a turn of the loop.
    send: (socket, datagram, host, port) => sockets[socket]!.send(datagram, port, host),
    ports,
    close: async () => {
      await Promise.all(sockets.map(socket => new Promise<void>(done => socket.close(done))))
    },
  }
}

async function openSocket(): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: receiveBufferBytes,
    lookup: (host, _options, found) => found(null, host, 4),
  })
  const listening = once(socket, 'listening')
  socket.bind(0)
  await listening
  // A socket that is in trouble must not take the process with it: its controllers' time-outs show it.
  socket.on('error', ignore)
  if (socket.address().port !== defaultPort) return socket
  const other = await openSocket()
  socket.close()
  return other
}

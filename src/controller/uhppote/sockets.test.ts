import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'
import type { ControllerAddress } from '../../update/driver.ts'
import { openUhppoteDriver } from './driver.ts'
import { openSockets } from './sockets.ts'

const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6
const serial = 410_000_001

const sockets: Socket[] = []
afterEach(async () => {
  await Promise.all(sockets.splice(0).map(socket => new Promise<void>(done => socket.close(done))))
})

async function listen(host: string): Promise<{ socket: Socket; port: number }> {
  const socket = createSocket('udp4')
  sockets.push(socket)
  socket.bind(0, host)
  await once(socket, 'listening')
  return { socket, port: socket.address().port }
}

/** A reply that counts so many cards, echoing what was asked. */
function counted(asked: Buffer, cards: number, change: (reply: Buffer) => Buffer = reply => reply): Buffer {
  const reply = Buffer.from(asked)
  reply.writeUInt32LE(cards, 8)
  return change(reply)
}

it('what comes from another address, another port, another serial number or in another length is not heard', async () => {
  const door = await listen('127.61.4.1')
  const otherPort = await listen('127.61.4.1')
  const otherHost = await listen('127.61.4.2')
  door.socket.on('message', (asked: Buffer, from) => {
    const send = (socket: Socket, reply: Buffer) => socket.send(reply, from.port, from.address)
    send(otherPort.socket, counted(asked, 1))
    send(otherHost.socket, counted(asked, 2))
    send(
      door.socket,
      counted(asked, 3, reply => {
        reply.writeUInt32LE(serial + 1, 4)
        return reply
      }),
    )
    send(
      door.socket,
      counted(asked, 4, reply => reply.subarray(0, 63)),
    )
    send(
      door.socket,
      counted(asked, 5, reply => reply.fill(0x5a, 1, 2)),
    )
    send(
      door.socket,
      counted(asked, 6, reply => {
        reply.writeUInt32LE(0xdeadbeef, 40)
        return reply
      }),
    )
    setTimeout(send, 20, door.socket, counted(asked, 42))
  })
  const driver = await openUhppoteDriver({ monotonicMs })
  const controller: ControllerAddress = { serial, host: '127.61.4.1', port: door.port, capacity: 100 }
  expect(await driver.count(controller)).toEqual({ answer: 'counted', cards: 42 })
  await driver.close()
})

it('what our own sockets send is not taken for an answer', async () => {
  const outside = await listen('127.0.0.1')
  const first = Promise.withResolvers<number>()
  const shared = await openSockets(2, (_socket, _datagram, _host, port) => first.resolve(port))
  const [, second = 0] = shared.ports
  shared.send(0, Buffer.alloc(64), '127.0.0.1', second)
  outside.socket.send(Buffer.alloc(64), second, '127.0.0.1')
  expect(await first.promise).toBe(outside.port)
  await shared.close()
})

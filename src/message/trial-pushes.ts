import { createPublicKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { parsePushHosts } from './push-hosts.ts'
import { openSealed, type TrialDevice } from './trial-device.ts'

/** What arrived at the push service, as the device reads it. */
export interface Arrived {
  path: string
  said: { title: string; body: string; lang: string; tag: string }
  bytes: number
  ttl: number
  urgency: string
  topic: string
  /** Who says that they send it, after their signature was found right. */
  contact: string
  /** Until when that is good, in seconds since 1970. */
  until: number
}

/** How the push service answers; without it, as one that takes it on. */
type Answer = (path: string) => { status: number; headers?: Record<string, string> } | null

/** Reads the proof of who sends (RFC 8292); throws where its signature or its audience is wrong. */
function claimsIn(authorization: string, audience: string): { sub: string; exp: number } {
  const [, said = '', signature = '', k = ''] =
    /^vapid t=([\w-]+\.[\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const point = Buffer.from(k, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(each => each.toString('base64url'))
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y } })
  const signed = verify(
    'sha256',
    Buffer.from(said),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  const claims = JSON.parse(Buffer.from(said.split('.')[1] ?? '', 'base64url').toString()) as {
    aud: string
    exp: number
    sub: string
  }
  if (!signed) throw new Error('the proof is not signed by its key')
  if (claims.aud !== audience) throw new Error(`the proof is for ${claims.aud}`)
  return claims
}

/** A push service on this machine: it reads what arrives with the devices' own keys, and keeps it. */
export async function openPushService({ answer = () => null }: { answer?: Answer } = {}) {
  const devices = new Map<string, TrialDevice>()
  const arrived: Arrived[] = []
  const wrong: string[] = []
  const asked: string[] = []
  let origin = ''
  const server = createServer((request, reply) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      asked.push(path)
      const said = answer(path)
      if (said && said.status !== 201) {
        reply.writeHead(said.status, said.headers).end()
        return
      }
      try {
        const sealed = Buffer.concat(parts)
        const { authorization = '', ttl, urgency, topic } = request.headers
        const { sub, exp } = claimsIn(authorization, origin)
        const text = openSealed(devices.get(path)!, sealed).toString()
        arrived.push({
          path,
          said: JSON.parse(text) as Arrived['said'],
          bytes: sealed.length,
          ttl: Number(ttl),
          urgency: String(urgency),
          topic: String(topic),
          contact: sub,
          until: exp,
        })
        reply.writeHead(201).end()
      } catch (error) {
        wrong.push((error as Error).message)
        reply.writeHead(400).end()
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  origin = `http://127.0.0.1:${port}`
  const hosts = parsePushHosts(`127.0.0.1:${port}`)
  if (!hosts.ok) throw new Error(hosts.wrong)
  return {
    /** What a device was sent that it could read. */
    arrived,
    /** What arrived and could not be read, and why. */
    wrong,
    /** Every path that was asked for, whatever was answered. */
    asked,
    hosts: hosts.hosts,
    /** Lets a device subscribe; says its address. */
    subscribe(path: string, device: TrialDevice): string {
      devices.set(path, device)
      return `${origin}${path}`
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

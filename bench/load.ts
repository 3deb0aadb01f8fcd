import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { formTokenOf } from '../src/server/form-token.ts'
import { lastDigitsAt, personAt, tokenAt } from './population.ts'

/** What the load's process is told: students from `first` on, so many, over so many kept-alive connections. */
export interface LoadAsked {
  /** Each student activates the new card, once; or looks at the own card. */
  does: 'activate' | 'look'
  port: number
  first: number
  count: number
  connections: number
}

/** When each activation was answered and how long it took, in milliseconds of one monotonic clock. */
export interface LoadDone {
  endedMs: number[]
  tookMs: number[]
}

/** As many as the server takes in a minute from one address; then the next student body comes from the next one. */
const fromOneAddress = 500

const lookingAt = (place: number): string =>
  [
    'GET /api/v1/me/card HTTP/1.1',
    'Host: 127.0.0.1',
    `Cookie: session=${tokenAt(place)}; language=en`,
    '',
    '',
  ].join('\r\n')

function activating(place: number): string {
  const body = JSON.stringify({ lastDigits: lastDigitsAt(place) })
  return [
    'POST /api/v1/me/card/activation HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    `Cookie: session=${tokenAt(place)}; language=en`,
    'Sec-Fetch-Site: same-origin',
    `X-Form-Token: ${formTokenOf(tokenAt(place))}`,
    `Idempotency-Key: ${personAt(place)}`,
    '',
    body,
  ].join('\r\n')
}

/** Reads one answer; all of ours are short and say their length. */
async function answerOf(socket: Socket): Promise<string> {
  let text = ''
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    text += chunk.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    if (head < 0) continue
    const length = Number(/content-length: (\d+)/i.exec(text)![1])
    if (text.length >= head + 4 + length) return text
  }
}

let addresses = 0

async function openSocket(port: number): Promise<Socket> {
  const at = addresses++
  // On Linux all of 127/8 is this machine; elsewhere everybody comes from one address and is soon told to wait.
  const localAddress =
    process.platform === 'linux' ? `127.77.${Math.floor(at / 250)}.${(at % 250) + 1}` : '127.0.0.1'
  const socket = connect({ host: '127.0.0.1', port, localAddress, noDelay: true })
  await once(socket, 'connect')
  return socket
}

/** Activates the cards of a row of students over one connection after the other. */
async function student(asked: LoadAsked, next: () => number | null, done: LoadDone): Promise<void> {
  let socket = await openSocket(asked.port)
  let used = 0
  for (let place = next(); place !== null; place = next()) {
    if (++used > fromOneAddress) {
      socket.destroy()
      socket = await openSocket(asked.port)
      used = 1
    }
    const beganMs = performance.now()
    socket.write(asked.does === 'look' ? lookingAt(place) : activating(place))
    const answer = await answerOf(socket)
    const endedMs = performance.now()
    const expected = asked.does === 'look' ? '"sentence":"' : '"again":false'
    if (!answer.startsWith('HTTP/1.1 200') || !answer.includes(expected))
      throw new Error(`student ${place}: ${answer}`)
    done.endedMs.push(endedMs)
    done.tookMs.push(endedMs - beganMs)
  }
  socket.destroy()
}

async function run(asked: LoadAsked): Promise<LoadDone> {
  const done: LoadDone = { endedMs: [], tookMs: [] }
  let place = asked.first
  const next = () => (place < asked.first + asked.count ? place++ : null)
  await Promise.all(Array.from({ length: asked.connections }, () => student(asked, next, done)))
  return done
}

process.on('message', (asked: LoadAsked) => {
  run(asked).then(
    done => process.send?.({ done }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.once('disconnect', () => process.exit(0))

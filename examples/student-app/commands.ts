import { readFile, writeFile } from 'node:fs/promises'
import { type Connection, call } from './api.ts'
import { cardLines, sayTime, zoneOf } from './card.ts'
import { type Kept, makeProof, type Proof, toKeep } from './live-proof.ts'
import { pause, reportLost, resume, takeBack } from './missing.ts'
import { applyForReissue, askRefund, followRefund, payReissue, withdrawReissue } from './money.ts'
import { words } from './words.ts'

/** Does one thing for the person, and says in lines what came of it. */
export type Command = (connection: Connection, given: string[]) => Promise<string[]>

/** Where the key for live proofs is kept; a phone has a safer place for it. */
const keptAt = process.env.STUDENT_APP_KEPT ?? 'student-app-kept.json'

async function fetchProof(connection: Connection): Promise<string[]> {
  const proof = await call<Proof>(connection, 'GET', '/proof')
  const kept = toKeep(proof, Date.now())
  await writeFile(keptAt, JSON.stringify(kept), { mode: 0o600 })
  const { language } = connection
  const until = sayTime(proof.phone.until, await zoneOf(connection), language)
  return [proof.proof, `${words[language].tell.kept} ${until}`]
}

/** Makes a code of what is kept: nothing is asked of anybody. */
async function makeCode({ language }: Connection): Promise<string[]> {
  const text = await readFile(keptAt, 'utf8').catch(() => null)
  const code = text && (await makeProof(JSON.parse(text) as Kept, Date.now()))
  return [code || words[language].tell.keyOver]
}

async function activate(connection: Connection, [lastDigits = '']: string[]): Promise<string[]> {
  const { tell } = words[connection.language]
  const { again, promise } = await call<{ again: boolean; promise: { newOpensFrom: string } }>(
    connection,
    'POST',
    '/card/activation',
    { lastDigits },
  )
  const from = sayTime(promise.newOpensFrom, await zoneOf(connection), connection.language)
  return [...(again ? [tell.again] : []), `${tell.activated} ${from}`]
}

async function extras(connection: Connection): Promise<string[]> {
  const { items } = await call<{ items: { name: string; state: string; advice: string }[] }>(
    connection,
    'GET',
    '/extras',
  )
  return items.map(({ name, state, advice }) => `${name} (${state}): ${advice}`)
}

async function messages(connection: Connection): Promise<string[]> {
  const zone = await zoneOf(connection)
  const { messages: all } = await call<{ messages: { subject: string; madeAt: string }[] }>(
    connection,
    'GET',
    '/messages',
  )
  const lines = all.map(({ subject, madeAt }) => `${sayTime(madeAt, zone, connection.language)} ${subject}`)
  return lines.length > 0 ? lines : [words[connection.language].tell.nothing]
}

/** What the app can do, by name. */
export const commands: Readonly<Record<string, Command>> = {
  card: cardLines,
  proof: fetchProof,
  code: makeCode,
  activate,
  pause,
  resume,
  lost: (connection, [when]) => reportLost(connection, when === 'later'),
  withdraw: connection => takeBack(connection, 'loss/withdrawal'),
  found: connection => takeBack(connection, 'found'),
  reissue: (connection, [reason = 'lost']) => applyForReissue(connection, reason),
  pay: payReissue,
  'withdraw-reissue': withdrawReissue,
  refund: (connection, given) => (given.length > 0 ? askRefund(connection, given) : followRefund(connection)),
  extras,
  messages,
}

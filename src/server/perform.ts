import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Decision, Facts, Refused } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { Problem, type ProblemBody, problem } from './problem.ts'
import { type Act, actorName, OthersAtWork, type Register } from './register.ts'

/** A room's sentences for its refusals, in both languages. */
export type RefusalWords<Reason extends string> = Record<Language, Record<Reason, (facts: Facts) => string>>

/** Says a refusal in the reader's language. */
export type Say<Reason extends string> = (refused: Refused<Reason>, language: Language) => string

/** A room's table of sentences as a way to say its refusals. */
export const sayFrom =
  <Reason extends string>(words: RefusalWords<Reason>): Say<Reason> =>
  (refused, language) =>
    words[language][refused.refusal](refused.facts)

/** A refusal as a problem: 409, its code, its sentence in the reader's language, and the facts in it. */
export const refusalProblem = <Reason extends string>(
  say: Say<Reason>,
  language: Language,
  refused: Refused<Reason>,
): Problem => new Problem(409, refused.refusal, say(refused, language), refused.facts)

interface Stored {
  request_hash: Buffer
  status: number
  answer: unknown
}

/** Looks for the stored answer of a repeated request; another body under the same key is 422. */
async function storedAnswer(
  act: Act,
  key: string,
  hash: Buffer,
  language: Language,
): Promise<Stored | undefined> {
  const claimed = await act.statement(
    'claim_key',
    `insert into repeated_request (actor, key, request_hash, status, at) values ($1, $2, $3, 0, $4)
     on conflict do nothing returning 1`,
    [actorName(act.actor), key, hash, act.now],
  )
  if (claimed.length > 0) return undefined
  // A statement of its own: a repeat that waited for the first one must see what that one stored.
  const [row] = await act.statement<Stored>(
    'stored_answer',
    'select request_hash, status, answer from repeated_request where actor = $1 and key = $2',
    [actorName(act.actor), key],
  )
  if (row && !row.request_hash.equals(hash)) throw problem(422, 'key-reused', language)
  return row
}

/** The longest Idempotency-Key, in characters; the table says the same. */
const longestKey = 255

/** The key under which a request may be repeated, or null where it named none; an empty or endless one is 400. */
function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || key === '' || key.length > longestKey)
    throw problem(400, 'malformed', request.language)
  return key
}

/**
 * Carries out an unsafe request: one act, one transaction, and its answer. A yes is returned as it is; a refusal
 * is thrown as a 409 with words. With an Idempotency-Key the answer is stored with the act, so that a repeat gets the same
 * answer and does nothing twice (reliability.md D2).
 */
export async function perform<Yes extends object, Reason extends string>(
  {
    register,
    request,
    say,
    alone = false,
    changesAccess = true,
  }: {
    register: Register
    request: FastifyRequest
    say: Say<Reason>
    /** Whether the act changes what other acts go by, and so runs by itself; 503 while others are long at work. */
    alone?: boolean
    /**
     * False for an act that opens and closes no door and may take long: it is told its moment without the timetable's
     * lock. With it, a window that is due would wait for its end, and everybody else behind the window.
     */
    changesAccess?: boolean
  },
  work: (act: Act) => Promise<Decision<Yes, Reason>>,
): Promise<Omit<Yes, 'ok'>> {
  const key = keyOf(request)
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest()
  const acting = register[alone ? 'alone' : changesAccess ? 'act' : 'aside'](request.actor, async act => {
    if (key !== null) {
      const stored = await storedAnswer(act, key, hash, request.language)
      if (stored) return { status: stored.status, body: stored.answer }
    }
    const decision = await work(act)
    const { ok: _ok, ...follows } = decision
    const made = decision.ok
      ? { status: 200, body: follows as unknown }
      : { status: 409, body: refusalProblem(say, request.language, decision).body as unknown }
    if (key !== null) {
      await act.statement(
        'keep_answer',
        'update repeated_request set status = $3, answer = $4 where actor = $1 and key = $2',
        [actorName(act.actor), key, made.status, JSON.stringify(made.body)],
      )
    }
    return made
  })
  const answer = await acting.catch((error: unknown) => {
    throw error instanceof OthersAtWork ? problem(503, 'others-at-work', request.language) : error
  })
  if (answer.status !== 200) throw Problem.again(answer.status, answer.body as ProblemBody)
  return answer.body as Omit<Yes, 'ok'>
}

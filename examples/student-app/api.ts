import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

/** The languages that Gatehouse speaks. */
export type Language = 'zh-TW' | 'en'

/** A refusal: a code for programs, a sentence for people in the language that was asked for (RFC 9457). */
export interface Problem {
  status: number
  refusal: string
  message: string
}

/** A refusal, as an error; its message is the sentence to show. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** Nothing came back; what was asked may have happened, and can be asked again with the same key. */
export class NoAnswer extends Error {}

/** With whom the app speaks, and as whom. */
export interface Connection {
  /** "https://cards.example.edu" */
  origin: string
  /** The value of the `session` cookie. */
  session: string
  language: Language
}

/** With a browser's session goes what its pages say with every change: it follows from the session. */
const formToken = (session: string): string =>
  createHmac('sha256', session).update('gatehouse form').digest('base64url').slice(0, 22)

const tries = 4
const answerWithinMs = 10_000

/** Others are at work, or there were too many requests: nothing was changed, and it is asked again in a moment. */
const again = (status: number): boolean => status === 429 || status === 503

/** How long to wait before the next try: what the answer says, else longer each time, and never as long as all others. */
function pauseMs(attempt: number, answer: Response | null): number {
  const said = Number(answer?.headers.get('retry-after') ?? Number.NaN)
  if (Number.isFinite(said)) return Math.min(said, 30) * 1000
  return 250 * 2 ** attempt * (0.5 + Math.random())
}

/**
 * Calls the API. Whatever changes something bears an Idempotency-Key, the same one at every try: when an answer is lost on
 * the way the next try gets it, and nothing happens twice. Throws `Refused` with a sentence, or `NoAnswer`.
 */
export async function call<Answer>(
  { origin, session, language }: Connection,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  key: string = crypto.randomUUID(),
): Promise<Answer> {
  const request = {
    method,
    headers: {
      accept: 'application/json',
      'accept-language': language,
      cookie: `session=${session}`,
      ...(method !== 'GET' && {
        'idempotency-key': key,
        'sec-fetch-site': 'none',
        'x-form-token': formToken(session),
      }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }
  for (let attempt = 0; ; attempt += 1) {
    const signal = AbortSignal.timeout(answerWithinMs)
    const answer = await fetch(`${origin}/api/v1/me${path}`, { ...request, signal }).catch(() => null)
    if (answer?.ok) return (await answer.json()) as Answer
    if (answer && !again(answer.status)) throw new Refused(await problemOf(answer))
    if (attempt + 1 === tries) throw answer ? new Refused(await problemOf(answer)) : new NoAnswer(origin)
    await wait(pauseMs(attempt, answer))
  }
}

/** The problem in an answer; something between here and there may have answered with a page instead. */
async function problemOf(answer: Response): Promise<Problem> {
  const { status } = answer
  if (!answer.headers.get('content-type')?.startsWith('application/problem+json'))
    return { status, refusal: 'not-understood', message: `HTTP ${status}` }
  return { ...((await answer.json()) as Problem), status }
}

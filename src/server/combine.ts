import { setImmediate as nextTurn } from 'node:timers/promises'

/** How many may be asked together. */
export interface Together {
  /** At most so many questions in one; 1,000 unless said. */
  most?: number
}

/**
 * Makes one question of many that are asked at about the same time: while one is under way, whatever else is asked
 * waits and goes with the next. With few askers nobody waits for long, and with a thousand the database is asked once
 * and not a thousand times. Where a shared question fails, each is asked again by itself, so that one cannot spoil
 * the others' answers.
 */
export function combine<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
  { most = 1_000 }: Together = {},
): (question: Question) => Promise<Answer> {
  interface Asked {
    question: Question
    resolve: (answer: Answer) => void
    reject: (error: unknown) => void
  }
  let waiting: Asked[] = []
  let busy = false

  async function askTogether(asked: readonly Asked[]): Promise<void> {
    try {
      const answers = await ask(asked.map(({ question }) => question))
      for (const [at, { resolve }] of asked.entries()) resolve(answers[at]!)
    } catch (error) {
      if (asked.length === 1) asked[0]!.reject(error)
      else for (const one of asked) await askTogether([one])
    }
  }

  async function run(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      await nextTurn()
      const now = waiting.slice(0, most)
      waiting = waiting.slice(most)
      await askTogether(now)
    }
    busy = false
  }

  return question =>
    new Promise<Answer>((resolve, reject) => {
      waiting.push({ question, resolve, reject })
      if (!busy) void run()
    })
}

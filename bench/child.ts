import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** A process of ours that is asked by messages and answers by messages. */
export interface Child {
  /** Sends a message and waits for the first answer that has this key. */
  ask<Answer>(message: unknown, key: string): Promise<Answer>
  /** Waits for a message with this key without asking. */
  hear<Answer>(key: string): Promise<Answer>
  stop(): Promise<void>
}

/** Starts a file of this folder as a process of its own. `stopsBy` is the message that ends it. */
export function startChild(
  file: string,
  { env = {}, execArgv = [], stopsBy }: { env?: NodeJS.ProcessEnv; execArgv?: string[]; stopsBy?: unknown },
): Child {
  const child: ChildProcess = fork(join(import.meta.dirname, file), {
    env: { ...process.env, ...env },
    execArgv,
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const hear = <Answer>(key: string) =>
    new Promise<Answer>((resolve, reject) => {
      const died = () => reject(new Error(`${file} ended before it answered`))
      const heard = (message: Record<string, unknown>) => {
        if (!(key in message) && !('error' in message)) return
        child.off('message', heard)
        child.off('exit', died)
        if ('error' in message) reject(new Error(`${file}: ${String(message.error)}`))
        else resolve(message[key] as Answer)
      }
      child.on('message', heard)
      child.once('exit', died)
    })
  return {
    hear,
    ask(message, key) {
      const answer = hear(key)
      child.send(message as object)
      return answer as never
    },
    async stop() {
      if (stopsBy === undefined) child.disconnect()
      else child.send(stopsBy as object)
      await ended
    },
  }
}

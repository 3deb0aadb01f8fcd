import type { Act } from './register.ts'

const reads = /^\s*select\b/i
const locks = /\bfor (no key )?update\b/i

/**
 * The same look in which what was read once is not read again: a statement that only reads, asked anew with the same values,
 * gets the same answer, and those who ask at once share one. A statement that writes or locks forgets everything. For a look
 * that asks the same of several rules; what it is answered is nobody's to change.
 */
export function rememberingReads(act: Act): Act {
  const known = new Map<string, Promise<unknown[]>>()
  return {
    ...act,
    statement<Row>(name: string, text: string, values: readonly unknown[]) {
      if (!reads.test(text) || locks.test(text)) {
        known.clear()
        return act.statement<Row>(name, text, values)
      }
      const key = JSON.stringify([name, ...values])
      const answer = known.get(key) ?? act.statement(name, text, values)
      known.set(key, answer)
      return answer as Promise<Row[]>
    },
  }
}

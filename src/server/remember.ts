import type { Act } from './register.ts'

const reads = /^\s*select\b/i
const locks = /\bfor (no key update|update|key share|share)\b|\bpg_\w*advisory\w*/i

/**
 * The same look in which what was read once is not read again: a statement that only reads, asked anew with the same values,
 * gets the same answer, and those who ask at once share one. A statement that writes or locks forgets everything, and so does
 * a note, from which anything may follow. For a look that asks the same of several rules; what it is answered is nobody's to
 * change. Only `statement` remembers: what is asked by Kysely goes to the database each time, and what it writes is not seen.
 */
export function rememberingReads(act: Act): Act {
  const known = new Map<string, Promise<unknown[]>>()
  return {
    ...act,
    async note(...entries) {
      known.clear()
      await act.note(...entries)
      // What was asked meanwhile may have been answered before the note.
      known.clear()
    },
    async asItself(work) {
      // Gatehouse itself sees more than who acts.
      known.clear()
      return act.asItself(work).finally(() => known.clear())
    },
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

/** What makes a sentence of a refusal concrete: dates, places, numbers, already as plain values. */
export type Facts = Readonly<Record<string, string | number | boolean | null>>

/** A rule says no, and which of its contracted reasons came first. */
export interface Refused<Reason extends string> {
  ok: false
  refusal: Reason
  facts: Facts
}

/** A rule's answer: yes, and this follows; or no, because. */
export type Decision<Yes extends object, Reason extends string> = ({ ok: true } & Yes) | Refused<Reason>

/** Says yes, with what follows. */
export const yes = <Yes extends object>(follows: Yes): { ok: true } & Yes => ({ ok: true, ...follows })

/** Says no, with the reason that has words and the facts that fill them. */
export const no = <Reason extends string>(refusal: Reason, facts: Facts = {}): Refused<Reason> => ({
  ok: false,
  refusal,
  facts,
})

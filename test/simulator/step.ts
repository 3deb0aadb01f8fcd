/** What can be asked of both ledgers. */
export const stepKinds = [
  'time',
  'decide',
  'look',
  'finish',
  'work',
  'claim',
  'renew',
  'list',
  'turn',
  'keep',
  'end part',
  'to verify',
  'read back',
  'cards',
  'suspect',
  'release',
] as const

/** One thing asked of both ledgers; the picks say of whom, and how. */
export interface Step {
  kind: (typeof stepKinds)[number]
  picks: number[]
}

/** What both answered; `what` is the kind of step where the answer said something. */
export interface Answered {
  database: unknown
  memory: unknown
  what: string
}

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
  'ask for a list',
  'read a list',
  'adopt',
  'take up',
  'look for removed',
  'hold',
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

/** What came of several things asked one after the other; the last of them says what that was. */
export const together = (...answers: Answered[]): Answered => ({
  database: answers.map(each => each.database),
  memory: answers.map(each => each.memory),
  what: answers.at(-1)!.what,
})

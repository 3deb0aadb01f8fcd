import { Type } from 'typebox'

/** Nothing may stand in a programme that nobody reads: a misspelt field is refused, not ignored. */
export const closed = <P extends Type.TProperties>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** A list of so many. */
export const many = <T extends Type.TSchema>(item: T, maxItems: number, minItems = 1) =>
  Type.Array(item, { minItems, maxItems })

export const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$' })
export const DateOn = Type.String({ format: 'date' })
export const WallTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })
export const SourceText = Type.String({ minLength: 1, maxLength: 2_000 })
export const BothNames = closed({ 'zh-TW': SourceText, en: SourceText })

/** A span of dates: from that day on, until the day before `until`; without `until` it goes on. */
export const dated = { from: DateOn, until: Type.Optional(DateOn) }

export const Phone = closed({
  number: Type.String({ minLength: 3, maxLength: 40 }),
  ...dated,
  source: Type.Optional(SourceText),
})

/** What is brought: one of these groups; of a group, all. */
export const bringGroups = many(many(Id, 5), 10)

/** The kinds of student that follow rules of their own. */
export const personKinds = ['regular', 'in-service', 'exchange', 'visiting'] as const
export type PersonKind = (typeof personKinds)[number]

import { Type } from 'typebox'
import { staffRoles } from '../lib/roles.ts'

/** How many rules there may be. */
export const mostRules = 200

const Words = (most: number) => Type.String({ minLength: 1, maxLength: most, pattern: '\\S' })

/** A role and where: a desk clerk's counter, an access administrator's buildings (none: all), a door owner's doors. */
export const Place = Type.Object(
  {
    role: Type.Enum([...staffRoles]),
    counter: Type.Optional(Words(100)),
    buildings: Type.Optional(Type.Array(Words(100), { minItems: 1, maxItems: 200 })),
    doors: Type.Optional(Type.Array(Words(100), { minItems: 1, maxItems: 1000 })),
  },
  { additionalProperties: false },
)
export type Place = Type.Static<typeof Place>

/** Whoever has this value in this claim has this role there. */
export const ClaimRule = Type.Object(
  { claim: Words(200), value: Words(300), ...Place.properties },
  { additionalProperties: false },
)
export type ClaimRule = Type.Static<typeof ClaimRule>

/** What the claims of the university's provider mean here. */
export const ClaimReading = Type.Object(
  {
    account: Words(200),
    nameZh: Words(200),
    nameEn: Words(200),
    email: Type.Union([Words(200), Type.Null()]),
    student: Type.Union([Words(200), Type.Null()]),
    rules: Type.Array(ClaimRule, { maxItems: mostRules }),
  },
  { additionalProperties: false },
)
export type ClaimReading = Type.Static<typeof ClaimReading>

/** How claims are read until somebody says otherwise: by their usual names, and no group means anything. */
export const usualReading: ClaimReading = {
  account: 'preferred_username',
  nameZh: 'name',
  nameEn: 'name',
  email: 'email',
  student: 'student_number',
  rules: [],
}

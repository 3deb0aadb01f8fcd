import { Type } from 'typebox'
import { staffRoles } from '../lib/roles.ts'
import { ClaimReading, Place } from './shape.ts'

const BothWords = Type.Object({ 'zh-TW': Type.String(), en: Type.String() })
const Named = Type.Object({ id: Type.String(), name: BothWords })
const Maybe = Type.Union([Type.String(), Type.Null()])

/** How claims are read, and the places at which somebody can have a role. */
export const SignInSettings = Type.Object({
  version: Type.Integer(),
  reading: ClaimReading,
  provider: Type.Union([Type.String(), Type.Null()], {
    description: 'The issuer; null where no provider is configured',
  }),
  counters: Type.Array(Named),
  buildings: Type.Array(Named),
  doors: Type.Array(Named),
})
export type SignInSettings = Type.Static<typeof SignInSettings>

/** A change of it; `version` is the one that was looked at. */
export const SignInSettingsAsked = Type.Object(
  { version: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }), reading: ClaimReading },
  { additionalProperties: false },
)
export type SignInSettingsAsked = Type.Static<typeof SignInSettingsAsked>

/** Claims of somebody, as a provider would say them, and the reading to try them with. */
export const TrialAsked = Type.Object(
  { reading: ClaimReading, claims: Type.Record(Type.String({ maxLength: 200 }), Type.Unknown()) },
  { additionalProperties: false },
)
export type TrialAsked = Type.Static<typeof TrialAsked>

/** What they would give; nothing is changed. */
export const TrialGiven = Type.Object({
  account: Maybe,
  nameZh: Type.String(),
  nameEn: Type.String(),
  email: Maybe,
  student: Maybe,
  places: Type.Array(Place),
  matched: Type.Array(Type.Integer(), { description: 'The rules that matched, from 0' }),
})
export type TrialGiven = Type.Static<typeof TrialGiven>

/** An account of the staff, with its roles. */
export const Account = Type.Object({
  id: Type.String(),
  name: BothWords,
  endedAt: Maybe,
  signsIn: Type.Boolean({ description: 'Whether it has signed in at the provider' }),
  mayChange: Type.Boolean({ description: 'False for one’s own and for the emergency account' }),
  roles: Type.Array(
    Type.Object({
      id: Type.Integer(),
      role: Type.Enum([...staffRoles]),
      counter: Maybe,
      buildings: Type.Union([Type.Array(Type.String()), Type.Null()]),
      doors: Type.Union([Type.Array(Type.String()), Type.Null()]),
      fromProvider: Type.Boolean(),
    }),
  ),
})
export type Account = Type.Static<typeof Account>

/** Accounts by their ids. */
export const Accounts = Type.Object({ accounts: Type.Array(Account), more: Type.Boolean() })
export type Accounts = Type.Static<typeof Accounts>

/** The id of an account, in an address. */
export const AccountId = Type.String({ minLength: 1, maxLength: 100 })

/** An account to be recorded. */
export const AccountAsked = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 100 }),
    nameZh: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    nameEn: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
  },
  { additionalProperties: false },
)
export type AccountAsked = Type.Static<typeof AccountAsked>

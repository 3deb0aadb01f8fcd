import { type Decision, no, type Refused, yes } from '../lib/decision.ts'
import type { ClaimReading, Place } from './shape.ts'

/** The account of the way in for when nothing else is; nobody else's, and no provider's. */
export const emergencyAccount = 'break-glass'

/** What a provider says of somebody who has signed in. */
export type Claims = Readonly<Record<string, unknown>>

/** The places that there are, by their ids. */
export interface Places {
  counters: readonly string[]
  buildings: readonly string[]
  doors: readonly string[]
}

/** Values of one claim beyond which nothing is read. */
const mostValues = 1_000
const longestValue = 300

/** A claim by its name, or, where none is called so, by the names on the way to it: "realm_access.roles". */
function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>(
      (within, part) =>
        typeof within === 'object' && within !== null && Object.hasOwn(within, part)
          ? (within as Record<string, unknown>)[part]
          : undefined,
      claims,
    )
}

/** What a claim says, as texts: one, or each of a list; what is neither text nor number says nothing. */
export function valuesOf(claims: Claims, name: string): string[] {
  const said = claimOf(claims, name)
  return (Array.isArray(said) ? said.slice(0, mostValues) : [said])
    .filter(value => typeof value === 'string' || typeof value === 'number')
    .map(value => String(value).trim())
    .filter(value => value !== '' && value.length <= longestValue)
}

/** What the claims of somebody give them here. */
export interface Given {
  /** The id of their account, as the provider says it; null where it says none that can be one. */
  account: string | null
  nameZh: string
  nameEn: string
  email: string | null
  student: string | null
  /** Their roles, each place once, in the order of the rules. */
  places: Place[]
  /** Which of the rules matched, from 0. */
  matched: number[]
}

/** What can be the id of an account: no blanks and nothing that a path or the journal would read otherwise. */
export const accountId = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,98}$/

const joined = (one: readonly string[] | undefined, other: readonly string[] | undefined) =>
  one && other && [...new Set([...one, ...other])]

/** Adds a rule's place: at another counter it is another role, of other doors or buildings a wider one. */
function withPlace(places: readonly Place[], added: Place): Place[] {
  const at = places.findIndex(({ role, counter }) => role === added.role && counter === added.counter)
  if (at < 0) return [...places, added]
  const known = places[at]!
  const buildings = joined(known.buildings, added.buildings)
  const doors = joined(known.doors, added.doors)
  const wider: Place = { role: known.role, ...(known.counter !== undefined && { counter: known.counter }) }
  return places.with(at, { ...wider, ...(buildings && { buildings }), ...(doors && { doors }) })
}

/** Whose account, which student and which roles the claims of somebody give: every rule that matches gives its role. */
export function whatClaimsGive(reading: ClaimReading, claims: Claims): Given {
  const first = (name: string | null): string | null =>
    name === null ? null : (valuesOf(claims, name)[0] ?? null)
  const account = first(reading.account)
  const matched = reading.rules.flatMap(({ claim, value }, at) =>
    valuesOf(claims, claim).includes(value) ? [at] : [],
  )
  const named = { zh: first(reading.nameZh), en: first(reading.nameEn) }
  return {
    account: account !== null && accountId.test(account) && account !== emergencyAccount ? account : null,
    nameZh: named.zh ?? named.en ?? account ?? '',
    nameEn: named.en ?? named.zh ?? account ?? '',
    email: first(reading.email),
    student: first(reading.student),
    places: matched
      .map(at => {
        const { claim: _claim, value: _value, ...place } = reading.rules[at]!
        return place
      })
      .reduce<Place[]>(withPlace, []),
    matched,
  }
}

/** A role and its place as one text: two that are the same are the same role. */
export const idsOfPlace = (place: {
  role: string
  counter?: string | null
  buildings?: readonly string[] | null
  doors?: readonly string[] | null
}): string =>
  JSON.stringify([
    place.role,
    place.counter ?? null,
    place.buildings?.toSorted() ?? null,
    place.doors?.toSorted() ?? null,
  ])

/** Why a role cannot be had at a place, in the order in which it is told. */
export type PlaceRefusal =
  | 'counter-needed'
  | 'doors-needed'
  | 'place-not-of-role'
  | 'counter-unknown'
  | 'building-unknown'
  | 'door-unknown'

/** Whether a role can be had there: a clerk needs a counter, an owner doors, nobody else has any; and all of them exist. */
export function placeHolds(place: Place, places: Places): Decision<object, PlaceRefusal> {
  const { role, counter, buildings, doors } = place
  if (role === 'desk' && counter === undefined) return no('counter-needed')
  if (role === 'owner' && doors === undefined) return no('doors-needed')
  if (
    (role !== 'desk' && counter !== undefined) ||
    (role !== 'access' && buildings !== undefined) ||
    (role !== 'owner' && doors !== undefined)
  )
    return no('place-not-of-role', { role })
  if (counter !== undefined && !places.counters.includes(counter)) return no('counter-unknown', { counter })
  const building = buildings?.find(each => !places.buildings.includes(each))
  if (building !== undefined) return no('building-unknown', { building })
  const door = doors?.find(each => !places.doors.includes(each))
  if (door !== undefined) return no('door-unknown', { door })
  return yes({})
}

/** Why a reading of claims is not kept. */
export type ReadingRefusal = 'changed-meanwhile' | 'rule-twice' | PlaceRefusal

const sameRule = (one: ClaimReading['rules'][number], other: ClaimReading['rules'][number]): boolean =>
  one.claim === other.claim &&
  one.value === other.value &&
  one.role === other.role &&
  one.counter === other.counter

/** Whether a reading of claims can be kept; `rule` in the facts says which rule is wrong, from 1. */
export function readingHolds(reading: ClaimReading, places: Places): Decision<object, ReadingRefusal> {
  for (const [at, rule] of reading.rules.entries()) {
    const { claim: _claim, value: _value, ...place } = rule
    const holds = placeHolds(place, places)
    const numbered = (refused: Refused<PlaceRefusal>) =>
      no(refused.refusal, { ...refused.facts, rule: at + 1 })
    if (!holds.ok) return numbered(holds)
    const before = reading.rules.findIndex(each => sameRule(each, rule))
    if (before < at) return no('rule-twice', { rule: at + 1, before: before + 1 })
  }
  return yes({})
}

/** Why an administrator may not change an account, in the order in which it is told. */
export type AccountRefusal = 'own-account' | 'emergency-account'

/**
 * Whether an administrator may change an account: never their own, so that nobody gives themselves a role, or takes the
 * last administrator's from the house; and the emergency account is what it is.
 */
export function mayChange(administrator: string, account: string): Decision<object, AccountRefusal> {
  if (account === emergencyAccount) return no('emergency-account')
  if (account === administrator) return no('own-account')
  return yes({})
}

/** Somebody's account as it stands, for who signs in. */
export interface KnownAccount {
  ended: boolean
  /** Whether it is tied to somebody at the provider; and whether that is who signs in. */
  tied: 'to-nobody' | 'to-them' | 'to-another'
}

/** Why somebody whom the provider vouched for is let in as nobody, in the order in which it is told. */
export type ArrivalRefusal =
  | 'account-ended'
  | 'account-of-another'
  | 'number-of-another-account'
  | 'no-account-name'
  | 'known-to-nobody'

/** What somebody whom the provider vouched for arrives as. */
export interface Arrival {
  /** Their account, with the roles that the provider's word gives; null: they do not work here. */
  account: string | null
  personId: number | null
}

/**
 * As whom somebody arrives: with an account, where a rule gives them a role or they have one already; as the student whose
 * number the provider says; or as both. One student works here by one account: by two they would be their own second person.
 */
export function arriveAs(
  given: Given,
  {
    known,
    hasRoles,
    personId,
    hasAnother,
  }: {
    known: KnownAccount | null
    hasRoles: boolean
    personId: number | null
    /** Whether another account that has roles here says the same student number. */
    hasAnother: boolean
  },
): Decision<Arrival, ArrivalRefusal> {
  const works = given.places.length > 0 || hasRoles
  const student = yes({ account: null, personId })
  if (known?.ended) return personId === null ? no('account-ended') : student
  if (known?.tied === 'to-another') return personId === null ? no('account-of-another') : student
  if (works && hasAnother) return no('number-of-another-account')
  if (works && given.account !== null) return yes({ account: given.account, personId })
  if (personId !== null) return student
  return works ? no('no-account-name') : no('known-to-nobody')
}

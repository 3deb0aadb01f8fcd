import type { Eligibility } from '../eligibility/rules.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import type { ProxyErrand, ProxyRules } from '../programme/shape-cards.ts'

/** Longest name of a proxy, in characters. */
export const longestName = 60
/** Longest mail address, in characters. */
export const longestAddress = 254
/** How many people a holder names within a day: each may be sent a letter. */
export const namingsADay = 5
/** For so long after the naming its code is shown to the holder, so that a second tap or a reload loses nothing. */
export const shownMinutes = 10
/** Of codes that are nobody's, so many within the minutes at one counter; then none is looked at there for a while. */
export const wrongAtCounter = { wrongTries: 20, waitMinutes: 15 } as const

/** The reasons not to take a naming, in the order in which they are told; the order is part of the contract. */
export const namingRefusals = [
  'proxies-not-allowed',
  'proxies-not-for-this-card',
  'proxies-not-for-this-group',
  'nothing-to-collect-now',
  'name-missing',
  'name-too-long',
  'name-not-a-name',
  'name-is-the-holders',
  'address-not-one',
  'proxy-named-already',
  'named-too-often',
] as const
export type NamingRefusal = (typeof namingRefusals)[number]

/** Refusals that a field of the form is to blame for. */
export const fieldOf: Partial<Record<NamingRefusal, 'name' | 'email'>> = {
  'name-missing': 'name',
  'name-too-long': 'name',
  'name-not-a-name': 'name',
  'name-is-the-holders': 'name',
  'address-not-one': 'email',
}

/** Whom the holder names, as it was typed. */
export interface TypedProxy {
  name: string
  /** Empty: nothing is mailed, and the holder hands the code on. */
  email: string
}

/** An authorization that has not ended, as far as a further naming asks. */
export interface LiveProxy {
  name: string
  email: string | null
}

/** What is asked before somebody may be named. */
export interface NamingFacts {
  rules: Pick<ProxyRules, 'allowed' | 'for' | 'cohorts'>
  eligible: Eligibility
  errand: ProxyErrand
  /** Both names of the holder. */
  holder: readonly string[]
  live: LiveProxy | null
  namedWithinADay: number
}

const tidyName = (typed: string): string => typed.normalize('NFC').replace(/\s+/gu, ' ').trim()
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s.,·'’-]/gu, '')
    .toLowerCase()

/** Letters of any script with what stands between names: no address, no markup, no line of its own. */
const nameOnly = /^[\p{L}\p{M}][\p{L}\p{M} .,·'’-]+$/u
/** A full stop with words at it ("www.example.org", "t.co") makes an address, which readers of mail turn into a link. */
const addressLike = /\.[\p{L}\p{M}]{2}|[\p{L}\p{M}]{2}\.[\p{L}\p{M}]/u
const address = /^[^\s@<>"',;:]{1,64}@[^\s@<>"',;:]+\.[^\s@<>"',;:.]{2,}$/u

/** Whether this programme lets this person name anybody for the card that waits for them. */
export function mayHaveProxy({
  rules,
  eligible,
  errand,
}: Pick<NamingFacts, 'rules' | 'eligible' | 'errand'>): Decision<object, NamingRefusal> {
  if (!rules.allowed) return no('proxies-not-allowed')
  if (!rules.for.includes(errand)) return no('proxies-not-for-this-card')
  const cohort = eligible.ok ? eligible.cohort : eligible.errand.cohort
  if (rules.cohorts && !rules.cohorts.includes(cohort)) return no('proxies-not-for-this-group')
  return eligible.ok ? yes({}) : no('nothing-to-collect-now')
}

/**
 * Whether the holder may name this person: the programme allows it, a card lies ready, the name is one and not the
 * holder's own, and nobody else is named. The same person named again is the same naming.
 */
export function mayName(
  facts: NamingFacts,
  typed: TypedProxy,
): Decision<{ again: boolean; name: string; email: string | null }, NamingRefusal> {
  const may = mayHaveProxy(facts)
  if (!may.ok) return may
  const name = tidyName(typed.name)
  const email = typed.email.trim() || null
  if (plain(name).length < 2) return no('name-missing')
  if (name.length > longestName) return no('name-too-long', { most: longestName })
  if (!nameOnly.test(name) || addressLike.test(name)) return no('name-not-a-name')
  if (facts.holder.some(own => plain(own) === plain(name))) return no('name-is-the-holders')
  if (email !== null && (email.length > longestAddress || !address.test(email))) return no('address-not-one')
  const { live } = facts
  if (live) {
    const same = plain(live.name) === plain(name) && live.email === email
    return same
      ? yes({ again: true, name: live.name, email })
      : no('proxy-named-already', { name: live.name })
  }
  if (facts.namedWithinADay >= namingsADay) return no('named-too-often', { most: namingsADay })
  return yes({ again: false, name, email })
}

/** Whether the holder is still shown the code of a naming. */
export const showsCode = (namedAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, namedAt.add({ minutes: shownMinutes })) < 0

/** When a naming that is made now ends: at the end of its last day, on the campus's clocks. */
export const goodUntil = (
  now: Temporal.Instant,
  { daysGood, zone }: { daysGood: number; zone: string },
): Temporal.Instant =>
  now.toZonedDateTimeISO(zone).toPlainDate().add({ days: daysGood }).toZonedDateTime(zone).toInstant()

/** The last day on which somebody may collect, of a naming that ends at the start of the day after it. */
export const lastDayOf = (until: Temporal.Instant, zone: string): Temporal.PlainDate =>
  until.subtract({ nanoseconds: 1 }).toZonedDateTimeISO(zone).toPlainDate()

/** How an authorization can end. */
export type EndedAs = 'used' | 'withdrawn' | 'collected' | 'cancelled' | 'lapsed'

/** Why a code that was shown at a desk helps nobody, in the order in which it is told. */
export const codeRefusals = [
  'proxy-too-many-tries',
  'proxy-code-unknown',
  'proxy-code-used',
  'proxy-code-withdrawn',
  'proxy-card-collected',
  'proxy-reissue-cancelled',
  'proxy-code-lapsed',
  'proxy-named-by-you',
  'proxy-not-allowed-now',
  'proxy-for-another-card',
  'proxy-of-somebody-else',
] as const
export type CodeRefusal = (typeof codeRefusals)[number]

/** Who collects for whom, as a code at the desk tells it. */
export interface ProxyAtDesk {
  id: number
  personId: number
  name: string
  language: Language
}

/** An authorization as a desk finds it by its code. */
export interface FoundProxy extends ProxyAtDesk {
  errand: ProxyErrand
  /** What its holder collects now. */
  errandNow: ProxyErrand
  goodUntil: Temporal.Instant
  endedAs: EndedAs | null
  /** Who named: the holder, or somebody at a desk for them. */
  namedBy: string
  /** When it ended, on the campus's clocks, as it is said. */
  ended: string
}

/** What a desk knows when a code is shown. */
export interface CodeFacts {
  /** Until when no further code is looked at here, as it is said; null: it is. */
  shutUntil: string | null
  found: FoundProxy | null
  rules: Pick<ProxyRules, 'allowed' | 'for'>
  /** Who serves at the desk: nobody both names for a holder and hands over to whom they named. */
  by: string
  now: Temporal.Instant
}

const endedFor: Record<EndedAs, CodeRefusal> = {
  used: 'proxy-code-used',
  withdrawn: 'proxy-code-withdrawn',
  collected: 'proxy-card-collected',
  cancelled: 'proxy-reissue-cancelled',
  lapsed: 'proxy-code-lapsed',
}

/** Whether a code tells that somebody collects for somebody else now, and who for whom. */
export function proxyStands({
  shutUntil,
  found,
  rules,
  by,
  now,
}: CodeFacts): Decision<{ proxy: ProxyAtDesk }, CodeRefusal> {
  if (shutUntil !== null) return no('proxy-too-many-tries', { until: shutUntil })
  if (found === null) return no('proxy-code-unknown')
  if (found.endedAs !== null) return no(endedFor[found.endedAs], { at: found.ended })
  if (Temporal.Instant.compare(now, found.goodUntil) >= 0) return no('proxy-code-lapsed', { at: found.ended })
  if (found.namedBy === by) return no('proxy-named-by-you')
  if (!rules.allowed || !rules.for.includes(found.errandNow)) return no('proxy-not-allowed-now')
  if (found.errand !== found.errandNow) return no('proxy-for-another-card')
  return yes({ proxy: found })
}

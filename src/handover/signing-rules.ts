import { type Decision, no, yes } from '../lib/decision.ts'
import type { Bilingual } from '../lib/words.ts'
import { type HandoverRefusal, nextAtDesk, type Standing } from './rules.ts'
import type { SigningManner } from './signature.ts'
import { isSigned } from './signed.ts'

/** Where a desk asks for a signature, other than on its own screen. */
export const signingPlaces = ['phone', 'tablet'] as const
export type SigningPlace = (typeof signingPlaces)[number]

/** What a desk asked somebody to sign, and what came of it so far. */
export interface SignatureRequest {
  id: number
  personId: number
  cardId: number
  /** Who signs in the holder's place. */
  proxyId: number | null
  place: SigningPlace
  /** The sentence, word for word. */
  text: Bilingual
  counter: string
  askedBy: string
  askedAt: Temporal.Instant
  /** Since when a live proof may have been good while this is awaited: when one was first shown, not when it was asked again elsewhere. */
  proofAt: Temporal.Instant
  goodUntil: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
  usedAt: Temporal.Instant | null
  /** False: "this is not my card". */
  signed: boolean | null
  answeredAt: Temporal.Instant | null
  manner: SigningManner | null
}

const isOver = (until: Temporal.Instant, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, until) >= 0

/** Until when a handover may use it: as long again from the answer as there was to answer, so that a dead network loses nothing. */
const usableUntil = ({ askedAt, goodUntil, answeredAt }: SignatureRequest): Temporal.Instant =>
  answeredAt === null ? goodUntil : answeredAt.add(goodUntil.since(askedAt))

/** Whether it still waits for an answer. */
export const isWaiting = (
  request: Pick<SignatureRequest, 'signed' | 'withdrawnAt' | 'goodUntil'>,
  now: Temporal.Instant,
): boolean => request.signed === null && request.withdrawnAt === null && !isOver(request.goodUntil, now)

/** Why a desk does not ask, beside what keeps the card from being handed over anyway; in the order in which it is told. */
export const askingRefusals = ['not-ready-to-sign', 'proxy-signs-here', 'asked-at-another-desk'] as const
export type AskingToSignRefusal<Eligibility extends string> =
  | HandoverRefusal<Eligibility>
  | (typeof askingRefusals)[number]

/** Whether a desk may ask somebody to sign elsewhere: nothing but the signature is missing, and no other desk is asking. */
export function mayAskToSign<Eligibility extends string>(
  standing: Standing<Eligibility>,
  {
    place,
    byProxy,
    waiting,
    clerk,
    now,
  }: {
    place: SigningPlace
    byProxy: boolean
    /** What this person is being asked already. */
    waiting: SignatureRequest | null
    clerk: string
    now: Temporal.Instant
  },
): Decision<object, AskingToSignRefusal<Eligibility>> {
  const next = nextAtDesk(standing)
  if (!next.ok) return next
  if (next.next !== 'signature') return no('not-ready-to-sign')
  // The holder's phone is in another place than the card; whoever takes it signs for it.
  if (byProxy && place === 'phone') return no('proxy-signs-here')
  if (waiting && isWaiting(waiting, now) && waiting.askedBy !== clerk)
    return no('asked-at-another-desk', { counter: waiting.counter, until: waiting.goodUntil.toString() })
  return yes({})
}

/** Why an answer is not taken, in the order in which it is told. */
export const answeringRefusals = [
  'signed-already',
  'refused-already',
  'no-longer-asked',
  'asked-too-long-ago',
  'not-signed',
  'name-differs',
] as const
export type AnsweringRefusal = (typeof answeringRefusals)[number]

/** Whether somebody may answer: once, while it is asked and good, and with what is a signature. Null: they refuse the card. */
export function mayAnswerRequest(
  request: SignatureRequest,
  {
    given,
    names,
    now,
  }: {
    given: { manner: SigningManner; picture: string } | null
    /** Of whoever signs. */
    names: readonly string[]
    now: Temporal.Instant
  },
): Decision<object, AnsweringRefusal> {
  if (request.signed !== null) return no(request.signed ? 'signed-already' : 'refused-already')
  if (request.withdrawnAt !== null) return no('no-longer-asked')
  if (isOver(request.goodUntil, now)) return no('asked-too-long-ago')
  if (given === null) return yes({})
  const ownManner = request.place === 'phone' ? 'confirmed' : 'witnessed'
  if ((given.manner === 'confirmed' || given.manner === 'witnessed') && given.manner !== ownManner)
    return no('not-signed')
  const signed = isSigned(given, names)
  return signed.ok ? signed : no(signed.refusal === 'name-differs' ? 'name-differs' : 'not-signed')
}

/** Why a handover cannot use what was asked elsewhere, in the order in which it is told. */
export const useRefusals = [
  'signature-not-asked',
  'signed-for-another-card',
  'signed-by-another',
  'refused-by-signer',
  'signature-withdrawn',
  'signature-too-late',
  'signature-awaited',
  'signed-other-words',
] as const
export type UseRefusal = (typeof useRefusals)[number]

/** What a handover is about, as the signature has to be. */
export interface ToBeSigned {
  personId: number
  cardId: number
  proxyId: number | null
  clerk: string
  text: Bilingual
  now: Temporal.Instant
}

/** Whether a signature that was given elsewhere is one for this very handover: this person, card, sentence and clerk. */
export function mayUse(
  request: SignatureRequest | null,
  about: ToBeSigned,
): Decision<{ request: SignatureRequest }, UseRefusal> {
  if (request === null || request.personId !== about.personId || request.askedBy !== about.clerk)
    return no('signature-not-asked')
  if (request.cardId !== about.cardId) return no('signed-for-another-card')
  if (request.proxyId !== about.proxyId) return no('signed-by-another')
  if (request.signed === false) return no('refused-by-signer')
  if (request.withdrawnAt !== null || request.usedAt !== null) return no('signature-withdrawn')
  if (isOver(usableUntil(request), about.now)) return no('signature-too-late')
  if (request.signed === null) return no('signature-awaited')
  if (request.text['zh-TW'] !== about.text['zh-TW'] || request.text.en !== about.text.en)
    return no('signed-other-words')
  return yes({ request })
}

/** Whether the signer's "this is not my card" still stands: until its time is over, or they are asked anew. */
export const stillRefused = (newest: SignatureRequest | null, now: Temporal.Instant): boolean =>
  newest?.signed === false && newest.withdrawnAt === null && !isOver(newest.goodUntil, now)

/** Whether a clerk's own request still waits for its answer, or its answer for the handover. */
export const stillUsable = (
  request: SignatureRequest,
  { clerk, now }: { clerk: string; now: Temporal.Instant },
): boolean =>
  request.askedBy === clerk &&
  request.signed !== false &&
  request.withdrawnAt === null &&
  request.usedAt === null &&
  !isOver(usableUntil(request), now)

/** How far a signature is that is given elsewhere, as the clerk sees it. */
export const signingStates = ['asked', 'signed', 'to-witness', 'refused', 'over', 'elsewhere'] as const
export type SigningState = (typeof signingStates)[number]

/** What the clerk sees of the newest request about a person and a card; null where nothing is asked. */
export function signingState(
  newest: SignatureRequest | null,
  { clerk, now }: { clerk: string; now: Temporal.Instant },
): SigningState | null {
  if (newest === null || newest.withdrawnAt !== null || newest.usedAt !== null) return null
  if (stillRefused(newest, now)) return 'refused'
  if (newest.askedBy !== clerk) return isWaiting(newest, now) ? 'elsewhere' : null
  if (isOver(usableUntil(newest), now)) return 'over'
  if (newest.signed === null) return 'asked'
  return newest.manner === 'witnessed' ? 'to-witness' : 'signed'
}

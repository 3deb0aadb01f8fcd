import { printChipNumber } from '../card/numbers.ts'
import type { RegisteredCard } from '../card/store.ts'
import { type Decision, no, yes } from '../lib/decision.ts'
import type { Language } from '../lib/words.ts'
import { type Act, actorName } from '../server/register.ts'
import { bindSignature, type SignedOn, type SigningManner } from './signature.ts'
import type { SignatureGiven } from './signed.ts'
import {
  type AnsweringRefusal,
  mayAnswerRequest,
  mayUse,
  stillRefused,
  type ToBeSigned,
} from './signing-rules.ts'
import {
  keepAnswerOf,
  keepWithdrawal,
  lockRequest,
  newestRequest,
  type RequestInFull,
} from './signing-store.ts'

/** How somebody signs: with lines, a name, or a button, in which language they read the sentence. */
export interface SignedBy {
  manner: SigningManner
  picture: string
  language: Language
}

/** Whose answer is taken: of the holder on their own phone, or on the tablet of a desk. */
export type Answerer =
  | { place: 'phone'; personId: number }
  | { place: 'tablet'; clerk: string; counter: string }

const isTheirs = (request: RequestInFull, by: Answerer): boolean =>
  by.place === 'phone'
    ? request.place === 'phone' && request.personId === by.personId
    : request.place === 'tablet' && request.askedBy === by.clerk && request.counter === by.counter

/**
 * Takes a signature, or "this is not my card" (null), for what a desk asked. Null where it is not asked of them: somebody
 * else's, or of another desk.
 */
export async function answerRequest(
  act: Act,
  id: number,
  { by, given }: { by: Answerer; given: SignedBy | null },
): Promise<Decision<object, AnsweringRefusal> | null> {
  const request = await lockRequest(act, id)
  if (request === null || !isTheirs(request, by)) return null
  const { personId, cardId, names, place } = request
  const may = mayAnswerRequest(request, { given, names, now: act.now })
  if (!may.ok) return may
  const picture = given?.manner === 'drawn' || given?.manner === 'typed' ? given.picture.trim() : ''
  const signed = given && { language: given.language, manner: given.manner, picture }
  const boundHash = signed && hashOf(request, signed, act.now)
  await keepAnswerOf(act, id, actorName(act.actor), signed && { ...signed, boundHash: boundHash! })
  await act.note({
    act: signed ? 'signature given' : 'card refused by its signer',
    personId,
    cardId,
    facts: { request: id, place, ...(signed ? { manner: signed.manner } : {}) },
  })
  return yes({})
}

const hashOf = (request: RequestInFull, { language, manner, picture }: SignedBy, at: Temporal.Instant) =>
  bindSignature({
    studentNumber: request.studentNumber,
    chip: request.chip.toString('hex').toUpperCase(),
    text: request.text[language],
    clerk: request.askedBy,
    at,
    manner,
    place: request.place,
    picture,
  })

/** The clerk takes back what they asked, as when another card was scanned; false where it is none of theirs. */
export async function withdrawRequest(act: Act, id: number): Promise<boolean> {
  const request = await lockRequest(act, id)
  if (request === null || request.askedBy !== act.actor.id) return false
  // That it is not their card stands until they are asked anew, or its time is over: no clerk takes it back.
  if (request.withdrawnAt !== null || request.usedAt !== null || request.signed === false) return true
  await keepWithdrawal(act, id)
  const { personId, cardId } = request
  await act.note({ act: 'signature no longer asked for', personId, cardId, facts: { request: id } })
  return true
}

/** A signature as a handover takes it: on the desk's own screen, or what was asked elsewhere, by its number. */
export type SignatureAtDesk =
  | { manner: 'drawn' | 'typed' | 'witnessed'; picture: string; language: Language }
  | { manner: 'elsewhere'; request: number }

/** A signature with everything that it is bound to. */
export interface BoundSignature {
  place: SignedOn
  manner: SigningManner
  picture: string
  text: string
  boundHash: Buffer
  at: Temporal.Instant
  requestId: number | null
}

/**
 * What the rule at the desk sees of a signature, and what is kept of it. A "this is not my card" stands against whatever is
 * signed at a desk, until its time is over or the signer is asked anew.
 */
export async function signatureFor(
  act: Act,
  given: SignatureAtDesk,
  {
    card,
    studentNumber,
    ...about
  }: Omit<ToBeSigned, 'cardId' | 'clerk' | 'now'> & { card: RegisteredCard | null; studentNumber: string },
): Promise<{ fact: SignatureGiven; kept: BoundSignature | null }> {
  if (card === null) return { fact: { elsewhere: no('signature-not-asked') }, kept: null }
  const whole = { ...about, cardId: card.cardId, clerk: act.actor.id, now: act.now }
  if (given.manner === 'elsewhere') {
    const request = await lockRequest(act, given.request)
    const may = mayUse(request, whole)
    return { fact: { elsewhere: may }, kept: may.ok ? boundOf(request!) : null }
  }
  if (stillRefused(await newestRequest(act, about.personId, card.cardId), act.now))
    return { fact: { elsewhere: no('refused-by-signer') }, kept: null }
  const { manner, picture, language } = given
  const signed = {
    place: 'desk' as const,
    manner,
    picture,
    text: about.text[language],
    at: act.now,
  }
  const chip = printChipNumber(card.chip)
  const boundHash = bindSignature({ ...signed, studentNumber, chip, clerk: act.actor.id })
  return { fact: given, kept: { ...signed, boundHash, requestId: null } }
}

/** What was signed elsewhere, if it is still what its hash binds. */
function boundOf(request: RequestInFull): BoundSignature {
  const { manner, language, boundHash, answeredAt: at, place } = request
  const picture = request.picture ?? ''
  if (!hashOf(request, { manner: manner!, language: language!, picture }, at!).equals(boundHash!))
    throw new Error(`signature request ${request.id} is not what was signed any more`)
  return {
    place,
    manner: manner!,
    picture,
    text: request.text[language!],
    boundHash: boundHash!,
    at: at!,
    requestId: request.id,
  }
}

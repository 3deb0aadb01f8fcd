import { maskedPrinted } from '../card/numbers.ts'
import type { RegisteredCard } from '../card/store.ts'
import type { Errand } from '../eligibility/rules.ts'
import { saidInBoth } from '../lib/both.ts'
import type { Decision } from '../lib/decision.ts'
import type { Keys } from '../lib/keys.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { isDocument } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { ProxyAtDesk } from '../proxy/rules.ts'
import type { RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import {
  broughtHere,
  cardScanned,
  evidenceOf,
  type GivenEvidence,
  type Judging,
  waysFor,
  withShown,
} from './evidence.ts'
import { readProof } from './proof.ts'
import {
  documentsAsked,
  type Evidence,
  type EvidenceRefusal,
  holdsOf,
  type Proved,
  provesIdentity,
  shownOf,
  standingConfirmation,
  type Ways,
} from './rules.ts'
import { proxySignatureText } from './signature.ts'
import { sayMissing, words } from './words.ts'

/** One thing that was shown, with the programme's name for it, and whether it still holds of this person. */
export type ShownAtDesk = GivenEvidence & {
  name: Bilingual
  /** Which kind of document it was. */
  kindName: Bilingual | null
  ending: string | null
  secondsLeft: number | null
  holds: boolean
}

/** What a clerk can see that would help this person: the old card, or a document. */
export interface Offer {
  evidence: string
  name: Bilingual
  kinds: { id: string; name: Bilingual }[]
}

/** The second person: to be asked, asked, or with their answer. */
export interface SecondPerson {
  state: 'to-ask' | 'waits' | 'confirmed' | 'declined'
  goodUntil: string | null
}

/** What was shown, what would help, and what is still missing, as the clerk reads it. */
export interface EvidenceView {
  evidence: ShownAtDesk[]
  offers: Offer[]
  missing: Bilingual | null
  second: SecondPerson | null
  /** Who stands there in the holder's place, and what they sign; null where it is the holder. */
  proxy: ProxyView | null
}

/** Who collects for somebody else, as the clerk reads it. */
export interface ProxyView {
  name: string
  language: Language
  signatureText: Bilingual
}

/** What is shown of a card's number: enough to compare, too little to copy. */
export function endingOf(card: RegisteredCard | null): string {
  return card?.printedNumber ? maskedPrinted(card.printedNumber) : '—'
}

/** How long a live proof is still good, in whole seconds; null for evidence that does not run out. */
function secondsLeft(
  evidence: GivenEvidence,
  { programme, proofKeys }: Pick<Judging, 'programme' | 'proofKeys'>,
  now: Temporal.Instant,
): number | null {
  if (evidence.kind !== 'app-proof') return null
  const read = readProof(proofKeys, evidence.proof, now, programme.appProof.lifetimeSeconds)
  return read.ok ? Math.floor(read.until.since(now).total('seconds')) : 0
}

/** What can stand in a group of this person's and is seen rather than scanned, in the programme's order. */
function offersFor(programme: Programme, { bring, whenNeither }: Errand): Offer[] {
  const helpful = new Set([...bring, ...whenNeither].flat())
  return programme.evidence
    .filter(({ id }) => helpful.has(id) && (id === 'old-card' || isDocument(id)))
    .map(({ id, name, kinds }) => ({ evidence: id, name, kinds: kinds ?? [] }))
}

function secondPerson(
  ways: Ways,
  identity: Decision<Proved, EvidenceRefusal>,
  documents: ReturnType<typeof documentsAsked>,
): SecondPerson | null {
  const asked = standingConfirmation(ways, documents)
  const goodUntil = asked?.goodUntil.toString() ?? null
  if (identity.ok) return identity.confirmationId === null ? null : { state: 'confirmed', goodUntil }
  if (identity.refusal === 'second-person-declined') return { state: 'declined', goodUntil }
  if (identity.refusal !== 'second-person-missing') return null
  return { state: asked ? 'waits' : 'to-ask', goodUntil }
}

/** Who stands there in a holder's place, of all that was shown. */
export function proxyOf(judged: readonly Evidence[], personId: number): ProxyAtDesk | null {
  const shown = judged.find(each => each.kind === 'proxy-code')
  return shown?.kind === 'proxy-code' && shown.proxy.ok && shown.proxy.proxy.personId === personId
    ? shown.proxy.proxy
    : null
}

function proxyView(
  judged: readonly Evidence[],
  person: RegisteredPerson,
  { programme, edition }: { programme: Programme; edition: string },
): ProxyView | null {
  const proxy = proxyOf(judged, person.id)
  if (proxy === null) return null
  const signs = { programme, edition, holder: person, proxy: proxy.name }
  return {
    name: proxy.name,
    language: proxy.language,
    signatureText: saidInBoth(language => proxySignatureText(signs, language)),
  }
}

/** Judges what was shown by the rule that the handover obeys, and says what it looks like to the clerk. */
export async function evidenceView(
  act: Act,
  {
    person,
    evidence: laid,
    judged,
  }: {
    person: RegisteredPerson | null
    evidence: readonly GivenEvidence[]
    /** The same by `allShown`. */
    judged: readonly Evidence[]
  },
  errand: Errand | null,
  { programme, proofKeys, edition }: { programme: Programme; proofKeys: Keys; edition: string },
): Promise<EvidenceView & { identity: Decision<Proved, EvidenceRefusal> | null }> {
  const given = laid.reduce<readonly GivenEvidence[]>(withShown, [])
  const judging = { personId: person?.id ?? 0, programme, proofKeys }
  const evidence: ShownAtDesk[] = []
  for (const [at, each] of given.entries()) {
    const named = programme.evidence.find(known => known.id === evidenceOf(each))
    const kind = each.kind === 'document' && named?.kinds?.find(known => known.id === each.documentKind)
    const holds = person !== null && holdsOf(judged[at]!, person.id).ok
    const left = secondsLeft(each, judging, act.now)
    evidence.push({
      ...each,
      name:
        named?.name ?? saidInBoth(language => words[language].evidence[evidenceOf(each)] ?? evidenceOf(each)),
      kindName: kind ? kind.name : null,
      ending: each.kind === 'old-card' ? endingOf(await cardScanned(act, each.chip)) : null,
      // What is over and holds all the same runs out with the signature that is awaited.
      secondsLeft: holds && left === 0 ? null : left,
      holds,
    })
  }
  if (person === null || errand === null)
    return { evidence, offers: [], missing: null, second: null, proxy: null, identity: null }
  const ways = await waysFor(act, errand, given, judging)
  const identity = provesIdentity(judged, person.id, ways)
  const shown = shownOf(judged, person.id)
  return {
    evidence,
    offers: identity.ok ? [] : offersFor(programme, broughtHere(errand, given, programme)),
    missing:
      !identity.ok && identity.refusal === 'evidence-missing'
        ? saidInBoth(language => sayMissing(ways, shown, programme, language))
        : null,
    second: secondPerson(ways, identity, documentsAsked(ways.whenNeither, shown)),
    proxy: proxyView(judged, person, { programme, edition }),
    identity,
  }
}

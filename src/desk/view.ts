import { mayHandCard } from '../card/rules.ts'
import type { RegisteredCard } from '../card/store.ts'
import type { Eligibility } from '../eligibility/rules.ts'
import { eligibilityOf } from '../eligibility/store.ts'
import { sayEligibility } from '../eligibility/words.ts'
import { allShown, cardScanned, type GivenEvidence } from '../handover/evidence.ts'
import { type EvidenceView, endingOf, evidenceView } from '../handover/evidence-view.ts'
import { cardAtDesk } from '../handover/hand-over.ts'
import { type NextAtDesk, nextAtDesk } from '../handover/rules.ts'
import { type SigningPlace, type SigningState, signingState } from '../handover/signing-rules.ts'
import { newestRequest } from '../handover/signing-store.ts'
import { sayDesk } from '../handover/words.ts'
import { bothNames, saidInBoth } from '../lib/both.ts'
import type { Keys } from '../lib/keys.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { type PhotoAtDesk, photoAtDesk } from '../photo/at-desk.ts'
import { nameOf } from '../programme/name-of.ts'
import { counterOf } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { RegisteredPerson } from '../roster/store.ts'
import type { Act } from '../server/register.ts'

/** A person as a clerk needs them: to call by name, to compare with a face, to find the box. */
export interface PersonAtDesk {
  studentNumber: string
  name: Bilingual
  department: Bilingual
  site: Bilingual
  /** The language in which the person signs and is spoken to. */
  language: Language
  /** The photo that counts; null where none is kept. */
  photo: PhotoAtDesk | null
  eligible: boolean
  /** What to tell the person: where, from when, with what, or why not. */
  eligibility: Bilingual
  where: { counter: Bilingual; here: boolean }[]
  /** The card that lies for them, or null. */
  lies: { ending: string; counter: Bilingual | null; here: boolean; box: string | null } | null
}

/** What a scan turned out to be. */
export type Scanned =
  | 'nothing'
  | 'student-number'
  | 'printed-number'
  | 'proof'
  | 'proxy-code'
  | 'receipt'
  | 'old-card'
  | 'document'
  | 'new-card'
  | 'held-card'

/** What now lies before the clerk, and what is needed next or why it goes no further. */
export interface DeskView extends EvidenceView {
  scanned: Scanned
  /** Whoever lay there before this scan brought up somebody else; nothing of theirs is left. */
  insteadOf: Bilingual | null
  person: PersonAtDesk | null
  card: { chip: string; ending: string; edition: Bilingual; box: string | null; madeForThem: boolean } | null
  /** What was asked to be signed on a phone or a tablet, about this card. */
  signing: { request: number; place: SigningPlace; state: SigningState; goodUntil: string } | null
  next: NextAtDesk | null
  stop: { refusal: string; message: Bilingual } | null
}

function personAtDesk(
  person: RegisteredPerson,
  { decision, cards }: { decision: Eligibility; cards: readonly RegisteredCard[] },
  {
    programme,
    counter,
    edition,
    photo,
  }: { programme: Programme; counter: string; edition: string; photo: PhotoAtDesk | null },
): PersonAtDesk {
  const errand = decision.ok ? decision : decision.errand
  const waits = cards.findLast(card => card.edition === edition && !card.handedOver && !card.retired)
  return {
    studentNumber: person.studentNumber,
    name: bothNames(person),
    department: nameOf(programme.departments, person.department),
    site: nameOf(programme.campus.sites, person.site),
    language: person.language,
    photo,
    eligible: decision.ok,
    eligibility: saidInBoth(language => sayEligibility(decision, programme, language)),
    where: errand.where.map(id => ({ counter: nameOf(programme.counters, id), here: id === counter })),
    lies: waits
      ? {
          ending: endingOf(waits),
          counter:
            waits.counter && counterOf(programme, waits.counter)
              ? nameOf(programme.counters, waits.counter)
              : null,
          here: waits.counter === counter,
          box: waits.box,
        }
      : null,
  }
}

/** How far it is with what somebody was asked to sign elsewhere. */
async function signingView(act: Act, personId: number, cardId: number): Promise<DeskView['signing']> {
  const newest = await newestRequest(act, personId, cardId)
  const state = signingState(newest, { clerk: act.actor.id, now: act.now })
  if (newest === null || state === null) return null
  return { request: newest.id, place: newest.place, state, goodUntil: newest.goodUntil.toString() }
}

/** Composes the desk's screen from what lies there, judged anew by the same rules that the handover obeys. */
export async function deskView(
  act: Act,
  table: { person: RegisteredPerson | null; chip: string | null; evidence: readonly GivenEvidence[] },
  desk: { programme: Programme; proofKeys: Keys; edition: string },
): Promise<DeskView> {
  const { programme, edition } = desk
  const { person } = table
  const counter = act.actor.counter ?? ''
  // Asked together: none of them waits for another one's answer.
  const [eligible, photo, card, judged] = await Promise.all([
    person && eligibilityOf(act, person),
    person && photoAtDesk(act, person.id, programme),
    table.chip === null ? null : cardScanned(act, table.chip),
    allShown(act, table.evidence, { personId: person?.id ?? 0, ...desk }),
  ])
  const errand = eligible && (eligible.decision.ok ? eligible.decision : eligible.decision.errand)
  const served = eligible?.decision.ok === true && eligible.decision.where.includes(counter)
  const { identity, ...shown } = await evidenceView(act, { ...table, judged }, errand, desk)
  const receiver = { studentNumber: person?.studentNumber ?? '', edition, zone: programme.campus.zone }
  const standing = nextAtDesk({
    eligible: eligible?.decision ?? null,
    counter,
    card: table.chip === null ? null : mayHandCard(card && cardAtDesk(card, programme), receiver),
    identity,
  })
  return {
    scanned: 'nothing',
    person: person && eligible && personAtDesk(person, eligible, { programme, counter, edition, photo }),
    insteadOf: null,
    card: card && {
      chip: table.chip!,
      ending: endingOf(card),
      edition: nameOf(programme.editions, card.edition),
      box: card.box,
      madeForThem: person !== null && card.madeFor?.personId === person.id,
    },
    ...shown,
    offers: served ? shown.offers : [],
    missing: served ? shown.missing : null,
    signing:
      person && card && standing.ok && standing.next === 'signature'
        ? await signingView(act, person.id, card.cardId)
        : null,
    next: standing.ok ? standing.next : null,
    stop: standing.ok
      ? null
      : {
          refusal: standing.refusal,
          message: saidInBoth(language =>
            sayDesk({ ...(errand ? { errand } : {}), ...standing }, programme, language),
          ),
        },
  }
}

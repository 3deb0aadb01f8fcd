import { sayList } from '../lib/say.ts'
import { riskUntil } from '../loss/issuer-rules.ts'
import { resumesLeft } from '../loss/pause-rules.ts'
import { phonesOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import type { Act, Noted } from '../server/register.ts'
import { type LossMessage, lossOf, pauseOf } from './loss-store.ts'
import type { AccessBack, IssuerTold, LossTold } from './say-loss.ts'
import type { Letter, Telling } from './tell.ts'
import { lossOverToPlaces, lossToPlaces } from './tell-places.ts'

function issuerTold(row: LossMessage, { issuer, campus }: Programme, now: Temporal.Instant): IssuerTold {
  const today = now.toZonedDateTimeISO(campus.zone).toPlainDate()
  return {
    name: issuer.name[row.language],
    phones: sayList(phonesOn(issuer.phones, today), row.language, 'or'),
    riskHours: issuer.riskHours,
    riskUntil: riskUntil(row, issuer),
  }
}

/** What is told of the newest report of a card, or of the one that a file is about. */
const ofLoss =
  (tell: (row: LossMessage, issuer: IssuerTold, entry: Noted) => LossTold): Telling =>
  async (act: Act, programme: Programme, cardId: number, entry: Noted) => {
    const file = typeof entry.facts?.file === 'number' ? entry.facts.file : null
    const row = await lossOf(act, cardId, file)
    return row && { addressee: row, told: tell(row, issuerTold(row, programme, act.now), entry) }
  }

/** The holder's letter, and those to the places that are told of the same. */
const alsoTo =
  (
    tell: Telling,
    places: (act: Act, programme: Programme, cardId: number, entry: Noted) => Promise<Letter[]>,
  ): Telling =>
  async (act, programme, cardId, entry) => {
    const holders = await tell(act, programme, cardId, entry)
    return holders && [holders, await places(act, programme, cardId, entry)].flat()
  }

const paused: Telling = async (act, programme, cardId) => {
  const row = await pauseOf(act, cardId)
  if (row === null) return null
  const left = resumesLeft(row, programme.loss.pausesAtMost)
  const { printedNumber, from } = row
  return { addressee: row, told: { kind: 'access-paused', printedNumber, at: from, resumesLeft: left } }
}

const resumed: Telling = async (act, _, cardId, entry) => {
  const row = await pauseOf(act, cardId)
  if (row === null) return null
  const { printedNumber, until, carriedBy } = row
  const windowStartsAt = entry.facts?.atOnce === true ? null : carriedBy
  return {
    addressee: row,
    told: { kind: 'access-resumed', printedNumber, at: until ?? act.now, windowStartsAt },
  }
}

const campusAccess = ({ facts }: Noted): AccessBack => {
  if (facts?.campusAccess !== true) return null
  return typeof facts.windowStartsAt === 'string' ? Temporal.Instant.from(facts.windowStartsAt) : 'at-once'
}

/** What is told of the acts of the room `loss`. */
export const lossTellings: readonly (readonly [string, Telling])[] = [
  ['campus access paused', paused],
  ['campus access resumed', resumed],
  [
    'card reported lost',
    alsoTo(
      ofLoss(({ printedNumber, at, sendAt, sentAt, fileId, oldGoesOn }, issuer) => ({
        kind: 'card-reported-lost',
        printedNumber,
        at,
        sendAt: sentAt === null ? sendAt : null,
        lockedBefore: sentAt !== null && fileId === null,
        oldGoesOn,
        issuer,
      })),
      lossToPlaces,
    ),
  ],
  [
    'loss report withdrawn',
    alsoTo(
      ofLoss(({ printedNumber, endedAt, at }, _, entry) => ({
        kind: 'loss-withdrawn',
        printedNumber,
        at: endedAt ?? at,
        campusAccess: campusAccess(entry),
      })),
      lossOverToPlaces,
    ),
  ],
  [
    'lost card found',
    alsoTo(
      ofLoss(({ printedNumber, endedAt, at }, _, entry) => ({
        kind: 'card-found',
        printedNumber,
        at: endedAt ?? at,
        campusAccess: campusAccess(entry),
      })),
      lossOverToPlaces,
    ),
  ],
  // To its holder the receipt of the other card says so.
  ['lost card replaced', lossOverToPlaces],
  ['lost card not replaced', lossOverToPlaces],
  [
    'loss report sent',
    ofLoss(({ printedNumber, sentAt, at }, issuer) => ({
      kind: 'loss-sent',
      printedNumber,
      at: sentAt ?? at,
      issuer,
    })),
  ],
  [
    'loss report received',
    ofLoss(({ printedNumber, receivedAt, at }, issuer) => ({
      kind: 'loss-received',
      printedNumber,
      at: receivedAt ?? at,
      issuer,
    })),
  ],
  [
    'loss report refused',
    ofLoss(({ printedNumber, refusedBecause }, issuer) => ({
      kind: 'loss-refused',
      printedNumber,
      because: refusedBecause ?? '',
      issuer,
    })),
  ],
]

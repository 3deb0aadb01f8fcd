import { endingOf } from '../card/numbers.ts'
import { nameOf } from '../programme/name-of.ts'
import { phonesOn } from '../programme/rules.ts'
import type { Programme } from '../programme/shape.ts'
import { programmeInForce } from '../programme/store.ts'
import { personById } from '../roster/store.ts'
import type { Act } from '../server/register.ts'
import { leavesAt, putOffAtMost, riskUntil, sendingTimes } from './issuer-rules.ts'
import type { Missing, MissingCard } from './missing-shape.ts'
import { type MissingRow, missingRows } from './missing-store.ts'
import { resumesLeft } from './pause-rules.ts'
import { hasLeft, mayBeFound } from './rules.ts'

/** Whether a card was produced in the place of a lost one; the room of reissues answers it. */
export type ReplacementProduced = (act: Act, cardId: number) => Promise<boolean>

const text = (at: Temporal.Instant | null): string | null => at?.toString() ?? null

function lossOf(row: MissingRow, programme: Programme, replacementProduced: boolean): MissingCard['loss'] {
  const { report } = row
  if (report === null) return null
  const found = mayBeFound(
    { holds: true, status: '', report, endedAs: null },
    { foundAgain: programme.reissue.foundAgain, replacementProduced },
  )
  return {
    at: report.at.toString(),
    sendAt: report.sendAt.toString(),
    sentAt: text(report.sentAt),
    withdrawableUntil: report.sentAt === null && !replacementProduced ? report.sendAt.toString() : null,
    receivedAt: text(report.receivedAt),
    refusedBecause: report.refusedBecause,
    riskUntil: text(riskUntil(report, programme.issuer)),
    found: found.ok
      ? found.as === 'withdrawn'
        ? 'withdraws'
        : 'restores-campus-access'
      : found.refusal === 'replacement-produced'
        ? 'replacement-produced'
        : 'never-restored',
    oldCardGoesOn: row.oldCardGoesOn,
  }
}

/** Moments to choose from where reports may leave at any: noon and six in the evening. */
const offeredHours = { sendsAt: ['12:00', '18:00'] }

/** The later moments at which a report that is made now could leave; none where it cannot be put off. */
function putOffTimes({ issuer, campus }: Programme, now: Temporal.Instant): Temporal.Instant[] {
  if (issuer.schedulesAtMostDays === 0) return []
  const first = leavesAt(issuer, campus.zone, now)
  const span = { from: now.add({ minutes: 1 }), to: putOffAtMost(issuer, campus.zone, now) }
  const from = issuer.sendsAt.length > 0 ? issuer : offeredHours
  return sendingTimes(from, campus.zone, span).filter(at => Temporal.Instant.compare(at, first) > 0)
}

/**
 * What somebody who misses a card is shown: of each card whether its campus access is paused, whether it was reported
 * lost, until when that can be taken back, who bears what is spent until when, and what finding it again would bring.
 * Null for a person who is not in the register.
 */
export async function missingOf(
  act: Act,
  personId: number,
  replacementProduced: ReplacementProduced,
): Promise<Missing | null> {
  const person = await personById(act, personId)
  if (person === null) return null
  const programme = await programmeInForce(act)
  const { issuer, campus } = programme
  const cards: MissingCard[] = []
  for (const row of await missingRows(act, personId)) {
    const produced = row.report !== null && (await replacementProduced(act, row.cardId))
    cards.push({
      cardId: row.cardId,
      edition: nameOf(programme.editions, row.edition),
      ending: row.digitsAsked ? null : endingOf(row.printedNumber),
      inUse: row.inUse,
      pausedSince: row.inUse ? text(row.pausedSince) : null,
      resumesLeft: resumesLeft(row, programme.loss.pausesAtMost),
      purseLocked: row.purseLocked,
      loss: lossOf(row, programme, produced),
    })
  }
  return {
    now: act.now.toString(),
    leftTheUniversity: hasLeft(person.status),
    issuer: {
      name: issuer.name,
      phones: phonesOn(issuer.phones, act.now.toZonedDateTimeISO(campus.zone).toPlainDate()),
      riskHours: issuer.riskHours,
      clockStarts: issuer.clockStarts,
    },
    nextSending: leavesAt(issuer, campus.zone, act.now).toString(),
    putOffTimes: putOffTimes(programme, act.now).map(String),
    cards,
  }
}

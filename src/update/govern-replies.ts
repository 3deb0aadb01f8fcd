import { both } from '../lib/both.ts'
import type { Bilingual, Language } from '../lib/words.ts'
import { type Act, actorName } from '../server/register.ts'
import { dryControllers } from './dry-run.ts'
import type { DryRun, Guards, Holds, LosingPeople, StaffNotices } from './govern-shapes.ts'
import { governWords } from './govern-words.ts'
import { rehearse } from './guard-answer.ts'
import { type LosingPerson, openGuards, staffNames } from './guard-report.ts'
import { isOwn, type TooMany } from './guard-rules.ts'
import { holdsNow, rehearseRunNow } from './holds.ts'
import { openNotices } from './notices.ts'
import { buildingsOf } from './report.ts'
import { causeOf } from './shapes.ts'

/** People that one page of a list shows. */
export const peopleAPage = 50

const text = (at: Temporal.Instant | null): string | null => at?.toString() ?? null

const named = (names: ReadonlyMap<string, Bilingual>, actor: string) => ({
  actor,
  name: names.get(actor) ?? null,
})
const limitsReply = (limits: readonly TooMany[], buildings: ReadonlyMap<number, Bilingual>) =>
  limits.map(({ controller, ...counts }) => ({
    controllerId: controller,
    building: controller === null ? null : (buildings.get(controller) ?? null),
    ...counts,
  }))

const mayAnswerNow = (act: Act, causedBy: readonly string[]): boolean =>
  (act.actor.kind === 'access' || act.actor.kind === 'office') && !isOwn(actorName(act.actor), causedBy)

/** The guards that something waits behind, as the API says them. */
export async function guards(act: Act): Promise<Guards> {
  const rows = await openGuards(act)
  const names = await staffNames(
    act,
    rows.flatMap(row => [...row.causedBy, ...(row.answeredBy === null ? [] : [row.answeredBy])]),
  )
  const buildings = await buildingsOf(act)
  return {
    now: act.now.toString(),
    guards: rows.map(row => ({
      id: row.id,
      startsAt: row.startsAt.toString(),
      people: row.people,
      limits: limitsReply(row.limits, buildings),
      causedBy: row.causedBy.map(actor => named(names, actor)),
      causes: [...new Set((row.causes.length > 0 ? row.causes : [null]).map(causeOf))],
      answer: row.answer === 'refused' ? row.answer : null,
      answeredAt: text(row.answeredAt),
      answeredBy: row.answeredBy === null ? null : named(names, row.answeredBy),
      reason: row.reason,
      mayAnswer: mayAnswerNow(act, row.causedBy),
    })),
  }
}

/** A page of people who would lose access; that they were read is written down. */
export async function peoplePage(act: Act, found: readonly LosingPerson[]): Promise<LosingPeople> {
  const people = found.slice(0, peopleAPage)
  await act.note(...people.map(({ personId }) => ({ act: 'planned door changes read', personId })))
  return {
    people: people.map(({ studentNumber, places }) => ({ studentNumber, places })),
    next: found.length > peopleAPage ? (people.at(-1)?.personId ?? null) : null,
  }
}

/** The coming window, rehearsed. */
export async function dryRun(act: Act, language: Language): Promise<DryRun> {
  const { startsAt, people, seal, causedBy, tooMany } = await rehearse(act)
  const names = await staffNames(act, causedBy)
  const { given, refusal } = await rehearseRunNow(act, startsAt)
  const numbersOf = new Map(given.map(({ controllerId, numbers }) => [controllerId, numbers]))
  const controllers = await dryControllers(act, startsAt)
  return {
    startsAt: startsAt.toString(),
    controllers: controllers.map(each => ({ ...each, givesNow: numbersOf.get(each.controllerId) ?? 0 })),
    runNow: {
      numbers: given.reduce((sum, { numbers }) => sum + numbers, 0),
      refusal,
      message: refusal && governWords[language].holdRefusal[refusal]({}),
    },
    guard: {
      people,
      limits: limitsReply(tooMany, await buildingsOf(act)),
      causedBy: causedBy.map(actor => named(names, actor)),
      seal,
      mayApprove: mayAnswerNow(act, causedBy),
    },
  }
}

/** The notices that nobody acknowledged yet. */
export async function notices(act: Act): Promise<StaffNotices> {
  const buildings = await buildingsOf(act)
  return {
    notices: (await openNotices(act)).map(({ facts, startsAt, madeAt, ...notice }) => ({
      ...notice,
      startsAt: startsAt.toString(),
      madeAt: madeAt.toString(),
      people: facts.people ?? 0,
      missed: facts.missed ?? null,
      left: (facts.controllers ?? []).map(({ controller, ...left }) => ({
        controllerId: controller,
        building: buildings.get(controller) ?? null,
        ...left,
      })),
    })),
  }
}

/** The holds in force. */
export async function holds(act: Act): Promise<Holds> {
  const rows = await holdsNow(act)
  const names = await staffNames(
    act,
    rows.map(row => row.heldBy),
  )
  return {
    holds: rows.map(({ buildingZh, buildingEn, heldAt, heldBy, ...hold }) => ({
      ...hold,
      building: buildingZh === null ? null : both(buildingZh, buildingEn ?? ''),
      heldAt: heldAt.toString(),
      heldBy: named(names, heldBy),
    })),
  }
}

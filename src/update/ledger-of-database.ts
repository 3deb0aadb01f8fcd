import { combine } from '../server/combine.ts'
import type { Transaction } from '../server/database.ts'
import type { Clock } from '../server/register.ts'
import { dueNumbers, newcomers, openPeople } from './due.ts'
import { claimLanes, type Holding, lanesStillHeld, lanesWithWork, releaseLanes, renewLanes } from './lanes.ts'
import type { Lease, Ledger, TurnOf } from './ledger.ts'
import { shortTransaction } from './short-transaction.ts'
import { recordOutcomes } from './store.ts'
import { takeUpAdopted } from './take-up.ts'
import { cardsConfirmed, doubt, recordFound, recordVerified, suspectCards, toVerify } from './verify-store.ts'
import { finishLanes, finishWindows, newestWindow, openDueWindow } from './windows.ts'

/** The shared database and its clock, as a process that keeps controllers uses them. */
export type LedgerMaking = Holding & { clock: Clock }

/** Answers each question whose lane is still ours; of the others nothing is done. */
type Fenced<Question, Answer> = (trx: Transaction, ours: readonly Question[]) => Promise<readonly Answer[]>

/** Which of these lanes are still ours: where something is written, their rows are held until it is committed. */
type Fence = (trx: Transaction, leases: readonly Lease[]) => Promise<Set<number>>

/**
 * The ledger of the shared database. Lanes that ask at about the same time are answered together, in one transaction:
 * a thousand controllers cost the database a few dozen transactions, not ten thousand.
 */
export function openLedger(making: LedgerMaking): Ledger {
  const short = <T>(work: (trx: Transaction) => Promise<T>): Promise<T> => shortTransaction(making, work)

  const renewed: Fence = (trx, leases) => renewLanes(trx, making, leases)
  /** Looks first whose the lanes are; questions of lanes that are another's are answered with null. */
  const fenced = <Question extends { lease: Lease }, Answer>(
    work: Fenced<Question, Answer>,
    fence: Fence = renewed,
  ) =>
    combine<Question, Answer | null>(questions =>
      short(async trx => {
        const leases = questions.map(({ lease }) => lease)
        const ours = await fence(trx, leases)
        const still = questions.filter(({ lease }) => ours.has(lease.controllerId))
        const answers = still.length === 0 ? [] : await work(trx, still)
        const byQuestion = new Map(still.map((question, at) => [question, answers[at]!]))
        return questions.map(question => byQuestion.get(question) ?? null)
      }),
    )

  async function turns(trx: Transaction, asked: readonly TurnOf[]) {
    const ids = asked.map(({ lease }) => lease.controllerId)
    const [horizon, hasty] = await Promise.all([newestWindow(trx), newcomers(trx, ids)])
    const whose = asked.map(({ lease: { controllerId }, personIds, isStillVisited }) => {
      const newly = (hasty.get(controllerId) ?? []).filter(isStillVisited).map(person => person.personId)
      return { controllerId, personIds: [...new Set([...newly, ...personIds])] }
    })
    const due = await dueNumbers(trx, whose)
    return whose.map(({ controllerId, personIds }) => ({
      horizon,
      people: personIds.map(personId => ({ personId, due: due.get(controllerId)?.get(personId) ?? [] })),
    }))
  }

  const renew = fenced<{ lease: Lease }, true>(async (_trx, ours) => ours.map(() => true))
  const keep = fenced<Parameters<Ledger['keep']>[0], true>(async (trx, batches) => {
    await recordOutcomes(trx, await making.clock.now(trx), batches)
    return batches.map(() => true)
  })
  const suspect = fenced<{ lease: Lease }, true>(async (trx, ours) => {
    await suspectCards(
      trx,
      ours.map(({ lease }) => lease.controllerId),
    )
    return ours.map(() => true)
  })

  return {
    openDueWindow: plan => openDueWindow(making, plan),
    finishWindows: () => finishWindows(making),
    takeUpAdopted: () => takeUpAdopted(making),
    lanesWithWork: () => short(lanesWithWork),
    claim: combine(controllerIds => claimLanes(making, controllerIds)),
    renew: async lease => (await renew({ lease })) ?? false,
    release: combine(given => short(trx => releaseLanes(trx, given))),
    list: combine(leases =>
      short(async trx => {
        const ids = leases.map(({ controllerId }) => controllerId)
        const [horizon, open] = await Promise.all([newestWindow(trx), openPeople(trx, ids)])
        return ids.map(id => ({ horizon, open: open.get(id) ?? [] }))
      }),
    ),
    turn: fenced(turns, lanesStillHeld),
    keep: async batch => (await keep(batch)) ?? false,
    endPart: fenced(async (trx, parts) => finishLanes(trx, await making.clock.now(trx), parts)),
    toVerify: combine(questions => short(trx => toVerify(trx, questions))),
    keepReadBack: fenced(async (trx, read) => {
      const now = await making.clock.now(trx)
      await recordVerified(trx, now, read)
      await recordFound(trx, now, read)
      const wrong = read.flatMap(({ lease: { controllerId }, wrong: those }) =>
        those.map(({ number }) => ({ controllerId, number })),
      )
      const doubted = Map.groupBy(await doubt(trx, wrong), row => row.controllerId)
      return read.map(({ lease }) => doubted.get(lease.controllerId) ?? [])
    }),
    cardsConfirmed: combine(leases => short(trx => cardsConfirmed(trx, leases))),
    suspect: async lease => (await suspect({ lease })) ?? false,
  }
}

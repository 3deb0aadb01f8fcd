import { Type } from 'typebox'
import { endingOf } from '../card/numbers.ts'
import type { Language } from '../lib/words.ts'
import type { Programme } from '../programme/shape.ts'
import { refundWays } from '../programme/shape-cards.ts'
import type { Act } from '../server/register.ts'
import { Both, Moment, orNull } from '../server/shapes.ts'
import { answerFields, caseNumber } from './answer-file.ts'
import { everyCase, expectedBy, openCases } from './late-refunds.ts'
import { officeWords, sayLineFault } from './office-words.ts'
import type { AnswerRead } from './read-answer.ts'
import { differenceKinds, reconcile } from './reconcile.ts'
import { type ListedCase, listCases, listPayments } from './report-store.ts'
import { issuerReasons, lateness, type RefundStage, refundReasons, refundStages, stageOf } from './rules.ts'

const Day = Type.String({ format: 'date' })
const Amount = Type.Integer({ description: 'Whole minor units, as the issuer settled it' })

/** How many cases a page of the list has. */
export const casesShownAtMost = 200
/** How many wrong lines, differences and days an answer shows; the counts are of all. */
const shownAtMost = 500
const daysShown = 31

export const CasesReply = Type.Object({
  cases: Type.Array(
    Type.Object({
      caseId: Type.Integer(),
      number: Type.String({
        description: 'As the issuer sees it; of the next time of sending while it waits',
      }),
      studentNumber: Type.String(),
      ending: orNull(Type.String()),
      why: Type.Enum([...refundReasons]),
      way: Type.Enum([...refundWays]),
      stage: Type.Enum([...refundStages]),
      askedAt: Moment,
      sentAt: orNull(Moment),
      receivedOn: orNull(Day),
      by: orNull(Type.String({ format: 'date', description: 'By when it is to be paid' })),
      late: Type.Boolean(),
      paid: orNull(Type.Object({ amount: Amount, on: Day })),
      reason: orNull(Type.Enum([...issuerReasons])),
    }),
  ),
  next: orNull(Type.Integer({ description: 'The value of `before` for the next page' })),
})
export type CasesReply = Type.Static<typeof CasesReply>

export const SendReply = Type.Object({
  fileId: Type.Integer(),
  cases: Type.Integer(),
  left: Type.Boolean({ description: 'More wait: make another file' }),
})
export type SendReply = Type.Static<typeof SendReply>

export const FilesReply = Type.Object({
  files: Type.Array(
    Type.Object({
      fileId: Type.Integer(),
      madeAt: Moment,
      madeBy: Type.String(),
      cases: Type.Integer(),
      erased: Type.Boolean(),
    }),
  ),
})
export type FilesReply = Type.Static<typeof FilesReply>

export const AnswerReply = Type.Object({
  applied: Type.Boolean({ description: 'False: a line is wrong, and nothing of the file counts' }),
  again: Type.Boolean({ description: 'The same file was read before, and nothing changed' }),
  lines: Type.Integer(),
  counts: Type.Object({
    received: Type.Integer(),
    paid: Type.Integer(),
    refused: Type.Integer(),
    cancelled: Type.Integer(),
    differences: Type.Integer({ description: 'Payments that count for no case' }),
  }),
  wrong: Type.Integer(),
  faults: Type.Array(
    Type.Object({
      line: Type.Integer(),
      field: orNull(Type.Enum([...answerFields])),
      refusal: Type.String(),
      message: Type.String(),
    }),
  ),
})
export type AnswerReply = Type.Static<typeof AnswerReply>

export const ReconciliationReply = Type.Object({
  paid: Amount,
  counted: Amount,
  different: Type.Integer({
    description: 'What was paid and counts for no case; paid is counted and different',
  }),
  count: Type.Integer(),
  differences: Type.Array(
    Type.Object({
      kind: Type.Enum([...differenceKinds]),
      case: Type.String(),
      reference: orNull(Type.String()),
      amount: orNull(Amount),
      on: Day,
      message: Type.String(),
    }),
  ),
  days: Type.Array(Type.Object({ readOn: Day, payments: Type.Integer(), paid: Amount, counted: Amount }), {
    description: 'By the day on which it was read, the newest first',
  }),
})
export type ReconciliationReply = Type.Static<typeof ReconciliationReply>

const here = (act: Act, { campus }: Programme): Temporal.PlainDate =>
  act.now.toZonedDateTimeISO(campus.zone).toPlainDate()

type Listed = ListedCase & { by: Temporal.PlainDate | null; late: boolean }

const caseReply = ({ facts, ...row }: Listed): Type.Static<typeof CasesReply>['cases'][number] => ({
  caseId: facts.caseId,
  number: caseNumber(facts.caseId, Math.max(facts.round ?? 0, facts.sentRound, 1)),
  studentNumber: row.studentNumber,
  ending: endingOf(row.printedNumber),
  why: facts.why,
  way: facts.way,
  stage: stageOf(facts),
  askedAt: facts.askedAt.toString(),
  sentAt: facts.sentAt?.toString() ?? null,
  receivedOn: facts.receivedOn?.toString() ?? null,
  by: row.by?.toString() ?? null,
  late: row.late,
  paid: facts.paid && { amount: facts.paid.amount, on: facts.paid.on.toString() },
  reason: facts.no?.reason ?? null,
})

/** A page of the list of cases; of those that are late, all on one page. */
export async function casesReply(
  act: Act,
  programme: Programme,
  { late, stage, before }: { late: boolean; stage: RefundStage | undefined; before: number | undefined },
): Promise<Type.Static<typeof CasesReply>> {
  const today = here(act, programme)
  if (late) {
    const open = await openCases(act, programme, today)
    const found = open.filter(each => each.late && each.facts.caseId < (before ?? Number.MAX_SAFE_INTEGER))
    return page(found)
  }
  if (stage !== undefined) {
    const found: Listed[] = []
    for await (const each of everyCase(act, programme, before))
      if (stageOf(each.facts) === stage && found.push(each) > casesShownAtMost) break
    return page(found)
  }
  const listed = await listCases(act, { open: false, before, most: casesShownAtMost + 1 })
  return page(
    listed.map(each => ({
      ...each,
      ...lateness(each.facts, { today, expectedBy: expectedBy(programme, each.facts) }),
    })),
  )
}

function page(found: readonly Listed[]): Type.Static<typeof CasesReply> {
  const cases = found.slice(0, casesShownAtMost).map(caseReply)
  return { cases, next: found.length > casesShownAtMost ? cases.at(-1)!.caseId : null }
}

export const RefundCounts = Type.Object({
  currency: Type.Object({ code: Type.String(), minorDigits: Type.Integer() }),
  issuer: Both,
  stages: Type.Object(
    Object.fromEntries(refundStages.map(stage => [stage, Type.Integer()])) as Record<
      RefundStage,
      Type.TInteger
    >,
  ),
  late: Type.Integer(),
})
export type RefundCounts = Type.Static<typeof RefundCounts>

/** How many refunds are how far, and how many of them are late. */
export async function refundCounts(act: Act, programme: Programme): Promise<RefundCounts> {
  const stages = Object.fromEntries(refundStages.map(stage => [stage, 0])) as Record<RefundStage, number>
  let late = 0
  for await (const each of everyCase(act, programme)) {
    stages[stageOf(each.facts)]++
    if (each.late) late++
  }
  const { campus, issuer } = programme
  return { currency: campus.currency, issuer: issuer.name, stages, late }
}

/** What reading an answer did, with its wrong lines said in the reader's language. */
export const answerReply = (read: AnswerRead, language: Language): Type.Static<typeof AnswerReply> => ({
  applied: read.applied,
  again: read.again,
  lines: read.lines,
  counts: read.counts,
  wrong: read.faults.length,
  faults: read.faults.slice(0, shownAtMost).map(fault => ({
    line: fault.line,
    field: fault.field,
    refusal: fault.refusal,
    message: sayLineFault(fault, language),
  })),
})

/** Cases and payments compared, as of today. */
export async function reconciled(act: Act, programme: Programme) {
  const today = here(act, programme)
  const payments = await listPayments(act, programme.campus.zone)
  const open = (await openCases(act, programme, today)).map(({ facts, by }) => ({
    caseId: facts.caseId,
    round: facts.sentRound,
    stage: stageOf(facts),
    by,
  }))
  const { balanceAtMost } = programme.issuer
  return { payments, ...reconcile({ payments, open }, { balanceAtMost, today }) }
}

/** The same, said in the reader's language. */
export async function reconciliationReply(
  act: Act,
  programme: Programme,
  language: Language,
): Promise<Type.Static<typeof ReconciliationReply>> {
  const { payments, differences, ...sums } = await reconciled(act, programme)
  const days = new Map<string, Type.Static<typeof ReconciliationReply>['days'][number]>()
  for (const { readOn, amount, counts } of payments) {
    const on = readOn.toString()
    const day = days.get(on) ?? { readOn: on, payments: 0, paid: 0, counted: 0 }
    days.set(on, {
      readOn: on,
      payments: day.payments + 1,
      paid: day.paid + amount,
      counted: day.counted + (counts ? amount : 0),
    })
  }
  return {
    ...sums,
    count: differences.length,
    differences: differences.slice(0, shownAtMost).map(({ caseId, round, ...each }) => ({
      ...each,
      case: caseNumber(caseId, round),
      message: officeWords[language].differences[each.kind],
    })),
    days: [...days.values()].slice(0, daysShown),
  }
}

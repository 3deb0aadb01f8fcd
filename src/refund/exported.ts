import { Type } from 'typebox'
import { endingOf } from '../card/numbers.ts'
import { both } from '../lib/both.ts'
import { exportsList } from '../programme/exported-list.ts'
import { programmeInForce } from '../programme/store.ts'
import type { ExportColumn } from '../server/export-columns.ts'
import type { Server } from '../server/http.ts'
import type { Register } from '../server/register.ts'
import { caseNumber } from './answer-file.ts'
import { type Dated, everyCase } from './late-refunds.ts'
import { issuerReasonNames, stageNames, wayNames, whyNames } from './list-words.ts'
import { reconciled } from './office-api.ts'
import { officeWords } from './office-words.ts'
import type { Difference } from './reconcile.ts'
import { refundStages, stageOf } from './rules.ts'

const columns: ExportColumn<Dated>[] = [
  { header: both('學號', 'Student number'), text: row => row.studentNumber },
  {
    header: both('案號', 'Case'),
    text: ({ facts }) => caseNumber(facts.caseId, Math.max(facts.round ?? 0, facts.sentRound, 1)),
  },
  { header: both('卡號末四碼', 'Card ending'), text: row => endingOf(row.printedNumber) },
  { header: both('原因', 'Why'), text: ({ facts }, { language }) => whyNames[facts.why][language] },
  { header: both('收款方式', 'Paid by'), text: ({ facts }, { language }) => wayNames[facts.way][language] },
  { header: both('進度', 'Stage'), text: ({ facts }, { language }) => stageNames[stageOf(facts)][language] },
  { header: both('申請時間', 'Asked'), moment: ({ facts }) => facts.askedAt },
  { header: both('送出時間', 'Sent'), moment: ({ facts }) => facts.sentAt },
  { header: both('收件日', 'Received'), day: ({ facts }) => facts.receivedOn },
  { header: both('預計付款日', 'To be paid by'), day: row => row.by },
  { header: both('逾期', 'Late'), yes: row => row.late },
  { header: both('付款金額', 'Paid'), money: ({ facts }) => facts.paid?.amount ?? null },
  { header: both('付款日', 'Paid on'), day: ({ facts }) => facts.paid?.on ?? null },
  {
    header: both('不付款原因', 'Why not paid'),
    text: ({ facts }, { language }) => facts.no && issuerReasonNames[facts.no.reason][language],
  },
]

/** Refunds as a file. */
export const refundExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/refunds',
    name: 'refunds',
    title: both('退費', 'Refunds'),
    policy: ['office', 'auditor'],
    purpose: 'money',
    tags: ['refunds'],
    query: {
      late: Type.Optional(Type.Boolean()),
      stage: Type.Optional(Type.Enum([...refundStages])),
    },
    columns,
    async *rows(act, { late = false, stage }) {
      const programme = await programmeInForce(act)
      for await (const row of everyCase(act, programme))
        if ((!late || row.late) && (stage === undefined || stageOf(row.facts) === stage)) yield row
    },
  })

const differences: ExportColumn<Difference>[] = [
  { header: both('案號', 'Case'), text: ({ caseId, round }) => caseNumber(caseId, round) },
  {
    header: both('差異', 'Difference'),
    text: ({ kind }, { language }) => officeWords[language].differences[kind],
  },
  { header: both('付款編號', 'Payment'), text: row => row.reference },
  { header: both('金額', 'Amount'), money: row => row.amount },
  { header: both('日期', 'Day'), day: row => Temporal.PlainDate.from(row.on) },
]

/** Every difference between what the issuer paid and the cases, as a file. */
export const reconciliationExport = (server: Server, rooms: { register: Register }): void =>
  exportsList(server, rooms, {
    of: '/api/v1/refunds/reconciliation',
    name: 'refund-differences',
    title: both('退費對帳的差異', 'Differences of the refunds'),
    policy: ['office', 'auditor'],
    purpose: 'money',
    tags: ['refunds'],
    query: {},
    columns: differences,
    async *rows(act) {
      yield* (await reconciled(act, await programmeInForce(act))).differences
    },
  })

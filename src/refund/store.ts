import { hasLeft } from '../loss/rules.ts'
import type { RefundWay } from '../programme/shape-cards.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import { type Act, actorName } from '../server/register.ts'
import type { Destination } from './destination.ts'
import type { CardFacts, CaseFacts, IssuerReason, RefundReason } from './rules.ts'

interface CaseRow {
  caseId: number
  cardId: number
  why: RefundReason
  way: RefundWay
  askedAt: Temporal.Instant
  withdrawnAt: Temporal.Instant | null
  round: number | null
  sentRound: number | null
  sentAt: Temporal.Instant | null
  receivedOn: Temporal.PlainDate | null
  promisedBy: Temporal.PlainDate | null
  noKind: 'refused' | 'cancelled' | null
  noOn: Temporal.PlainDate | null
  noReason: IssuerReason | null
  paid: number | null
  paidOn: Temporal.PlainDate | null
  settled: boolean
}

/** A case with what was said of its last sending, and what counts as paid; `refund_case` is called r. */
export const caseColumns = `
  r.id as "caseId", r.card_id as "cardId", r.why, r.way, r.asked_at as "askedAt", r.withdrawn_at as "withdrawnAt",
  d.round, s.round as "sentRound", s.at as "sentAt", e.on_date as "receivedOn", e.promised_by as "promisedBy",
  n.kind as "noKind", n.on_date as "noOn", n.reason as "noReason", p.amount as paid, p.value_on as "paidOn",
  exists (select from refund_settlement where of_case = r.id) as settled`
export const caseJoins = `
  left join refund_destination d on d.case_id = r.id
  left join lateral (
    select round, at from refund_sending where case_id = r.id order by round desc limit 1) s on true
  left join refund_event e on e.case_id = r.id and e.round = s.round and e.kind = 'received'
  left join lateral (
    select kind, on_date, reason from refund_event
    where case_id = r.id and round = s.round and kind <> 'received' order by kind limit 1) n on true
  left join refund_settlement p on p.counts_for = r.id`

/** A row as the rules see it. */
export const caseOf = ({ sentRound, noKind, noOn, noReason, paid, paidOn, ...row }: CaseRow): CaseFacts => ({
  caseId: row.caseId,
  why: row.why,
  way: row.way,
  askedAt: row.askedAt,
  withdrawnAt: row.withdrawnAt,
  round: row.round,
  sentRound: sentRound ?? 0,
  sentAt: row.sentAt,
  receivedOn: row.receivedOn,
  promisedBy: row.promisedBy,
  no: noKind && { kind: noKind, on: noOn!, reason: noReason! },
  paid: paid === null ? null : { amount: paid, on: paidOn! },
  settled: row.settled,
})
export type { CaseRow }

/** A person and every card they were ever given, with what asking needs to know of each. */
export interface RefundFacts {
  kind: PersonKind
  cards: (CardFacts & { cardId: number; edition: string; printedNumber: string | null })[]
}

const lockSql = 'select kind, status from person where id = $1 for update'
const personSql = 'select kind, status from person where id = $1'
const lockCasesSql = 'select id from refund_case where person_id = $1 order by id for update'
const cardsSql = `
  select h.card_id as "cardId", h.edition, c.printed_number as "printedNumber", h.edition = any($2::text[]) as ending,
         exists (select from card_use u where u.card_id = h.card_id and u.during @> $3::timestamptz) as "hasAccess",
         exists (select from activation a where a.replaces = h.card_id and a.person_id = $1) as replaced,
         (select case when bool_or(l.sent_at is not null and l.refused_because is null) then 'sent'
                      when bool_or(l.ended_at is null) then 'to-be-sent' else 'none' end
          from loss_report l where l.card_id = h.card_id) as "lossReport"
  from handover h join card c on c.id = h.card_id
  where h.person_id = $1 order by h.at desc, h.card_id desc`
const casesSql = `select ${caseColumns} from refund_case r ${caseJoins} where r.person_id = $1`

/**
 * What the rules ask of a person's cards and cases; null where there is no such person. With `locks` nobody else changes
 * them until the act ends, and what is read is what the wait was for.
 */
export async function refundFacts(
  act: Act,
  personId: number,
  { ending, locks }: { ending: readonly string[]; locks: boolean },
): Promise<RefundFacts | null> {
  type Person = { kind: PersonKind; status: string }
  type Card = Omit<RefundFacts['cards'][number], 'holds' | 'hasLeft' | 'case' | 'lossReport'> & {
    lossReport: CardFacts['lossReport'] | null
  }
  const [[person], , cards, cases] = await Promise.all([
    act.statement<Person>(locks ? 'refund_lock' : 'refund_person', locks ? lockSql : personSql, [personId]),
    locks ? act.statement('refund_lock_cases', lockCasesSql, [personId]) : null,
    act.statement<Card>('refund_cards', cardsSql, [personId, ending, act.now]),
    act.statement<CaseRow>('refund_cases_of', casesSql, [personId]),
  ])
  if (person === undefined) return null
  const caseOfCard = new Map(cases.map(row => [row.cardId, caseOf(row)]))
  return {
    kind: person.kind,
    cards: cards.map(card => ({
      ...card,
      lossReport: card.lossReport ?? 'none',
      holds: true,
      hasLeft: hasLeft(person.status),
      case: caseOfCard.get(card.cardId) ?? null,
    })),
  }
}

const keepCaseSql = `
  insert into refund_case (card_id, person_id, why, way, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6)
  on conflict (card_id) do update
    set why = excluded.why, way = excluded.way, asked_at = excluded.asked_at, asked_by = excluded.asked_by,
        withdrawn_at = null
  returning id`

/** Keeps that somebody asked; a case that was withdrawn goes on. Its id. */
export async function keepCase(
  act: Act,
  asked: { cardId: number; personId: number; why: RefundReason; way: RefundWay },
): Promise<number> {
  const values = [asked.cardId, asked.personId, asked.why, asked.way, act.now, actorName(act.actor)]
  const [row] = await act.statement<{ id: number }>('keep_refund_case', keepCaseSql, values)
  return row!.id
}

const keepDestinationSql = `
  insert into refund_destination (case_id, round, bank, branch, account, iban, address, changed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (case_id) do update
    set round = excluded.round, bank = excluded.bank, branch = excluded.branch, account = excluded.account,
        iban = excluded.iban, address = excluded.address, changed_at = excluded.changed_at, erase_on = null`
const keepWaySql = 'update refund_case set way = $2 where id = $1 and way <> $2'

/** Keeps where the money of a case goes, for its next time of sending. */
export async function keepDestination(
  act: Act,
  { caseId, round }: { caseId: number; round: number },
  to: Destination,
): Promise<void> {
  const { bank, branch, account, iban, address } = { ...noDestination, ...to }
  const values = [caseId, round, bank, branch, account, iban, address, act.now]
  await Promise.all([
    act.statement('keep_refund_destination', keepDestinationSql, values),
    act.statement('keep_refund_way', keepWaySql, [caseId, to.way]),
  ])
}

const noDestination = { bank: null, branch: null, account: null, iban: null, address: null }

export interface DestinationRow {
  bank: string | null
  branch: string | null
  account: string | null
  iban: string | null
  address: string | null
}

/** A row as the place it means. */
export function destinationOf({ bank, branch, account, iban, address }: DestinationRow): Destination {
  if (address !== null) return { way: 'registered-mail', address }
  if (iban !== null) return { way: 'bank', iban }
  return { way: 'bank', bank: bank!, branch: branch!, account: account! }
}

const destinationSql =
  'select bank, branch, account, iban, address from refund_destination where case_id = $1'

/** Where the money of a case goes; null where that was erased. */
export async function destinationOfCase(act: Act, caseId: number): Promise<Destination | null> {
  const [row] = await act.statement<DestinationRow>('refund_destination', destinationSql, [caseId])
  return row ? destinationOf(row) : null
}

const withdrawSql = `
  with erased as (delete from refund_destination where case_id = $1)
  update refund_case set withdrawn_at = $2 where id = $1`

/** Keeps that a case was withdrawn; where its money was to go is erased with it. */
export async function keepWithdrawal(act: Act, caseId: number): Promise<void> {
  await act.statement('keep_refund_withdrawal', withdrawSql, [caseId, act.now])
}

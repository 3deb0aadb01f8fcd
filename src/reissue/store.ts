import type { ReissueReason } from '../programme/shape-cards.ts'
import type { PersonKind } from '../programme/shape-parts.ts'
import { lockHolder } from '../roster/store.ts'
import { type Act, actorName } from '../server/register.ts'
import type { Application, ApplicationFacts, Applied } from './rules.ts'

/** How it ended with an application. */
export type ReissueEnd = 'collected' | 'lapsed' | 'withdrawn' | 'found-again' | 'left'

/** An application as its row says, with whom it is of. Instants in campus time, the amount in minor units. */
export interface Reissue {
  id: number
  personId: number
  studentNumber: string
  kind: PersonKind
  forCard: number
  reason: ReissueReason
  edition: string
  amount: number
  appliedAt: Temporal.Instant
  lapsesAt: Temporal.Instant
  settledAt: Temporal.Instant | null
  settled: 'free' | 'paid' | 'waived' | null
  cardId: number | null
  producedAt: Temporal.Instant | null
  endedAt: Temporal.Instant | null
  endedAs: ReissueEnd | null
}

/** The columns of a reissue `r` of a person `p`. */
export const reissueColumns = `
  r.id, r.person_id as "personId", p.student_number as "studentNumber", p.kind, r.for_card as "forCard", r.reason,
  r.edition, r.fee_amount as amount, r.applied_at as "appliedAt", r.lapses_at as "lapsesAt", r.settled_at as "settledAt",
  r.settled_as as settled, r.card_id as "cardId", r.produced_at as "producedAt", r.ended_at as "endedAt",
  r.ended_as as "endedAs"`
const reissueSql = `select ${reissueColumns} from reissue r join person p on p.id = r.person_id`

/** The open application of a person, or null. */
export async function openReissueOf(act: Act, personId: number): Promise<Reissue | null> {
  const sql = `${reissueSql} where r.person_id = $1 and r.ended_at is null`
  const [row] = await act.statement<Reissue>('open_reissue', sql, [personId])
  return row ?? null
}

/** The newest application of a person, open or not, or null. */
export async function newestReissueOf(act: Act, personId: number): Promise<Reissue | null> {
  const sql = `${reissueSql} where r.person_id = $1 order by r.id desc limit 1`
  const [row] = await act.statement<Reissue>('newest_reissue', sql, [personId])
  return row ?? null
}

/** An application by its id, open or not, or null. */
export async function reissueById(act: Act, id: number): Promise<Reissue | null> {
  const [row] = await act.statement<Reissue>('reissue_by_id', `${reissueSql} where r.id = $1`, [id])
  return row ?? null
}

/** An application by its id with its person locked: as it is once everybody before has ended. */
export async function lockedReissue(act: Act, id: number): Promise<Reissue | null> {
  const found = await reissueById(act, id)
  if (found === null) return null
  await lockHolder(act, found.personId)
  return reissueById(act, id)
}

/** The open application for another card in the place of this one; null where there is none. */
export async function openReissueFor(act: Act, cardId: number): Promise<Reissue | null> {
  const sql = 'select id from reissue where for_card = $1 and ended_at is null'
  const [row] = await act.statement<{ id: number }>('open_reissue_for', sql, [cardId])
  return row ? lockedReissue(act, row.id) : null
}

/** The card that was produced in the place of this one, while nobody has taken back that it should be; null: none. */
export async function replacementFor(act: Act, cardId: number): Promise<number | null> {
  const sql = `
    select card_id as id from reissue
    where for_card = $1 and card_id is not null and (ended_at is null or ended_as = 'collected')`
  const [row] = await act.statement<{ id: number }>('replacement_for', sql, [cardId])
  return row?.id ?? null
}

/** What is still due of an application, in minor units; null where it is not open. */
export function dueOf(reissue: Pick<Reissue, 'endedAt' | 'settled' | 'amount'> | null): number | null {
  if (reissue === null || reissue.endedAt !== null) return null
  return reissue.settled === null ? reissue.amount : 0
}

/** An open application as the rules ask for it; null where it is not open. */
export const asOpen = (reissue: Reissue | null) =>
  reissue === null || reissue.endedAt !== null
    ? null
    : { reason: reissue.reason, settled: reissue.settled, produced: reissue.cardId !== null }

const factsSql = `
  select p.status, p.kind, h.card_id is not null as holds, h.edition, l.card_id is not null as lost,
         c.retired_at is not null as "handedIn",
         not exists (select from handover later where later.person_id = p.id and later.card_id <> h.card_id
                     and (later.at, later.card_id) > (h.at, h.card_id)) as newest,
         exists (select from handover had where had.person_id = p.id and had.edition = $3) as "hadIssued"
  from person p
  left join handover h on h.card_id = $2 and h.person_id = p.id
  left join card c on c.id = h.card_id
  left join card_lost l on l.card_id = h.card_id
  where p.id = $1`

type FactsRow = Pick<ApplicationFacts, 'status' | 'kind' | 'hadIssued'> &
  NonNullable<ApplicationFacts['card']> & { holds: boolean }

/** What the rule of applying asks; `issued` is the edition given today. Who keeps something by it locks the person first. */
export async function applicationFacts(
  act: Act,
  { personId, cardId, issued }: { personId: number; cardId: number; issued: string },
): Promise<ApplicationFacts> {
  const [row] = await act.statement<FactsRow>('reissue_facts', factsSql, [personId, cardId, issued])
  const open = await openReissueOf(act, personId)
  const { status, kind, hadIssued, holds, edition, lost, handedIn, newest } = row!
  return {
    status,
    kind,
    hadIssued,
    card: holds ? { edition, lost, handedIn, newest } : null,
    open: open && { cardId: open.forCard, reason: open.reason },
  }
}

const keepSql = `
  insert into reissue (person_id, for_card, reason, edition, fee_id, fee_amount, applied_at, applied_by, lapses_at,
                       settled_at, settled_as)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $6 = 0 then $7::timestamptz end, case when $6 = 0 then 'free' end)
  returning id`

/** Keeps an application; one that costs nothing is settled by it. Says its id. */
export async function keepReissue(
  act: Act,
  personId: number,
  { cardId, reason }: Application,
  { edition, feeId, amount, lapsesAt }: Applied,
): Promise<number> {
  const [row] = await act.statement<{ id: number }>('keep_reissue', keepSql, [
    personId,
    cardId,
    reason,
    edition,
    feeId,
    amount,
    act.now,
    actorName(act.actor),
    lapsesAt,
  ])
  return row!.id
}

// The moment was read before the person was locked, and may be a little before that of who had the lock first.
const settleSql = `
  update reissue set settled_at = greatest($2, applied_at), settled_as = $3 where id = $1`

/** Keeps that nothing is due of an application any more. */
export const keepSettled = (act: Act, id: number, as: 'paid' | 'waived'): Promise<unknown> =>
  act.statement('settle_reissue', settleSql, [id, act.now, as])

const endSql = `
  update reissue set ended_at = greatest($2, applied_at), ended_by = $3, ended_as = $4 where id = $1 and ended_at is null`

/** Keeps how an application ended. */
export const keepEnded = (act: Act, id: number, as: ReissueEnd): Promise<unknown> =>
  act.statement('end_reissue', endSql, [id, act.now, actorName(act.actor), as])

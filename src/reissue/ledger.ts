import { type Act, actorName } from '../server/register.ts'

/**
 * The accounts of the ledger. Positive entries of `due`, `waived` and of the ways money comes in say what is owed to the
 * university or has reached it; of the others negative ones say what it asked, owes, or has paid out.
 */
export type Account =
  | 'due'
  | 'fees'
  | 'waived'
  | 'online'
  | 'kiosk'
  | 'counter'
  | 'unmatched'
  | 'owed-back'
  | 'paid-back'

/** What a move is about. */
interface Move {
  kind: 'charged' | 'charge-cancelled' | 'waived' | 'arrived' | 'paid' | 'owed-back' | 'paid-back'
  reissueId?: number | null
  receipt?: string
  paymentTry?: string
  reason?: string
  /** The question by which a second person let it go. */
  questionId?: number
}

// Two statements: whose an entry is, its move says, which a statement of its own does not see yet.
const moveSql = `
  insert into fee_move (at, by, kind, reissue_id, receipt, payment_try, reason, counter, question_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`
const entriesSql = 'insert into fee_entry (move_id, account, amount) values ($1, $2, $4), ($1, $3, -$4::int)'

/**
 * Writes a move of money into the ledger: from one account to another, so that its entries come to nothing. In minor
 * units of the campus's currency. What is written is never changed.
 */
export async function move(
  act: Act,
  { kind, reissueId = null, receipt, paymentTry, reason, questionId }: Move,
  amount: number,
  { to, from }: { to: Account; from: Account },
): Promise<void> {
  const [moved] = await act.statement<{ id: number }>('fee_move', moveSql, [
    act.now,
    actorName(act.actor),
    kind,
    reissueId,
    receipt ?? null,
    paymentTry ?? null,
    reason ?? null,
    to === 'counter' ? (act.actor.counter ?? null) : null,
    questionId ?? null,
  ])
  await act.statement('fee_entries', entriesSql, [moved!.id, to, from, amount])
}

const owedSql = `
  select -coalesce(sum(e.amount) filter (where e.account = 'owed-back'), 0)::int as owed,
         -coalesce(sum(e.amount) filter (where e.account = 'paid-back'), 0)::int as back
  from fee_move m join fee_entry e on e.move_id = m.id where m.reissue_id = $1`

/** What of an application's money is owed back, and what was paid back, in minor units. */
export async function owedBackOf(act: Act, reissueId: number): Promise<{ owed: number; back: number }> {
  const [row] = await act.statement<{ owed: number; back: number }>('owed_back', owedSql, [reissueId])
  return row!
}

import type { ChipNumber } from '../card/numbers.ts'
import { type Act, actorName } from '../server/register.ts'
import type { Shown } from './rules.ts'
import type { BoundSignature } from './signing.ts'

/** Locks a person, so that of two clerks who serve the same student one waits for the other. */
export async function lockPerson(act: Act, studentNumber: string): Promise<void> {
  await act.statement('handover_lock', 'select 1 from person where student_number = $1 for update', [
    studentNumber,
  ])
}

/** Locks the card of a chip number, so that one card is not given to two people at two desks. */
export async function lockCard(act: Act, chip: ChipNumber): Promise<void> {
  await act.statement('handover_lock_card', 'select 1 from card where chip = $1 for update', [
    Buffer.from(chip),
  ])
}

/** For so long one entry in the journal tells that a clerk has somebody before them. */
const servedMinutes = 15

const readLatelySql = `
  select 1 from journal where person_id = $1 and actor = $2 and act = 'person looked up' and at > $3 limit 1`

/** Whether the journal tells already that this clerk is reading who somebody is. */
export async function readLately(act: Act, personId: number): Promise<boolean> {
  const since = act.now.subtract({ minutes: servedMinutes })
  const rows = await act.statement('read_lately', readLatelySql, [personId, actorName(act.actor), since])
  return rows.length > 0
}

/**
 * A clerk reads who somebody is: noted of each who comes, and of who is named without a scan once, though the desk looks
 * every two seconds.
 */
export async function noteReading(
  act: Act,
  personId: number,
  { by, isOther }: { by: string; isOther: boolean },
): Promise<void> {
  if (!isOther && (await readLately(act, personId))) return
  await act.note({ act: 'person looked up', personId, facts: { by } })
}

/** A handover as it is kept. Instants in campus time. */
export interface KeptHandover {
  cardId: number
  personId: number
  edition: string
  how: 'desk' | 'representative' | 'health-check' | 'before-gatehouse'
  /** With which representative's batch it went. */
  batchId?: number
  at: Temporal.Instant
  /** What was shown, or null where no desk of ours asked. */
  evidence: Shown | null
  evidenceCardId: number | null
  /** The second person's word that this uses up. */
  confirmationId: number | null
  /** The authorization of who collected for them, that this uses up. */
  proxyId?: number | null
  counter: string | null
  clerk: string | null
}

const keepSql = `
  insert into handover (card_id, person_id, edition, at, how, evidence, evidence_card_id, confirmation_id,
    proxy_authorization_id, counter, clerk, batch_id, held)
  select "cardId", "personId", edition, at, how, evidence, "evidenceCardId", "confirmationId", "proxyId", counter, clerk,
    "batchId", tstzrange(at, null)
  from jsonb_to_recordset($1::jsonb) as r("cardId" bigint, "personId" bigint, edition text, at timestamptz, how text,
    evidence jsonb, "evidenceCardId" bigint, "confirmationId" bigint, "proxyId" bigint, counter text, clerk text, "batchId" bigint)`

/** Keeps handovers: from then on each card is in that person's custody. */
export async function keepHandovers(act: Act, handovers: readonly KeptHandover[]): Promise<void> {
  await act.statement('keep_handovers', keepSql, [JSON.stringify(handovers)])
}

const handInSql = `
  with replaced as (
    select for_card, reason from reissue
    where card_id = $1 and person_id = $2 and ended_at is null and reason <> 'lost'),
  ended as (
    update handover h set held = tstzrange(lower(held), greatest(lower(held), $3)) from replaced
    where h.card_id = replaced.for_card and (upper_inf(held) or upper(held) > $3))
  update card set retired_at = $3, retired_for = case replaced.reason when 'damaged' then 'damaged' else 'replaced' end
  from replaced where card.id = replaced.for_card and retired_at is null
  returning card.id as "cardId", retired_for as reason`

/**
 * A damaged or renamed card is handed in for the one that is issued anew: it is nobody's any more, and final. Its campus
 * access goes on until the new one is activated, and so its numbers at the doors stay its own.
 */
export async function keepHandedIn(
  act: Act,
  { cardId, personId }: { cardId: number; personId: number },
): Promise<{ cardId: number; reason: string } | null> {
  type Row = { cardId: number; reason: string }
  const [row] = await act.statement<Row>('keep_handed_in', handInSql, [cardId, personId, act.now])
  return row ?? null
}

const signatureSql = `
  insert into signature (card_id, place, manner, picture, text, bound_hash, signed_at, request_id, erase_on)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`

/** Keeps what was signed beside its handover, until the day its purpose ends. */
export async function keepSignature(
  act: Act,
  signature: BoundSignature & { cardId: number; eraseOn: Temporal.PlainDate },
): Promise<void> {
  const { cardId, place, manner, picture, text, boundHash, at, requestId, eraseOn } = signature
  const values = [cardId, place, manner, picture, text, boundHash, at, requestId, eraseOn]
  await act.statement('keep_signature', signatureSql, values)
}

/** Uses a live proof up; false where it was used before. */
export async function spendProof(act: Act, nonce: string, personId: number): Promise<boolean> {
  const rows = await act.statement(
    'use_proof',
    'insert into used_proof (nonce, person_id, at) values ($1, $2, $3) on conflict do nothing returning 1',
    [nonce, personId, act.now],
  )
  return rows.length > 0
}

/** Whether a live proof was used before. */
export async function proofUsed(act: Act, nonce: string): Promise<boolean> {
  const rows = await act.statement('proof_used', 'select 1 from used_proof where nonce = $1', [nonce])
  return rows.length > 0
}

const startUseSql = `
  insert into card_use (card_id, person_id, during)
  select "cardId", "personId", tstzrange("from", "until")
  from jsonb_to_recordset($1::jsonb) as r("cardId" bigint, "personId" bigint, "from" timestamptz, "until" timestamptz)`

/** Records the campus access of old cards that were in use before Gatehouse, until it ends by the programme. */
export async function keepOldUse(
  act: Act,
  uses: readonly {
    cardId: number
    personId: number
    from: Temporal.Instant
    until: Temporal.Instant | null
  }[],
): Promise<void> {
  await act.statement('keep_old_use', startUseSql, [JSON.stringify(uses)])
}

const moveUseSql = `
  update card_use u set during = tstzrange(lower(u.during), m."to")
  from card c, jsonb_to_recordset($1::jsonb) as m(edition text, "from" timestamptz, "to" timestamptz)
  where c.id = u.card_id and c.edition = m.edition and upper(u.during) is not distinct from m."from"
    and (upper_inf(u.during) or upper(u.during) > $2)
  returning u.person_id as "personId"`

/**
 * Moves the end of campus access that the programme's deadline set; says whose it was. What has ended, and what ended
 * otherwise (by an activation, a loss), is not touched.
 */
export async function moveUse(
  act: Act,
  moves: readonly { edition: string; from: Temporal.Instant | null; to: Temporal.Instant | null }[],
): Promise<number[]> {
  const rows = await act.statement<{ personId: number }>('move_use', moveUseSql, [
    JSON.stringify(moves),
    act.now,
  ])
  return rows.map(row => row.personId)
}

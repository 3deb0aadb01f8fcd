import type { Language } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import type { SigningManner } from './signature.ts'
import type { SignatureRequest } from './signing-rules.ts'

const columns = `
  r.id, r.person_id as "personId", r.card_id as "cardId", r.proxy_authorization_id as "proxyId", r.place,
  jsonb_build_object('zh-TW', r.text_zh, 'en', r.text_en) as text, r.counter, r.asked_by as "askedBy",
  r.asked_at as "askedAt", r.proof_at as "proofAt", r.good_until as "goodUntil", r.withdrawn_at as "withdrawnAt", r.used_at as "usedAt",
  r.signed, r.answered_at as "answeredAt", r.manner`

/** What is asked, as it is kept. */
export type NewRequest = Pick<
  SignatureRequest,
  'personId' | 'cardId' | 'proxyId' | 'place' | 'text' | 'proofAt' | 'goodUntil'
>

const withdrawSql = `
  update signature_request set withdrawn_at = $2
  where withdrawn_at is null and used_at is null and signed is distinct from false and id <> coalesce($3, 0)
    and (person_id = $1 or (asked_by = $4 and place = 'tablet'))`

/** Nobody answers any more what a person was asked, or what stands on a clerk's tablet; but for the one that is used now. */
export async function withdrawOthers(
  act: Act,
  { personId, clerk = null, but = null }: { personId: number; clerk?: string | null; but?: number | null },
): Promise<void> {
  await act.statement('withdraw_signature_requests', withdrawSql, [personId, act.now, but, clerk])
}

const askSql = `
  insert into signature_request (person_id, card_id, proxy_authorization_id, place, text_zh, text_en, counter, asked_by,
    asked_at, good_until, proof_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`

/** Keeps what a desk asks; what this person was asked before is withdrawn first. */
export async function keepRequest(act: Act, asked: NewRequest): Promise<number> {
  const { actor, now } = act
  await withdrawOthers(act, { personId: asked.personId, clerk: asked.place === 'tablet' ? actor.id : null })
  const [row] = await act.statement<{ id: number }>('ask_for_signature', askSql, [
    asked.personId,
    asked.cardId,
    asked.proxyId,
    asked.place,
    asked.text['zh-TW'],
    asked.text.en,
    actor.counter,
    actor.id,
    now,
    asked.goodUntil,
    asked.proofAt,
  ])
  return row!.id
}

const newestSql = `
  select ${columns} from signature_request r
  where r.person_id = $1 and ($2::bigint is null or r.card_id = $2) order by r.id desc limit 1`

/** What a person was last asked to sign, about one card or about any; or null. */
export async function newestRequest(
  act: Act,
  personId: number,
  cardId: number | null = null,
): Promise<SignatureRequest | null> {
  const [row] = await act.statement<SignatureRequest>('newest_signature_request', newestSql, [
    personId,
    cardId,
  ])
  return row ?? null
}

const onTabletSql = `
  select ${columns} from signature_request r
  where r.asked_by = $1 and r.counter = $2 and r.place = 'tablet' order by r.id desc limit 1`

/** What a clerk last asked on their tablet; or null. */
export async function newestOnTablet(
  act: Act,
  { clerk, counter }: { clerk: string; counter: string },
): Promise<SignatureRequest | null> {
  const [row] = await act.statement<SignatureRequest>('newest_on_tablet', onTabletSql, [clerk, counter])
  return row ?? null
}

/** A request with whose card it is about, and what was signed. */
export interface RequestInFull extends SignatureRequest {
  studentNumber: string
  /** Of whoever signs: the holder, or who collects for them. */
  names: string[]
  chip: Buffer
  language: Language | null
  picture: string | null
  boundHash: Buffer | null
}

const fullSql = `
  select ${columns}, p.student_number as "studentNumber", c.chip, r.language, r.picture, r.bound_hash as "boundHash",
         case when r.proxy_authorization_id is null then array[p.name_zh, p.name_en]
           else array[coalesce(a.proxy_name, '')] end as names
  from signature_request r join person p on p.id = r.person_id join card c on c.id = r.card_id
  left join proxy_authorization a on a.id = r.proxy_authorization_id
  where r.id = $1`

/** Locks a request, so that of two who answer or use it at once one waits for the other; null where there is none. */
export async function lockRequest(act: Act, id: number): Promise<RequestInFull | null> {
  await act.statement('lock_signature_request', 'select 1 from signature_request where id = $1 for update', [
    id,
  ])
  // A statement of its own: who waited for the lock must see what the other one wrote.
  const [row] = await act.statement<RequestInFull>('signature_request', fullSql, [id])
  return row ?? null
}

/** Keeps the answer: what was signed, or that it is refused. */
export async function keepAnswerOf(
  act: Act,
  id: number,
  by: string,
  signed: { language: Language; manner: SigningManner; picture: string; boundHash: Buffer } | null,
): Promise<void> {
  await act.statement(
    'answer_signature_request',
    `update signature_request set signed = $2, answered_at = $3, answered_by = $4, language = $5, manner = $6,
       picture = $7, bound_hash = $8 where id = $1`,
    [
      id,
      signed !== null,
      act.now,
      by,
      signed?.language ?? null,
      signed?.manner ?? null,
      signed?.picture ?? null,
      signed?.boundHash ?? null,
    ],
  )
}

/** A clerk takes back what they asked; whoever has it before them sees it go. */
export async function keepWithdrawal(act: Act, id: number): Promise<void> {
  await act.statement(
    'withdraw_signature_request',
    'update signature_request set withdrawn_at = $2 where id = $1 and withdrawn_at is null and used_at is null',
    [id, act.now],
  )
}

/** The handover has used it: what was drawn or typed stands with the signature from now on, and nowhere else. */
export async function keepUse(act: Act, id: number): Promise<void> {
  await act.statement(
    'use_signature_request',
    'update signature_request set used_at = $2, picture = null where id = $1',
    [id, act.now],
  )
}

/** The clerks of a counter, for a tablet that lies before one of them. */
export const clerksOf = (act: Act, counter: string) =>
  act.statement<{ id: string; nameZh: string; nameEn: string }>(
    'clerks_of_counter',
    `select s.id, s.name_zh as "nameZh", s.name_en as "nameEn" from staff s join staff_role r on r.staff_id = s.id
     where r.role = 'desk' and r.counter = $1 and s.ended_at is null order by s.id limit 100`,
    [counter],
  )

import type { SignedOn, SigningManner } from '../handover/signature.ts'
import type { Language } from '../lib/words.ts'
import type { Act } from '../server/register.ts'
import type { Composed, MessageKind } from './rules.ts'

/** The person whom a message goes to. */
export interface Addressee {
  personId: number
  nameZh: string
  nameEn: string
  /** Null: the message is kept for My card and never mailed. */
  email: string | null
  language: Language
  printedNumber: string | null
}

/** Who a letter goes to; of no person in the register where it is a proxy or a place of the university. */
export type Recipient = Omit<Addressee, 'personId'> & { personId: number | null }

/** SQL: the columns of an `Addressee`, of a person `p` and a card `c`. */
export const addressee = `
  p.id as "personId", p.name_zh as "nameZh", p.name_en as "nameEn", p.email, p.language,
  c.printed_number as "printedNumber"`

const receiptSql = `
  select ${addressee}, h.at, h.edition, h.counter, u.card_id is not null as "hasOld", u.until as "oldUntil",
    case when s.card_id is not null then jsonb_build_object('text', s.text, 'manner', s.manner, 'place', s.place,
      'hash', encode(s.bound_hash, 'hex')) end as signed,
    jsonb_build_object('zh-TW', f.name_zh, 'en', f.name_en) as clerk
  from handover h left join signature s on s.card_id = h.card_id left join staff f on f.id = h.clerk
  join person p on p.id = h.person_id join card c on c.id = h.card_id
  left join lateral (
    select o.id as card_id, upper(during) as until from card_use join card o on o.id = card_use.card_id
    where person_id = h.person_id and kind = 'student' and card_id <> h.card_id and during @> $2::timestamptz
      and o.retired_at is null) u on true
  where h.card_id = $1`

export interface Receipt extends Addressee {
  at: Temporal.Instant
  edition: string
  counter: string | null
  hasOld: boolean
  oldUntil: Temporal.Instant | null
  /** What was signed, how, on what, and its hash as hexadecimal; null where nothing was. */
  signed: { text: string; manner: SigningManner; place: SignedOn; hash: string } | null
  clerk: { 'zh-TW': string | null; en: string | null }
}

/** What the receipt of a handed-over card says; null where the card was not handed over. */
export async function receiptOf(act: Act, cardId: number): Promise<Receipt | null> {
  const [row] = await act.statement<Receipt>('message_receipt', receiptSql, [cardId, act.now])
  return row ?? null
}

const undoneSql = `
  select ${addressee}, u.counter, c.made_for is not distinct from u.person_id as "madeForThem" from undone_handover u join person p on p.id = u.person_id join card c on c.id = u.card_id
  where u.card_id = $1 order by u.id desc limit 1`

interface UndoneRow extends Addressee {
  counter: string
  /** False of a blank one, which was made for nobody. */
  madeForThem: boolean
}

/** Whose handover was undone last, where it had been done, and for whom the card was made; null where none of this card was. */
export async function undoneOf(act: Act, cardId: number): Promise<UndoneRow | null> {
  const [row] = await act.statement<UndoneRow>('message_undone', undoneSql, [cardId])
  return row ?? null
}

const promiseSql = `
  select ${addressee}, a.at, a.carried_by as "carriedBy", a.at_once as "atOnce", a.old_until as "oldUntil",
         a.new_from as "newFrom"
  from activation a join person p on p.id = a.person_id join card c on c.id = a.card_id
  where a.card_id = $1`

export interface PromiseMade extends Addressee {
  at: Temporal.Instant
  carriedBy: Temporal.Instant
  atOnce: boolean
  oldUntil: Temporal.Instant | null
  newFrom: Temporal.Instant
}

/** The promise that was given when a card was activated; null where it was not. */
export async function promiseOf(act: Act, cardId: number): Promise<PromiseMade | null> {
  const [row] = await act.statement<PromiseMade>('message_promise', promiseSql, [cardId])
  return row ?? null
}

// Written by a function of the database's: who hands a card over may have its holder told, and reads no messages of theirs.
const keepSql = `
  with kept as (select keep_message($1, $2, $3, $4, $5, $6, $7, $8, $9) as anew) select 1 from kept where anew`

/**
 * Puts a message into the outbox, once for what it tells of, and on its way to the person's devices; false where it is there
 * already. Null: it is kept elsewhere that it was told.
 */
export async function keepMessage(
  act: Act,
  to: { journalId: number | null; addressee: Recipient; authorization?: number },
  { kind, subject, body }: Composed,
): Promise<boolean> {
  const { personId, language, email } = to.addressee
  const rows = await act.statement('keep_message', keepSql, [
    to.journalId,
    personId,
    kind,
    language,
    email ?? '',
    subject,
    body,
    act.now,
    to.authorization ?? null,
  ])
  return rows.length > 0
}

const keepManySql = `
  with told as (
    select * from jsonb_to_recordset($1::jsonb) as t("personId" bigint, kind text, language text, recipient text,
      subject text, body text)),
  made as (
    insert into message (person_id, kind, language, recipient, subject, body, made_at)
    select "personId", kind, language, recipient, subject, body, $2 from told returning id, person_id),
  pushed as (
    insert into push (message_id, device_id, next_at)
    select made.id, d.id, $2 from made join push_device d on d.person_id = made.person_id and d.ended_at is null)
  select 1 from made`

/** Puts the same kind of message to many people into the outbox in one statement; that each is told once is kept elsewhere. */
export async function keepMessages(
  act: Act,
  messages: readonly { addressee: Addressee; composed: Composed }[],
): Promise<void> {
  const rows = messages.map(({ addressee: { personId, language, email }, composed }) => ({
    personId,
    language,
    recipient: email ?? '',
    ...composed,
  }))
  await act.statement('keep_messages', keepManySql, [JSON.stringify(rows), act.now])
}

/** A message with what became of it. */
export interface Message {
  id: number
  kind: MessageKind
  studentNumber: string | null
  personId: number | null
  language: Language
  recipient: string
  subject: string
  body: string
  madeAt: Temporal.Instant
  sentAt: Temporal.Instant | null
  tries: number
  lastError: string | null
  /** It brings a proxy's code, which has ended. */
  codeEnded: boolean
  /** To how many devices it goes, how many push services took it on, and when the first one did. */
  devices: number
  pushed: number
  pushedAt: Temporal.Instant | null
  pushError: string | null
}

/** SQL: messages, the newest first, of one student number, kind or person; at most so many. */
export const listSql = `
  select m.id, m.kind, p.student_number as "studentNumber", m.person_id as "personId", m.language, m.recipient,
         m.subject, m.body, m.made_at as "madeAt", m.sent_at as "sentAt", m.tries, m.last_error as "lastError",
         exists (select from proxy_authorization a where a.id = m.proxy_authorization_id and a.ended_at is not null)
           as "codeEnded",
         u.devices, u.pushed, u."pushedAt", u."pushError"
  from message m left join person p on p.id = m.person_id
  cross join lateral (
    select count(*)::int as devices, count(sent_at)::int as pushed, min(sent_at) as "pushedAt",
           max(last_error) as "pushError"
    from push where message_id = m.id) u
  where ($1::text is null or p.student_number = $1) and ($2::text is null or m.kind = $2)
    and ($3::bigint is null or m.person_id = $3) and m.forgotten_at is null
  order by m.id desc limit $4`

/** How many messages a list shows, the newest first. */
export const mostListed = 100

/** The newest messages, of one student number, kind or person where that is asked for. */
export const listMessages = (
  act: Act,
  only: { studentNumber?: string; kind?: MessageKind; personId?: number },
): Promise<Message[]> =>
  act.statement<Message>('list_messages', listSql, [
    only.studentNumber ?? null,
    only.kind ?? null,
    only.personId ?? null,
    mostListed,
  ])

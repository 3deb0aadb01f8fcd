import type { Act } from '../server/register.ts'
import { bindSignature, type SignedOn, type SigningManner } from './signature.ts'
import type { UndoReason } from './undo-rules.ts'

/** A signature as it is kept, with everything that its hash binds. */
export interface KeptSignature {
  cardId: number
  personId: number
  studentNumber: string
  nameZh: string
  nameEn: string
  ending: string | null
  chip: string
  counter: string | null
  clerk: string
  clerkZh: string
  clerkEn: string
  place: SignedOn
  manner: SigningManner
  picture: string
  text: string
  at: Temporal.Instant
  hash: Buffer
  eraseOn: Temporal.PlainDate
  /** When, why and by whom the handover was undone; null: it stands. */
  undone: { at: Temporal.Instant; why: UndoReason; byZh: string; byEn: string } | null
  /** Whether the hash, worked out anew from what is kept, is the one that was kept. */
  fits: boolean
}

const signed = (of: string) => `
  ${of}.card_id, ${of}.person_id, ${of}.at as given_at, ${of}.counter, ${of}.clerk, s.place, s.manner, s.picture, s.text,
  s.signed_at, s.bound_hash, s.erase_on`
const keptSql = `
  with kept as (
    select ${signed('h')}, null::timestamptz as undone_at, null as undone_by, null as why
    from signature s join handover h on h.card_id = s.card_id where h.card_id = $1
    union all
    select ${signed('u')}, u.undone_at, split_part(u.undone_by, ':', 2), u.why
    from undone_signature s join undone_handover u on u.id = s.undone_id where u.card_id = $1)
  select k.card_id as "cardId", k.person_id as "personId", p.student_number as "studentNumber",
         p.name_zh as "nameZh", p.name_en as "nameEn", right(c.printed_number, 4) as ending,
         coalesce(f.name_zh, k.clerk) as "clerkZh", coalesce(f.name_en, k.clerk) as "clerkEn",
         upper(encode(c.chip, 'hex')) as chip, k.counter, k.clerk, k.place, k.manner, coalesce(k.picture, '') as picture,
         k.text, k.signed_at as at, k.bound_hash as hash, k.erase_on as "eraseOn", k.undone_at as "undoneAt", k.why,
         coalesce(b.name_zh, k.undone_by) as "byZh", coalesce(b.name_en, k.undone_by) as "byEn"
  from kept k join person p on p.id = k.person_id join card c on c.id = k.card_id
  left join staff f on f.id = k.clerk left join staff b on b.id = k.undone_by
  where $2::timestamptz is null or k.given_at = $2
  order by k.undone_at desc nulls first limit 1`

interface Row extends Omit<KeptSignature, 'fits' | 'undone'> {
  undoneAt: Temporal.Instant | null
  why: UndoReason
  byZh: string
  byEn: string
}

/**
 * What was signed for a card, and whether it is still what was signed: the hash is worked out anew from person, card, sentence,
 * clerk, time, manner, place and drawing as they are kept. `handedOverAt` says of which of its handovers; without it, it is
 * the one that stands, else the last that was undone. Null where nothing is kept (any more). Reading it is written in the
 * journal.
 */
export async function keptSignature(
  act: Act,
  cardId: number,
  handedOverAt: Temporal.Instant | null,
): Promise<KeptSignature | null> {
  const [row] = await act.statement<Row>('kept_signature', keptSql, [cardId, handedOverAt])
  if (row === undefined) return null
  const { undoneAt, why, byZh, byEn, ...kept } = row
  const fits = bindSignature(kept).equals(kept.hash)
  const facts = { fits, ...(undoneAt === null ? {} : { undone: true }) }
  await act.note({ act: 'signature read', personId: kept.personId, cardId, facts })
  return { ...kept, undone: undoneAt && { at: undoneAt, why, byZh, byEn }, fits }
}

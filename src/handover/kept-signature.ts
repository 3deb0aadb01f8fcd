import type { Act } from '../server/register.ts'
import { bindSignature, type SignedOn, type SigningManner } from './signature.ts'

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
  /** Whether the hash, worked out anew from what is kept, is the one that was kept. */
  fits: boolean
}

const keptSql = `
  select s.card_id as "cardId", h.person_id as "personId", p.student_number as "studentNumber",
         p.name_zh as "nameZh", p.name_en as "nameEn", right(c.printed_number, 4) as ending,
         coalesce(f.name_zh, h.clerk) as "clerkZh", coalesce(f.name_en, h.clerk) as "clerkEn",
         upper(encode(c.chip, 'hex')) as chip, h.counter, h.clerk, s.place, s.manner, coalesce(s.picture, '') as picture,
         s.text, s.signed_at as at, s.bound_hash as hash, s.erase_on as "eraseOn"
  from signature s join handover h on h.card_id = s.card_id join person p on p.id = h.person_id
  join card c on c.id = s.card_id left join staff f on f.id = h.clerk
  where s.card_id = $1`

/**
 * What was signed for a card, and whether it is still what was signed: the hash is worked out anew from person, card, sentence,
 * clerk, time, manner, place and drawing as they are kept. Null where nothing is kept (any more). Reading it is written
 * in the journal.
 */
export async function keptSignature(act: Act, cardId: number): Promise<KeptSignature | null> {
  const [row] = await act.statement<Omit<KeptSignature, 'fits'>>('kept_signature', keptSql, [cardId])
  if (row === undefined) return null
  const fits = bindSignature(row).equals(row.hash)
  await act.note({ act: 'signature read', personId: row.personId, cardId, facts: { fits } })
  return { ...row, fits }
}

import type { Act } from '../server/register.ts'

const produceSql = (which: string) => `
  update reissue r set card_id = c.id, produced_at = greatest($2, r.settled_at)
  from card c
  where ${which} and c.made_for = r.person_id and c.edition = r.edition and c.retired_at is null
    and r.ended_at is null and r.settled_at is not null and r.card_id is null
    and not exists (select from handover h where h.card_id = c.id)
  returning r.id, r.person_id as "personId", r.for_card as "forCard", c.id as "cardId"`

interface Made {
  id: number
  personId: number
  forCard: number
  cardId: number
}

const noteMade = (act: Act, made: readonly Made[]): Promise<void> =>
  act.note(
    ...made.map(({ id, personId, forCard, cardId }) => ({
      act: 'reissue produced',
      personId,
      cardId: forCard,
      facts: { reissue: id, card: cardId },
    })),
  )

/**
 * Cards came into the stock: those made for somebody whose reissue is settled are that card. Looks all of them up at once.
 * Taking stock has locked these people; so does who finds a lost card, and one of the two sees what the other did.
 */
export async function produceFromStock(act: Act, cardIds: readonly number[]): Promise<void> {
  if (cardIds.length === 0) return
  await noteMade(
    act,
    await act.statement<Made>('produce_from_stock', produceSql('c.id = any($1::bigint[])'), [
      cardIds,
      act.now,
    ]),
  )
}

/** A reissue was settled: where a card of theirs lies in the stock already, that is the one. */
export async function produceFor(act: Act, reissueId: number): Promise<void> {
  await noteMade(act, await act.statement<Made>('produce_for', produceSql('r.id = $1'), [reissueId, act.now]))
}

const failedSql = `
  update reissue set card_id = null, produced_at = null where card_id = $1 and ended_at is null
  returning id, person_id as "personId", for_card as "forCard"`

/** A card that was made is found faulty in its box: another one has to be made. */
export async function makeAnother(act: Act, cardId: number): Promise<void> {
  const rows = await act.statement<Omit<Made, 'cardId'>>('reissue_card_failed', failedSql, [cardId])
  await act.note(
    ...rows.map(({ id, personId, forCard }) => ({
      act: 'reissue to be made again',
      personId,
      cardId: forCard,
      facts: { reissue: id, card: cardId },
    })),
  )
}

const collectedSql = `
  update reissue set ended_at = greatest($2, applied_at), ended_by = $3, ended_as = 'collected'
  where card_id = $1 and ended_at is null`

/** The card that was made is handed over: the reissue is done. */
export const endCollected = (act: Act, cardId: number, by: string): Promise<unknown> =>
  act.statement('reissue_collected', collectedSql, [cardId, act.now, by])

const reopenedSql = `
  update reissue set ended_at = null, ended_by = null, ended_as = null
  where card_id = $1 and ended_as = 'collected' returning id, person_id as "personId", for_card as "forCard"`

/** The handover of the card that was made is undone: the reissue is open again, and its card waits. */
export async function reopenCollected(act: Act, cardId: number): Promise<void> {
  const rows = await act.statement<Omit<Made, 'cardId'>>('reissue_reopened', reopenedSql, [cardId])
  await act.note(
    ...rows.map(({ id, personId, forCard }) => ({
      act: 'reissue open again',
      personId,
      cardId: forCard,
      facts: { reissue: id, card: cardId },
    })),
  )
}

/** SQL: settled reissues without a card, first come first. */
export const toMakeSql = `
  select r.id, p.student_number as "studentNumber", p.name_zh as "nameZh", p.name_en as "nameEn", p.department, r.edition,
         r.reason, r.settled_at as "settledAt"
  from reissue r join person p on p.id = r.person_id
  where r.ended_at is null and r.settled_at is not null and r.card_id is null
  order by r.settled_at, r.id`

/** How many cards one list for the card maker names; what is left is on the next. */
export const mostToMake = 2_000

/** A card that is to be made. */
export interface ToMake {
  id: number
  studentNumber: string
  nameZh: string
  nameEn: string
  department: string
  edition: string
  reason: string
  settledAt: Temporal.Instant
}

/** Settled reissues without a card, first come first: what the card maker makes. */
export const cardsToMake = (act: Act): Promise<ToMake[]> =>
  act.statement<ToMake>('cards_to_make', `${toMakeSql} limit $1`, [mostToMake])

import { lockStock } from '../card/file-store.ts'
import { type Decision, yes } from '../lib/decision.ts'
import { programmeInForce } from '../programme/store.ts'
import type { Act } from '../server/register.ts'
import {
  editionToMake,
  leavesOutWithoutPhoto,
  type MakeReason,
  mayOrder,
  mostInBatch,
  type OrderRefusal,
} from './rules.ts'
import { chooseToMake, countToMake, type Which } from './to-make.ts'

/** What somebody of the office orders. */
export interface Asked extends Omit<Which, 'edition'> {
  /** How many the list had when it was looked at. */
  seen: number
  /** Whom somebody left out, by our ids. */
  except: readonly number[]
  leaveOutWithoutPhoto: boolean
  /** What the card maker is called; null where it goes without saying. */
  maker: string | null
}

const batchSql = `
  insert into production_batch (edition, maker, ordered_at, ordered_by) values ($1, $2, $3, $4) returning id`
const itemsSql = `
  insert into production_item (batch_id, place, person_id, edition, because)
  select $1, row_number() over (), o."personId", $2, o.because
  from rows from (jsonb_to_recordset($3::jsonb) as ("personId" bigint, because text))
    with ordinality as o("personId", because, place)
  order by o.place`

/**
 * Makes a batch for the card maker of those who need a card: the first 2,000 of the list, without those left out. From now
 * on they read that their card is being made. Refuses a list that changed since it was looked at.
 */
export async function orderCards(
  act: Act,
  asked: Asked,
): Promise<Decision<{ batchId: number; cards: number; left: number }, OrderRefusal>> {
  // Cards that come into boxes meanwhile, and another batch, are seen or wait.
  await lockStock(act)
  const programme = await programmeInForce(act)
  const edition = editionToMake(programme, act.now.toZonedDateTimeISO(programme.campus.zone).toPlainDate())
  const which = { ...asked, edition: edition?.id ?? '' }
  const counts = await countToMake(act, programme, which)
  const people = await chooseToMake(act, programme, {
    ...which,
    withoutPhoto: !leavesOutWithoutPhoto(programme, asked.leaveOutWithoutPhoto),
    most: mostInBatch,
  })
  const chosen = people[0]?.chosen ?? 0
  const may = mayOrder({
    edition: edition?.id ?? null,
    seen: asked.seen,
    listed: asked.reasons.reduce((sum, reason) => sum + counts[reason].people, 0),
    chosen,
  })
  if (!may.ok) return may
  const batchId = await keepBatch(act, { edition: may.edition, maker: asked.maker, people })
  return yes({ batchId, cards: may.cards, left: chosen - may.cards })
}

async function keepBatch(
  act: Act,
  {
    edition,
    maker,
    people,
  }: {
    edition: string
    maker: string | null
    people: readonly { personId: number; because: MakeReason }[]
  },
): Promise<number> {
  const [batch] = await act.statement<{ id: number }>('production_order', batchSql, [
    edition,
    maker,
    act.now,
    act.actor.id,
  ])
  const batchId = batch!.id
  await act.statement('production_order_items', itemsSql, [batchId, edition, JSON.stringify(people)])
  await act.note(
    { act: 'cards ordered', facts: { batch: batchId, edition, cards: people.length } },
    ...people.map(({ personId, because }) => ({
      act: 'card ordered',
      personId,
      facts: { batch: batchId, because },
    })),
  )
  return batchId
}

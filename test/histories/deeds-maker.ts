import { takeIntoStock } from '../../src/card/store.ts'
import { yes } from '../../src/lib/decision.ts'
import { cancelCards } from '../../src/production/cancel.ts'
import { orderCards } from '../../src/production/order.ts'
import { usualReasons } from '../../src/production/rules.ts'
import { itemsOf } from '../../src/production/store.ts'
import { countToMake } from '../../src/production/to-make.ts'
import { programmeInForce } from '../../src/programme/store.ts'
import { newCard } from './campus.ts'
import { type Deed, doing, office } from './deed.ts'
import type { World } from './world.ts'

const everybody = { edition: '4k-centenary', department: null, kind: null, entryYear: null }

/** The office orders a card for everybody who needs one. */
const order: Deed = async world => {
  const ordered = await world.act(office, async act => {
    const counts = await countToMake(act, await programmeInForce(act), {
      ...everybody,
      reasons: usualReasons,
    })
    const { edition: _, ...which } = everybody
    const made = await orderCards(act, {
      ...which,
      reasons: usualReasons,
      seen: usualReasons.reduce((sum, reason) => sum + counts[reason].people, 0),
      except: [],
      leaveOutWithoutPhoto: false,
      maker: null,
    })
    return made.ok ? yes({ items: await itemsOf(act, made.batchId) }) : made
  })
  if (!ordered.ok) return ordered.refusal
  world.outside.maker.ordered(ordered.items.map(({ id, personId }) => ({ id, personId })))
  return `ok ${ordered.items.length}`
}

/** A card of somebody comes from the maker. */
async function comes(world: World, personId: number, pick: number): Promise<string> {
  const { rows } = await world.owner.pool.query<{ many: number }>('select count(*)::int as many from card')
  const card = newCard(rows[0]!.many + 200, {
    edition: '4k-centenary',
    madeFor: personId,
    counter: pick % 3 === 0 ? 'dept-csie' : 'gongguan-academic',
  })
  const answer = await doing(world, office, async act => {
    const taken = await takeIntoStock(act, [card])
    if (!taken.ok) throw new Error(taken.refusal)
    await act.note({ act: 'card taken into stock', cardId: taken.ids[0]!, personId })
    return yes({})
  })
  world.outside.maker.came(personId)
  return answer
}

/** The card maker's next card for somebody comes into the stock, ordered by list or by word of mouth. */
export const produce: Deed = async (world, who, pick) => {
  // Nothing is made but what is asked for.
  const asked = world.facts.reissues.some(
    each =>
      each.personId === who.id && each.endedAs === null && each.settledAs !== null && each.cardId === null,
  )
  if (asked) return comes(world, who.id, 1)
  // Of somebody whose card was faulty the list says that another one is made.
  await order(world, who, pick)
  const ordered = world.outside.maker.items.some(each => each.personId === who.id && each.state === 'out')
  return ordered ? comes(world, who.id, pick) : 'not asked for'
}

/** The maker delivers something from its list, wanted still or not. */
const deliver: Deed = async (world, _who, pick) => {
  const list = world.outside.maker.toDeliver()
  const item = list[pick % list.length]
  if (!item) return 'nothing to deliver'
  const wanted = item.state
  item.delivered = true
  return `${wanted}: ${await comes(world, item.personId, pick)}`
}

/** The office gives up what is out of somebody's cards, or of the first of all. */
const giveUp: Deed = async (world, who, pick) => {
  const out = world.outside.maker.items.filter(({ state }) => state === 'out')
  const item = out.find(({ personId }) => personId === who.id) ?? out[0]
  if (!item) return 'nothing out'
  const answer = await doing(world, office, async act => {
    const [row] = await act.statement<{ batchId: number }>(
      'history_batch',
      'select batch_id as "batchId" from production_item where id = $1',
      [item.id],
    )
    const asked = { items: [item.id], because: 'no longer needed', makeAgain: pick % 2 === 0 }
    return cancelCards(act, { batchId: row!.batchId, ...asked })
  })
  if (answer === 'ok') world.outside.maker.cancelled([item.id])
  return answer
}

/** What happens at the card maker's. */
export const makerDeeds = {
  produce,
  'order cards': order,
  'maker delivers': deliver,
  'give up order': giveUp,
} satisfies Record<string, Deed>

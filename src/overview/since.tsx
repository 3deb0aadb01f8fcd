import { Day, When } from '../web/moment.tsx'
import { useShell } from '../web/surroundings.tsx'
import { dateOf } from '../web/when.ts'

/** Lists that count from a collection, which a file of cards knows by its day alone (decision 15): an hour would be made up. */
const countedFromCollection = new Set(['collected', 'not-activated', 'not-activated-long'])

/** Since when somebody is on a list: the moment, or the day where no more may be known. */
export function Since({ list, at }: { list: string; at: string }) {
  const { zone } = useShell()
  return countedFromCollection.has(list) ? <Day on={dateOf(at, zone)} /> : <When at={at} />
}

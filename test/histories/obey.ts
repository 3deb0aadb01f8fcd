import type { NextStep } from '../../src/app/card-story.ts'
import { myCard } from '../../src/app/my-card.ts'
import type { Deed } from './deed.ts'
import { cardDeeds } from './deeds-card.ts'
import { broughtBackOf, collect, collectAndUndo, counterDeeds, fetchedByAnother } from './deeds-counter.ts'
import { feeDeeds } from './deeds-fees.ts'
import { produce } from './deeds-maker.ts'

/** What somebody does who does what the page says. */
const does: Partial<Record<NextStep, Deed>> = {
  // Most collect it themselves; of some the first try is a mistake, of some somebody else fetches it.
  collect: (world, who, pick) =>
    [collect, collect, collectAndUndo, fetchedByAnother][pick % 4]!(world, who, pick),
  // Of a card that was fetched and not given the page says that it comes back; some clerks take a card back too late.
  activate: async (world, who, pick) => {
    if (pick % 5 === 1) return counterDeeds.undo(world, who, pick)
    return (pick % 2 === 0 ? await broughtBackOf(world, who) : null) ?? cardDeeds.activate(world, who, pick)
  },
  'wait-for-card': produce,
  'find-or-apply': feeDeeds.apply,
  'apply-reissue': feeDeeds.apply,
  'pay-reissue': (world, who, pick) =>
    (pick % 3 === 0 ? feeDeeds['pay at kiosk'] : feeDeeds['pay online'])(world, who, pick),
  resume: cardDeeds.resume,
}

/** Somebody does the one next thing that My card names. */
export const obey: Deed = async (world, who, pick) => {
  const page = await world.look(act => myCard(act, who.id, 'en'))
  const next = page!.next
  const deed = does[next]
  return deed ? `${next}: ${await deed(world, who, pick)}` : `${next}: nothing to do`
}

import type { NextStep } from '../../src/app/card-story.ts'
import { myCard } from '../../src/app/my-card.ts'
import type { Deed } from './deed.ts'
import { cardDeeds } from './deeds-card.ts'
import { feeDeeds } from './deeds-fees.ts'

/** What somebody does who does what the page says. */
const does: Partial<Record<NextStep, Deed>> = {
  collect: cardDeeds.collect,
  activate: cardDeeds.activate,
  'wait-for-card': cardDeeds.produce,
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

import { Notice } from '../web/panel.tsx'
import { useShell, useWords } from '../web/surroundings.tsx'
import { type SwitchRow, SwitchTable } from '../web/switch-table.tsx'
import type { VerdictSaid } from '../web/verdict.tsx'
import { dateOf, sayTime, sayWhen } from '../web/when.ts'
import type { MyCard, OneCard } from './my-card-shape.ts'
import { words } from './student-words.ts'

/** Which card opens doors now and after the switch, before it is decided and while the doors follow. */
export function Switching({ card }: { card: MyCard }) {
  const w = useWords(words)
  const shell = useShell()
  const when = (at: string) => sayWhen(at, shell)
  const { switch: change, story, newDoors, oldDoors } = card
  // Once the promise is kept, or its time has passed, the doors' own list says more.
  const promised = card.next === 'activate' || story === 'pending' || story === 'switching'
  if (change === null || !promised) return null
  const { atOnce, carriedBy, oldOpensUntil, newOpensFrom } = change
  const underWay = story === 'switching'
  const sameDay = dateOf(carriedBy, shell.zone) === dateOf(newOpensFrom, shell.zone)
  const latest = sameDay ? sayTime(newOpensFrom, shell) : when(newOpensFrom)
  const counted: VerdictSaid = { tone: 'wait', word: w.partly(newDoors.done, newDoors.controllers) }

  const newNow: VerdictSaid = underWay ? counted : { tone: 'wait', word: w.notYet }
  const over: VerdictSaid = { tone: 'no', word: w.never }
  const removed = oldDoors.controllers > 0 && oldDoors.done === oldDoors.controllers
  const oldChanging: VerdictSaid = removed ? over : { tone: 'wait', word: w.changing }
  const oldNow: VerdictSaid = underWay && !atOnce ? oldChanging : { tone: 'yes', word: w.opens }
  const oldAfter: VerdictSaid =
    // Where the new card goes ahead, the old one opens until its own end.
    atOnce && oldOpensUntil
      ? { tone: 'no', word: w.stopsAt(when(oldOpensUntil)) }
      : { tone: 'no', word: w.stops }
  const row = (which: string, one: OneCard | null, now: VerdictSaid, after: VerdictSaid): SwitchRow => ({
    card: which,
    ...(one?.ending ? { detail: w.ending(one.ending) } : {}),
    now,
    after,
  })
  const rows = [
    ...(card.oldCard
      ? [row(w.oldCard, card.oldCard, oldOpensUntil ? oldNow : over, oldOpensUntil ? oldAfter : over)]
      : []),
    row(w.newCard, card.newCard, newNow, { tone: 'yes', word: w.opens }),
  ]
  return (
    <>
      <SwitchTable
        caption={change.activated ? w.switchAfter : w.switchBefore}
        now={when(card.now)}
        after={atOnce ? w.atOnce(when(newOpensFrom)) : w.fromLatest(when(carriedBy), latest)}
        rows={rows}
      />
      {oldOpensUntil && (
        <Notice tone="info" title={w.carryTitle}>
          <p>{w.carryBoth(when(newOpensFrom))}</p>
        </Notice>
      )}
    </>
  )
}

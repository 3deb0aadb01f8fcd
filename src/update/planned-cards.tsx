import { words as cardWords } from '../card/words.ts'
import { besideEachOther, inBrackets } from '../lib/both.ts'
import { useShell, useWords } from '../web/surroundings.tsx'
import type { NextWindow } from './shapes.ts'
import { words } from './words.ts'

type Card = NextWindow['people'][number]['cards'][number]

const signs = { put: '+', change: '±', remove: '−' } as const

/** A person's cards in the next update: each with its number in every format, and the doors that it gets or loses. */
export function PlannedCards({
  cards,
  buildings,
}: {
  cards: readonly Card[]
  buildings: ReadonlyMap<number, { 'zh-TW': string; en: string }>
}) {
  const w = useWords(words)
  const { formats } = useWords(cardWords)
  const { language } = useShell()
  const list = (names: readonly string[]) => besideEachOther(names, language)
  return (
    <details>
      <summary>{w.doorsAndNumbers}</summary>
      {cards.map(({ numbers, changes }) => (
        <div key={changes.map(change => `${change.controllerId} ${change.number}`).join()}>
          <p>
            {w.cardNumber}
            {list(numbers.map(({ format, number }) => `${number}${inBrackets(formats[format], language)}`))}
          </p>
          <ul>
            {changes.map(({ controllerId, deed, doors, number, lastDay }) => (
              <li key={controllerId}>
                <strong className="figures">{signs[deed]}</strong>{' '}
                {buildings.get(controllerId)?.[language] ?? controllerId}
                {w.colon}
                {list(doors.map(door => door[language]))}{' '}
                <small className="dim">
                  {w.asNumber(number)}
                  {deed !== 'remove' && w.untilDay(lastDay)}
                </small>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </details>
  )
}

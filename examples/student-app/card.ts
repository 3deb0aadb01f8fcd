import { type Connection, call, type Language } from './api.ts'
import { words } from './words.ts'

type Both = Readonly<Record<Language, string>>

/** What this app reads of `GET /api/v1/me/card`; there is more in it. */
export interface MyCard {
  zone: string
  sentence: string
  next: string
  track: { step: string; state: string; at: string | null }[]
  newCard: { cardId: number; edition: Both; ending: string | null } | null
  newDoors: Doors
  oldDoors: Doors
}

interface Doors {
  controllers: number
  done: number
  buildings: { building: Both; state: string; controllers: number; done: number }[]
}

/** A moment on the campus's clocks, in the person's language. */
export const sayTime = (instant: string, zone: string, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    new Date(instant),
  )

/** The zone of the campus's clocks, in which every time is shown. */
export const zoneOf = async (connection: Connection): Promise<string> =>
  (await call<MyCard>(connection, 'GET', '/card')).zone

function doorLines(doors: Doors, title: string, language: Language): string[] {
  if (doors.controllers === 0) return []
  const { mark } = words[language].tell
  return [
    `${title}: ${doors.done}/${doors.controllers}`,
    ...doors.buildings.map(each => {
      const isDone = each.done === each.controllers
      return `  ${isDone ? mark.done : mark.waiting} ${each.building[language]} ${each.done}/${each.controllers}`
    }),
  ]
}

/** My card as lines: the sentence, the next step, the way of the card, and what the doors have confirmed. */
export async function cardLines(connection: Connection): Promise<string[]> {
  const { language } = connection
  const { next, steps, tell } = words[language]
  const card = await call<MyCard>(connection, 'GET', '/card')
  return [
    card.sentence,
    // A newer Gatehouse may know steps that this app does not: its sentence says enough.
    ...(next[card.next] ? [`${tell.next}: ${next[card.next]}`] : []),
    ...card.track.map(({ step, state, at }) =>
      [tell.mark[state], steps[step] ?? step, at && sayTime(at, card.zone, language)]
        .filter(Boolean)
        .join(' '),
    ),
    ...doorLines(card.newDoors, tell.newDoors, language),
    ...doorLines(card.oldDoors, tell.oldDoors, language),
  ]
}

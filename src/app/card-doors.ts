import { latest } from '../lib/latest.ts'
import { doorState } from './card-story.ts'
import type { BuildingDoors, CardDoors } from './my-card-shape.ts'
import type { ControllerRow } from './my-card-store.ts'

/** A moment as programs read it, or null. */
export const text = (at: Temporal.Instant | null | undefined): string | null => at?.toString() ?? null

/** No door is concerned. */
export const emptyDoors: CardDoors = { controllers: 0, done: 0, confirmed: 0, since: null, buildings: [] }

/** The worst state first: what a building is said to be when its controllers differ. */
const worst = ['silent', 'held', 'waiting', 'planned', 'confirmed', 'works', 'ended'] as const

/** How the doors stand with one card: counted, and building by building. */
export function doorsOf(
  rows: readonly ControllerRow[],
  today: Temporal.PlainDate,
  expectedBy: Temporal.Instant | null = null,
): CardDoors {
  const stated = rows.map(row => ({ row, state: doorState(row, today) }))
  const buildings = [...Map.groupBy(stated, ({ row }) => row.building.en).values()].map(
    (own): BuildingDoors => {
      const state = worst.find(each => own.some(stands => stands.state === each))!
      return {
        building: own[0]!.row.building,
        state,
        controllers: own.length,
        done: own.filter(each => each.state === 'works' || each.state === 'ended').length,
        silentSince: text(own.find(({ row }) => row.silentSince)?.row.silentSince),
        expectedBy: state === 'waiting' ? text(expectedBy) : null,
      }
    },
  )
  const done = stated.filter(({ state }) => state === 'works' || state === 'ended')
  return {
    controllers: rows.length,
    done: done.length,
    confirmed: stated.filter(({ state }) => ['works', 'confirmed', 'ended'].includes(state)).length,
    // What ends is known by the confirmation; what works, by the reading back.
    since:
      done.length === rows.length
        ? text(latest(done.map(({ row, state }) => (state === 'works' ? row.verifiedAt : row.confirmedAt))))
        : null,
    buildings: buildings.sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state)),
  }
}

import type { Act, Actor } from '../server/register.ts'

/** Which doors somebody's role reaches: those of some buildings, or some by their ids; null: all of them. */
export interface Reach {
  buildings: readonly string[] | null
  doors: readonly string[] | null
}

/** What an actor reaches. Whoever is kept to no buildings and no doors reaches all. */
export const reachOf = ({ buildings, doors }: Actor): Reach => ({
  buildings: buildings ?? null,
  doors: doors ?? null,
})

/** What who acts reaches, as two parameters of a statement: the buildings and the doors. */
export const reachedBy = ({ actor }: Act): [Reach['buildings'], Reach['doors']] => {
  const { buildings, doors } = reachOf(actor)
  return [buildings, doors]
}

/** SQL: whether door `d` of controller `c` is reached; the parameters hold the buildings and the doors of a `Reach`. */
export const doorReached = (buildings: string, doors: string): string =>
  `(${buildings}::text[] is null or c.building_zh = any(${buildings})) and (${doors}::text[] is null or d.id = any(${doors}))`

const doorSql = `
  select from door d join controller c on c.id = d.controller_id where d.id = $1 and ${doorReached('$2', '$3')}`

/** Whether there is a door and the actor reaches it; whoever does not is told what is told of one that is not there. */
export async function reachesDoor(act: Act, doorId: string): Promise<boolean> {
  return (await act.statement('reaches_door', doorSql, [doorId, ...reachedBy(act)])).length > 0
}

const controllerSql = `
  select from controller c where c.id = $1 and $3::text[] is null
    and ($2::text[] is null or c.building_zh = any($2))`

/** Whether there is a controller and the actor reaches all of its doors: it is in one of their buildings. */
export async function reachesController(act: Act, serial: number): Promise<boolean> {
  return (await act.statement('reaches_controller', controllerSql, [serial, ...reachedBy(act)])).length > 0
}

/** SQL: whether a row, named so in its query, is to be carried out by now: at once, or its window has begun. */
export const hasBegun = (row: string): string =>
  `(${row}.at_once or ${row}.carried_by <= (select max(starts_at) from update_window))`

/** SQL: whether a row of `wanted` counts by now: it has begun, and does not wait for a second person. */
export const isDue = (row: string): string => `(${row}.guarded_by is null and ${hasBegun(row)})`

/** SQL: whether the database was brought back from an older copy, and a controller has not been let go since. */
export const isRestored = (controllerId: string): string =>
  `exists (select from restored_controller t where t.released_at is null and t.controller_id = ${controllerId})`

/** SQL: whether somebody holds the updates of a controller, named by an expression of its query, or all of them wait. */
export const isOnHold = (controllerId: string): string =>
  `(exists (select from update_hold u
            where u.lifted_at is null and (u.controller_id is null or u.controller_id = ${controllerId}))
    or ${isRestored(controllerId)})`

/**
 * SQL: whether a controller, `c` of its query, did not confirm its clock (`k`) at the newest update that is over. While one
 * runs, clocks are being set.
 */
export const isClockUnset = `(c.driver <> 'file' and coalesce(k.set_at, '-infinity') <
  (select max(frozen_at) from update_window where finished_at is not null or covered_by is not null)) is true`

/** SQL: whether another board than the one that is known stands at the address of a controller, named by an expression. */
export const hasStranger = (controllerId: string): string =>
  `exists (select from strange_board b
           where b.controller_id = ${controllerId} and b.ended_at is null and b.how <> 'elsewhere')`

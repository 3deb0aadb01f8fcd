/** SQL: whether a row, named so in its query, is to be carried out by now: at once, or its window has begun. */
export const hasBegun = (row: string): string =>
  `(${row}.at_once or ${row}.carried_by <= (select max(starts_at) from update_window))`

/** SQL: whether a row of `wanted` counts by now: it has begun, and does not wait for a second person. */
export const isDue = (row: string): string => `(${row}.guarded_by is null and ${hasBegun(row)})`

/** SQL: whether somebody holds the updates of a controller, named by an expression of its query. */
export const isOnHold = (controllerId: string): string =>
  `exists (select from update_hold u
           where u.lifted_at is null and (u.controller_id is null or u.controller_id = ${controllerId}))`

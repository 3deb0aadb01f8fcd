/**
 * SQL: rows of `wanted`, told by the name that they have in their query with all their columns, are to be carried out: the
 * lanes see them from now on. What waits for a second person is left out until it is let go. Whoever writes a row of
 * `wanted` does so before its open one, so that two who mean the same row wait for each other there.
 */
export const openRows = (rows: string): string => `
  insert into wanted_open (controller_id, number, carried_by, at_once, urgent, removes, person_id)
  select controller_id, number, carried_by, at_once, urgent, doors = '{0,0,0,0}', person_id
  from ${rows} where guarded_by is null
  on conflict (controller_id, number, carried_by) do update
  set at_once = excluded.at_once, urgent = excluded.urgent, removes = excluded.removes, person_id = excluded.person_id`

/** SQL: whether a row of `wanted`, named so in its query, is still to be carried out. */
export const isOpen = (row: string): string =>
  `exists (select from wanted_open open_row where open_row.controller_id = ${row}.controller_id
           and open_row.number = ${row}.number and open_row.carried_by = ${row}.carried_by)`
